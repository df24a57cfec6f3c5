"""Words that are no words: run together, split apart, initials, pieces of an address."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from tui.search.expand import GOOD, Expansion
from tui.search.index import Index

CANDIDATES = 600
"""How many sources a guess may make us look at."""
_RARE = 100
"""Postings below which a long word may still be several that someone once ran together."""
_LIKELY = (3, 4)
"""Letters of a first beginning for which frequent ones are looked at, too."""
_FREQUENT = 12_000
"""Postings of a beginning up to which that pays."""
_LONGEST_PART = 12
"""Letters of the first beginning when several are glued together."""

Found = dict[int, float]
"""Slots with the quality of a match there."""

_SCHEME = re.compile(r"^(?:\w+://)?(?:www\.)?")
_ADDRESS = re.compile(r"\S*[_=]\S*|source-\S+|[\d-]+")
_ADDRESS_PARTS = re.compile(r"[/?&=#\s]+")


def merge(found: Found, more: Found) -> None:
    """Put more slots in, each at its best."""
    for slot, quality in more.items():
        if quality > found.get(slot, 0.0):
            found[slot] = quality


def run_together(index: Index, expansion: Expansion, loose: bool) -> Found:
    """The slots where a token that is hardly a known word is a run of words or letters."""
    found: Found = {}
    token = expansion.token
    size = len(token)
    is_known = expansion.best >= (0.9 if loose else GOOD)
    if size >= 4 and (not is_known or (size > 7 and expansion.spread < _RARE)):
        # A few letters in a row stand somewhere by chance.
        inside = 0.86 if size > 5 else 0.72
        merge(found, _graded(index.squashed.find(token, CANDIDATES), inside + 0.06, inside))
        if size > 8 or not token.isalpha():
            merge(found, _graded(index.raw.find(token, CANDIDATES), 0.8, inside - 0.08))
    if size >= 3 and expansion.best < 0.9:
        first = 0.86 if size > 3 else 0.72
        merge(found, _graded(index.initials.find(token, CANDIDATES), first, 0.62))
    if loose and not is_known and size >= 5:
        merge(found, _glued_beginnings(index, token))
    if loose and not is_known and size >= 8:
        merge(found, _mistyped(index, token))
    return found


def _graded(slots: Iterable[tuple[int, bool]], first: float, inside: float) -> Found:
    found: Found = {}
    for slot, at_start in slots:
        found[slot] = max(found.get(slot, 0.0), first if at_start else inside)
    return found


def _glued_beginnings(index: Index, token: str) -> Found:
    """Slots where words in a row begin with the token's parts: ``opebui`` or ``opebui800``."""
    found: Found = {}
    tried: set[int] = set()
    for cut in range(2, min(len(token) - 1, _LONGEST_PART)):
        slots = _rarer_holders(index, token[:cut], token[cut:])
        if not slots and 2 < cut < 5:
            slots = _rarer_holders(index, token[:cut], token[-3:])
        for slot in slots - tried:
            quality = max(_glued(token, name.split(" ")) for name in index.names_of(slot))
            if quality:
                found[slot] = quality
        tried |= slots
    return found


def _rarer_holders(index: Index, left: str, right: str) -> set[int]:
    """The slots of the rarer of two beginnings, or of both when they are not too frequent."""
    sides = [index.vocabulary.with_prefix(side) for side in (left, right)]
    if not all(sides):
        return set()
    numbers = [[index.vocabulary.numbers[word] for word in side] for side in sides]
    spreads = [sum(map(index.count, side)) for side in numbers]
    rarer, other = sorted((0, 1), key=spreads.__getitem__)
    if spreads[rarer] > CANDIDATES and (len(left) not in _LIKELY or max(spreads) > _FREQUENT):
        return set()
    holders = {slot for number in numbers[rarer] for slot in index.slots_of(number)}
    if spreads[rarer] > CANDIDATES:
        holders &= {slot for number in numbers[other] for slot in index.slots_of(number)}
    return holders


def _glued(token: str, words: list[str]) -> float:
    """How good it is that the token is glued of beginnings of words in a row; 0 if it is not."""
    best = 0.0
    for start in range(len(words) - 1):
        shortest = _shortest_part(token, words, start)
        if shortest:
            best = max(best, 0.86 if shortest > 2 else 0.76)
    return best


def _shortest_part(token: str, words: list[str], start: int) -> int:
    """The length of the shortest beginning when the token is glued from ``start`` on, or 0."""
    if start == len(words):
        return 0
    best = 0
    for size in range(2, len(token) + 1):
        if not words[start].startswith(token[:size]):
            break
        rest = token[size:]
        following = _shortest_part(rest, words, start + 1) if rest else size
        best = max(best, min(size, following))
    return best


def _mistyped(index: Index, token: str) -> Found:
    """Slots whose squashed names hold nearly the token: one part of it must be intact."""
    size = len(token)
    part = size // 2 if size < 12 else size // 3
    starts = {0, (size - part) // 2, size - part}
    parts = [token[start : start + part] for start in starts]
    slots = {slot for p in parts for slot, _ in index.squashed.find(p, CANDIDATES // 2)}
    found: Found = {}
    for slot in slots:
        for name in index.names_of(slot):
            squashed = name.replace(" ", "")
            if len(squashed) + 2 >= size:
                near = fuzz.partial_ratio(token, squashed, score_cutoff=80)
                found[slot] = max(found.get(slot, 0.0), 0.009 * near)
    return found


def join_neighbours(index: Index, expansions: Sequence[Expansion]) -> dict[int, Found]:
    """Where two tokens in a row stand for the one word they make together, by token."""
    joined: dict[int, Found] = defaultdict(dict)
    for i, (left, right) in enumerate(pairwise(expansions)):
        together = left.token + right.token
        number = index.vocabulary.numbers.get(together)
        found: Found = {}
        if number is not None and index.count(number) < CANDIDATES:
            found = dict.fromkeys(index.slots_of(number), 0.94)
        elif min(left.best, right.best) < 0.75 and len(together) > 4:
            found = _graded(index.squashed.find(together, CANDIDATES), 0.85, 0.8)
        merge(joined[i], found)
        merge(joined[i + 1], found)
    return joined


def find_raw(index: Index, folded: str, limit: int) -> tuple[Found, bool]:
    """The slots that hold a pasted id, URL or file name, or a piece of one, as it stands.

    The second value tells whether it can be nothing else, so that its words need no reading.
    """
    address = _SCHEME.sub("", folded).rstrip("/")
    is_sign = bool(address) and not any(character.isalnum() for character in address)
    is_address = is_sign or "/" in address or _ADDRESS.fullmatch(address) is not None
    if not is_address and (len(address) < 5 or address.isalnum() or " " in address):
        return {}, False
    found = index.raw.find(address, limit)
    if not found and address != folded:
        # The same address with more or less behind it.
        parts = sorted(_ADDRESS_PARTS.split(address), key=len, reverse=True)
        found = next((f for p in parts if len(p) > 7 and (f := index.raw.find(p, limit))), [])
    quality = 1.0 if is_address else 0.9
    return {slot: quality for slot, _ in found}, is_address and bool(found)
