"""What boxes and screens scroll with: the keys, and the actions around one view of lines."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.binding import Binding

from tui.app.widgets.line_view import FARTHEST, LineView

LINES = (Binding("j,down", "scroll(1)", "down"), Binding("k,up", "scroll(-1)", "up"))
"""The keys that scroll by a line."""
ENDS = (
    Binding("g,home", f"scroll({-FARTHEST})", "top"),
    Binding("G,end", f"scroll({FARTHEST})", "bottom"),
)
"""The keys that scroll to the ends."""
PAGES = (
    *LINES,
    Binding("space,pagedown", "page(1)", "page down"),
    Binding("pageup", "page(-1)", "page up"),
    Binding("ctrl+d", "page(0.5)", "half a page down"),
    Binding("ctrl+u", "page(-0.5)", "half a page up"),
    *ENDS,
)
"""The keys that scroll a text."""
View = TypeVar("View", bound=LineView)


class Scrolling(Generic[View]):
    """The actions of a screen that scroll its view; the screen binds keys to them."""

    _view: View

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self._view.scroll_by_lines(lines)

    def action_page(self, pages: float) -> None:
        """Scroll by pages."""
        self._view.page(pages)
