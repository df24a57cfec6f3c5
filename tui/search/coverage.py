"""How much of a query each source covers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from tui.search.expand import Expansion, expand
from tui.search.index import BITS, MASK, Index
from tui.search.resort import Found, join_neighbours, merge, run_together

FREQUENT = 4_000
"""Postings above which a word is only looked up in the candidates found so far."""
CANDIDATES = 250
"""How many of them, best first."""
ANSWERED = 0.74
"""The share from which the best source answers to the whole query."""
_PLACE = 0.4
"""How much of a match's worth the weight of its field decides."""
_KINDS = 10
"""How many of a frequent word's meanings are looked up in the candidates."""
_ENOUGH = 10_000
"""Sources after which a word's lesser meanings are left out: they come last anyway."""
_REMEMBERED = 48


class Coverage:
    """Reads tokens against an index and remembers the last ones, so that typing on is cheap."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._read: dict[tuple[str, bool, bool], tuple[Expansion, Found]] = {}

    def forget(self) -> None:
        """The index has changed."""
        self._read.clear()

    def cover(self, tokens: Sequence[str]) -> Found:
        """Every slot that covers some of the tokens, with the share of them it covers.

        The loose reading of the tokens costs more and misleads more: it is made only when
        the strict one finds no source that answers to the whole query.
        """
        strict = self._cover(tokens, loose=False)
        if strict and max(strict.values()) >= ANSWERED:
            return strict
        return self._cover(tokens, loose=True)

    def _cover(self, tokens: Sequence[str], loose: bool) -> Found:
        last = len(tokens) - 1
        read = [self._token(token, i == last, loose) for i, token in enumerate(tokens)]
        extra = [dict(more) for _, more in read]
        expansions = [expansion for expansion, _ in read]
        join_neighbours(self._index, expansions, extra)
        whole = sum(expansion.weight for expansion in expansions) or 1.0
        total: Found = {}
        for i in sorted(range(len(tokens)), key=lambda i: expansions[i].spread):
            found = self._slots(expansions[i], total)
            merge(found, extra[i])
            share = expansions[i].weight / whole
            if not total:
                total = {slot: share * quality for slot, quality in found.items()}
                continue
            for slot, quality in found.items():
                total[slot] = total.get(slot, 0.0) + share * quality
        return total

    def _token(self, token: str, is_last: bool, loose: bool) -> tuple[Expansion, Found]:
        key = (token, is_last, loose)
        read = self._read.pop(key, None)
        if read is None:
            expansion = expand(self._index, token, is_last, loose)
            read = expansion, run_together(self._index, expansion, loose)
        self._read[key] = read
        if len(self._read) > _REMEMBERED:
            del self._read[next(iter(self._read))]
        return read

    def _slots(self, expansion: Expansion, total: Found) -> Found:
        """Where the expansion's words stand; frequent ones only among the best so far."""
        worth = [1.0 - _PLACE + _PLACE * weight for weight in self._index.levels]
        if expansion.spread > FREQUENT and total:
            return self._in_candidates(expansion, total, worth)
        found: Found = {}
        postings = self._index.postings
        for number, quality in sorted(expansion.words.items(), key=lambda item: -item[1]):
            scores = [quality * share for share in worth]
            if not found:
                found = {p >> BITS: scores[p & MASK] for p in postings[number]}
                continue
            if len(found) > _ENOUGH:
                break
            for posting in postings[number]:
                score = scores[posting & MASK]
                slot = posting >> BITS
                if score > found.get(slot, 0.0):
                    found[slot] = score
        return found

    def _in_candidates(self, expansion: Expansion, total: Found, worth: list[float]) -> Found:
        best = sorted(total, key=total.__getitem__, reverse=True)[:CANDIDATES]
        likely = sorted(expansion.words.items(), key=lambda item: -item[1])[:_KINDS]
        found: Found = {}
        for number, quality in likely:
            postings = self._index.postings[number]
            for slot in best:
                place = bisect_left(postings, slot << BITS)
                if place < len(postings) and postings[place] >> BITS == slot:
                    score = quality * worth[postings[place] & MASK]
                    if score > found.get(slot, 0.0):
                        found[slot] = score
        return found
