"""Lines and selections as a quote: words on one line, without Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from textual.selection import Selection

from tui.app.widgets.markdown_lines import MarkdownBlock
from tui.app.widgets.text_layout import Line, TextLayout, TextPlace, selected_lines

_ENDS = tuple(".!?:;,…。！？；：、")
"""Characters after which nothing more is needed to tell two lines apart."""

_CLOSING = "\"'”’»)]"


class Piece(NamedTuple):
    """A part of a block of the body."""

    part: int
    number: int
    """The block in that part."""
    start: int
    end: int

    @classmethod
    def of(cls, place: TextPlace, line: Line) -> Piece:
        """A whole line."""
        return cls(place.part, line.number, line.start, line.start + len(line.text))

    def overlaps(self, other: Piece) -> bool:
        """Whether both have a character in common."""
        same = self[:2] == other[:2]
        return same and self.start < other.end and other.start < self.end


def selected_pieces(layout: TextLayout, selection: Selection) -> Iterator[Piece]:
    """What is selected of the body with the mouse."""
    for place, line, start, end in selected_lines(layout, selection):
        before = len(line.before)
        first, last = max(0, start - before), min(len(line.text), end - before)
        if place.part and first < last:
            yield Piece(place.part, line.number, line.start + first, line.start + last)


def quote_of(layout: TextLayout, pieces: Iterable[Piece]) -> str:
    """The words of these pieces, in the order of the text."""
    lines: list[str] = []
    before: Piece | None = None
    around: MarkdownBlock | None = None
    blocks: list[MarkdownBlock] = []
    last = 0
    for piece in sorted(pieces):
        if piece.part != last:
            blocks, last = list(layout.blocks_of(piece.part)), piece.part
        block = blocks[piece.number]
        text = block.text[piece.start : piece.end]
        if before is not None and around is not None and lines:
            if before[:2] == piece[:2]:
                # The space where a line was wrapped belongs to neither.
                gap = block.text[before.end : piece.start]
                lines[-1] += (gap if gap.isspace() or not gap else " … ") + text
            elif _continues(layout.body, around, block):
                lines[-1] += ("" if layout.is_cut(block.start) else " ") + text
            else:
                lines.append(text)
        else:
            lines.append(text)
        before, around = piece, block
    quote = ""
    for line in filter(None, (" ".join(line.split()) for line in lines)):
        # What ends without a full stop, as items and headings do, is told from what follows.
        between = "" if not quote else " " if quote.rstrip(_CLOSING).endswith(_ENDS) else "; "
        quote += between + line
    return quote


def _continues(body: str, around: MarkdownBlock, block: MarkdownBlock) -> bool:
    """Whether a block is in the same paragraph as the one before it."""
    if around.chopped or block.chopped or "heading" in around.look + block.look:
        return False
    if _is_item(block) or around.look != block.look or block.text.startswith("│"):
        return False
    between = body[around.end : block.start]
    return (between.isspace() and between.count("\n") < 2) or not between


def _is_item(block: MarkdownBlock) -> bool:
    """Whether a block begins with the bullet or the number of a list."""
    return block.edge == "line--accent" and bool(block.first.strip())
