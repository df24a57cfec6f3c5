"""The words of all examples: how frequent each is, where it stands, what it speaks for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

_RARE = 2
"""Examples a word must stand in to say anything."""
_LOOKED_AT = 2_000
"""Words that are looked at between two pauses."""
ANY, _ANY_WEIGHT = "*", 0.55
"""What stands in every example."""


class Word:
    """One word among the examples."""

    __slots__ = ("count", "name", "row", "slots", "weights")

    def __init__(self, name: str) -> None:
        self.name = name
        self.count = 0
        """The examples it stands in."""
        self.row: list[float] = []
        """How much it speaks for each label."""
        self.slots: list[int] = []
        """The numbers of the examples, as far as they are indexed."""
        self.weights: list[float] = []
        """What it weighs in each of them."""


class Vector:
    """A text as words and weights, of length one beside what stands in every text."""

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
        """How many examples there are."""

    def count(self, features: Mapping[str, float]) -> None:
        """Count the words of one more example."""
        self.size += 1
        for name in features:
            word = self.words.get(name)
            if word is None:
                word = self.words[name] = Word(name)
            word.count += 1

    def vector(self, features: Mapping[str, float]) -> Vector:
        """The features that the examples know, rare ones heavier: tf-idf, its idf tempered."""
        words: list[Word] = []
        weights: list[float] = []
        known, size = self.words, self.size
        for name, weight in features.items():
            word = known.get(name)
            if word is not None and word.count >= _RARE:
                words.append(word)
                weights.append(weight * math.sqrt(math.log(1 + size / word.count)))
        length = math.sqrt(sum(weight * weight for weight in weights)) or 1.0
        weights = [weight / length for weight in weights]
        words.append(self._any)
        weights.append(_ANY_WEIGHT)
        return Vector(words, weights)

    def drop_rare(self) -> Iterator[None]:
        """Forget the words that say nothing as yet; half of all stand in one example only."""
        for number, name in enumerate(list(self.words)):
            if self.words[name].count < _RARE:
                del self.words[name]
            if number % _LOOKED_AT == 0:
                yield
