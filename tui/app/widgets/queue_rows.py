"""QueueRows: the rows of the queue by position and by name, and the cursor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tui.app.widgets.queue_row import Row, SourceRow, nearest_source

if TYPE_CHECKING:
    from tui.vault.source import Source


class QueueRows:
    """Rows in order, and the row of the cursor: a source, never a divider."""

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._places: dict[str, int] | None = None
        """The rows of the sources by name; built on demand, dropped when rows change."""
        self.cursor: int | None = None

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> Row:
        return self._rows[index]

    @property
    def all(self) -> Sequence[Row]:
        """The rows, in order."""
        return self._rows

    @property
    def current(self) -> Source | None:
        """The source under the cursor."""
        return None if self.cursor is None else self.source_at(self.cursor)

    def source_at(self, index: int) -> Source | None:
        """The source in a row; None for a divider and past the end."""
        row = self._rows[index] if index < len(self._rows) else None
        return row.source if isinstance(row, SourceRow) else None

    @property
    def source_count(self) -> int:
        """The number of rows with a source."""
        return [type(row) for row in self._rows].count(SourceRow)

    def place_of(self, name: str) -> int | None:
        """The row of the source called ``name``."""
        if self._places is None:
            self._places = places_of(self._rows)
        return self._places.get(name)

    def nearest(self, index: int, direction: int) -> int | None:
        """The row of a source at ``index``, else the next in that direction."""
        return nearest_source(self._rows, index, direction)

    def put(self, rows: Iterable[Row], cursor: int | None) -> None:
        """Replace all rows and the cursor."""
        self._rows = list(rows)
        self._places = None
        self.cursor = cursor

    def add(self, rows: Sequence[Row]) -> None:
        """Append rows; without a cursor, put it on the first source."""
        self._rows += rows
        self._places = None
        if self.cursor is None:
            self.cursor = self.nearest(0, 1)

    def update(self, sources: Iterable[Source]) -> Iterator[int]:
        """Replace these sources by their new state; yields their rows."""
        for source in sources:
            index = self.place_of(source.name)
            row = None if index is None else self._rows[index]
            if index is not None and isinstance(row, SourceRow):
                self._rows[index] = row._replace(source=source)
                yield index

    def first_kept(self, start: int, rows: Sequence[Row]) -> tuple[int, int] | None:
        """The first row from ``start`` on that is also in ``rows``: its index here and there."""
        places = places_of(rows)
        for index in range(start, len(self._rows)):
            source = self.source_at(index)
            if source is not None and source.name in places:
                return index, places[source.name]
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
