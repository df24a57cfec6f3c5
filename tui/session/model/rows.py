"""Rows: the rows of the queue, its cursor, what is marked and done, and what changed of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.vault.source import Source


class SourceRow(NamedTuple):
    """A source in the queue."""

    source: Source
    outside: bool = False
    """Whether it is a match outside the view."""


class DividerRow(NamedTuple):
    """A heading between two groups of rows; the cursor skips it."""

    text: str


Row = SourceRow | DividerRow


@dataclass(slots=True)
class RowChanges:
    """What changed of the queue since it was drawn."""

    cursor: int | None
    """The row of the cursor as it was drawn."""
    replaced: Sequence[Row] | None = None
    """The rows as they were drawn, if all were replaced."""
    calmly: bool = False
    """Whether somebody reads the replaced rows, so that as little as possible moves."""
    added: int | None = None
    """The row from which on rows were appended."""
    kept: tuple[int, int] | None = None
    """A row that keeps its line on the screen: where it was, and where it is."""
    first_row: int | None = None
    """The row to put at the top."""
    redrawn: set[int] = field(default_factory=set)
    """Rows whose source changed."""
    recoloured: set[str] = field(default_factory=set)
    """The names of the sources whose row looks different: marked or not, suggested or not."""
    reveal: bool = False
    """Whether to scroll to the cursor when it is out of sight."""
    follow: bool = False
    """Whether the view moves by as many rows as the cursor."""
    words: bool = False
    """Whether the highlighted words, the heading or the text of an empty queue changed."""


class Rows:
    """The rows in order and the cursor, which is on a source, never on a divider."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._places: dict[str, int] | None = None
        """The rows of the sources by name; built on demand, dropped when rows change."""
        self.cursor: int | None = None
        self.marked: dict[str, None] = {}
        """The names of the marked sources, in the order they were marked in."""
        self.done: set[str] = set()
        """The names of the sources that are done: their rows are dimmed."""
        self.gone = ""
        """The source under the cursor if its file is gone: it keeps its row."""
        self.lit = ""
        """The words that are highlighted in the titles."""
        self.heading = "queue"
        self.days: tuple[str, ...] = ()
        """The date fields whose age the rows show: the first one that a source has counts."""
        self.tell_waits = False
        """Whether the rows say in place of an age how long their sources have been waiting."""
        self.empty_text = ""
        """What the queue says when it is empty, its first line as a headline."""
        self._changes = RowChanges(None)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> Row:
        return self._rows[index]

    @property
    def now(self) -> datetime:
        """The local time, from which the rows count ages."""
        return local_now()

    @property
    def all(self) -> Sequence[Row]:
        """The rows, in order."""
        return self._rows

    @property
    def sources(self) -> list[Source]:
        """The sources in the queue, in its order."""
        return [row.source for row in self._rows if isinstance(row, SourceRow)]

    @property
    def current(self) -> Source | None:
        """The source under the cursor."""
        return None if self.cursor is None else self.source_at(self.cursor)

    @property
    def here(self) -> str:
        """The name of the source under the cursor; empty without one."""
        current = self.current
        return current.name if current is not None else ""

    def keep_gone(self, name: str) -> None:
        """Keep the row of this source though its file is gone; of none for an empty name."""
        self.gone = name

    def is_dimmed(self, name: str) -> bool:
        """Whether a source is done, or its file gone."""
        return name in self.done or name == self.gone

    def source_at(self, index: int) -> Source | None:
        """The source in a row; None for a divider and past the end."""
        row = self._rows[index] if index < len(self._rows) else None
        return row.source if isinstance(row, SourceRow) else None

    @property
    def source_count(self) -> int:
        """The number of rows with a source."""
        return [type(row) for row in self._rows].count(SourceRow)

    def row_of(self, name: str) -> int | None:
        """The row of the source called ``name``."""
        if self._places is None:
            self._places = places_of(self._rows)
        return self._places.get(name)

    @property
    def are_new(self) -> bool:
        """Whether rows were replaced since they were drawn."""
        return self._changes.replaced is not None

    def take_changes(self) -> RowChanges | None:
        """What changed since the last call; None if nothing did."""
        changes = self._changes
        if changes == RowChanges(self.cursor):
            return None
        self._changes = RowChanges(self.cursor)
        return changes

    # New rows

    def show(
        self, rows: Iterable[Row], cursor: int | None, *, first_row: int | None = None
    ) -> None:
        """Replace all rows.

        A source that keeps the cursor keeps its line on the screen, unless ``first_row`` puts
        another row at the top.
        """
        rows, before, name = list(rows), self._drawn_row, self.here
        self._replace(rows, None if cursor is None else nearest_source(rows, cursor, 1))
        changes = self._changes
        changes.calmly, changes.first_row, changes.reveal = False, first_row, True
        changes.kept = None
        if before is not None and self.cursor is not None and name == self.here:
            changes.kept = before, self.cursor

    def renew(self, rows: Sequence[Row], cursor: int | None) -> None:
        """Replace the rows while a person reads them: as little as possible moves.

        The row under the cursor keeps its line on the screen. With the cursor out of sight,
        the first row in sight that remains does.
        """
        before, changes = self._drawn_row, self._changes
        self._replace(list(rows), cursor)
        changes.calmly, changes.first_row = True, None
        changes.kept = None if before is None or cursor is None else (before, cursor)

    @property
    def _drawn_row(self) -> int | None:
        """Where the row under the cursor was when the queue was drawn; None if it is new."""
        kept = self._changes.kept
        if self._changes.replaced is None:
            return self.cursor
        return kept[0] if kept is not None and kept[1] == self.cursor else None

    def _replace(self, rows: list[Row], cursor: int | None) -> None:
        if self._changes.replaced is None:
            self._changes.replaced = self._rows
        self._rows, self._places, self.cursor = rows, None, cursor

    def extend(self, rows: Sequence[Row]) -> None:
        """Append rows; without a cursor, put it on the first source. Nothing in sight moves."""
        if self._changes.added is None:
            self._changes.added = len(self._rows)
        self._rows += rows
        self._places = None
        if self.cursor is None:
            self.cursor = nearest_source(self._rows, 0, 1)

    def update(self, sources: Iterable[Source]) -> None:
        """Replace these sources by their new state, in the same rows."""
        for source in sources:
            index = self.row_of(source.name)
            row = None if index is None else self._rows[index]
            if index is not None and isinstance(row, SourceRow):
                self._rows[index] = row._replace(source=source)
                self._changes.redrawn.add(index)

    def mark(self, names: Iterable[str], marked: bool) -> None:
        """Mark or unmark the sources with these names."""
        for name in names:
            if marked:
                self.marked[name] = None
            else:
                self.marked.pop(name, None)
            self._changes.recoloured.add(name)

    def recolour(self, names: Iterable[str]) -> None:
        """Have the rows of the sources with these names drawn again."""
        self._changes.recoloured.update(names)

    def light(self, words: str) -> None:
        """Highlight the letters that match these words."""
        self._changes.words |= words != self.lit
        self.lit = words

    def head(self, heading: str, days: tuple[str, ...], *, waits: bool = False) -> None:
        """Show this heading above the queue, and the age of the first of these dates.

        With ``waits`` the rows say how long their sources have been waiting instead.
        """
        before = self.heading, self.days, self.tell_waits
        self.heading, self.days, self.tell_waits = heading, days, waits
        self._changes.words |= before != (heading, days, waits)

    def say_when_empty(self, text: str) -> None:
        """Show this text when the queue is empty."""
        self._changes.words |= text != self.empty_text
        self.empty_text = text

    # Cursor

    @property
    def sources_from_cursor(self) -> Iterator[Source]:
        """The sources from the cursor on, in their order."""
        for index in range(self.cursor or 0, len(self._rows)):
            row = self._rows[index]
            if isinstance(row, SourceRow):
                yield row.source

    def move(self, delta: int, *, follow: bool = False) -> None:
        """Move the cursor by so many rows, no further than the ends."""
        if delta and len(self._rows):
            start = -1 if self.cursor is None and delta > 0 else self.cursor or 0
            self._move_cursor(nearest_source(self._rows, start + delta, delta))
            self._changes.follow = follow

    def move_to(self, index: int) -> None:
        """Move the cursor to a row, or to the nearest source."""
        self._move_cursor(nearest_source(self._rows, index, 1))

    def _move_cursor(self, index: int | None) -> None:
        self.cursor = index
        self._changes.reveal = True


def local_now() -> datetime:
    """The time where the person is, without its zone."""
    return datetime.now(UTC).astimezone().replace(tzinfo=None)


def nearest_source(rows: Sequence[Row], index: int, direction: int) -> int | None:
    """The row of a source at ``index``, else the next in that direction, else the other way."""
    if not rows:
        return None
    index = min(max(index, 0), len(rows) - 1)
    down, up = range(index, len(rows)), range(index, -1, -1)
    for way in (down, up) if direction > 0 else (up, down):
        for found in way:
            if isinstance(rows[found], SourceRow):
                return found
    return None


def first_kept(old: Sequence[Row], start: int, rows: Sequence[Row]) -> tuple[int, int] | None:
    """The first old row from ``start`` on that is also in ``rows``: its index here and there."""
    places = places_of(rows)
    for index in range(start, len(old)):
        row = old[index]
        if isinstance(row, SourceRow) and row.source.name in places:
            return index, places[row.source.name]
    return None


def place_beside(above: Sequence[Row], rows: Sequence[Row]) -> int:
    """The index in ``rows`` for a row that was below those in ``above``."""
    places = places_of(rows)
    for row in reversed(above):
        if isinstance(row, SourceRow) and row.source.name in places:
            return places[row.source.name] + 1
    return 0


def places_of(rows: Sequence[Row]) -> dict[str, int]:
    """The rows of the sources by name."""
    return {row.source.name: index for index, row in enumerate(rows) if isinstance(row, SourceRow)}
