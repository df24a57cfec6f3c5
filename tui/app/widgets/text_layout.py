"""TextLayout: blocks broken into lines, only as far as they are looked at."""

from __future__ import annotations

from typing import NamedTuple

from textual.selection import Selection

from tui.app.widgets.markdown_lines import Block, blocks
from tui.app.widgets.wrapping import chop, wrap
from tui.display import cells, fit


class Line(NamedTuple):
    """One line of a block."""

    text: str
    block: Block
    start: int
    """Where it begins in the block's text."""
    number: int
    """Which block it belongs to, counted from the first."""

    @property
    def before(self) -> str:
        """What stands before the text."""
        return self.block.rest if self.start else self.block.first


class TextLayout:
    """The lines of some blocks and of a body behind them, for one width.

    Lines are worked out from the top as far as they are asked for. What is left is
    estimated from its length, so that a body of any size shows at once.
    """

    def __init__(self, head: list[Block], body: str, title: str, width: int) -> None:
        self.lines: list[Line] = []
        self.body_line = 0
        """The line where the body begins."""
        self.body_end = 0
        """How much of the body is laid out."""
        self.body = body
        self._width = width
        self._count = 0
        for block in head:
            self._lay(block)
        self.body_line = len(self.lines)
        self._left = blocks(body, title)
        self._finished = False

    @property
    def line_count(self) -> int:
        """The lines there are, or will be as far as can be told."""
        if self._finished:
            return len(self.lines)
        rest = len(self.body) - self.body_end
        return len(self.lines) + rest // self._width + self.body.count("\n", self.body_end)

    def reach_line(self, line: int) -> bool:
        """Lay out until there is such a line; whether there is."""
        while len(self.lines) <= line and self._advance():
            pass
        return len(self.lines) > line

    def reach_body(self, offset: int) -> None:
        """Lay out until the body is laid out up to there."""
        while self.body_end <= offset and self._advance():
            pass

    def reach_end(self) -> None:
        """Lay out everything."""
        while self._advance():
            pass

    def line_of(self, number: int) -> int:
        """The first line of a block, or the last line there is."""
        line = 0
        while self.reach_line(line):
            if self.lines[line].number >= number:
                return line
            line += 1
        return max(0, line - 1)

    def _advance(self) -> bool:
        block, self.body_end = next(self._left, (None, len(self.body)))
        if block is None:
            self._finished = True
            return False
        self._lay(block)
        return True

    def _lay(self, block: Block) -> None:
        room = max(1, self._width - cells(block.first))
        number = self._count
        self._count += 1
        breaks = chop(block.text, room) if block.chopped else wrap(block.text, room)
        for count, (start, end) in enumerate(breaks, 1):
            if count == block.most and end < len(block.text):
                shown = fit(block.text[start : start + 2 * room], room).rstrip()
                self.lines.append(Line(shown, block, start, number))
                return
            self.lines.append(Line(block.text[start:end], block, start, number))


def selected_text(layout: TextLayout, selection: Selection) -> str:
    """The letters of the selection; lines that were wrapped come back as one."""
    parts: list[str] = []
    last: Line | None = None
    for number, line in enumerate(layout.lines):
        span = selection.get_span(number)
        if span is None:
            continue
        start, end = span
        text = (line.before + line.text)[start : end if end >= 0 else None]
        if last is None or last.number != line.number:
            parts.append(("" if last is None else "\n") + text)
        else:
            wrapped = line.start > last.start + len(last.text)
            parts.append((" " if wrapped else "") + text.removeprefix(line.before))
        last = line
    return "".join(parts)
