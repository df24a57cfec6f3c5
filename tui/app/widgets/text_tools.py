"""TextTools: what a person does in a text: searches it, moves a cursor over its lines, marks them.

It knows no screen: the preview asks it what to draw.
"""

from __future__ import annotations

from typing import NamedTuple

from tui.app.widgets.line_marks import LineMarks
from tui.app.widgets.text_layout import Line, TextLayout, TextPlace, TextSpot
from tui.app.widgets.text_quote import quote_of
from tui.app.widgets.text_search import ShownText, TextSearch
from tui.display import counted

CURSOR, MARK = "▌", "┃"
"""What stands beside the line under the cursor, and beside a marked one."""


class TextWork(NamedTuple):
    """What is done in a text, in words."""

    phrase: str = ""
    """What is searched for."""
    found: str = ""
    """Which match is the current one, and of how many."""
    is_found: bool = False
    """Whether there is a match."""
    marked: str = ""
    """What a quote would have."""


class TextTools:
    """The search, the cursor and the marks of one text."""

    def __init__(self, layout: TextLayout) -> None:
        self.marks = LineMarks()
        self.search: TextSearch | None = None
        self._text = ShownText(layout)

    def take(self, layout: TextLayout, start: TextPlace) -> bool:
        """The text has been laid out again; whether it is another one, with other lines.

        Then its current match is the first one from ``start`` on.
        """
        body = self._text.layout.body
        if body is layout.body or body == layout.body:
            return False
        phrase = self.search.phrase if self.search else ""
        self.marks.clear()
        self._text = ShownText(layout)
        self.find(layout, phrase, start)
        return True

    # Searching

    def find(self, layout: TextLayout, phrase: str, start: TextPlace) -> TextPlace | None:
        """Search for a phrase; the line of the first match from a line on, else of the first."""
        self.search = None
        if not phrase.strip():
            return None
        lines = layout.lines_of(start.part) if start.part else []
        spot = TextSpot(1, 0, 0)
        if lines:
            line = lines[min(start.row, len(lines) - 1)]
            spot = TextSpot(start.part, line.number, line.start)
        self.search = TextSearch(self._text, phrase, spot)
        return self.match_in(layout)

    def match_in(self, layout: TextLayout) -> TextPlace | None:
        """The line of the current match."""
        spot = self.search.spot if self.search else None
        return layout.place_of(spot) if spot else None

    def step(self, layout: TextLayout, direction: int) -> TextPlace | None:
        """Go to the next match, or the previous one; its line."""
        if self.search is None or not self.search.step(direction):
            return None
        return self.match_in(layout)

    # What is drawn

    def spans_in(self, line: Line, part: int) -> list[tuple[int, int, bool]]:
        """The matches in a line: start, end, whether it is the current one."""
        if self.search is None or not part:
            return []
        length = len(line.text)
        spans = self.search.spans(part, line.number, len(line.block.text))
        shifted = ((s - line.start, e - line.start, here) for s, e, here in spans)
        return [(max(0, s), min(length, e), here) for s, e, here in shifted if s < length and e > 0]

    def beside(self, place: TextPlace, line: Line) -> str:
        """What stands beside a line: the cursor, or the bar of a marked line."""
        cursor = self.marks.cursor
        if cursor is None:
            return MARK if self.marks.is_marked(place, line) else " "
        end = line.start + max(1, len(line.text))
        if cursor[:2] == (place.part, line.number) and line.start <= cursor.at < end:
            return CURSOR
        return MARK if self.marks.is_marked(place, line) else " "

    def work(self, layout: TextLayout) -> TextWork:
        """What is done, in words."""
        count = self.marks.count(layout)
        marked = f"{counted(count, 'line')} marked" if count else ""
        if not count and self.marks:
            marked = "line under the cursor"
        if self.search is None:
            return TextWork(marked=marked)
        is_found = self.search.at is not None
        return TextWork(self.search.phrase, self.search.said, is_found, marked)

    def quote(self, layout: TextLayout) -> str:
        """The words of the marked lines, else of the line under the cursor."""
        return quote_of(layout, self.marks.pieces or self.marks.under_cursor(layout))
