"""Find the letters of a displayed text that match the query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from tui.search.fold import WORD, fold, hangs_together, in_a_row, words, words_and_signs
from tui.search.likeness import Letters, common_letters, likeness

_LONGEST = 600
"""Characters of a text to check: more do not fit in a row."""
_MOST_TOKENS = 12
"""Maximum number of query words: a pasted page would highlight every letter."""
_SET_ASIDE = re.compile(
    r'(?<!\S)-?[a-z_][\w-]+:(?![/:\\])(?:"[^"]*(?:"|$)|[^\s"])+'  # a filter with a value
    r'|(?<!\S)-(?:"[^"]*(?:"|$)|[^\W\d]\S*)'  # what must not be there
)
_QUOTED = re.compile(r'"([^"]*)"')

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Folded:
    """A folded text, and the original position of each letter."""

    text: str
    places: list[int]
    """By letter of the folded text: its position in the text."""
    words: list[tuple[str, int]]
    """The folded words, each with its position in the folded text."""
    squashed: str
    """The folded words without spaces."""
    squashed_at: list[int]
    """By letter of ``squashed``: its position in the folded text."""


def match_spans(query: str, text: str) -> list[Span]:
    """The spans of ``text``, in code points, that match the query's words.

    Filters are ignored. Words with typos, prefixes, joined or split words, bare consonants and
    initials all find their letters; quoted text matches only exactly.
    """
    tokens, quoted = _tokens(query)
    return list(_lit(tokens, quoted, text[:_LONGEST])) if text and (tokens or quoted) else []


@lru_cache(maxsize=64)
def _tokens(query: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The typed words, and the quoted phrases."""
    asked = _SET_ASIDE.sub(" ", query)
    quoted = [phrase for phrase in _QUOTED.findall(asked) if words(phrase)]
    tokens = dict.fromkeys(words_and_signs(fold(_QUOTED.sub(" ", asked))))
    return tuple(tokens)[:_MOST_TOKENS], tuple(quoted[:_MOST_TOKENS])


@lru_cache(maxsize=1024)
def _lit(tokens: tuple[str, ...], quoted: tuple[str, ...], text: str) -> tuple[Span, ...]:
    folded = _fold(text)
    letters = set[int]().union(*(_as_it_is(phrase, folded, whole=True) for phrase in quoted))
    missing: set[str] = set()
    for token in tokens:
        if hangs_together(token) or not token.isalnum():
            if found := _as_it_is(token, folded, whole=False):
                letters |= found
                continue
            token = "".join(words(token))  # noqa: PLW2901 - the word without its sign
        found = _in_words(token, folded) or _run_together(token, folded) or _initials(token, folded)
        letters |= found
        if not found:
            missing.add(token)
    if missing:
        for left, right in pairwise(tokens):
            if left in missing or right in missing:
                letters |= _in_words(left + right, folded)
    return _spans({folded.places[letter] for letter in letters})


@lru_cache(maxsize=512)
def _fold(text: str) -> _Folded:
    places: list[int] = []
    letters: list[str] = []
    for place, character in enumerate(text):
        for letter in fold(character):
            letters.append(letter)
            places.append(place)
    joined = "".join(letters)
    matches = list(WORD.finditer(joined))
    return _Folded(
        joined,
        places,
        words=[(match[0], match.start()) for match in matches],
        squashed="".join(match[0] for match in matches),
        squashed_at=[place for match in matches for place in range(*match.span())],
    )


def _as_it_is(phrase: str, folded: _Folded, *, whole: bool) -> set[int]:
    """The characters of all occurrences of a phrase in the text."""
    found = in_a_row(phrase, whole=whole).finditer(folded.text)
    places = (place for match in found for place in range(*match.span()))
    return {place for place in places if not folded.text[place].isspace()}


def _in_words(token: str, folded: _Folded) -> set[int]:
    """The letters of the most similar words, by the strictest kind of match that fits."""
    strictest = 0
    found: set[int] = set()
    for word, start in folded.words:
        kind, letters = likeness(token, word)
        if not letters or kind < strictest:
            continue
        if kind > strictest:
            strictest = kind
            found.clear()
        found.update([start + letter for letter in letters])
    return found


def _run_together(token: str, folded: _Folded) -> set[int]:
    """The letters of several consecutive words that the token joins."""
    squashed = folded.squashed
    size = len(token)
    if size < 4 or size > len(squashed) + 2:
        return set()
    start = squashed.find(token)
    letters: Letters = range(start, start + size) if start >= 0 else ()
    if start < 0 and size > 5:
        near = fuzz.partial_ratio_alignment(token, squashed, score_cutoff=80)
        if near is not None and near.dest_end > near.dest_start:
            # A letter missing in the token shifts the alignment, so check the surroundings.
            start = max(0, near.dest_start - 2)
            part = squashed[start : near.dest_end + 1]
            letters = [start + letter for letter in common_letters(token, part)]
    return {folded.squashed_at[letter] for letter in letters}


def _initials(token: str, folded: _Folded) -> set[int]:
    firsts = "".join(word[0] for word, _ in folded.words)
    at = firsts.find(token) if len(token) > 2 else -1
    return {start for _, start in folded.words[at : at + len(token)]} if at >= 0 else set()


def _spans(places: set[int]) -> tuple[Span, ...]:
    """The positions as separate spans."""
    spans: list[Span] = []
    for place in sorted(places):
        if spans and spans[-1][1] == place:
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
    return tuple(spans)
