"""Palette: every command with its key, and the themes, to choose from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from tui.session.keys.command import Command
from tui.session.keys.keymap import Keymap
from tui.session.option import Option
from tui.session.ports import Ask, Look
from tui.session.questions import PickOne

THEME = "theme "
"""The prefix of a theme's option; its name follows."""
FIRST = "decide"
"""The group to list first: it is what sluice is for."""


@dataclass(eq=False)
class Palette:
    """Lists commands, and runs the chosen one.

    ``absent`` are the commands for what the folder does without; ``run`` runs the one with an id.
    """

    _keymap: Keymap
    _absent: Collection[str]
    _look: Look
    _ask: Ask
    _run: Callable[[str], object]

    @property
    def _commands(self) -> Iterator[Command]:
        groups = self._keymap.groups
        for name in sorted(groups, key=lambda name: name != FIRST):
            yield from (one for one in groups[name] if one.id not in self._absent)

    def show(self) -> None:
        """List every command and theme; the theme under the cursor is shown at once."""
        look, before = self._look, self._look.theme
        themes = [
            Option(f"{THEME}{name}", f"Theme: {name}", note="dark" if is_dark else "light")
            for name, is_dark in look.themes
        ]

        def look_at(value: str) -> None:
            look.wear(value.removeprefix(THEME) if value.startswith(THEME) else before)

        def chosen(value: str | None) -> None:
            if value is not None and value.startswith(THEME):
                look.choose(value.removeprefix(THEME))
                return
            look.wear(before)
            if value is not None:
                self._run(value)

        options = [*map(_option_of, self._commands), *themes]
        self._ask.ask(PickOne("palette", options, verb="runs", on_cursor=look_at), chosen)


def _option_of(command: Command) -> Option:
    return Option(command.id, command.name, lead=command.key_label, id=command.id)
