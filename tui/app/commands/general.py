"""Commands of the app itself: help, palette, rescan, quit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.commands.command import Command

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen


def _help(screen: TriageScreen) -> None:
    from tui.app.boxes.palette import show_help  # noqa: PLC0415 - it lists this command too

    show_help(screen.app, screen.keymap.groups, screen.desk.schema, screen.action_run)


def _palette(screen: TriageScreen) -> None:
    from tui.app.boxes.palette import show_palette  # noqa: PLC0415 - it lists this command too

    app, groups = screen.sluice, screen.keymap.groups
    show_palette(app, groups, app.themes, run=screen.action_run, keep=app.choose_theme)


def _add(screen: TriageScreen) -> None:
    screen.capturer.start()


def _rescan(screen: TriageScreen) -> None:
    screen.saver.when_idle(screen.loader.start)


def _redraw(screen: TriageScreen) -> None:
    screen.sluice.action_draw_anew()


def _suspend(screen: TriageScreen) -> None:
    screen.sluice.action_suspend_process()


def _back(screen: TriageScreen) -> None:
    screen.go_back()


COMMANDS = (
    Command("app.help", ("question_mark",), "Help: every key", _help, bar="help"),
    Command("app.palette", ("ctrl+p",), "Command palette, themes", _palette),
    Command("app.add", ("plus",), "Add a source for a URL", _add),
    Command("app.rescan", ("R",), "Reload the vault", _rescan),
    Command("app.redraw", ("ctrl+l",), "Redraw the screen", _redraw),
    Command("app.suspend", ("ctrl+z",), "Suspend; `fg` returns", _suspend),
    Command("app.back", ("q",), "Back, then quit", _back, bar="quit"),
)
