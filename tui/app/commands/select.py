"""Commands that mark sources; the next deciding key changes all marked ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.commands.command import Command, needs_source

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen


def _mark(screen: TriageScreen) -> None:
    screen.marker.toggle()


def _mark_down(screen: TriageScreen) -> None:
    screen.marker.stretch(1)


def _mark_up(screen: TriageScreen) -> None:
    screen.marker.stretch(-1)


def _mark_all(screen: TriageScreen) -> None:
    screen.marker.mark_all()


def _clear(screen: TriageScreen) -> None:
    screen.marker.clear()


def _needs_marks(screen: TriageScreen) -> str | None:
    if screen.marker.count:
        return None
    one, every = screen.keymap.hint("select.mark", "marks one"), screen.keymap.sign("select.all")
    how = ", ".join(filter(None, (one, f"{every} marks all" if one and every else "")))
    return f"No source is marked{'; ' if how else ''}{how}."


COMMANDS = (
    Command("select.mark", ("x",), "Mark and move down", _mark, "mark", needs_source),
    Command("select.down", ("shift+down",), "Extend the marks down", _mark_down, "", needs_source),
    Command("select.up", ("shift+up",), "Extend the marks up", _mark_up, "", needs_source),
    Command("select.all", ("asterisk",), "Mark all shown, or unmark all", _mark_all),
    Command("select.clear", ("X",), "Unmark all", _clear, "unmark", _needs_marks),
)
