"""The rows of the queue, and the nearest one for the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.vault.source import Source


ROW_LINES = 2


class SourceRow(NamedTuple):
    """A source in the queue."""

    source: Source
    outside: bool = False
    """Whether it is a hit outside the view."""


class DividerRow(NamedTuple):
    """A heading between two groups of rows; the cursor skips it."""

    text: str


Row = SourceRow | DividerRow


class RowState(NamedTuple):
    """The state of a row that is not part of its source."""

    cursor: bool
    focused: bool
    marked: bool
    done: bool


def nearest_source(rows: Sequence[Row], index: int, direction: int) -> int | None:
    """The row of a source at `index`, else the next in that direction, else the other way."""
    if not rows:
        return None
    index = min(max(index, 0), len(rows) - 1)
    down, up = range(index, len(rows)), range(index, -1, -1)
    for way in (down, up) if direction > 0 else (up, down):
        for found in way:
            if isinstance(rows[found], SourceRow):
                return found
    return None
