"""CardLooker: finds in threads what cards say of their sources."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from tui.desk import Desk
from tui.errors import JournalError
from tui.session.flow.suggester import Suggester
from tui.session.model.card_facts import CardFacts, Likeliest
from tui.session.model.cards import Cards
from tui.session.ports import IsStopped, Tell, Threads
from tui.vault.source import Source

FAR = 6
"""How many columns right of the sources in none these are surely out of sight."""


@dataclass(eq=False)
class CardLooker:
    """Finds routes, what changed since its delivery, and the likeliest notebooks."""

    _desk: Desk
    _cards: Cards
    _facts: CardFacts
    _suggester: Suggester
    _threads: Threads
    _tell: Tell

    def __post_init__(self) -> None:
        self._judges = False

    # Routes and changes

    def look_for_changes(self) -> None:
        """Look again which sources changed since their delivery, in all columns."""
        notebooks = {column.name: column.names for column in self._cards if column.name}
        self._threads.run(partial(self._look_in, notebooks), "notebook changes", exclusive=True)

    def _look_in(self, notebooks: Mapping[str, Sequence[str]], is_stopped: IsStopped) -> None:
        """In a thread: find routes, and the sources that changed since their delivery."""
        for notebook, names in notebooks.items():
            for source in self._desk.vault.known(names):
                self._threads.give_way()
                if is_stopped():
                    return
                self._facts.route_of(source, notebook)
        self._threads.back(self._cards.redraw)
        found = dict[str, Collection[str]]()
        for notebook, names in notebooks.items():
            self._threads.give_way()
            if is_stopped():
                return
            try:
                sources = self._desk.vault.known(names)
                found[notebook] = frozenset(self._desk.delivery.changed(notebook, sources))
            except JournalError as error:
                self._threads.back(self._tell.say, str(error), "warning")
                return
        if not is_stopped():
            self._threads.back(self._changes_found, found)

    def _changes_found(self, found: Mapping[str, Collection[str]]) -> None:
        if self._facts.take_changed(found):
            self._cards.redraw()

    # What fits the sources in no notebook

    def judge(self) -> None:
        """Find the likeliest notebooks for the cards in none that are near."""
        cards, version = self._cards, self._suggester.notebooks_version
        if self._judges or not version or cards.at > FAR:
            return
        shown = cards.shown_in(cards.without)
        row = max(0, cards.without.row)
        near = self._desk.vault.known(shown[max(0, row - cards.page) : row + 2 * cards.page])
        unknown = [one for one in near if not self._facts.knows_likeliest(one, version)]
        if unknown:
            self._judges = True
            self._threads.run(partial(self._judge_in, unknown, version), "likeliest")

    def _judge_in(self, sources: Sequence[Source], version: int, _: IsStopped) -> None:
        """In a thread: find them."""
        try:
            for source in sources:
                self._threads.give_way()
                ranked = self._suggester.glance_notebooks(source)
                found: Likeliest | None = None
                if ranked is not None and ranked.notebooks:
                    name, sure = ranked.notebooks[0]
                    fits = (name, round(100 * sure), ranked.sure)
                    found = fits if ranked.fits else ("", 0, False)
                self._facts.take_likeliest(source, version, found)
        finally:
            self._threads.back(self._judged)

    def _judged(self) -> None:
        self._judges = False
        self._cards.redraw()
