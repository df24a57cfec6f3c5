"""CardFacts: what a card of the notebooks' board says of its source, and what a column says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tui.days import written_day
from tui.desk import Desk
from tui.notebooks.members import bare, names_of
from tui.notebooks.routes import Route
from tui.notebooks.sent import sent_to
from tui.session.model.cards import WITHOUT, Column, Rank
from tui.triage.status import status_of
from tui.vault.source import Source

LATEST = date.max.toordinal()


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
    likeliest: str = ""
    """The notebook that fits best, for a source in none; empty where that is unknown."""
    percent: int = 0
    """How certain that is."""


class Summary(NamedTuple):
    """How the sources of a notebook go, and how many were delivered."""

    addresses: int = 0
    files: int = 0
    sent: int = 0
    changed: int = 0


@dataclass(eq=False)
class CardFacts:
    """Knows the notebooks of sources by the schema of one vault.

    ``likeliest`` gives the notebook that fits a source best, and how certain that is in percent.
    """

    _desk: Desk
    likeliest: Callable[[Source], tuple[str, int]] = lambda _: ("", 0)

    def __post_init__(self) -> None:
        schema = self._desk.schema
        self._schema = schema
        self._tiers = {name: at for at, name in enumerate(schema.tier.values)}
        self._summaries: dict[str, tuple[int, Summary]] = {}
        self._changed: Mapping[str, Collection[str]] = {}
        """The names of the sources that changed since their delivery, by notebook."""

    # Which columns, and where in them: see ``Sorting``

    @property
    def planned(self) -> Sequence[str]:
        """The notebooks that the settings name."""
        return [*self._schema.notebooks.planned]

    def columns_of(self, source: Source) -> Sequence[str]:
        """The notebooks of a source; the column without one if it is judged and not archived."""
        names = names_of(self._schema, source)
        if names:
            return names
        flow = self._schema.flow
        status = status_of(self._schema, source)
        return () if status in (flow.main[0], flow.archive) else (WITHOUT,)

    def rank_of(self, source: Source) -> Rank:
        """By tier, then newest first."""
        day = self._day_of(source)
        tier = self._tiers.get(self._schema.tier.value_in(source), len(self._tiers))
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
            name, percent = self.likeliest(source)
            return Card(source, route, False, None, False, name, percent)
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
        """How a source gets into a notebook."""
        return self._desk.delivery.route(source, notebook)

    def summary(self, column: Column) -> Summary:
        """What a column says of its cards; worked out once for each ``version`` of it."""
        known = self._summaries.get(column.name)
        if known is not None and known[0] == column.version:
            return known[1]
        addresses = files = sent = changed = 0
        for source in self._desk.vault.known(column.names):
            card = self.card(source, column.name)
            is_file = card.route.kind == "file"
            files += is_file
            addresses += not is_file
            sent += card.is_sent
            changed += card.has_changed
        found = Summary(addresses, files, sent, changed)
        self._summaries[column.name] = column.version, found
        return found
