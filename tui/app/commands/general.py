"""Commands of the app itself: help, palette, rescan, quit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.commands.command import Command

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen


def _help(screen: TriageScreen) -> None:
    from tui.app.screens.help import help_screen  # noqa: PLC0415 - help lists this command too

    def chosen(id: str | None) -> None:
        if id is not None:
            screen.action_run(id)

    screen.app.push_screen(help_screen(), chosen)


def _palette(screen: TriageScreen) -> None:
    screen.app.action_command_palette()


def _rescan(screen: TriageScreen) -> None:
    screen.loader.start()


def _back(screen: TriageScreen) -> None:
    screen.go_back()


COMMANDS = (
    Command("app.help", ("question_mark",), "Every key", _help, bar="help"),
    Command("app.palette", ("ctrl+p",), "Command palette, themes", _palette),
    Command("app.rescan", ("R",), "Read the vault again", _rescan),
    Command("app.back", ("q",), "Back, then quit", _back, bar="quit"),
)
