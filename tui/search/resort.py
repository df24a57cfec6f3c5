"""Words that are no words: run together, split apart, initials, pieces of an address."""

from __future__ import annotations

import re
from itertools import pairwise

from rapidfuzz import fuzz

from tui.search.expand import Expansion
from tui.search.index import Index

_CANDIDATES = 1_500
"""How many sources a guess may make us look at."""

Found = dict[int, float]


def run_together(index: Index, token: str, loose: bool) -> Found:
    """The slots where a token that is no known word stands for a run of words or letters."""
    found: Found = {}
    if len(token) >= 4:
        _take(found, index.squashed.find(token), 0.92, 0.86)
        _take(found, index.raw.find(token), 0.8, 0.78)
    if len(token) >= 3:
        _take(found, index.initials.find(token), 0.76, 0.6)
    if loose and len(token) >= 5:
        _merge(found, _glued_beginnings(index, token))
    if loose and len(token) >= 8:
        _merge(found, _run_together_mistyped(index, token))
    return found


def _glued_beginnings(index: Index, token: str) -> Found:
    """Slots where two words in a row begin with the token's two parts: ``opebui``."""
    found: Found = {}
    for cut in range(2, len(token) - 1):
        left, right = token[:cut], token[cut:]
        sides = [index.vocabulary.with_prefix(side) for side in (left, right)]
        if not all(sides):
            continue
        numbers = [[index.vocabulary.numbers[word] for word in side] for side in sides]
        rarer = min(numbers, key=lambda side: sum(map(index.count, side)))
        if sum(map(index.count, rarer)) > _CANDIDATES:
            continue
        pattern = re.compile(rf"(?:^| ){left}\w* {right}")
        for slot in {slot for number in rarer for slot, _ in index.holders(number)}:
            document = index.documents[slot]
            if document and any(pattern.search(line) for line in document.lines):
                found[slot] = 0.72
    return found


def _run_together_mistyped(index: Index, token: str) -> Found:
    """Slots whose squashed names hold nearly the token: one part of it must be intact."""
    size = max(4, len(token) // 3)
    parts = {token[i : i + size] for i in (0, len(token) // 2 - size // 2, len(token) - size)}
    parts |= {token[: len(token) // 2], token[len(token) // 2 :]}
    slots = {slot for part in parts for slot, _ in index.squashed.find(part, _CANDIDATES)}
    found: Found = {}
    for slot in slots:
        document = index.documents[slot]
        for line in document.lines if document else ():
            near = fuzz.partial_ratio(token, line.replace(" ", ""), score_cutoff=80)
            found[slot] = max(found.get(slot, 0.0), 0.0085 * near)
    return found


def _merge(found: Found, more: Found) -> None:
    for slot, quality in more.items():
        if quality > found.get(slot, 0.0):
            found[slot] = quality


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
