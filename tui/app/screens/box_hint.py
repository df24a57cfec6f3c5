"""What a box says below itself, in the longest words that fit."""

from __future__ import annotations

from rich.text import Text
from textual.widget import Widget

from tui.display import cells

_WIDEST, _SHARE, _EDGES = 72, 0.92, 6
"""A box's width where the screen has it, the most of a screen it takes, and its corners."""


def hint(box: Widget, *words: str) -> None:
    """Say the first of these that fits, the last if none does: longest first."""
    room = min(_WIDEST, int(box.app.size.width * _SHARE)) - _EDGES
    said = next((text for text in words if cells(text) <= room), words[-1])
    box.border_subtitle = Text(said)
