"""Words that are no words: run together, split apart, initials, pieces of an address."""

from __future__ import annotations

from itertools import pairwise

from tui.search.expand import Expansion
from tui.search.index import Index

Found = dict[int, float]


def last_resorts(index: Index, token: str) -> Found:
    """The slots where a token that is no known word still stands for something."""
    found: Found = {}
    if len(token) >= 4:
        _take(found, index.squashed.find(token), 0.88, 0.84)
        _take(found, index.raw.find(token), 0.8, 0.78)
    if len(token) >= 3:
        _take(found, index.initials.find(token), 0.7, 0.5)
    return found


def _take(found: Found, slots: list[tuple[int, bool]], first: float, inside: float) -> None:
    for slot, at_start in slots:
        quality = first if at_start else inside
        if quality > found.get(slot, 0.0):
            found[slot] = quality


def join_neighbours(index: Index, expansions: list[Expansion], extra: list[Found]) -> None:
    """Let two tokens in a row stand for the one word they make together."""
    for i, (left, right) in enumerate(pairwise(expansions)):
        together = left.token + right.token
        number = index.vocabulary.numbers.get(together)
        found: Found = {}
        if number is not None:
            found = {slot: 0.6 + 0.36 * weight for slot, weight in index.holders(number)}
        elif min(left.best, right.best) < 0.75 and len(together) > 4:
            _take(found, index.squashed.find(together), 0.85, 0.8)
        for slot, quality in found.items():
            extra[i][slot] = max(quality, extra[i].get(slot, 0.0))
            extra[i + 1][slot] = max(quality, extra[i + 1].get(slot, 0.0))
