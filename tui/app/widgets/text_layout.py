"""TextLayout: breaks a source into lines, only around the place in sight."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from textual.selection import Selection

from tui.app.widgets.markdown_lines import BLANK, MarkdownBlock, blocks, parts
from tui.app.widgets.wrapping import chop, wrap
from tui.display import cells, fit

NEAR = 300
"""The longest step counted in exact lines; a longer one uses the estimates."""
_ROWS = 1 << 16
"""More lines than a part can have."""


class TextSpot(NamedTuple):
    """A character of the text that is shown; it does not depend on the width."""

    part: int
    """The part of the body."""
    number: int
    """The block in that part."""
    at: int
    """The character of that block's text."""


class TextPlace(NamedTuple):
    """The position of a line; it does not depend on how much above is laid out."""

    part: int
    """0 for the head, then the parts of the body."""
    row: int

    @property
    def key(self) -> int:
        """A number that grows from line to line."""
        return self.part * _ROWS + self.row


BODY = TextPlace(1, 0)
"""The place where the body begins."""


class Line(NamedTuple):
    """One line of a block."""

    text: str
    block: MarkdownBlock
    start: int
    """Its offset in the block's text."""
    number: int
    """The index of its block in the part."""

    @property
    def before(self) -> str:
        """The prefix of the line: an indent, a bullet or a bar."""
        return self.block.rest if self.start else self.block.first

    @property
    def offset(self) -> int:
        """Its offset in the body; near it, where the line is shown without its markup."""
        block = self.block
        length = block.end - block.start
        return block.start + self.start * length // max(1, len(block.text), length)


class TextLayout:
    """The lines of some blocks and of the body after them, for one width.

    The body is cut into parts, and a part is laid out when one of its lines is needed. The
    line counts of the other parts are estimates, so that any place of any body shows at once.
    """

    def __init__(self, head: list[MarkdownBlock], body: str, start: int, width: int) -> None:
        """``start`` is where in the body the text begins; what comes before it is not shown."""
        self.top = TextPlace(0, 0)
        """The place of the first line."""
        self.body = body
        self._width = width
        self._parts = parts(body, start)
        self._starts = [part.start for part in self._parts]
        self._laid = {0: list(self._lay(head))}
        self._heights = [
            len(self._laid[0]),
            *(1 + (p.end - p.start) // width + body.count("\n", p.start, p.end - 1)
              for p in self._parts),
        ]  # fmt: skip
        """Line counts by part, exact for those that are laid out."""
        if not any(self.lines_of(part) for part in range(self.last_part + 1)):
            # All of it is markup that is not shown. There is always a line.
            self._laid[0], self._heights[0] = [Line("", BLANK, 0, 0)], 1

    @property
    def line_count(self) -> int:
        """The number of lines, estimated where they are not laid out."""
        return sum(self._heights)

    @property
    def end(self) -> TextPlace:
        """The place after the last line."""
        return TextPlace(self.last_part, len(self.lines_of(self.last_part)))

    @property
    def last_part(self) -> int:
        """The last part of the body."""
        return len(self._parts)

    def lines_of(self, part: int) -> list[Line]:
        """The lines of a part."""
        lines = self._laid.get(part)
        if lines is None:
            lines = list(self._lay(self.blocks_of(part)))
            self._laid[part], self._heights[part] = lines, len(lines)
        return lines

    def blocks_of(self, part: int) -> Iterator[MarkdownBlock]:
        """The blocks of a part of the body."""
        return blocks(self.body, self._parts[part - 1])

    def is_cut(self, offset: int) -> bool:
        """Whether the character there continues the word before it."""
        around = self.body[max(0, offset - 1) : offset + 1]
        return len(around) == 2 and not any(letter.isspace() for letter in around)

    def place_of(self, spot: TextSpot) -> TextPlace:
        """The line with that character."""
        if spot.part > self.last_part:
            return self.end
        wanted = spot.number, spot.at
        lines = self.lines_of(spot.part)
        row = bisect_right(lines, wanted, key=lambda known: (known.number, known.start))
        return TextPlace(spot.part, max(0, row - 1))

    def lines_from(self, place: TextPlace, count: int) -> list[tuple[TextPlace, Line]]:
        """So many lines from a place on, or as many as there are."""
        found: list[tuple[TextPlace, Line]] = []
        part, first = place
        while len(found) < count and part <= self.last_part:
            rows = enumerate(self.lines_of(part)[first:], first)
            found += ((TextPlace(part, row), line) for row, line in rows)
            part, first = part + 1, 0
        return found[:count]

    def number_of(self, place: TextPlace) -> int:
        """The number of lines above a place, estimated where they are not laid out."""
        return sum(self._heights[: place.part]) + place.row

    def step(self, place: TextPlace, count: int) -> TextPlace:
        """The place so many lines below, or above; no further than the ends."""
        if abs(count) > NEAR:
            return self._place_at(self.number_of(place) + count)
        part, row = place.part, place.row + count
        while row < 0 and part > 0:
            part -= 1
            row += len(self.lines_of(part))
        while part < self.last_part and row >= len(self.lines_of(part)):
            row -= len(self.lines_of(part))
            part += 1
        return TextPlace(part, max(0, min(row, len(self.lines_of(part)))))

    def offset_of(self, place: TextPlace) -> int:
        """Where in the body a line begins: the same at every width; 0 above the body."""
        if not place.part:
            return 0
        lines = self.lines_of(place.part)
        return lines[place.row].offset if place.row < len(lines) else len(self.body)

    def place_at_offset(self, offset: int) -> TextPlace:
        """The line with that character of the body; the top of all for the first one."""
        if offset <= self._starts[0]:
            return self.top
        if offset >= len(self.body):
            return self.end
        part = self.part_at(offset)
        row = bisect_right(self.lines_of(part), offset, key=lambda line: line.offset)
        return TextPlace(part, max(0, row - 1))

    def part_at(self, offset: int) -> int:
        """The part with that character of the body."""
        return max(1, bisect_right(self._starts, offset))

    def span_of(self, part: int) -> tuple[int, int]:
        """Start and end of a part in the body; 0 and 0 for the head."""
        if not part:
            return 0, 0
        return self._parts[part - 1].start, self._parts[part - 1].end

    def _place_at(self, number: int) -> TextPlace:
        if number >= self.line_count:
            return self.end
        ends = list(accumulate(self._heights))
        part = bisect_right(ends, max(0, number))
        row = max(0, number) - (ends[part] - self._heights[part])
        return self.step(TextPlace(part, min(row, len(self.lines_of(part)))), 0)

    def _lay(self, of: Iterable[MarkdownBlock]) -> Iterator[Line]:
        for number, block in enumerate(of):
            room = max(1, self._width - cells(block.first))
            breaks = chop(block.text, room) if block.chopped else wrap(block.text, room)
            for count, (start, end) in enumerate(breaks, 1):
                if count == block.most and end < len(block.text):
                    shown = fit(block.text[start : start + 2 * room], room).rstrip()
                    yield Line(shown, block, start, number)
                    break
                yield Line(block.text[start:end], block, start, number)


def moved_offset(offset: int, before: str, after: str) -> int:
    """Where a place of a body is once another program has changed that body in one stretch."""
    if before[:offset] == after[:offset]:
        return offset
    rest = len(before) - offset
    if rest and before[offset:] == after[-rest:]:
        return len(after) - rest
    return min(offset, len(after))


def selected_lines(
    layout: TextLayout, selection: Selection
) -> Iterator[tuple[TextPlace, Line, int, int]]:
    """The lines with something selected, and its start and end, the line's prefix included."""
    first = selection.start.y // _ROWS if selection.start else 0
    last = selection.end.y // _ROWS if selection.end else layout.end.part
    for part in range(first, last + 1):
        for row, line in enumerate(layout.lines_of(part)):
            place = TextPlace(part, row)
            if (span := selection.get_span(place.key)) is not None:
                start, end = span
                yield place, line, start, end if end >= 0 else len(line.before + line.text)


def selected_text(layout: TextLayout, selection: Selection) -> str:
    """The selected text; wrapped lines are joined again."""
    texts: list[str] = []
    before: Line | None = None
    for _, line, start, end in selected_lines(layout, selection):
        text = (line.before + line.text)[start:end]
        if before is None or not line.start:
            texts.append(("" if before is None else "\n") + text)
        else:
            wrapped = line.start > before.start + len(before.text)
            texts.append((" " if wrapped else "") + text.removeprefix(line.before))
        before = line
    return "".join(texts)
