"""Marker: which sources are marked for a change of all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from weakref import WeakSet

from tui.session.model.board import Board
from tui.session.model.rows import SourceRow
from tui.session.model.targets import Targets
from tui.vault.source import Source
from tui.vault.vault import Vault


class _Range(NamedTuple):
    """Rows marked with shift: from where the range began to the cursor."""

    start: str
    """The source where it began."""
    end: str
    """The source under the cursor."""
    given: set[str]
    """What the range itself marked: shrinking it unmarks only these."""


class Marker:
    """Marks sources; they stay marked while a lookup hides them."""

    def __init__(self, vault: Vault, board: Board) -> None:
        self._vault = vault
        self._board = board
        self._rows = board.rows
        self._range: _Range | None = None
        self._hidden = 0
        self._taken: WeakSet[Targets] = WeakSet()
        self._gone: set[str] = set()
        """Marked sources whose files are gone; they may return under other names."""

    @property
    def count(self) -> int:
        """How many sources are marked."""
        return len(self._rows.marked)

    @property
    def hidden(self) -> int:
        """How many marked sources the queue does not show."""
        return self._hidden

    @property
    def words(self) -> str:
        """How many sources are marked, and how many of them the queue does not show."""
        if not self.count:
            return ""
        hidden = f" · {self._hidden:,} hidden" if self._hidden else ""
        return f"{self.count:,} marked{hidden}"

    @property
    def names(self) -> list[str]:
        """The marked sources' names, in the order they were marked in."""
        return list(self._rows.marked)

    def take(self, sources: Sequence[Source] | None = None) -> Targets:
        """The sources that a box opened now changes: the targets, or these sources."""
        meant = self._board.targets if sources is None else sources
        marked = sources is None and self._board.takes_marked
        targets = Targets(self._vault, meant, marked=marked)
        self._taken.add(targets)
        return targets

    # What keys do

    def toggle(self) -> None:
        """Mark or unmark the source under the cursor, and move down."""
        name = self._rows.here
        if name:
            self._range = None
            self._put([name], name not in self._rows.marked)
            self._rows.move(1)

    def toggle_named(self, name: str) -> None:
        """Mark or unmark a source that need not be in the queue."""
        self._range = None
        self._put([name], name not in self._rows.marked)
        self._count_hidden()

    def mark_named(self, names: Iterable[str], *, marked: bool = True) -> None:
        """Mark sources that need not be in the queue, or unmark them."""
        self._range = None
        known = self._rows.marked
        self._put([name for name in names if (name in known) != marked], marked)
        self._count_hidden()

    def mark_next(self, count: int) -> int:
        """Mark so many open sources from the cursor on, and move behind them; returns how many.

        Those marked already count.
        """
        rows = self._rows
        names, at = list[str](), rows.cursor
        if at is None:
            return 0
        while at < len(rows) and len(names) < count:
            row = rows[at]
            if isinstance(row, SourceRow) and not rows.is_dimmed(row.source.name):
                names.append(row.source.name)
            at += 1
        self._range = None
        self._put([name for name in names if name not in rows.marked], True)
        rows.move_to(min(at, len(rows) - 1))
        return len(names)

    def stretch(self, by: int) -> None:
        """Move the cursor, and mark from where the range began to the cursor."""
        rows, before = self._rows, self._rows.here
        if not before:
            return
        if self._range is None or self._range.end != before:
            self._range = _Range(before, before, set())
            self._give([before])
        start, at = rows.row_of(self._range.start), rows.cursor
        rows.move(by)
        after = rows.cursor
        if start is None or at is None or after is None:
            self._range = None
            return
        self._range = self._range._replace(end=rows.here)
        # Moving back towards the start unmarks what the range had marked.
        old, new = _span(start, at), _span(start, after)
        self._give(self._names_in(index for index in new if index not in old))
        left = self._names_in(index for index in old if index not in new)
        back = [name for name in left if name in self._range.given]
        self._range.given.difference_update(back)
        self._put(back, False)

    def mark_all(self) -> bool:
        """Mark every open source in the queue; if all are marked, unmark all.

        Returns whether there is one.
        """
        shown = [source.name for source in self._rows.sources]
        shown = [name for name in shown if not self._rows.is_dimmed(name)]
        fresh = [name for name in shown if name not in self._rows.marked]
        self._range = None
        if fresh:
            self._put(fresh, True)
        elif shown:
            self.clear()
        return bool(shown)

    def clear(self) -> None:
        """Unmark all."""
        self._range, self._hidden = None, 0
        self._gone.clear()
        self._put(self.names, False)

    def put_back(self, names: Iterable[str]) -> None:
        """Mark sources again whose change failed, unless others were marked meanwhile."""
        if not self.count:
            self._put(list(names), True)
            self._count_hidden()

    # What happens to the sources

    def drop(self, gone: Iterable[str], renamed: Mapping[str, str]) -> None:
        """Unmark sources whose files are gone; a renamed one stays marked."""
        for targets in self._taken:
            targets.rename(renamed)
        if not self.count and not self._gone:
            return
        known = self._rows.marked
        marked = [name for name in dict.fromkeys((*gone, *renamed)) if name in known]
        back = [name for name in renamed if name in known or name in self._gone]
        self._gone = (self._gone | set(marked)).difference(back)
        self._put(marked, False)
        self._put([renamed[name] for name in back], True)

    def take_rows(self) -> None:
        """Update the marks for new rows: which are gone, and which are hidden."""
        if not self.count:
            return
        known = self._vault.find
        gone = [name for name in self._rows.marked if known(name) is None]
        self._gone.update(gone)
        self._put(gone, False)
        self._count_hidden()

    def _give(self, names: Iterable[str]) -> None:
        """Mark sources as part of the range."""
        fresh = [name for name in names if name not in self._rows.marked]
        if self._range is not None:
            self._range.given.update(fresh)
        self._put(fresh, True)

    def _names_in(self, rows: Iterable[int]) -> list[str]:
        found = (self._rows[index] for index in rows)
        return [row.source.name for row in found if isinstance(row, SourceRow)]

    def _put(self, names: Sequence[str], marked: bool) -> None:
        if names:
            self._rows.mark(names, marked)

    def _count_hidden(self) -> None:
        self._hidden = sum(self._rows.row_of(name) is None for name in self._rows.marked)


def _span(start: int, end: int) -> range:
    return range(min(start, end), max(start, end) + 1)
