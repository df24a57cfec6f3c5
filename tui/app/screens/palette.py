"""Help and palette: every command with its key, and the themes, to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.app.commands.command import Command
from tui.app.option import Option
from tui.app.screens.picker import Picker

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen
    from tui.triage.schema import Schema

THEME = "theme "
"""The prefix of a theme's choice; its name follows."""
FIRST = "decide"
"""The group that help lists first: it is what sluice is for."""


def _commands(screen: TriageScreen) -> Iterator[Command]:
    groups = screen.keymap.groups
    for name in sorted(groups, key=lambda name: name != FIRST):
        yield from groups[name]


def _choice_of(command: Command) -> Option:
    return Option(command.id, command.name, note=command.id, lead=command.key_label)


def _explained(command: Command, schema: Schema) -> Iterator[Option]:
    """A command; the meaning of the value it sets in place of its id, if there is one."""
    choice = _choice_of(command)
    kind, _, number = command.id.rpartition("_")
    if kind == "decide.tier" and 0 < int(number) <= len(schema.tier.choices):
        tier = schema.tier.choices[int(number) - 1]
        label = f"{command.name}: {tier.glyph} {tier.name}"
        yield replace(choice, label=label, note=tier.meaning)
        return
    fields = {"decide.category": schema.category, "decide.insight": schema.insights}
    meaning = fields[command.id].meaning if command.id in fields else ""
    yield replace(choice, note=meaning or command.id)
    if command.id == "decide.promote_to":
        for status in schema.status.choices:
            yield Option(command.id, f"Status {status.glyph} {status.name}", status.meaning)


def show_help(screen: TriageScreen) -> None:
    """List every command, and what tiers and statuses mean; the chosen command runs."""

    def chosen(id: str | None) -> None:
        if id is not None:
            screen.action_run(id)

    schema = screen.desk.schema
    choices = [choice for one in _commands(screen) for choice in _explained(one, schema)]
    screen.app.push_screen(Picker("help", choices, verb="runs"), chosen)


def show_palette(screen: TriageScreen) -> None:
    """List every command and theme; the theme under the cursor is shown at once."""
    app = screen.sluice
    before = app.theme
    themes = [
        Option(
            f"{THEME}{theme.name}", f"Theme: {theme.name}", note="dark" if theme.dark else "light"
        )
        for theme in app.themes
    ]

    def look_at(value: str) -> None:
        app.theme = value.removeprefix(THEME) if value.startswith(THEME) else before

    def chosen(value: str | None) -> None:
        if value is not None and value.startswith(THEME):
            app.choose_theme(value.removeprefix(THEME))
            return
        app.theme = before
        if value is not None:
            screen.action_run(value)

    choices = [*map(_choice_of, _commands(screen)), *themes]
    app.push_screen(Picker("palette", choices, verb="runs", on_cursor=look_at), chosen)
