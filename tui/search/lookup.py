"""Lookup: the sources a query means, best first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from threading import RLock

from tui.search.coverage import cover
from tui.search.filters import Test, World, build_test
from tui.search.fold import words
from tui.search.index import Index
from tui.search.query import Query, parse_query
from tui.search.rank import AGAIN, closeness
from tui.vault.source import Source

_KEPT = 0.55
"""The share of the best hit's score below which a source is no hit."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A source that matches, and how well, from 0 to 100."""

    source: Source
    score: float


class Lookup:
    """All sources of a vault, ready to be asked.

    Changes are noted at once and taken into the index by the next query with words, so that
    ``update`` and ``remove`` cost nothing and a query may run in another thread.
    """

    def __init__(
        self,
        shorts: Mapping[str, str],
        weights: Mapping[str, float],
        insights_field: str,
        problem_of: Callable[[Source], str | None],
        read_body: Callable[[Source], str],
    ) -> None:
        self._shorts = shorts
        self._weights = weights
        phrase_fields = tuple(name for name in weights if name != "title")
        self._world = World(problem_of, read_body, insights_field, ("title", *phrase_fields))
        self._sources: dict[str, Source] = {}
        self._index = Index(weights)
        self._changed: dict[str, Source | None] = {}
        self._fields: set[str] = set()
        self._lock = RLock()

    def replace(self, sources: Iterable[Source]) -> None:
        """Know these sources and no others; queries without words keep their order."""
        fresh = {source.name: source for source in sources}
        for name in self._sources.keys() - fresh.keys():
            self._changed[name] = None
        for name, source in fresh.items():
            if self._sources.get(name) is not source:
                self._changed[name] = source
        self._sources = fresh
        self._fields = set()

    def update(self, source: Source) -> None:
        """Know a source that is new or has changed."""
        self._sources[source.name] = source
        self._changed[source.name] = source
        if self._fields:
            self._fields.update(map(str, source.fields))

    def remove(self, name: str) -> None:
        """Forget a source."""
        if self._sources.pop(name, None) is not None:
            self._changed[name] = None

    def find(self, text: str, limit: int | None = None) -> list[Hit]:
        """The sources ``text`` means, best first; without words all that pass its filters.

        Raises QueryError when a filter cannot be understood.
        """
        query = self._parse(text)
        test = build_test(query.conditions, self._world)
        tokens = words(query.words)
        if not query.words:
            return _unranked(list(self._sources.values()), test, limit)
        with self._lock:
            self._settle()
            return self._ranked(tokens, test, limit)

    def matches(self, text: str, source: Source) -> bool:
        """Whether a query finds a source."""
        query = self._parse(text)
        if not build_test(query.conditions, self._world)(source):
            return False
        if not query.words:
            return True
        return any(hit.source.name == source.name for hit in self.find(query.words))

    def _parse(self, text: str) -> Query:
        return parse_query(text, self._shorts, self._known_fields())

    def _known_fields(self) -> Collection[str]:
        if not self._fields:
            known = {*self._shorts.values(), *self._weights, "path", "id", "title"}
            for source in list(self._sources.values()):
                known.update(map(str, source.fields))
            self._fields = known
        return self._fields

    def _settle(self) -> None:
        """Take in what has changed since the last query."""
        if self._index.is_worn:
            self._index = Index(self._weights)
            self._changed = dict(self._sources)
        while self._changed:
            name, source = self._changed.popitem()
            if source is None:
                self._index.remove(name)
            else:
                self._index.put(source)

    def _ranked(self, tokens: list[str], test: Test, limit: int | None) -> list[Hit]:
        documents = self._index.documents
        covered = cover(self._index, tokens)
        order = sorted(covered, key=covered.__getitem__, reverse=True)
        line = " ".join(tokens)
        squashed = "".join(tokens)
        hits: list[Hit] = []
        rest: list[Hit] = []
        for slot in order:
            document = documents[slot]
            if document is None or not test(document.source):
                continue
            if len(hits) < AGAIN:
                near = closeness(document, line, squashed)
                hits.append(Hit(document.source, 100 * (0.65 * covered[slot] + 0.35 * near)))
            else:
                if limit is not None and limit <= AGAIN:
                    break
                rest.append(Hit(document.source, 65 * covered[slot]))
        hits.sort(key=lambda hit: -hit.score)
        hits += rest
        least = hits[0].score * _KEPT if hits else 0.0
        kept = [hit for hit in hits if hit.score >= least]
        return kept if limit is None else kept[:limit]


def _unranked(sources: list[Source], test: Test, limit: int | None) -> list[Hit]:
    found: list[Hit] = []
    for source in sources:
        if limit is not None and len(found) >= limit:
            break
        if test(source):
            found.append(Hit(source, 100.0))
    return found
