"""Cards: the columns of the notebooks' board, each with its cards in order, and the cursor."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, NamedTuple, Protocol

from tui.vault.source import Source

Rank = Any
"""What cards are sorted by, lowest first; no two sources have the same."""
WITHOUT = ""
"""The name of the column for judged sources that are in no notebook."""
HEAD = -1
"""The row of a column's head."""
PAGE = 10
"""The cards of a page before anything is drawn."""
_versions = count(1)


class Sorting(Protocol):
    """Which columns a source is in, and where."""

    @property
    def planned(self) -> Sequence[str]:
        """The notebooks that are there also without sources, in their order."""

    def columns_of(self, source: Source) -> Sequence[str]:
        """The columns of a source: its notebooks, or ``WITHOUT``, or none."""

    def rank_of(self, source: Source) -> Rank:
        """Its place among the cards of a column."""

    def place_of(self, notebook: str) -> Rank:
        """The place of a notebook that is not planned, among such."""


class Column:
    """The cards of one notebook, or of the sources in none."""

    def __init__(self, name: str) -> None:
        self.name = name
        """The notebook's name, or ``WITHOUT``."""
        self._entries: list[tuple[Rank, str]] = []
        self._shown: list[str] | None = None
        self.row = HEAD
        """The row of the cursor, ``HEAD`` for the head; also of a column without the cursor."""
        self.version = 0
        """Another one whenever cards came or went, or one of them changed."""

    @property
    def count(self) -> int:
        """The number of its cards, shown or not."""
        return len(self._entries)

    @property
    def names(self) -> list[str]:
        """The names of all of its sources, in order; any thread may ask."""
        return [name for _, name in list(self._entries)]

    def fill(self, entries: list[tuple[Rank, str]]) -> None:
        """Have these cards and no others."""
        self._entries = sorted(entries)
        self._changed()

    def add(self, rank: Rank, name: str) -> None:
        """Add a card."""
        insort(self._entries, (rank, name))
        self._changed()

    def drop(self, rank: Rank, name: str) -> None:
        """Remove a card."""
        at = bisect_left(self._entries, (rank, name))
        if at < len(self._entries) and self._entries[at][1] == name:
            del self._entries[at]
        self._changed()

    def _changed(self) -> None:
        self._shown = None
        self.version = next(_versions)

    def shown(self, fits: Callable[[str], bool] | None) -> list[str]:
        """The names of the cards that are shown: all, or those that fit."""
        if self._shown is None:
            self._shown = [name for _, name in self._entries if fits is None or fits(name)]
        return self._shown

    def show_others(self) -> None:
        """Find out again which cards are shown."""
        self._shown = None


class At(NamedTuple):
    """Where the cursor is."""

    column: str
    row: int


class Cards:
    """The columns and the cursor. Its source is the one in hand while the board is open."""

    def __init__(
        self,
        sorting: Sorting,
        find: Callable[[str], Source | None],
        sources: Callable[[], Iterable[Source]],
    ) -> None:
        """Nothing is shown before ``open``; ``sources`` gives all sources."""
        self.find = find
        """Gives the source of a name."""
        self._sorting = sorting
        self._sources = sources
        self.is_open = False
        self._columns: list[Column] = []
        self._by_name: dict[str, Column] = {}
        self._at = 0
        self._held: dict[str, tuple[Rank, Sequence[str]]] = {}
        """Where each source is: its rank, and the names of its columns."""
        self._staged: dict[str, dict[str, None]] = {}
        """The sources that are staged for delivery, by notebook."""
        self._touched: dict[str, None] = {}
        self._is_outdated = True
        self.words = ""
        """What cards must have to be shown; empty shows all."""
        self.page = PAGE
        """The cards in sight; the screen says so."""
        self.version = 0
        """Higher whenever something other than the cursor changed."""

    # From outside

    def open(self) -> None:
        """Show all columns from now on, with the cursor in the column where it was."""
        self.is_open, self.words = True, ""
        before = self.column.name if self._columns else None
        self._fill()
        if before is not None and before in self._by_name:
            self._at = self._columns.index(self._by_name[before])
        else:
            # The first notebook, if there is one.
            self._at = 1 if len(self._columns) > 1 else 0

    def leave(self) -> None:
        """The queue is back; what is staged stays so."""
        self.is_open = False
        self._is_outdated = True

    def note(self, names: Iterable[str]) -> None:
        """These sources have changed."""
        if self.is_open:
            self._touched.update(dict.fromkeys(names))

    def outdate(self) -> None:
        """Sources came, went or were renamed."""
        self._is_outdated = True

    def renew(self) -> bool:
        """Take in what has changed; whether something has. The cursor stays on its card."""
        if not self._is_outdated and not self._touched:
            return False
        column, here = self.column.name, self.here
        if self._is_outdated:
            self._fill()
        else:
            for name in self._touched:
                self._put(name, self.find(name))
        self._touched = {}
        self._keep_cursor(column, here)
        self.version += 1
        return True

    def rename(self, old: str, new: str) -> None:
        """Follow a file that was renamed: it stays staged."""
        for staged in self._staged.values():
            if old in staged:
                del staged[old]
                staged[new] = None

    def rename_notebook(self, old: str, new: str) -> None:
        """Follow a notebook that was renamed: what is staged stays so, and no column is left."""
        if staged := self._staged.pop(old, None):
            self._staged.setdefault(new, {}).update(staged)
        self._is_outdated = True

    def redraw(self) -> None:
        """Have everything drawn again."""
        self.version += 1

    # Filling

    def _fill(self) -> None:
        rows = {column.name: column.row for column in self._columns}
        entries: dict[str, list[tuple[Rank, str]]] = {WITHOUT: []}
        entries.update((name, []) for name in self._sorting.planned)
        free: dict[str, list[tuple[Rank, str]]] = {}
        self._held = {}
        for source in self._sources():
            columns = self._sorting.columns_of(source)
            if not columns:
                continue
            rank, name = self._sorting.rank_of(source), source.name
            self._held[name] = rank, columns
            for column in columns:
                cards = entries.get(column)
                if cards is None:
                    cards = free.setdefault(column, [])
                cards.append((rank, name))
        for column in sorted(free, key=self._sorting.place_of):
            entries[column] = free[column]
        self._columns = []
        for name, cards in entries.items():
            one = Column(name)
            one.fill(cards)
            one.row = rows.get(name, 0 if cards else HEAD)
            self._columns.append(one)
        self._by_name = {one.name: one for one in self._columns}
        self._at = min(self._at, len(self._columns) - 1)
        self._touched, self._is_outdated = {}, False
        self.version += 1
        for one in self._columns:
            self._clamp(one)

    def _put(self, name: str, source: Source | None) -> None:
        """Put a source into the columns where it is now."""
        rank, columns = self._held.pop(name, (None, ()))
        for column in columns:
            self._by_name[column].drop(rank, name)
        if source is None:
            return
        columns = self._sorting.columns_of(source)
        if not columns:
            return
        rank = self._sorting.rank_of(source)
        self._held[name] = rank, columns
        for column in columns:
            self._named(column).add(rank, name)

    def _named(self, name: str) -> Column:
        """The column of a notebook; a new one where it belongs."""
        column = self._by_name.get(name)
        if column is None:
            under, place = self.column, self._sorting.place_of
            column = self._by_name[name] = Column(name)
            first = 1 + len(self._sorting.planned)
            others = [place(one.name) for one in self._columns[first:]]
            self._columns.insert(first + bisect_left(others, place(name)), column)
            self._at = self._columns.index(under)
        return column

    def _keep_cursor(self, column: str, here: str) -> None:
        """Put the cursor back on a card, or where it was when that has gone."""
        if column not in self._by_name and here in self._held:
            # The notebook was renamed.
            column = self._held[here][1][0]
        if column in self._by_name:
            self._at = self._columns.index(self._by_name[column])
        shown = self.shown
        if here and here in self._held and column in self._held[here][1] and here in shown:
            self.column.row = shown.index(here)
        for one in self._columns:
            self._clamp(one)

    def _clamp(self, column: Column) -> None:
        column.row = max(HEAD, min(column.row, len(self._shown_of(column)) - 1))

    # What there is

    @property
    def columns(self) -> Sequence[Column]:
        """The columns: first the sources in no notebook, then the notebooks in their order."""
        return self._columns

    @property
    def notebooks(self) -> int:
        """The number of notebooks."""
        return max(0, len(self._columns) - 1)

    @property
    def column(self) -> Column:
        """The column of the cursor."""
        return self._columns[self._at]

    @property
    def at(self) -> int:
        """Its place among the columns."""
        return self._at

    def beside(self, by: int) -> Column | None:
        """The column so many further right, or left; None at the end."""
        at = self._at + by
        return self._columns[at] if 0 <= at < len(self._columns) else None

    def named(self, name: str) -> Column | None:
        """The column of a notebook."""
        return self._by_name.get(name)

    @property
    def without(self) -> Column:
        """The column of the judged sources that are in no notebook."""
        return self._by_name[WITHOUT]

    @property
    def cursor(self) -> At:
        """Where the cursor is."""
        return At(self.column.name, self.column.row)

    @property
    def shown(self) -> list[str]:
        """The names of the cards in the cursor's column."""
        return self._shown_of(self.column)

    def _shown_of(self, column: Column) -> list[str]:
        return column.shown(self._fits if self.words else None)

    def shown_in(self, column: Column) -> list[str]:
        """The names of the cards of a column that are shown."""
        return self._shown_of(column)

    @property
    def here(self) -> str:
        """The name of the source under the cursor; empty on a head."""
        if not self._columns:
            return ""
        row, shown = self.column.row, self.shown
        return shown[row] if 0 <= row < len(shown) else ""

    @property
    def position(self) -> tuple[int, int]:
        """Which card of the column is under the cursor, and of how many."""
        return self.column.row + 1, len(self.shown)

    # The cursor

    def move(self, by: int) -> bool:
        """Move up or down, to the head at most; whether the cursor moved."""
        return self._go(self.column.row + by)

    def step(self, by: int) -> bool:
        """Move to another card, never to the head; whether the cursor moved."""
        row = self.column.row + by
        return row >= 0 and self._go(row)

    def move_to(self, row: int) -> bool:
        """Move to a row; whether the cursor moved."""
        return self._go(row)

    def _go(self, row: int) -> bool:
        before = self.column.row
        self.column.row = row
        self._clamp(self.column)
        return self.column.row != before

    def turn(self, by: int) -> bool:
        """Move to another column; whether the cursor moved."""
        return self.turn_to(self._at + by)

    def turn_to(self, at: int) -> bool:
        """Move to the column in this place; whether the cursor moved."""
        before = self._at
        self._at = max(0, min(at, len(self._columns) - 1))
        return self._at != before

    def go_to(self, name: str) -> bool:
        """Put the cursor on the card of a source, in its column if possible; whether it has one."""
        self.renew()
        _, columns = self._held.get(name, (None, ()))
        named = [column for column in columns if column in self._by_name]
        if not named:
            return False
        column = self.column if self.column.name in named else self._by_name[named[0]]
        shown = self._shown_of(column)
        if name not in shown:
            return False
        self._at = self._columns.index(column)
        column.row = shown.index(name)
        return True

    # Filtering

    def filter(self, words: str) -> None:
        """Show the cards with these words; all of them without any."""
        here, column = self.here, self.column.name
        self.words = words.strip()
        for one in self._columns:
            one.show_others()
        self._keep_cursor(column, here)
        if self.words and self.column.row == HEAD and self.shown:
            self.column.row = 0
        self.version += 1

    def _fits(self, name: str) -> bool:
        source = self.find(name)
        if source is None:
            return False
        text = f"{source.title} {source.author} {source.url}".casefold()
        return all(word in text for word in self.words.casefold().split())

    # Staging

    def stage(self, notebook: str, names: Collection[str]) -> bool:
        """Stage sources for delivery, or none of them if all are; whether they are staged now."""
        staged = self._staged.setdefault(notebook, {})
        is_on = not all(name in staged for name in names)
        for name in names:
            if is_on:
                staged[name] = None
            else:
                staged.pop(name, None)
        self.version += 1
        return is_on

    def unstage(self, notebook: str, names: Iterable[str]) -> None:
        """They are staged no longer."""
        staged = self._staged.get(notebook, {})
        for name in names:
            staged.pop(name, None)
        self.version += 1

    def is_staged(self, notebook: str, name: str) -> bool:
        """Whether a source is staged for delivery to a notebook."""
        return name in self._staged.get(notebook, ())

    def staged_in(self, column: Column) -> list[str]:
        """The staged sources of a notebook, in the order of its cards."""
        staged: Mapping[str, None] = self._staged.get(column.name, {})
        return [name for name in column.names if name in staged] if staged else []

    def __iter__(self) -> Iterator[Column]:
        return iter(self._columns)
