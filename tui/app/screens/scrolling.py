"""Scrolling: the scroll actions of a screen around one view of lines."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar

from tui.app.widgets.line_view import FARTHEST


class Lines(Protocol):
    """A view that can be scrolled by its lines."""

    def scroll_by_lines(self, count: int) -> None:
        """Scroll down by so many lines, or up."""

    def page(self, direction: float) -> None:
        """Scroll by a page, or a part of one."""


View = TypeVar("View", bound=Lines)


class Scrolling(Generic[View]):
    """The actions of a screen that scroll its view; the screen binds keys to them."""

    _view: View

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self._view.scroll_by_lines(lines)

    def action_page(self, pages: float) -> None:
        """Scroll by pages."""
        self._view.page(pages)

    def action_first(self) -> None:
        """Scroll to the top."""
        self._view.scroll_by_lines(-FARTHEST)

    def action_last(self) -> None:
        """Scroll to the bottom."""
        self._view.scroll_by_lines(FARTHEST)
