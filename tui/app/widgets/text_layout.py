"""TextLayout: a source broken into lines, only around what is looked at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from textual.selection import Selection

from tui.app.widgets.markdown_lines import Block, blocks, parts
from tui.app.widgets.wrapping import chop, wrap
from tui.display import cells, fit

NEAR = 300
"""Lines of a step that are counted exactly; a longer way is measured by the estimates."""
_ROWS = 1 << 16
"""More lines than a part can have."""


class Place(NamedTuple):
    """Where a line stands; it stays the same however much is laid out above it."""

    part: int
    """0 for the head, then the parts of the body."""
    row: int

    @property
    def key(self) -> int:
        """A number that grows from line to line."""
        return self.part * _ROWS + self.row


BODY = Place(1, 0)
"""Where the body begins."""


class Line(NamedTuple):
    """One line of a block."""

    text: str
    block: Block
    start: int
    """Where it begins in the block's text."""
    number: int
    """Which block of its part it belongs to."""

    @property
    def before(self) -> str:
        """What stands before the text."""
        return self.block.rest if self.start else self.block.first


class TextLayout:
    """The lines of some blocks and of a body behind them, for one width.

    The body is cut in parts, and a part is laid out when one of its lines is asked for.
    How many lines the others have is estimated, so that any place of any body shows at once.
    """

    def __init__(self, head: list[Block], body: str, title: str, width: int) -> None:
        self.top = Place(0, 0)
        """Where the first line stands."""
        self._body = body
        self._width = width
        self._parts = parts(body, title)
        self._starts = [part.start for part in self._parts]
        self._laid = {0: list(self._lay(head))}
        self._heights = [
            len(self._laid[0]),
            *(1 + (p.end - p.start) // width + body.count("\n", p.start, p.end - 1)
              for p in self._parts),
        ]  # fmt: skip
        """Lines by part, exact for those that are laid out."""

    @property
    def line_count(self) -> int:
        """The lines there are as far as can be told."""
        return sum(self._heights)

    @property
    def end(self) -> Place:
        """The place behind the last line."""
        return Place(self.last_part, len(self.lines_of(self.last_part)))

    @property
    def last_part(self) -> int:
        """The part that the body ends with."""
        return len(self._parts)

    def lines_of(self, part: int) -> list[Line]:
        """The lines of a part."""
        lines = self._laid.get(part)
        if lines is None:
            lines = list(self._lay(blocks(self._body, self._parts[part - 1])))
            self._laid[part], self._heights[part] = lines, len(lines)
        return lines

    def lines_from(self, place: Place, count: int) -> list[tuple[Place, Line]]:
        """So many lines from there on, or as many as there are."""
        found: list[tuple[Place, Line]] = []
        part, first = place
        while len(found) < count and part <= self.last_part:
            rows = enumerate(self.lines_of(part)[first:], first)
            found += ((Place(part, row), line) for row, line in rows)
            part, first = part + 1, 0
        return found[:count]

    def number_of(self, place: Place) -> int:
        """How many lines are above, as far as can be told."""
        return sum(self._heights[: place.part]) + place.row

    def step(self, place: Place, count: int) -> Place:
        """The place so many lines below, or above; no further than to the ends."""
        if abs(count) > NEAR:
            return self._place_at(self.number_of(place) + count)
        part, row = place.part, place.row + count
        while row < 0 and part > 0:
            part -= 1
            row += len(self.lines_of(part))
        while part < self.last_part and row >= len(self.lines_of(part)):
            row -= len(self.lines_of(part))
            part += 1
        return Place(part, max(0, min(row, len(self.lines_of(part)))))

    def place_of(self, place: Place, line: Line) -> Place:
        """Where the text is that another layout of it had in that line at that place."""
        if place.part > self.last_part:
            return self.end
        lines = self.lines_of(place.part)
        wanted = line.number, line.start
        row = bisect_right(lines, wanted, key=lambda known: (known.number, known.start))
        return Place(place.part, max(0, row - 1))

    def part_at(self, offset: int) -> int:
        """The part that holds that letter of the body."""
        return max(1, bisect_right(self._starts, offset))

    def span_of(self, part: int) -> tuple[int, int]:
        """Where a part of the body begins and ends in it; the head is nowhere."""
        if not part:
            return 0, 0
        return self._parts[part - 1].start, self._parts[part - 1].end

    def _place_at(self, number: int) -> Place:
        if number >= self.line_count:
            return self.end
        ends = list(accumulate(self._heights))
        part = bisect_right(ends, max(0, number))
        row = max(0, number) - (ends[part] - self._heights[part])
        return self.step(Place(part, min(row, len(self.lines_of(part)))), 0)

    def _lay(self, of: Iterable[Block]) -> Iterator[Line]:
        for number, block in enumerate(of):
            room = max(1, self._width - cells(block.first))
            breaks = chop(block.text, room) if block.chopped else wrap(block.text, room)
            for count, (start, end) in enumerate(breaks, 1):
                if count == block.most and end < len(block.text):
                    shown = fit(block.text[start : start + 2 * room], room).rstrip()
                    yield Line(shown, block, start, number)
                    break
                yield Line(block.text[start:end], block, start, number)


def selected_text(layout: TextLayout, selection: Selection) -> str:
    """The letters of the selection; lines that were wrapped come back as one."""
    first = selection.start.y // _ROWS if selection.start else 0
    last = selection.end.y // _ROWS if selection.end else layout.end.part
    texts: list[str] = []
    before: Line | None = None
    for part in range(first, last + 1):
        for row, line in enumerate(layout.lines_of(part)):
            span = selection.get_span(Place(part, row).key)
            if span is None:
                continue
            start, end = span
            text = (line.before + line.text)[start : end if end >= 0 else None]
            if before is None or not line.start:
                texts.append(("" if before is None else "\n") + text)
            else:
                wrapped = line.start > before.start + len(before.text)
                texts.append((" " if wrapped else "") + text.removeprefix(line.before))
            before = line
    return "".join(texts)
