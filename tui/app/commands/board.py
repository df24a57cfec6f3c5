"""Commands that look at more than one source: the rapid pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.commands.command import Command

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen


def _rapid(screen: TriageScreen) -> None:
    screen.rapid.start()


COMMANDS = (Command("board.rapid", ("r",), "Rapid pass: one key a source", _rapid, "rapid"),)
