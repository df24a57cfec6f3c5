"""What a text field draws, made safe: a field holds its text as it is, and draws it so."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip

from tui.display import clean


def clean_strip(strip: Strip) -> Strip:
    """The strip at its width, without anything that a terminal acts on."""
    if strip.text.isprintable():
        return strip
    segments = [Segment(clean(text), style) for text, style, _ in strip]
    return Strip(segments).adjust_cell_length(strip.cell_length)
