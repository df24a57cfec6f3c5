"""Worklist: the rows of the queue, for a view and a lookup."""

from __future__ import annotations

import sys
from bisect import insort
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tui.desk import Desk
from tui.errors import QueryError
from tui.search.hits import Hit
from tui.session.model.rows import DividerRow, Row, SourceRow
from tui.triage.order import Order
from tui.vault.source import Source

CLEARLY = 10.0
"""Points of 100 by which a match is clearly better: one word more, or one typo less."""
MOST = 100.0
"""The score of a source whose title is just what was typed."""
_A_NAME = 3
"""Words from which a query is taken for a title rather than a subject."""
MOST_AHEAD = 5
"""The most matches outside the view that may come before those inside."""


class Found(NamedTuple):
    """The names of the sources of a view, in their order."""

    names: list[str]
    snoozed: Collection[str] = ()
    """Those that it leaves out because they are snoozed."""


@dataclass(slots=True)
class Worklist:
    """A view's sources in their order, and the matches of a lookup over them.

    A source that no longer belongs to the view keeps its row, as done, until the view is
    opened again.
    """

    desk: Desk
    view: str
    """The view's name."""
    view_query: str
    """The view's query."""
    order: Order | None = None
    """The order of its sources; None for the vault's order, or best first."""
    words: str = ""
    """What was typed into the search bar."""
    done: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    """The sources changed since this was cleared: rows worked out before are outdated."""
    _left: set[str] = field(default_factory=set)
    """The done sources that the view's query no longer finds."""
    _names: list[str] = field(default_factory=list)
    """All names in their order, including those in ``_lost``."""
    _inside: set[str] = field(default_factory=set)
    snoozed: set[str] = field(default_factory=set)
    """The names of the sources that the view leaves out because they are snoozed."""
    _lost: set[str] = field(default_factory=set)
    """Names of sources that are gone and still in the order."""

    @property
    def looking_up(self) -> bool:
        """Whether the rows are the matches of a lookup."""
        return bool(self.words.strip())

    @property
    def lit(self) -> str:
        """The typed words that are highlighted in titles and texts: not those that give a date."""
        try:
            return self.desk.lookup.parse(self.words).lit if self.looking_up else ""
        except QueryError:
            return self.words

    @property
    def heading(self) -> str:
        """What the queue shows: the order in words."""
        if self.looking_up:
            return "matches · best first"
        return f"queue · {self.order.heading if self.order else 'by file name'}"

    @property
    def days(self) -> tuple[str, ...]:
        """The fields for the date of a row: those it is sorted by, else the usual ones."""
        sorted_by = self.order.key.days if self.order and not self.looking_up else ()
        return sorted_by or self.desk.orders.days

    @property
    def is_by_waiting(self) -> bool:
        """Whether the rows are sorted by how long their sources have been waiting."""
        waiting = self.desk.waiting_sort
        is_sorted = self.order is not None and self.order.key.name == waiting
        return bool(waiting) and is_sorted and not self.looking_up

    def renew(self) -> None:
        """Renew the view: done sources leave it, new ones join it."""
        self.take_view(self.view, self.names_of(self.view_query, self.order))

    def names_of(self, query: str, order: Order | None) -> Found:
        """The names of the sources that a query finds, sorted. Raises QueryError."""
        sources, snoozed = self.desk.queue(query)
        if order is not None:
            sources = order.sort(sorted(sources, key=_name))
        return Found([source.name for source in sources], [source.name for source in snoozed])

    def look_up(self, words: str) -> None:
        """Have these words looked up; none for an empty text."""
        self.words = words

    def open(self, view: str, query: str, order: Order | None, found: Found) -> None:
        """Show another view: its query, its order, and its sources."""
        self.take_view(view, found)
        self.view_query, self.order = query, order

    def rename_view(self, name: str) -> None:
        """The view has another name."""
        self.view = name

    def take_view(self, view: str, found: Found) -> None:
        """Show a view with these sources, none of them done."""
        self.view = view
        self.done.clear()
        self._left.clear()
        self._names = found.names
        self._inside = set(found.names)
        self.snoozed = set(found.snoozed)
        self._lost.clear()

    def sorted_names(self, order: Order) -> list[str]:
        """The names of the view's sources, done ones included, in another order."""
        # A copy: in a thread, where a name that comes in would move others to be met twice.
        sources = self.desk.vault.known(list(self._names))
        return [source.name for source in order.sort(sorted(sources, key=_name))]

    def take_more(self, found: Found) -> None:
        """Add sources to the view; ``take_order`` sorts them in."""
        self._inside.update(found.names)
        self.snoozed = set(found.snoozed)

    def take_day(self, found: Found) -> None:
        """Take in what a query finds on another day: some come back, others leave.

        ``take_order`` sorts them in.
        """
        came = set(found.names)
        for name in self._left & came:
            self.unsettle(name)
        for name in self._inside - came:
            self._leave(name)
        self.take_more(found)

    def take_order(self, order: Order | None, names: list[str]) -> None:
        """Use this order for the view's sources."""
        self.order = order
        self._names = [name for name in names if name in self._inside]
        self._lost.clear()
        # Sources that were added while the others were sorted.
        for name in self._inside.difference(names):
            self._put(name)

    def extend(self, sources: Iterable[Source]) -> list[Row]:
        """Append sources that were just read; returns the rows of those in the view.

        They come after the others, even in a sorted view.
        """
        rows: list[Row] = []
        for source in sources:
            if source.name not in self._inside and self._finds(source):
                if source.name not in self._lost:
                    self._names.append(source.name)
                self._lost.discard(source.name)
                self._inside.add(source.name)
                rows.append(SourceRow(source))
        return rows

    def rows(self) -> list[Row]:
        """The rows to show. Raises QueryError for an invalid lookup."""
        if not self.looking_up:
            return [SourceRow(source) for source in self.desk.vault.known(list(self._names))]
        return self.rows_of(self.hits())

    def hits(self) -> Sequence[Hit]:
        """The matches of the lookup. Raises QueryError when it is invalid."""
        return self.desk.lookup.find(self.words, hurried=True)

    def rows_of(self, hits: Iterable[Hit]) -> list[Row]:
        """The rows of matches, best first; those outside the view come below a divider.

        The few that are clearly better than all inside come above them instead.
        """
        inside: list[Row] = []
        outside: list[Row] = []
        best: list[float] = []
        ahead = 0
        for hit in hits:
            if hit.source.name not in self._inside:
                outside.append(SourceRow(hit.source, outside=True))
                if not inside and len(best) < MOST_AHEAD:
                    best.append(hit.score)
                continue
            if not inside:
                least = min(hit.score + CLEARLY, self._called_so(hit.score))
                ahead = sum(score >= least for score in best)
            inside.append(SourceRow(hit.source))
        if not self.view_query:
            return inside + outside
        beyond = [DividerRow(f"outside {self.view}")]
        rows = [*beyond, *outside[:ahead], DividerRow(f"in {self.view}")] if ahead else []
        rows += inside
        return [*rows, *beyond, *outside[ahead:]] if outside[ahead:] else rows

    def _called_so(self, score: float) -> float:
        """The score of an exact title, if a match of this score is not one."""
        is_name = len(self.desk.lookup.parse(self.words).words.split()) >= _A_NAME
        return MOST if is_name and score < MOST else sys.float_info.max

    def bring_up(self, rows: list[Row], places: Mapping[str, int]) -> list[Row]:
        """Update the rows of sources in ``changed``; ``places`` says where they are."""
        gone = set[int]()
        for name in self.changed & places.keys():
            row, source = rows[places[name]], self.desk.vault.find(name)
            if source is None:
                gone.add(places[name])
            elif isinstance(row, SourceRow):
                rows[places[name]] = row._replace(source=source)
        return [row for place, row in enumerate(rows) if place not in gone] if gone else rows

    @property
    def size(self) -> int:
        """How many sources the view has, done ones included."""
        return len(self._inside)

    @property
    def left(self) -> int:
        """How many sources of the view are still open."""
        return len(self._inside) - len(self.done & self._inside)

    def settle(self, source: Source, moved: bool) -> bool:
        """Take in a changed source; returns whether it has just become done."""
        self._update(source)
        belongs = self._finds(source)
        if not moved and belongs:
            if source.name in self._left:
                self.unsettle(source.name)
            return False
        done_before = source.name in self.done
        self.done.add(source.name)
        if not belongs:
            self._left.add(source.name)
        return moved or not done_before

    def unsettle(self, name: str) -> None:
        """Undo a premature ``settle``: the source is not done."""
        self.done.discard(name)
        self._left.discard(name)

    def keep(self, name: str) -> None:
        """Keep the row of a source that is not in the view, as done."""
        if name not in self._inside:
            self.done.add(name)
            self._left.add(name)

    def reopen(self, source: Source) -> bool:
        """Take in a source whose change was undone; returns whether it is a new row."""
        self._update(source)
        if not self._finds(source):
            self._leave(source.name)
            return False
        self.done.discard(source.name)
        self._left.discard(source.name)
        return self._let_in(source.name)

    def take_in(self, source: Source) -> bool:
        """Take in a source that another program wrote; returns whether it is a new row."""
        self._update(source)
        return self.look_again(source)

    def look_again(self, source: Source) -> bool:
        """Look whether the view has a source, which may be unchanged; whether it is a new row."""
        if self._finds(source):
            if source.name in self._left:
                self._left.discard(source.name)
                self.done.discard(source.name)
            return self._let_in(source.name)
        self._leave(source.name)
        return False

    def _leave(self, name: str) -> None:
        """Count a source as done that the view's query no longer finds."""
        if name in self._inside and name not in self.done:
            self._left.add(name)
            self.done.add(name)

    def lose(self, name: str) -> None:
        """Drop a source whose file is gone; ``tidy`` removes it from the order."""
        self.changed.add(name)
        if name in self._inside:
            self._lost.add(name)
        for known in (self._inside, self.done, self._left, self.snoozed):
            known.discard(name)

    def tidy(self) -> None:
        """Remove lost sources from the order, all at once, as there may be thousands."""
        if self._lost:
            self._names = [name for name in self._names if name not in self._lost]
            self._lost.clear()

    def _update(self, source: Source) -> None:
        self.desk.lookup.update(source)
        self.changed.add(source.name)

    def _finds(self, source: Source) -> bool:
        desk, query = self.desk, self.view_query
        self.snoozed.discard(source.name)
        if not query:
            return True
        try:
            if not desk.lookup.finds(query, source):
                return False
            if not desk.is_snoozed(source) or not desk.lookup.leaves_out_snoozed(query):
                return True
        except QueryError:
            # Opening the view reports it; a field may become known later.
            return False
        self.snoozed.add(source.name)
        return False

    def _let_in(self, name: str) -> bool:
        if name in self._inside:
            return False
        if name in self._lost:
            self._lost.discard(name)
        else:
            self._put(name)
        self._inside.add(name)
        return True

    def _put(self, name: str) -> None:
        """Insert a name at its place in the order."""
        source = self.desk.vault.find(name)
        if self.order is None or source is None:
            insort(self._names, name)
        else:
            names, find = self._names, self.desk.vault.find
            place = self.order.place(source, len(names), lambda index: find(names[index]))
            names.insert(place, name)


def _name(source: Source) -> str:
    return source.name
