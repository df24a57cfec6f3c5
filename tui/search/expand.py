"""Expand a typed word to the vault's words that it may mean."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import nlargest

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tui.search.fold import WORD, hangs_together
from tui.search.index import Index
from tui.search.sounds import skeleton, sound, stem

GOOD = 0.8
"""The quality from which no looser matches are needed."""
_KNOWN = 0.06
"""The penalty for other forms of a word when the word itself is known."""
_UNSIGNED = 0.6
"""The quality of a word without its symbol."""
_DAMAGED = 0.58
"""The minimum quality of a mistyped prefix."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_LONGEST = 32
"""Longest word to check for typos, in characters."""
_MOST = 400
"""Maximum number of words from one kind of match."""
_MOST_RUNS = 8_000
"""The same for joined words, nearly all of which are in only one source."""
_MOST_BEGUN = 60
"""The same for a mistyped prefix."""
_INSIDE = 0.55
"""The minimum quality of a word that contains the token."""


@dataclass(slots=True)
class Expansion:
    """The possible meanings of a typed word."""

    token: str
    words: dict[int, float] = field(default_factory=dict)
    """The quality of each word of the vocabulary, up to 1 for the word itself."""
    best: float = 0.0
    spread: int = 0
    """The total number of postings of the words."""
    weight: float = 1.0
    """The weight of the word; rare words weigh more."""


def expand(index: Index, token: str, is_last: bool, loose: bool) -> Expansion:
    """Find the words that ``token`` may mean; the last token may be incomplete.

    ``loose`` adds weaker kinds of matches: several typos, mistyped prefixes, substrings, similar
    sound and bare consonants.
    """
    found: dict[str, float] = {}
    vocabulary = index.vocabulary
    exact = token in vocabulary.numbers
    size = len(token)
    if exact:
        found[token] = 1.0
    if size > 1 or is_last:
        base = (0.77 if is_last else 0.72) - (_KNOWN if exact else 0.0)
        begun = _most_frequent(index, vocabulary.with_prefix(token))
        _take(found, ((w, base + 0.22 * size / len(w)) for w in begun))
    if hangs_together(token):
        # A word inside a joined run, which is not a prefix of it.
        inside = vocabulary.with_inside(token, _MOST_RUNS)
        _take(found, ((w, 0.72 + 0.2 * size / len(w)) for w in inside))
    elif not token.isalnum():
        known = vocabulary.numbers
        _take(found, ((word, _UNSIGNED) for word in WORD.findall(token) if word in known))
    elif size >= 5 and not found:
        inside = vocabulary.with_inside(token, 60)
        _take(found, ((w, _INSIDE + 0.3 * size / len(w)) for w in inside))
    if size >= 4:
        close = _inflected(index, token)
        _take(found, ((w, q - _KNOWN) for w, q in close) if exact else close)
    if size > _LONGEST:
        return _weighed(index, token, found)
    if size >= 3 and not exact:
        _take(found, _one_edit(index, token, variants(token), 1.0))
        _take(found, _bare(index, token))
    if exact and size >= 4:
        # A missing letter can make another word: "tuning" for "turning".
        edits = variants(token) if loose else _longer(token)
        _take(found, _one_edit(index, token, edits, 0.7))
    if loose and may_be_loose(token):
        factor = 0.85 if exact else 1.0
        _take(found, ((w, factor * quality) for w, quality in _loose(index, token)))
    return _weighed(index, token, found)


def may_be_loose(token: str) -> bool:
    """Whether loose matching can find more for the token."""
    return len(token) >= 3 or not token.isascii()


def _most_frequent(index: Index, words: list[str]) -> list[str]:
    if len(words) <= _MOST:
        return words
    numbers, postings = index.vocabulary.numbers, index.postings
    # All in C, because a single letter is a prefix of a tenth of all words.
    counts = map(len, map(postings.__getitem__, map(numbers.__getitem__, words)))
    return [word for _, word in nlargest(_MOST, zip(counts, words, strict=True))]


def _take(found: dict[str, float], more: Iterable[tuple[str, float]]) -> None:
    """Add words, each with its best quality."""
    for word, quality in more:
        if quality > found.get(word, 0.0):
            found[word] = quality


def _inflected(index: Index, token: str) -> Iterable[tuple[str, float]]:
    root = stem(token)
    if len(root) < 3:
        return []
    quality = 0.9 if len(root) > 3 else 0.82
    words = index.vocabulary.with_prefix(root)[:_MOST]
    return [(w, quality) for w in words if 3 < len(w) < len(root) + 8 and stem(w) == root]


def variants(token: str) -> set[str]:
    """All variants of a word with one missing, wrong, swapped or extra letter."""
    cuts = [(token[:i], token[i:]) for i in range(len(token) + 1)]
    made = _longer(token)
    made |= {a + b[1:] for a, b in cuts if b}
    made |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    made |= {a + letter + b[1:] for a, b in cuts if b for letter in _LETTERS}
    made.discard(token)
    return made


def _longer(token: str) -> set[str]:
    """All variants of a word with one extra letter."""
    cuts = [(token[:i], token[i:]) for i in range(len(token) + 1)]
    return {a + letter + b for a, b in cuts for letter in _LETTERS}


def _one_edit(
    index: Index, token: str, edits: set[str], factor: float
) -> Iterable[tuple[str, float]]:
    known = edits & index.vocabulary.numbers.keys()
    return [(w, factor * _likeness(token, w, 1)) for w in known if len(w) > 1]


def _likeness(token: str, word: str, edits: int) -> float:
    """The quality of a match with some edits; lower for short words and a wrong start."""
    quality = 1.0 - 0.9 * edits / max(len(token), len(word))
    if len(token) == 3:
        quality -= 0.15
    return quality if token[0] == word[0] else quality - 0.06


def _bare(index: Index, token: str) -> Iterable[tuple[str, float]]:
    """Words whose consonants are the token, with or without the first letter."""
    consonants = skeleton(token)
    typed = token[0] + token[1:].replace("y", "")
    if len(consonants) < 3 or consonants not in (typed, typed[1:]):
        return []
    words = index.vocabulary.with_skeleton(consonants)
    quality = 0.8 if len(token) > 3 else 0.76
    return [(w, quality if w[0] == token[0] else quality - 0.08) for w in words]


def _loose(index: Index, token: str) -> Iterable[tuple[str, float]]:
    """Matches with several typos, mistyped prefixes, substrings and similar sound."""
    found: dict[str, float] = {}
    _take(found, _several_edits(index, token))
    if len(token) >= 4:
        _take(found, _damaged_prefix(index, token))
    vocabulary = index.vocabulary
    inside = vocabulary.with_inside(token, 60)
    _take(found, ((w, _INSIDE + 0.3 * len(token) / len(w)) for w in inside))
    heard = sound(token)
    if len(heard) > 1:
        alike = vocabulary.with_sound(heard)
        _take(found, ((w, 0.5 + 0.3 * OSA.normalized_similarity(token, w)) for w in alike))
    return found.items()


def _several_edits(index: Index, token: str) -> Iterable[tuple[str, float]]:
    """Words two or three edits away whose start, middle or end is intact."""
    size = len(token)
    edits = 1 if size < 5 else 2 if size < 8 else 3
    if edits == 1:
        return []
    part = 2 if size < 10 else 3
    candidates = {
        *index.vocabulary.with_prefix(token[:part]),
        *index.vocabulary.with_suffix(token[-part:]),
    }
    if size > 6:
        for start in range(2, size - 3, 2):
            piece = token[start : start + 3]
            candidates.update(index.vocabulary.with_inside(piece, 3 * _MOST))
    near = [word for word in candidates if abs(len(word) - size) <= edits]
    scored = process.extract(token, near, scorer=OSA.distance, score_cutoff=edits, limit=_MOST)
    return [(word, _likeness(token, word, int(distance))) for word, distance, _ in scored]


def _damaged_prefix(index: Index, token: str) -> Iterable[tuple[str, float]]:
    """Words with a prefix one edit away from the token."""
    vocabulary = index.vocabulary
    size = len(token)
    head, tail = token[: size // 2], token[size // 2 :]
    swapped = head[:-1] + tail[0] + head[-1] + tail[1:]
    damaged = [variant + tail for variant in variants(head)]
    begun = vocabulary.with_prefixes([*damaged, swapped], _MOST_BEGUN)
    cuts = (size - 1, size, size + 1)
    for word in vocabulary.with_prefix(head):
        if len(word) > size and any(
            OSA.distance(token, word[:cut], score_cutoff=1) == 1 for cut in cuts
        ):
            begun.add(word)
    return [(w, _DAMAGED + 0.25 * size / len(w)) for w in begun]


def _weighed(index: Index, token: str, found: dict[str, float]) -> Expansion:
    numbers = index.vocabulary.numbers
    words = {numbers[word]: quality for word, quality in found.items()}
    best = max(words.values(), default=0.0)
    spread = sum(index.count(number) for number in words)
    near = sum(index.count(n) for n, quality in words.items() if quality >= best - 0.15)
    total = len(index.held)
    weight = math.log(1 + total / (near or 1)) / math.log(1 + total) if total else 1.0
    return Expansion(token, words, best, spread, max(weight, 0.05))
