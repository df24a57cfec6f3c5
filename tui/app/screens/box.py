"""How wide a box is, and what it says below itself, in the longest words that fit."""

from __future__ import annotations

from rich.text import Text
from textual.app import App
from textual.widget import Widget

from tui.display import cells

WIDTH = 72
"""Most boxes' width in cells where the screen has them."""
_SHARE, _EDGES = 0.92, 6
"""The most of a screen that a box takes, and the cells of its corners below."""


def width_in(app: App[None], widest: int = WIDTH) -> int:
    """A box's width on the screen as it is."""
    return min(widest, int(app.size.width * _SHARE))


def hint(box: Widget, *words: str) -> None:
    """Say the first of these that fits, the last if none does: longest first."""
    room = width_in(box.app) - _EDGES
    said = next((text for text in words if cells(text) <= room), words[-1])
    box.border_subtitle = Text(said)
