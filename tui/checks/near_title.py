"""A title that is nearly the same as another source's."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from tui.checks.finding import Finding
from tui.vault.source import Source

NAME = "near_title"
ALIKE = 94
"""The similarity, out of 100, from which titles count as nearly the same."""
_SHORTEST = 12
"""Shorter titles, such as "Episode", may be similar by chance."""
_RAREST = 4
"""Number of words of a title to look up; a typo affects one or two."""
_MOST_SHARING = 200
"""A word in more titles than this is ignored."""
_MOST_NAMED = 5
_WORD = re.compile(r"\w+")


def near_title(sources: Sequence[Source]) -> Iterator[Finding]:
    """Find sources whose title differs from another's by at most a few letters.

    Titles with different numbers, such as parts of a series, are different.
    """
    by_key: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        if key := title_key(source.title):
            by_key[key].append(source)
    near = near_keys(by_key)
    for key, group in by_key.items():
        others = [other for name in near.get(key, ()) for other in by_key[name]]
        for source in group:
            similar = [other for other in group if other is not source] + others
            if similar:
                yield Finding(source.name, NAME, f"nearly the same title as {_names(similar)}")


def _names(sources: list[Source]) -> str:
    names = ", ".join(source.name for source in sources[:_MOST_NAMED])
    more = len(sources) - _MOST_NAMED
    return f"{names} and {more} more" if more > 0 else names


def title_key(title: str) -> str:
    """A title without punctuation and case; empty when it is too short."""
    key = " ".join(_WORD.findall(title.casefold()))
    return key if len(key) >= _SHORTEST else ""


def near_one(key: str, keys: Collection[str]) -> set[str]:
    """The keys that are similar to this one."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - see below

    numbers = _numbers(key)
    found = process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
    return {other for other, _, _ in found if other != key and _numbers(other) == numbers}


def near_keys(keys: Collection[str]) -> dict[str, set[str]]:
    """The similar keys for each key; only keys that share a rare word are compared."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - only a whole vault's check pays for it

    near: dict[str, set[str]] = defaultdict(set)
    for group in _groups(keys):
        for index, one in enumerate(group):
            for other in group[index + 1 :]:
                # Sorted by length: all following keys are too long as well.
                if len(one) * 100 < len(other) * (2 * ALIKE - 100):
                    break
                if fuzz.ratio(one, other, score_cutoff=ALIKE):
                    near[one].add(other)
                    near[other].add(one)
    return near


def _groups(keys: Collection[str]) -> Iterator[list[str]]:
    """Groups of keys with a common rare word and the same numbers, sorted by length."""
    counts = Counter(word for key in keys for word in set(key.split()))
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key in sorted(keys, key=len):
        words = set(key.split())
        numbers = _numbers(key)
        for word in sorted(words, key=lambda word: (counts[word], word))[:_RAREST]:
            groups[word, *numbers].append(key)
    return (group for group in groups.values() if 1 < len(group) <= _MOST_SHARING)


def _numbers(key: str) -> tuple[str, ...]:
    return tuple(sorted({word for word in key.split() if any(map(str.isdigit, word))}))
