"""Last resorts for tokens that are not words: joined or split words, initials, parts of URLs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from tui.search.document import SMALL
from tui.search.expand import GOOD, Expansion
from tui.search.fold import hangs_together
from tui.search.index import Index

CANDIDATES = 600
"""Maximum number of sources to check for a guess."""
_RARE = 100
"""A long word with fewer postings may really be several joined words."""
_FREQUENT = 40_000
"""Maximum number of postings of a prefix to check."""
_FEW_HOLDERS = 300
"""Maximum number of sources to check without also comparing the ending."""
_TELLING = 8
"""Number of letters joined from prefixes from which chance is unlikely."""
_HARDLY_GLUED = 0.7
"""The quality of a match where one part is a single letter."""
_PIECES = 0.7
"""The quality of a match where both parts are anywhere in the name."""
_SWAPPED = 0.82
"""The quality of a match with two swapped letters in the middle."""
_LONGEST_PART = 12
"""Longest first prefix of several joined ones, in characters."""

Found = dict[int, float]
"""The quality of a match, by slot."""

_SCHEME = re.compile(r"^(?:\w+://)?(?:www\.)?")
_ADDRESS = re.compile(r"\S*[_=]\S*|source-\S+|[\d-]+")
_ADDRESS_PARTS = re.compile(r"[/?&=#\s]+")


def merge(found: Found, more: Found) -> None:
    """Add slots, each with its best quality."""
    for slot, quality in more.items():
        if quality > found.get(slot, 0.0):
            found[slot] = quality


def run_together(index: Index, expansion: Expansion, loose: bool) -> Found:
    """Slots where a rare or unknown token is joined words or initials."""
    found: Found = {}
    token = expansion.token
    size = len(token)
    is_known = expansion.best >= (0.9 if loose else GOOD)
    if size >= 4 and (not is_known or (size > 7 and expansion.spread < _RARE)):
        # Short sequences occur by chance.
        inside = 0.86 if size > 5 else 0.72
        merge(found, _graded(index.squashed.find(token, CANDIDATES), inside + 0.06, inside))
        if size > 8 or not token.isalpha() or (loose and size > 5):
            merge(found, _graded(index.raw.find(token, CANDIDATES), 0.8, inside - 0.08))
    if size >= 3 and (loose or expansion.best < 0.9):
        first = 0.86 if size > 3 else 0.72
        merge(found, _graded(index.initials.find(token, CANDIDATES), first, 0.62))
    if loose and not is_known and 3 < size < 9:
        merge(found, _initials_of_some(index, token))
    if loose and not is_known and size >= 5:
        merge(found, _glued_beginnings(index, token))
    if loose and not is_known and hangs_together(token):
        merge(found, _glued_pieces(index, token))
    if loose and not is_known and size >= 8:
        merge(found, _mistyped(index, token))
    return found


def _graded(slots: Iterable[tuple[int, bool]], first: float, inside: float) -> Found:
    found: Found = {}
    for slot, at_start in slots:
        found[slot] = max(found.get(slot, 0.0), first if at_start else inside)
    return found


def _initials_of_some(index: Index, token: str) -> Found:
    """Slots where the token is the initials of a name, with some small words left out."""
    pattern = "[^\n]{0,2}".join(map(re.escape, token))
    found: Found = {}
    for slot in index.initials.fitting(pattern, CANDIDATES):
        for name in index.names_of(slot):
            words = name.split(" ")
            for start, word in enumerate(words):
                if word[0] == token[0] and _are_initials(token[1:], words[start + 1 :]):
                    found[slot] = max(found.get(slot, 0.0), 0.62 if start else 0.8)
                    break
    return found


def _are_initials(letters: str, words: list[str]) -> bool:
    """Whether consecutive words start with these letters; small words may be skipped."""
    if not letters or not words:
        return not letters
    word, others = words[0], words[1:]
    if word[0] == letters[0] and _are_initials(letters[1:], others):
        return True
    is_small = len(word) <= 3 or word in SMALL or word.isdecimal()
    return is_small and _are_initials(letters, others)


def _glued_pieces(index: Index, token: str) -> Found:
    """Slots whose names contain both halves of a token that joins two words."""
    found: Found = {}
    for cut in range(1, len(token)):
        left, right = ({slot for slot, _ in index.squashed.find(part, CANDIDATES)}
                       for part in (token[:cut], token[cut:]))  # fmt: skip
        found |= dict.fromkeys(left & right, _PIECES)
    return found


def _glued_beginnings(index: Index, token: str) -> Found:
    """Slots where consecutive words start with the token's parts: ``opebui`` or ``opebui800``."""
    slots = _beginning_and_ending(index, token)
    first, *others = map(re.escape, token)
    # Every letter follows the previous one or starts the next word.
    onward = "".join(f"(?:[^ \\n]* )?{letter}" for letter in others[1:])
    fits = re.compile(rf"(?<![^ \n]){first} ?{others[0]}{onward}").search
    found: Found = {}
    names = index.names
    for slot in slots:
        if fits(names[slot]):
            found[slot] = max(_glued(token, name.split(" ")) for name in index.names_of(slot))
    return found


def _beginning_and_ending(index: Index, token: str) -> set[int]:
    """The slots with a word for the token's start and a word for its end."""
    vocabulary = index.vocabulary
    numbers, count = vocabulary.numbers, index.count
    begun = {*vocabulary.with_prefix(token[:2]), *([token[0]] if token[0] in numbers else ())}
    firsts = [numbers[word] for word in begun]
    ends = range(2, min(len(token) - 1, _LONGEST_PART))
    lasts = {numbers[w] for size in ends for w in vocabulary.with_prefix(token[-size:])}
    if (whole := numbers.get(token[-1])) is not None:
        lasts.add(whole)
    rarer, other = sorted((firsts, list(lasts)), key=lambda side: sum(map(count, side)))
    if sum(map(count, rarer)) > _FREQUENT:
        return set()
    slots = {slot for number in rarer for slot in index.slots_of(number)}
    if len(slots) < _FEW_HOLDERS or sum(map(count, other)) > 4 * _FREQUENT:
        return slots
    return slots.intersection(*[{slot for number in other for slot in index.slots_of(number)}])


def _glued(token: str, words: list[str]) -> float:
    """The quality of the token as joined prefixes of consecutive words; 0 if it is not."""
    best = 0.0
    for start in range(len(words) - 1):
        shortest = _shortest_part(token, words, start)
        if shortest:
            best = max(best, 0.9 if shortest > 2 or len(token) >= _TELLING else 0.76)
    return best or _HARDLY_GLUED


def _shortest_part(token: str, words: list[str], start: int) -> int:
    """The length of the shortest prefix when the token is joined from ``start``, or 0."""
    if start == len(words):
        return 0
    best = 0
    for size in range(1 if len(words[start]) == 1 else 2, len(token) + 1):
        if not words[start].startswith(token[:size]):
            break
        rest = token[size:]
        following = _shortest_part(rest, words, start + 1) if rest else size
        best = max(best, min(max(size, 2), following))
    return best


def _mistyped(index: Index, token: str) -> Found:
    """Slots whose names without spaces nearly contain the token; one half must be intact."""
    size = len(token)
    part, middle = size // 2 if size < 12 else size // 3, size // 2
    # Two swapped letters in the middle break both halves.
    swapped = token[: middle - 1] + token[middle] + token[middle - 1] + token[middle + 1 :]
    found: Found = dict.fromkeys((s for s, _ in index.squashed.find(swapped, CANDIDATES)), _SWAPPED)
    starts = {0, (size - part) // 2, size - part}
    parts = [token[start : start + part] for start in starts]
    slots = {slot for p in parts for slot, _ in index.squashed.find(p, CANDIDATES // 2)}
    for slot in slots:
        for name in index.names_of(slot):
            squashed = name.replace(" ", "")
            if len(squashed) + 2 >= size:
                near = fuzz.partial_ratio(token, squashed, score_cutoff=80)
                found[slot] = max(found.get(slot, 0.0), 0.009 * near)
    return found


def join_neighbours(index: Index, expansions: Sequence[Expansion]) -> dict[int, Found]:
    """The slots where two consecutive tokens make one word, by token."""
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
    """The slots with a pasted id, URL or file name, or a part of one.

    The second value says whether it cannot be anything else, so that words can be ignored.
    """
    address = _SCHEME.sub("", folded).rstrip("/")
    is_sign = bool(address) and not any(character.isalnum() for character in address)
    is_address = is_sign or "/" in address or _ADDRESS.fullmatch(address) is not None
    if not is_address and (len(address) < 5 or address.isalnum() or " " in address):
        return {}, False
    found = index.raw.find(address, limit)
    if not found and address != folded:
        # The same address with a longer or shorter end.
        parts = sorted(_ADDRESS_PARTS.split(address), key=len, reverse=True)
        found = next((f for p in parts if len(p) > 7 and (f := index.raw.find(p, limit))), [])
    quality = 1.0 if is_address else 0.9
    return {slot: quality for slot, _ in found}, is_address and bool(found)
