"""Commands that take back and make again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.commands.command import Command, needs_vault

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen


def _undo(screen: TriageScreen) -> None:
    screen.decider.undo()


def _redo(screen: TriageScreen) -> None:
    screen.decider.redo()


COMMANDS = (
    Command("undo.undo", ("u",), "Undo the last change", _undo, "undo", needs_vault),
    Command("undo.redo", ("U", "ctrl+r"), "Redo", _redo, "", needs_vault),
)
