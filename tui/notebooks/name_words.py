"""The words of notebooks' names as if each name were a source in its notebook.

A name is worth several sources, and is all there is before the first one. Beside its own words
count those of the vault with the same stem, and topics that consist of its words. A word that
several names have says less about each.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping

from tui.suggest.features import name_features_of, named_parts
from tui.suggest.lexicon import Lexicon

_STEM, _TOPIC, _PURPOSE = 0.7, 0.5, 0.7
"""Weights of a word of the same stem, a topic of the name's words, a word of the purpose."""
_ENDINGS = (
    "ations", "ation", "ings", "ing", "ers", "ies", "ied", "ed", "er", "es", "s", "e", "al", "y",
)  # fmt: skip
_SHORTEST = 4
"""Letters of the shortest stem."""
_LOOKED_AT = 500
"""Number of words to look at between two pauses."""


def stem(word: str) -> str:
    """A word without its ending."""
    for ending in _ENDINGS:
        if len(word) - len(ending) >= _SHORTEST and word.endswith(ending):
            return word[: -len(ending)]
    return word


class NameWords:
    """Names as features of the words that a vault knows."""

    def __init__(self) -> None:
        self._by_stem: dict[str, list[str]] = {}
        self._topics: dict[str, list[tuple[str, frozenset[str]]]] = {}
        """By the first stem: topics and their stems."""

    def read(self, lexicon: Lexicon) -> Iterator[None]:
        """Look at all words of the vault, in small steps."""
        for number, word in enumerate(lexicon.words):
            parts = [stem(part) for part in named_parts(word)]
            if ":" not in word:
                self._by_stem.setdefault(parts[0], []).append(word)
            elif parts:
                self._topics.setdefault(parts[0], []).append((word, frozenset(parts)))
            if number % _LOOKED_AT == 0:
                yield

    def features(self, names: Mapping[str, str]) -> dict[str, dict[str, float]]:
        """The features of each name, given all names with the sentences what they are for."""
        found = {name: self._of(name, purpose) for name, purpose in names.items()}
        shared = Counter(
            one for features in found.values() for one in {_stem_of(word) for word in features}
        )
        return {
            name: {
                word: weight / math.sqrt(shared[_stem_of(word)])
                for word, weight in features.items()
            }
            for name, features in found.items()
        }

    def _of(self, name: str, purpose: str) -> dict[str, float]:
        own = name_features_of(name)
        also = name_features_of(purpose, _PURPOSE)
        found: dict[str, float] = {}
        stems = {stem(word): weight for word, weight in {**also, **own}.items() if ":" not in word}
        for one, weight in stems.items():
            for word in self._by_stem.get(one, ()):
                found[word] = weight * _STEM
        for one in stems:
            for topic, parts in self._topics.get(one, ()):
                if parts <= stems.keys():
                    found[topic] = _TOPIC
        return found | also | own


def _stem_of(feature: str) -> str:
    """The stem of a feature's last word: a word, the same in a title and a topic are one."""
    return stem(feature.rpartition(":")[2].rpartition(" ")[2])
