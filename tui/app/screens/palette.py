"""Help and palette: every command with its key, and the themes, to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.screens.choice import Choice
from tui.app.screens.picker import Picker

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

THEME = "theme "
"""What the value of a theme's choice begins with; the rest is its name."""


def _command_choices(screen: TriageScreen) -> list[Choice]:
    return [
        Choice(command.id, command.name, note=command.id, lead=command.key_label)
        for commands in screen.keymap.groups.values()
        for command in commands
    ]


def show_help(screen: TriageScreen) -> None:
    """List every command; the one that is chosen runs."""

    def chosen(id: str | None) -> None:
        if id is not None:
            screen.action_run(id)

    screen.app.push_screen(Picker("keys", _command_choices(screen)), chosen)


def show_palette(screen: TriageScreen) -> None:
    """List every command and theme; a theme shows itself while the cursor is on it."""
    app = screen.sluice
    before = app.theme
    themes = [
        Choice(
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

    picker = Picker("palette", [*_command_choices(screen), *themes], on_cursor=look_at)
    app.push_screen(picker, chosen)
