"""Commands that undo and redo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.commands.command import Command

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen


def _undo(screen: TriageScreen) -> None:
    screen.decider.undo()


def _redo(screen: TriageScreen) -> None:
    screen.decider.redo()


COMMANDS = (
    Command("undo.undo", ("u",), "Undo the last change", _undo, "undo"),
    Command("undo.redo", ("U", "ctrl+r"), "Redo", _redo),
)
