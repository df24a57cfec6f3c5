"""Worklist: which rows the queue shows, for a view and what was typed to look up."""

from __future__ import annotations

import sys
from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tui.app.widgets.queue_row import DividerRow, Row, SourceRow
from tui.desk import Desk
from tui.errors import QueryError
from tui.search.hits import Hit
from tui.triage.order import Order
from tui.vault.source import Source

CLEARLY = 10.0
"""Points of 100 by which a hit is clearly better: it has a word more, or one without a typo."""
MOST = 100.0
"""The score of a source that is called just what was typed."""
_A_NAME = 3
"""Words from which what was typed is somebody's name and not what many are about."""
MOST_AHEAD = 5
"""How many hits outside the view may come before those inside."""


@dataclass(slots=True)
class Worklist:
    """A view's sources in their order, and the hits of a lookup over them.

    A source that no longer belongs to the view stays in its place, done, until the view
    is opened again.
    """

    desk: Desk
    view: str
    """The view's name."""
    view_query: str
    """The query that the view stands for."""
    order: Order | None = None
    """What its sources are sorted by; None for the vault's order, or best first."""
    words: str = ""
    """What was typed into the search bar."""
    done: set[str] = field(default_factory=set)
    unsorted: bool = False
    """Whether sources came in that were not put where they belong."""
    changed: set[str] = field(default_factory=set)
    """The sources taken in since somebody emptied this: rows worked out before show old ones."""
    _left: set[str] = field(default_factory=set)
    """Those done because the view's query no longer finds them."""
    _names: list[str] = field(default_factory=list)
    """In their order, with those that are in ``_lost``."""
    _inside: set[str] = field(default_factory=set)
    _lost: set[str] = field(default_factory=set)
    """Those that are there no more and were not taken out of the order yet."""

    @property
    def looking_up(self) -> bool:
        """Whether the rows are the hits of a lookup."""
        return bool(self.words.strip())

    @property
    def lit(self) -> str:
        """What of the words typed is lit in titles and texts: not those that say a day."""
        try:
            return self.desk.lookup.parse(self.words).lit if self.looking_up else ""
        except QueryError:
            return self.words

    def renew(self) -> None:
        """Show the view afresh: done sources leave it, new ones come in."""
        self.take_view(self.view, self.names_of(self.view_query, self.order))

    def names_of(self, query: str, order: Order | None) -> list[str]:
        """The names of the sources that a query finds, in an order. Raises QueryError."""
        sources = self.desk.matching(query)
        if order is not None:
            sources = order.sort(sorted(sources, key=_name))
        return [source.name for source in sources]

    def take_view(self, view: str, names: list[str]) -> None:
        """Show a view afresh of which these are the sources."""
        self.view = view
        self.done.clear()
        self._left.clear()
        self._names = names
        self._inside = set(names)
        self._lost.clear()
        self.unsorted = False

    def sorted_names(self, order: Order) -> list[str]:
        """The names of the view's sources, done ones included, in another order."""
        sources = self.desk.vault.known(self._names)
        return [source.name for source in order.sort(sorted(sources, key=_name))]

    def take_more(self, names: Iterable[str]) -> None:
        """Have these sources in the view too; ``take_order`` puts them where they belong."""
        self._inside.update(names)

    def take_order(self, order: Order | None, names: list[str]) -> None:
        """Have the view's sources in this order from now on."""
        self.order, self.unsorted = order, False
        self._names = [name for name in names if name in self._inside]
        self._lost.clear()
        # Those that came in while the others were sorted.
        for name in self._inside.difference(names):
            self._put(name)

    def extend(self, sources: Iterable[Source]) -> list[Row]:
        """Take in sources that were read just now; the rows of those that belong to the view.

        They come behind the others, sorted or not.
        """
        rows: list[Row] = []
        for source in sources:
            if source.name not in self._inside and self._finds(source):
                if source.name not in self._lost:
                    self._names.append(source.name)
                self._lost.discard(source.name)
                self._inside.add(source.name)
                rows.append(SourceRow(source))
        self.unsorted = self.unsorted or bool(rows and self.order)
        return rows

    def rows(self) -> list[Row]:
        """The rows to show. Raises QueryError for a lookup that cannot be understood."""
        if not self.looking_up:
            return [SourceRow(source) for source in self.desk.vault.known(self._names)]
        return self.rows_of(self.hits())

    def hits(self) -> Sequence[Hit]:
        """What the lookup finds. Raises QueryError when it cannot be understood."""
        return self.desk.lookup.find(self.words, hurried=True)

    def rows_of(self, hits: Iterable[Hit]) -> list[Row]:
        """The rows of hits, best first; those outside the view below a divider.

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
        """The score from which a hit is called just what was typed, and another one is not."""
        is_name = len(self.desk.lookup.parse(self.words).words.split()) >= _A_NAME
        return MOST if is_name and score < MOST else sys.float_info.max

    def bring_up(self, rows: list[Row], places: Mapping[str, int]) -> list[Row]:
        """Have the sources in ``changed`` as they are now, in rows that have them in ``places``."""
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
        """Take in a changed source; returns whether it is done with only now."""
        self._update(source)
        belongs = self._finds(source)
        if not moved and belongs:
            return False
        done_before = source.name in self.done
        self.done.add(source.name)
        if not belongs:
            self._left.add(source.name)
        return moved or not done_before

    def unsettle(self, name: str) -> None:
        """Have a source as it was before ``settle``, which was too early: not done."""
        self.done.discard(name)
        self._left.discard(name)

    def keep(self, name: str) -> None:
        """Have a source done whose row stays though the view does not find it."""
        if name not in self._inside:
            self.done.add(name)
            self._left.add(name)

    def reopen(self, source: Source) -> bool:
        """Take in a source whose change was taken back; returns whether it is a new row."""
        self._update(source)
        if not self._finds(source):
            return False
        self.done.discard(source.name)
        self._left.discard(source.name)
        return self._let_in(source.name)

    def take_in(self, source: Source) -> bool:
        """Take in a source as others wrote it; returns whether it is a new row."""
        self._update(source)
        if self._finds(source):
            if source.name in self._left:
                self._left.discard(source.name)
                self.done.discard(source.name)
            return self._let_in(source.name)
        if source.name in self._inside and source.name not in self.done:
            self._left.add(source.name)
            self.done.add(source.name)
        return False

    def lose(self, name: str) -> None:
        """Count a source no more that is not there any more; ``tidy`` takes it out of the order."""
        self.changed.add(name)
        if name in self._inside:
            self._lost.add(name)
        for known in (self._inside, self.done, self._left):
            known.discard(name)

    def tidy(self) -> None:
        """Take the lost sources out of the order: all at once, as there may be thousands."""
        if self._lost:
            self._names = [name for name in self._names if name not in self._lost]
            self._lost.clear()

    def _update(self, source: Source) -> None:
        self.desk.lookup.update(source)
        self.changed.add(source.name)

    def _finds(self, source: Source) -> bool:
        try:
            return not self.view_query or self.desk.lookup.matches(self.view_query, source)
        except QueryError:
            # It is told when the view is opened; a field may be known only later.
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
        """Put a name where it belongs among the others."""
        source = self.desk.vault.find(name)
        if self.order is None or source is None:
            insort(self._names, name)
        else:
            names, find = self._names, self.desk.vault.find
            place = self.order.place(source, len(names), lambda index: find(names[index]))
            names.insert(place, name)


def _name(source: Source) -> str:
    return source.name
