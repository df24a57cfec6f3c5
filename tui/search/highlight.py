"""Which letters of a shown text answer to what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, LCSseq

from tui.search.fold import WORD, fold, words
from tui.search.sounds import skeleton, sound, stem

_LONGEST = 600
"""Characters of a text that are looked at: more do not fit a row."""
_SET_ASIDE = re.compile(
    r'(?<!\S)-?[a-z_][\w-]+:(?![/:\\])(?:"[^"]*(?:"|$)|[^\s"])+'  # a filter with a value
    r'|(?<!\S)-(?:"[^"]*(?:"|$)|[^\W\d]\S*)'  # what must not be there
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text folded, and where each of its letters stands in the text."""

    text: str
    places: list[int]
    words: list[Span]


def match_spans(query: str, text: str) -> list[Span]:
    """The spans of ``text``, in code points, that the query's words stand for.

    Filters are left aside. A word with a typo, its beginning, words run together or split
    apart, bare consonants and initials all find their letters.
    """
    tokens = _tokens(query)
    if not tokens or not text:
        return []
    folded = _fold(text[:_LONGEST])
    letters: set[int] = set()
    missing: list[str] = []
    for token in tokens:
        found = _in_words(token, folded)
        if found:
            letters |= found
        else:
            missing.append(token)
    for token in missing:
        letters |= _run_together(token, folded) or _initials(token, folded)
    if missing and len(tokens) > 1:
        for left, right in pairwise(tokens):
            if left in missing or right in missing:
                letters |= _in_words(left + right, folded)
    return _spans({folded.places[letter] for letter in letters})


@lru_cache(maxsize=64)
def _tokens(query: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words(_SET_ASIDE.sub(" ", query))))


@lru_cache(maxsize=512)
def _fold(text: str) -> _Folded:
    places: list[int] = []
    letters: list[str] = []
    for place, character in enumerate(text):
        for letter in fold(character):
            letters.append(letter)
            places.append(place)
    folded = "".join(letters)
    return _Folded(folded, places, [match.span() for match in WORD.finditer(folded)])


def _in_words(token: str, folded: _Folded) -> set[int]:
    """The letters of the words that come nearest to the token, by the strictest kind that fits."""
    for kind in (_beginning, _inflected, _mistyped, _inside, _damaged_beginning, _sounding):
        found: set[int] = set()
        for start, end in folded.words:
            found |= {start + place for place in kind(token, folded.text[start:end])}
        if found:
            return found
    return set()


def _beginning(token: str, word: str) -> Iterable[int]:
    return range(len(token)) if word.startswith(token) else ()


def _inflected(token: str, word: str) -> Iterable[int]:
    if len(token) < 4 or word[:3] != token[:3] or stem(word) != stem(token):
        return ()
    return _common(token, word)


def _mistyped(token: str, word: str) -> Iterable[int]:
    size = len(token)
    edits = 0 if size < 3 else 1 if size < 5 else 2 if size < 8 else 3
    if not edits or OSA.distance(token, word, score_cutoff=edits) > edits:
        return ()
    return _common(token, word)


def _inside(token: str, word: str) -> Iterable[int]:
    place = word.find(token) if len(token) > 2 else -1
    return range(place, place + len(token)) if place >= 0 else ()


def _damaged_beginning(token: str, word: str) -> Iterable[int]:
    size = len(token)
    if size < 4 or len(word) <= size:
        return ()
    near = [cut for cut in (size - 1, size, size + 1) if OSA.distance(token, word[:cut]) == 1]
    return _common(token, word[: near[0]]) if near else ()


def _sounding(token: str, word: str) -> Iterable[int]:
    if len(token) < 3 or not word.isalpha():
        return ()
    heard = sound(token)
    if skeleton(word) == token or (len(heard) > 1 and sound(word) == heard):
        return _common(token, word)
    return ()


def _run_together(token: str, folded: _Folded) -> set[int]:
    """The letters of several words in a row that the token runs together."""
    if len(token) < 4:
        return set()
    places = [place for start, end in folded.words for place in range(start, end)]
    squashed = "".join(folded.text[place] for place in places)
    start = squashed.find(token)
    if start >= 0:
        return set(places[start : start + len(token)])
    if len(token) < 6 or len(squashed) < len(token):
        return set()
    near = fuzz.partial_ratio_alignment(token, squashed, score_cutoff=80)
    if near is None:
        return set()
    # A letter that is missing in the token moves the alignment: look a little around it.
    start = max(0, near.dest_start - 2)
    return {places[start + p] for p in _common(token, squashed[start : near.dest_end + 1])}


def _initials(token: str, folded: _Folded) -> set[int]:
    firsts = "".join(folded.text[start] for start, _ in folded.words)
    at = firsts.find(token) if len(token) > 2 else -1
    return {start for start, _ in folded.words[at : at + len(token)]} if at >= 0 else set()


def _common(token: str, word: str) -> Iterable[int]:
    """The places in ``word`` of the letters it shares with ``token``, in order."""
    blocks = LCSseq.editops(token, word).as_matching_blocks()
    return [place for block in blocks for place in range(block.b, block.b + block.size)]


def _spans(places: set[int]) -> list[Span]:
    """The places as spans that do not touch."""
    spans: list[Span] = []
    for place in sorted(places):
        if spans and spans[-1][1] == place:
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
    return spans
