"""Rank the sources that a query covers; the best ones also by similarity of their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from rapidfuzz import fuzz

from tui.search.coverage import Covered
from tui.search.filters import Test
from tui.search.hits import Hit, Hits
from tui.search.index import Index
from tui.vault.source import Source

AGAIN = 60
"""Number of candidates to rank by name."""

_FIRST = 300
"""Number of best sources to sort at once."""
_ALIKE = 4_000
"""Number of further equally good sources to check for an exact name."""
_KEPT = 0.55
"""Sources below this share of the best score are not hits."""
_COVERED = 80.0
"""The part of a score, out of 100, for coverage; the rest is for similarity of names."""

_LONGEST = 200
"""Characters of a name to compare."""

_RUN = 0.5
"""The weight of the query being in the name as one piece."""
_WORDS = 0.4
"""The weight of the same words in any order."""
_BEGUN = 25.0
"""The bonus if every typed word is a prefix of a word, and at least one is not a whole word."""
_BRIEF = 10.0
"""The bonus for a name with no other words."""


class Ranking:
    """Ranks covered sources."""

    def __init__(
        self,
        index: Index,
        sources: Mapping[str, Source],
        covered: Covered,
        tokens: Sequence[str],
        test: Test | None,
    ) -> None:
        self._index = index
        self._sources = sources
        self._covered = covered
        self._tokens = tokens
        self._test = test

    def hits(self, reach: float) -> Hits:
        """The sources with coverage above ``reach`` that pass the test."""
        order = self._covered.slots(reach)
        first = {slot: source for slot, _, source in islice(self._passing(order), _FIRST)}
        is_all = len(first) < _FIRST
        if not is_all:
            named = self._passing(self._called_so(order))
            first |= {slot: source for slot, _, source in named}
        hits = self._ordered(first)
        least = hits[0].score * _KEPT if hits else 0.0
        kept = [hit for hit in hits if hit.score >= least]
        if is_all or len(kept) < len(hits):
            return Hits(kept)
        return self._with_others(kept, first, max(reach, least / _COVERED))

    def _called_so(self, order: Iterable[tuple[int, float]]) -> Iterator[tuple[int, float]]:
        """Of the equally best slots, those whose name is exactly the query."""
        line, best = " ".join(self._tokens), next(self._covered.slots())[1]
        for slot, share in islice(order, _ALIKE):
            if share < best:
                return
            if line in self._index.names_of(slot):
                yield slot, share

    def _ordered(self, first: dict[int, Source]) -> list[Hit]:
        """The sources of these slots, best first; the top ones ranked by name."""
        names_of, typed = self._index.names_of, TypedWords(self._tokens)
        # Of equal ones, prefer the shorter title, which is the first line.
        titles = [f"{self._index.names[slot]}\n".index("\n") for slot in first]
        worths = [-share for share in self._covered.shares(first)]
        ranked = sorted(zip(worths, titles, first, strict=True))
        again = []
        for worth, _, slot in ranked[:AGAIN]:
            near = closeness(names_of(slot), typed)
            again.append(Hit(first[slot], (100 - _COVERED) * near - _COVERED * worth))
        again.sort(key=lambda hit: -hit.score)
        return again + [Hit(first[slot], -_COVERED * worth) for worth, _, slot in ranked[AGAIN:]]

    def _with_others(self, hits: list[Hit], first: dict[int, Source], least: float) -> Hits:
        """The hits, followed by all others with coverage above ``least``."""
        covered = self._covered

        def look() -> list[Hit]:
            others = ((slot, share) for slot, share in covered.slots(least) if slot not in first)
            return [Hit(source, _COVERED * share) for _, share, source in self._passing(others)]

        if self._test is not None:
            return Hits(hits + look())
        return Hits(hits, covered.count(least, but=first), look)

    def _passing(self, order: Iterable[tuple[int, float]]) -> Iterator[tuple[int, float, Source]]:
        """The slots whose source passes the test, with the source."""
        for slot, share in order:
            source = self._sources.get(self._index.held[slot] or "")
            if source is not None and (self._test is None or self._test(source)):
                yield slot, share, source


class TypedWords:
    """The typed words, prepared for comparison with names."""

    __slots__ = ("line", "squashed", "starts", "wholes")

    def __init__(self, tokens: Sequence[str]) -> None:
        self.line = " ".join(tokens)
        self.squashed = "".join(tokens)
        self.starts = [f" {token}" for token in tokens]
        self.wholes = [f" {token} " for token in tokens]

    def is_begun_by(self, names: Sequence[str]) -> bool:
        """Whether all of several words are prefixes in the names, and not all whole words."""
        if len(self.starts) < 2:
            return False
        spaced = f" {' '.join(names)} "
        begun = all(map(spaced.__contains__, self.starts))
        return begun and not all(map(spaced.__contains__, self.wholes))


def closeness(names: Sequence[str], typed: TypedWords) -> float:
    """The similarity of the query to one of the source's names, from 0 to 1."""
    best = 0.0
    query, size = typed.line, len(typed.line)
    for position, whole in enumerate(names):
        if whole == query:
            return 1.0
        line = whole[:_LONGEST]
        length = len(line)
        near = fuzz.partial_ratio(query, line) if length >= size else fuzz.ratio(query, line)
        likeness = _RUN * near + _WORDS * fuzz.token_set_ratio(query, line)
        likeness += _BRIEF * min(1.0, size / max(length, 1))
        if typed.squashed in line.replace(" ", ""):
            likeness += 5.0
        best = max(best, likeness - position)
    if typed.is_begun_by(names):
        best += _BEGUN
    return min(best, 99.0) / 100.0
