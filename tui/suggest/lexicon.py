"""The words of all examples: frequency, places and weights for labels."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from heapq import nlargest

_RARE = 2
"""Minimum number of examples for a word to count."""
_LOOKED_AT = 2_000
"""Number of words to check between two pauses."""
ANY, _ANY_WEIGHT = "*", 0.55
"""A feature of every example, and its weight."""


class Word:
    """One word among the examples."""

    __slots__ = ("count", "name", "row", "slots", "weights")

    def __init__(self, name: str) -> None:
        self.name = name
        self.count = 0
        """Number of examples with the word."""
        self.row: list[float] = []
        """Its weight for each label."""
        self.slots: list[int] = []
        """The numbers of indexed examples with the word."""
        self.weights: list[float] = []
        """Its weight in each of them."""


class Vector:
    """A text as words and weights, with length one apart from the common feature."""

    __slots__ = ("square", "weights", "words")

    def __init__(self, words: list[Word], weights: list[float]) -> None:
        self.words = words
        self.weights = weights
        self.square = sum(weight * weight for weight in weights)


class Lexicon:
    """Words by name."""

    def __init__(self) -> None:
        self.words: dict[str, Word] = {}
        self._any = Word(ANY)
        self.size = 0
        """Number of examples."""

    def count(self, features: Mapping[str, float]) -> None:
        """Count the words of another example."""
        self.size += 1
        for name in features:
            word = self.words.get(name)
            if word is None:
                word = self.words[name] = Word(name)
            word.count += 1

    def vector(self, features: Mapping[str, float], most: int | None = None) -> Vector:
        """The known features, rare ones weighted higher: tf-idf with a damped idf.

        With ``most`` it has so many of them, the heaviest.
        """
        words: list[Word] = []
        weights: list[float] = []
        known, size = self.words, self.size
        for name, weight in features.items():
            word = known.get(name)
            if word is not None and word.count >= _RARE:
                words.append(word)
                weights.append(weight * math.sqrt(math.log(1 + size / word.count)))
        if most is not None and len(words) > most:
            heavy = nlargest(most, range(len(words)), key=weights.__getitem__)
            words = [words[at] for at in heavy]
            weights = [weights[at] for at in heavy]
        length = math.sqrt(sum(weight * weight for weight in weights)) or 1.0
        weights = [weight / length for weight in weights]
        words.append(self._any)
        weights.append(_ANY_WEIGHT)
        return Vector(words, weights)

    def drop_rare(self) -> Iterator[None]:
        """Drop words that are too rare; half of all are in only one example."""
        for number, name in enumerate(list(self.words)):
            if self.words[name].count < _RARE:
                del self.words[name]
            if number % _LOOKED_AT == 0:
                yield
