"""How wide a box is, and the hint on its lower border: the longest wording that fits."""

from __future__ import annotations

from rich.text import Text
from textual.app import App
from textual.widget import Widget

from tui.display import cells

WIDTH = 72
"""The width of most boxes in cells, on a screen that is wide enough."""
_SHARE, _EDGES = 0.92, 6
"""A box's largest share of the screen, and the cells of the lower border beside the hint."""


def width_in(app: App[None], widest: int = WIDTH) -> int:
    """A box's width in cells on this screen."""
    return min(widest, int(app.size.width * _SHARE))


def hint(box: Widget, *words: str) -> None:
    """Show the first of these that fits on the lower border, else the last: longest first."""
    box.border_subtitle = Text(longest(width_in(box.app) - _EDGES, *words))


def longest(room: int, *words: str) -> str:
    """The first of these that fits into ``room`` cells, else the last: longest first."""
    return next((text for text in words if cells(text) <= room), words[-1])
