"""CardFacts: what a card of the notebooks' board says of its source, and what a column says."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tui.days import written_day
from tui.desk import Desk
from tui.notebooks.members import bare
from tui.notebooks.routes import Route
from tui.notebooks.sent import sent_to
from tui.session.model.cards import WITHOUT, Column, Rank
from tui.triage.status import status_of
from tui.vault.source import Source

LATEST = date.max.toordinal()
COLD = 100
"""The most routes that are worked out for a figure while a key waits."""
Likeliest = tuple[str, int, bool]
"""The notebook that fits a source best, how certain that is in percent, and whether it is surely
right; an empty name where none fits well."""


_Placed = tuple[Source, Sequence[str], Rank]
"""A source with its columns and its rank."""


class Card(NamedTuple):
    """What a card says."""

    source: Source
    route: Route
    is_sent: bool
    """Whether it was delivered to the notebook."""
    sent: date | None
    """The day of its last delivery, if the header says it."""
    has_changed: bool
    """Whether its text or its header changed since then."""
    likeliest: Likeliest | None = None
    """What fits a source in no notebook; None where that is unknown."""


class Summary(NamedTuple):
    """How the sources of a notebook go, and how many were delivered."""

    addresses: int = 0
    files: int = 0
    sent: int = 0
    changed: int = 0


@dataclass(eq=False)
class CardFacts:
    """Knows the notebooks of sources by the schema of one vault."""

    _desk: Desk

    def __post_init__(self) -> None:
        schema = self._desk.schema
        self._schema = schema
        self._tier = schema.tier
        self._tiers = {name: at for at, name in enumerate(schema.tier.values)}
        self._places: dict[str, _Placed] = {}
        """By source's name."""
        self._summaries: dict[str, tuple[int, Summary]] = {}
        self._changed: Mapping[str, Collection[str]] = {}
        """The names of the sources that changed since their delivery, by notebook."""
        self._routes: dict[tuple[str, str], tuple[Source, Route]] = {}
        """Routes by the notebook, if it has its own, and the source's name."""
        self._likeliest: dict[str, tuple[Source, int, Likeliest | None]] = {}
        """With the source that it is about, and the state of what was learnt."""

    # Which columns, and where in them: see ``Sorting``

    @property
    def planned(self) -> Sequence[str]:
        """The notebooks that the settings name."""
        return [*self._schema.notebooks.planned]

    def columns_of(self, source: Source) -> Sequence[str]:
        """The notebooks of a source; the column without one if it is judged and not archived."""
        return self._placed(source)[1]

    def rank_of(self, source: Source) -> Rank:
        """By tier, then newest first."""
        return self._placed(source)[2]

    def _placed(self, source: Source) -> _Placed:
        """The columns of a source and its rank there, worked out once."""
        known = self._places.get(source.name)
        if known is None or known[0] is not source:
            columns = self._columns(source)
            known = source, columns, self._rank(source) if columns else None
            self._places[source.name] = known
        return known

    def _columns(self, source: Source) -> Sequence[str]:
        names = self._desk.shelf.names_of(source)
        if names:
            return names
        flow = self._schema.flow
        status = status_of(self._schema, source)
        return () if status in (flow.main[0], flow.archive) else (WITHOUT,)

    def _rank(self, source: Source) -> Rank:
        day = self._day_of(source)
        tier = self._tiers.get(self._tier.value_in(source), len(self._tiers))
        return tier, LATEST - day.toordinal() if day is not None else LATEST, source.name

    def place_of(self, notebook: str) -> Rank:
        """By name."""
        return bare(notebook), notebook

    def _day_of(self, source: Source) -> date | None:
        for field in self._schema.dates:
            value = source.value(field)
            if value is not None and (day := written_day(value)) is not None:
                return day
        return None

    # What is said

    def cap_of(self, notebook: str) -> int:
        """How many sources a notebook can have."""
        return self._schema.notebooks.cap_of(notebook)

    def purpose_of(self, notebook: str) -> str:
        """A sentence what it is for; empty without one."""
        return self._schema.notebooks.purpose_of(notebook)

    def card(self, source: Source, notebook: str) -> Card:
        """The card of a source in a column."""
        route = self.route_of(source, notebook)
        if notebook == WITHOUT:
            known = self._likeliest.get(source.name)
            return Card(source, route, False, None, False, known[2] if known else None)
        sent = sent_to(self._schema, source, notebook)
        if sent is None:
            return Card(source, route, False, None, False)
        has_changed = source.name in self._changed.get(notebook, ())
        return Card(source, route, True, sent.day, has_changed)

    def waits_for_delivery(self, source: Source, notebook: str) -> bool:
        """Whether a source was not delivered to a notebook, or has changed since then."""
        card = self.card(source, notebook)
        return not card.is_sent or card.has_changed

    def take_changed(self, changed: Mapping[str, Collection[str]]) -> bool:
        """Take in which sources changed since their delivery; whether that is news."""
        if changed == self._changed:
            return False
        self._changed = changed
        self._summaries.clear()
        return True

    def route_of(self, source: Source, notebook: str) -> Route:
        """How a source gets into a notebook; any thread may ask."""
        key = self._key_of(notebook), source.name
        known = self._routes.get(key)
        if known is not None and known[0] is source:
            return known[1]
        route = self._desk.delivery.route(source, notebook)
        self._routes[key] = source, route
        return route

    def _key_of(self, notebook: str) -> str:
        """The notebook, if it has routes of its own."""
        planned = self._schema.notebooks.planned.get(notebook)
        return notebook if planned is not None and planned.hosts else ""

    def knows_likeliest(self, source: Source, version: int) -> bool:
        """Whether it is known what fits a source, by this state of what was learnt."""
        known = self._likeliest.get(source.name)
        return known is not None and known[0] is source and known[1] == version

    def take_likeliest(self, source: Source, version: int, found: Likeliest | None) -> None:
        """Take in what fits a source."""
        self._likeliest[source.name] = source, version, found

    def summary(self, column: Column) -> Summary | None:
        """What a column says of its cards, worked out once for each ``version`` of it.

        None while too many routes are unknown: a thread asks for them with ``route_of``.
        """
        known = self._summaries.get(column.name)
        if known is not None and known[0] == column.version:
            return known[1]
        sources, key = self._desk.vault.known(column.names), self._key_of(column.name)
        routes = (self._routes.get((key, source.name)) for source in sources)
        pairs = zip(sources, routes, strict=True)
        if sum(route is None or route[0] is not one for one, route in pairs) > COLD:
            return None
        cards = [self.card(source, column.name) for source in sources]
        files = sum(card.route.kind == "file" for card in cards)
        found = Summary(
            len(cards) - files,
            files,
            sum(card.is_sent for card in cards),
            sum(card.has_changed for card in cards),
        )
        self._summaries[column.name] = column.version, found
        return found
