"""Compare a word with a typed one: the kind of match and the matching letters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA, LCSseq

from tui.search import sounds

Letters = Sequence[int]
"""Positions in a word."""

BEGINS, INFLECTED, MISTYPED, INSIDE, BEGINS_MISTYPED, SOUNDS = 6, 5, 4, 3, 2, 1
"""Kinds of matches; stricter is higher."""
_NONE: tuple[int, Letters] = (0, ())

# Every key compares the same words of the screen again.
_stem = lru_cache(maxsize=4096)(sounds.stem)
_sound = lru_cache(maxsize=4096)(sounds.sound)
_skeleton = lru_cache(maxsize=4096)(sounds.skeleton)


@lru_cache(maxsize=16_384)
def likeness(token: str, word: str) -> tuple[int, Letters]:
    """The strictest kind of match between the two, and the matching letters of ``word``."""
    if word.startswith(token):
        return BEGINS, range(len(token))
    size = len(token)
    if size < 3:
        return _NONE
    if size > 3 and word[:3] == token[:3] and _stem(word) == _stem(token):
        return INFLECTED, common_letters(token, word)
    edits = 1 if size < 5 else 2 if size < 8 else 3
    if abs(len(word) - size) <= edits and OSA.distance(token, word, score_cutoff=edits) <= edits:
        return MISTYPED, common_letters(token, word)
    place = word.find(token)
    if place >= 0:
        return INSIDE, range(place, place + size)
    if size > 3 and len(word) > size:
        start = _mistyped_beginning(token, word)
        if start:
            return BEGINS_MISTYPED, common_letters(token, start)
    return _sounding(token, word)


def _mistyped_beginning(token: str, word: str) -> str:
    """The prefix of the word that is one edit away from the token; empty when there is none."""
    size = len(token)
    # After one edit, one of the first two letters is still at or next to its place.
    if token[0] not in word[:2] and token[1] not in word[:3]:
        return ""
    for cut in (size, size - 1, size + 1):
        if OSA.distance(token, word[:cut], score_cutoff=1) == 1:
            return word[:cut]
    return ""


def _sounding(token: str, word: str) -> tuple[int, Letters]:
    if not word.isalpha():
        return _NONE
    heard = _sound(token)
    if _skeleton(word) == token or (len(heard) > 1 and _sound(word) == heard):
        return SOUNDS, common_letters(token, word)
    return _NONE


def common_letters(token: str, word: str) -> list[int]:
    """The positions in ``word`` of the letters it shares with ``token``, in order."""
    blocks = LCSseq.editops(token, word).as_matching_blocks()
    return [place for block in blocks for place in range(block.b, block.b + block.size)]
