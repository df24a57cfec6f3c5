"""Commands that move: the cursor, the focus, the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.commands.command import Command
from tui.app.widgets.line_view import FARTHEST

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen


def _by(screen: TriageScreen, rows: int) -> None:
    if screen.preview.has_focus:
        screen.preview.scroll_by_lines(rows)
    elif screen.insights.list.has_focus:
        screen.insights.list.action_select(rows)
    else:
        screen.queue.move(rows)


def _down(screen: TriageScreen) -> None:
    _by(screen, 1)


def _up(screen: TriageScreen) -> None:
    _by(screen, -1)


def _first(screen: TriageScreen) -> None:
    if screen.preview.has_focus:
        screen.preview.scroll_by_lines(-FARTHEST)
    else:
        screen.queue.home()


def _last(screen: TriageScreen) -> None:
    if screen.preview.has_focus:
        screen.preview.scroll_by_lines(FARTHEST)
    else:
        screen.queue.end()


def _page(screen: TriageScreen, pages: float) -> None:
    if screen.preview.has_focus:
        screen.preview.page(pages)
    else:
        screen.queue.page(pages)


def _half_down(screen: TriageScreen) -> None:
    _page(screen, 0.5)


def _half_up(screen: TriageScreen) -> None:
    _page(screen, -0.5)


def _page_down(screen: TriageScreen) -> None:
    _page(screen, 1)


def _page_up(screen: TriageScreen) -> None:
    _page(screen, -1)


def _next_pane(screen: TriageScreen) -> None:
    screen.panes.step(1)


def _previous_pane(screen: TriageScreen) -> None:
    screen.panes.step(-1)


def _preview_down(screen: TriageScreen) -> None:
    screen.preview.scroll_by_lines(3)


def _preview_up(screen: TriageScreen) -> None:
    screen.preview.scroll_by_lines(-3)


def _preview_page(screen: TriageScreen) -> None:
    screen.preview.page(1)


COMMANDS = (
    Command("move.down", ("j", "down"), "Next source", _down),
    Command("move.up", ("k", "up"), "Previous source", _up),
    Command("move.first", ("g", "home"), "First source", _first),
    Command("move.last", ("G", "end"), "Last source", _last),
    Command("move.half_down", ("ctrl+d",), "Half a page down", _half_down),
    Command("move.half_up", ("ctrl+u",), "Half a page up", _half_up),
    Command("move.page_down", ("pagedown",), "A page down", _page_down),
    Command("move.page_up", ("pageup",), "A page up", _page_up),
    Command("move.next_pane", ("tab",), "Next pane", _next_pane, bar="panes"),
    Command("move.previous_pane", ("shift+tab",), "Previous pane", _previous_pane),
    Command("move.preview_down", ("J",), "Scroll the preview down", _preview_down),
    Command("move.preview_up", ("K",), "Scroll the preview up", _preview_up),
    Command("move.preview_page", ("space",), "Page through the preview", _preview_page),
)
