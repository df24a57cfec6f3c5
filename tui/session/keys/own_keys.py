"""The keys of the user's own commands."""

from __future__ import annotations

from collections.abc import Sequence

from tui.display import clean
from tui.errors import SettingsError
from tui.session.keys.command import Command
from tui.session.keys.key_names import read_key
from tui.state.own_commands import OwnCommand

STOP = "own.stop"
LONGEST_BAR = 14
"""Characters of a name that fit into the key bar."""


def own_commands(wanted: Sequence[OwnCommand]) -> tuple[Command, ...]:
    """The commands in a config file, and one that stops them. Raises SettingsError."""
    made = [_command(own) for own in wanted]
    for command, own in zip(made, wanted, strict=True):
        if command.id == STOP:
            raise SettingsError(
                f"`commands`: “{own.name}” is the name of a built-in command; rename yours."
            )
    return (*made, Command(STOP, (), "Stop running commands"))


def id_of(own: OwnCommand) -> str:
    """The id of an own command."""
    return f"own.{own.slug}"


def _command(own: OwnCommand) -> Command:
    try:
        keys = (read_key(own.key),) if own.key else ()
    except SettingsError as error:
        raise SettingsError(f"the command “{own.name}”: {error}") from error
    bar = own.name if len(own.name) <= LONGEST_BAR else f"{own.name[: LONGEST_BAR - 1].rstrip()}…"
    return Command(id_of(own), keys, own.name, clean(bar), needs_source=True)
