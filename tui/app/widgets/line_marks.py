"""LineMarks: a cursor on the lines of a text, and the lines marked for a quote."""

from __future__ import annotations

from collections.abc import Iterator

from tui.app.widgets.text_layout import BODY, Line, TextLayout, TextPlace, TextSpot
from tui.app.widgets.text_quote import Piece

_FURTHEST = 400
"""Lines without words that a step skips, at most."""


class LineMarks:
    """The line under the cursor, and what is marked; both stay at another width."""

    def __init__(self) -> None:
        self.cursor: TextSpot | None = None
        """Where the line under the cursor begins; None while there is no cursor."""
        self._marked: list[Piece] = []
        self._anchor: TextSpot | None = None
        """Where the lines begin that are marked by moving the cursor."""
        self._given: list[Piece] = []
        """What was marked before them."""

    def __bool__(self) -> bool:
        return self.cursor is not None

    @property
    def pieces(self) -> list[Piece]:
        """What is marked."""
        return self._marked

    def count(self, layout: TextLayout) -> int:
        """How many lines are marked."""
        parts = {piece.part for piece in self._marked}
        lines = (pair for part in parts for pair in _lines(layout, part))
        return sum(self.is_marked(place, line) for place, line in lines)

    def is_marked(self, place: TextPlace, line: Line) -> bool:
        """Whether a line is marked, or a part of it."""
        if not self._marked:
            return False
        whole = Piece.of(place, line)
        return any(piece.overlaps(whole) for piece in self._marked)

    def put(self, layout: TextLayout, place: TextPlace) -> bool:
        """Show the cursor on a line, else on the nearest one with words; whether there is one."""
        found = _with_words(layout, max(place, BODY), 1) or _with_words(layout, place, -1)
        if found is not None:
            self._go(layout, found)
        return found is not None

    def drop(self) -> bool:
        """Drop the marks, else the cursor; whether there was one."""
        dropped = bool(self._marked) or self.cursor is not None
        if not self._marked:
            self.cursor = None
        self._marked, self._anchor = [], None
        return dropped

    def clear(self) -> None:
        """Drop both."""
        self.drop()
        self.drop()

    def place(self, layout: TextLayout) -> TextPlace:
        """The line under the cursor."""
        return BODY if self.cursor is None else layout.place_of(self.cursor)

    def under_cursor(self, layout: TextLayout) -> list[Piece]:
        """The line under the cursor."""
        if self.cursor is None:
            return []
        place = self.place(layout)
        return [Piece.of(place, layout.lines_of(place.part)[place.row])]

    def move(self, layout: TextLayout, by: int) -> None:
        """Move the cursor by so many lines with words, no further than the ends."""
        self._anchor = None
        self._move(layout, by)

    def _move(self, layout: TextLayout, by: int) -> bool:
        direction = 1 if by > 0 else -1
        before = place = self.place(layout)
        for _ in range(abs(by)):
            below = layout.step(place, direction)
            found = _with_words(layout, below, direction) if below != place else None
            if found is None:
                break
            place = found
        self._go(layout, place)
        return place != before

    def toggle(self, layout: TextLayout) -> None:
        """Mark or unmark the line under the cursor, and move down."""
        self._anchor = None
        whole = self.under_cursor(layout)[0]
        kept = [piece for piece in self._marked if not piece.overlaps(whole)]
        self._marked = kept if len(kept) < len(self._marked) else [*kept, whole]
        self._move(layout, 1)

    def stretch(self, layout: TextLayout, by: int) -> None:
        """Mark from the line where this began to the cursor, which moves."""
        if self._anchor is None:
            self._anchor, self._given = self.cursor, list(self._marked)
        if self._anchor is None:
            return
        self._move(layout, by)
        start, end = sorted((layout.place_of(self._anchor), self.place(layout)))
        fresh = [
            Piece.of(place, line)
            for part in range(start.part, end.part + 1)
            for place, line in _lines(layout, part)
            if start <= place <= end and line.text.strip()
        ]
        self._marked = [
            *(old for old in self._given if not any(old.overlaps(new) for new in fresh)), *fresh
        ]  # fmt: skip

    def _go(self, layout: TextLayout, place: TextPlace) -> None:
        line = layout.lines_of(place.part)[place.row]
        self.cursor = TextSpot(place.part, line.number, line.start)


def _lines(layout: TextLayout, part: int) -> Iterator[tuple[TextPlace, Line]]:
    return ((TextPlace(part, row), line) for row, line in enumerate(layout.lines_of(part)))


def _with_words(layout: TextLayout, place: TextPlace, direction: int) -> TextPlace | None:
    """The first line with words from a place on, in a direction; None when there is none near."""
    for _ in range(_FURTHEST):
        lines = layout.lines_of(place.part)
        if place.part and place.row < len(lines) and lines[place.row].text.strip():
            return place
        on = layout.step(place, direction)
        if on == place:
            return None
        place = on
    return None
