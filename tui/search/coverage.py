"""How much of a query each source covers."""

from __future__ import annotations

from tui.search.expand import GOOD, Expansion, expand
from tui.search.index import Index
from tui.search.resort import join_neighbours, run_together

FREQUENT = 6_000
"""Postings above which a word is only looked up in the candidates found so far."""
CANDIDATES = 600
"""How many of them, best first."""

ANSWERED = 0.74
"""The share from which the best source answers to the whole query."""

Found = dict[int, float]
"""Slots with the quality of a token's match there."""


def cover(index: Index, tokens: list[str]) -> Found:
    """Every slot that covers some of the tokens, with the share of them it covers.

    The loose reading of the tokens costs more and misleads more: it is made only when the
    strict one finds no source that answers to the whole query.
    """
    strict = _cover(index, tokens, loose=False)
    if strict and max(strict.values()) >= ANSWERED:
        return strict
    return _cover(index, tokens, loose=True)


def _cover(index: Index, tokens: list[str], loose: bool) -> Found:
    last = len(tokens) - 1
    expansions = [expand(index, token, i == last, loose) for i, token in enumerate(tokens)]
    extra: list[Found] = [
        run_together(index, e.token, loose) if e.best < GOOD else {} for e in expansions
    ]
    join_neighbours(index, expansions, extra)
    whole = sum(e.weight for e in expansions) or 1.0
    total: Found = {}
    for i in sorted(range(len(tokens)), key=lambda i: expansions[i].spread):
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
