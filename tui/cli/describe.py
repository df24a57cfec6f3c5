"""The commands as data, for the manual and the documentation."""

from __future__ import annotations

from argparse import Action
from typing import NamedTuple

from tui.cli.arguments import parser_of
from tui.cli.catalogue import GROUPS, Subcommand
from tui.cli.help import flags_of, usage_of


class OptionHelp(NamedTuple):
    """One argument of a command."""

    flags: str
    """As help names it: ``-q, --query QUERY``, or ``REF``."""
    help: str


class Described(NamedTuple):
    """One command, with all that its help says."""

    group: str
    name: str
    summary: str
    usage: tuple[str, ...]
    """Command lines, once for each way to call it."""
    details: str
    examples: tuple[str, ...]
    arguments: tuple[OptionHelp, ...]
    """What is named by its place."""
    options: tuple[OptionHelp, ...]
    """What is named by a dash, without the options that every command has."""
    common: tuple[OptionHelp, ...]
    """The options it shares with every command."""


_COMMON = ("--vault", "--color", "--plain", "--help", "--version")


def command_table() -> list[Described]:
    """Every command, in the order that help lists them."""
    return [_described(group, command) for group, some in GROUPS.items() for command in some]


def _described(group: str, command: Subcommand) -> Described:
    # argparse lists them nowhere else.
    actions: list[Action] = parser_of(command)._actions
    shared = [action for action in actions if set(action.option_strings) & set(_COMMON)]
    own = [action for action in actions if action not in shared]
    return Described(
        group,
        command.name,
        command.summary,
        tuple(usage_of(command)),
        command.details,
        command.examples,
        tuple(_option(action) for action in own if not action.option_strings),
        tuple(_option(action) for action in own if action.option_strings),
        tuple(map(_option, shared)),
    )


def _option(action: Action) -> OptionHelp:
    return OptionHelp(flags_of(action), action.help or "")
