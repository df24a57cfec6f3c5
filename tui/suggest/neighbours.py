"""The nearest examples to a text, by cosine of their vectors (Cover and Hart, 1967).

They are found with an inverted index of words, rare words first.
"""

from __future__ import annotations

from heapq import nlargest
from operator import itemgetter

from tui.suggest.lexicon import Vector, Word
from tui.suggest.ridge import Example

_MOST_ADDED = 12_000
"""Maximum number of index entries to read: after rare words, frequent ones change little."""


class Neighbours:
    """Numbered examples."""

    def __init__(self) -> None:
        self._examples: dict[int, Example] = {}
        self._next = 0

    def add(self, example: Example) -> None:
        """Add an example."""
        example.slot = slot = self._next
        self._next += 1
        self._examples[slot] = example
        vector = example.vector
        # The last word is in every text.
        for word, weight in zip(vector.words[:-1], vector.weights, strict=False):
            word.slots.append(slot)
            word.weights.append(weight)

    def remove(self, example: Example) -> None:
        """Remove an example."""
        self._examples.pop(example.slot, None)
        for word in example.vector.words[:-1]:
            at = word.slots.index(example.slot)
            del word.slots[at], word.weights[at]

    def nearest(self, vector: Vector, most: int, but: str) -> list[tuple[Example, float]]:
        """The nearest examples with their cosine, except the one called ``but``."""
        found: dict[int, float] = {}
        seen = found.get
        room = _MOST_ADDED
        for word, weight in _rare_first(vector):
            room -= len(word.slots)
            if room < 0:
                break
            for slot, other in zip(word.slots, word.weights, strict=True):
                found[slot] = seen(slot, 0.0) + weight * other
        nearest = [
            (self._examples[slot], cosine)
            for slot, cosine in nlargest(most + 1, found.items(), key=itemgetter(1))
        ]
        return [pair for pair in nearest if pair[0].name != but][:most]


def _rare_first(vector: Vector) -> list[tuple[Word, float]]:
    pairs = list(zip(vector.words[:-1], vector.weights, strict=False))
    pairs.sort(key=lambda pair: pair[0].count)
    return pairs
