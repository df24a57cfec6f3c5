"""Help and palette: every command with its key, and the themes, to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import App
from textual.theme import Theme

from tui.app.boxes.picker import Picker
from tui.app.commands.command import Command
from tui.app.option import Option

if TYPE_CHECKING:
    from tui.triage.schema import Schema

THEME = "theme "
"""The prefix of a theme's option; its name follows."""
FIRST = "decide"
"""The group that help lists first: it is what sluice is for."""
Groups = Mapping[str, tuple[Command, ...]]


def _commands(groups: Groups) -> Iterator[Command]:
    for name in sorted(groups, key=lambda name: name != FIRST):
        yield from groups[name]


def _option_of(command: Command) -> Option:
    return Option(command.id, command.name, note=command.id, lead=command.key_label)


def _explained(command: Command, schema: Schema) -> Iterator[Option]:
    """A command; the meaning of the value it sets in place of its id, if there is one."""
    option = _option_of(command)
    kind, _, number = command.id.rpartition("_")
    if kind == "decide.tier" and 0 < int(number) <= len(schema.tier.choices):
        tier = schema.tier.choices[int(number) - 1]
        label = f"{command.name}: {tier.glyph} {tier.name}"
        yield replace(option, label=label, note=tier.meaning)
        return
    fields = {"decide.category": schema.category, "decide.insight": schema.insights}
    meaning = fields[command.id].meaning if command.id in fields else ""
    yield replace(option, note=meaning or command.id)
    if command.id == "decide.promote_to":
        for status in schema.status.choices:
            yield Option(command.id, f"Status {status.glyph} {status.name}", status.meaning)


def show_help(app: App[None], groups: Groups, schema: Schema, run: Callable[[str], None]) -> None:
    """List every command, and what tiers and statuses mean; the chosen one is given to ``run``."""

    def chosen(id: str | None) -> None:
        if id is not None:
            run(id)

    options = [option for one in _commands(groups) for option in _explained(one, schema)]
    app.push_screen(Picker("help", options, verb="runs"), chosen)


def show_palette(
    app: App[None],
    groups: Groups,
    themes: Iterable[Theme],
    *,
    run: Callable[[str], None],
    keep: Callable[[str], None],
) -> None:
    """List every command and theme; the theme under the cursor is shown at once.

    ``run`` gets the chosen command, ``keep`` the name of the chosen theme.
    """
    before = app.theme
    options = [_option_of(command) for command in _commands(groups)]
    options += [
        Option(
            f"{THEME}{theme.name}", f"Theme: {theme.name}", note="dark" if theme.dark else "light"
        )
        for theme in themes
    ]

    def look_at(value: str) -> None:
        app.theme = value.removeprefix(THEME) if value.startswith(THEME) else before

    def chosen(value: str | None) -> None:
        if value is not None and value.startswith(THEME):
            keep(value.removeprefix(THEME))
            return
        app.theme = before
        if value is not None:
            run(value)

    app.push_screen(Picker("palette", options, verb="runs", on_cursor=look_at), chosen)
