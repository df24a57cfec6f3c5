"""Line breaks of a text, measured in cells."""

from __future__ import annotations

from collections.abc import Iterator

from tui.display import cells

Piece = tuple[int, int]
"""Start and end of one line in its text."""


def wrap(text: str, width: int) -> Iterator[Piece]:
    """Break between words; a word longer than a line is cut. An empty text is one line."""
    start, length = 0, len(text)
    if length <= width and cells(text) <= width:
        yield 0, length
        return
    while start < length:
        end = _reach(text, start, width)
        if end < length and text[end] != " ":
            space = text.rfind(" ", start, end)
            # Only spaces before it: an indent, not a place to break.
            if space > start and not text[start:space].isspace():
                end = space
        yield start, end
        start = end
        while start < length and text[start] == " ":
            start += 1


def chop(text: str, width: int) -> Iterator[Piece]:
    """Break anywhere, as code does: every space counts. An empty text is one line."""
    start, length = 0, len(text)
    while True:
        end = _reach(text, start, width)
        yield start, end
        start = end
        if start >= length:
            return


def _reach(text: str, start: int, width: int) -> int:
    """The end of a line that begins at `start`; it has at least one character."""
    end = min(len(text), start + width)
    over = cells(text[start:end]) - width
    while over > 0 and end > start + 1:
        # A character fills at most two cells, so at least half of the excess must go.
        end -= (over + 1) // 2
        over = cells(text[start:end]) - width
    return max(end, start + 1) if start < len(text) else end
