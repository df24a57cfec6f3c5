"""How much of a query each source covers."""

from __future__ import annotations

from tui.search.expand import GOOD, Expansion, expand
from tui.search.index import Index
from tui.search.resort import join_neighbours, last_resorts

FREQUENT = 6_000
"""Postings above which a word is only looked up in the candidates found so far."""
CANDIDATES = 600
"""How many of them, best first."""

Found = dict[int, float]
"""Slots with the quality of a token's match there."""


def cover(index: Index, tokens: list[str]) -> Found:
    """Every slot that covers some of the tokens, with the share of them it covers."""
    expansions = [expand(index, token, i == len(tokens) - 1) for i, token in enumerate(tokens)]
    extra = [last_resorts(index, e.token) if e.best < GOOD else {} for e in expansions]
    join_neighbours(index, expansions, extra)
    order = sorted(range(len(tokens)), key=lambda i: expansions[i].spread)
    total: Found = {}
    whole = sum(e.weight for e in expansions) or 1.0
    for i in order:
        expansion = expansions[i]
        if expansion.spread > FREQUENT and total:
            found = _in_candidates(index, expansion, total)
        else:
            found = _everywhere(index, expansion)
        for slot, quality in extra[i].items():
            if quality > found.get(slot, 0.0):
                found[slot] = quality
        share = expansion.weight / whole
        for slot, quality in found.items():
            total[slot] = total.get(slot, 0.0) + share * quality
    return total


def _everywhere(index: Index, expansion: Expansion) -> Found:
    found: Found = {}
    for number, quality in expansion.words.items():
        for slot, weight in index.holders(number):
            score = quality * (0.6 + 0.4 * weight)
            if score > found.get(slot, 0.0):
                found[slot] = score
    return found


def _in_candidates(index: Index, expansion: Expansion, total: Found) -> Found:
    best = sorted(total, key=total.__getitem__, reverse=True)[:CANDIDATES]
    found: Found = {}
    for slot in best:
        score = 0.0
        for number, weight in index.words_of(slot):
            quality = expansion.words.get(number)
            if quality is not None:
                score = max(score, quality * (0.6 + 0.4 * weight))
        if score:
            found[slot] = score
    return found
