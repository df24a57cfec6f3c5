"""All words of the vault, searchable by prefix, suffix, substring and sound."""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable

from tui.search.haystack import Haystack
from tui.search.sounds import skeleton, sound

_LAST = "\U0010ffff"
_ALIKE = 200
"""Maximum number of words with the same sound."""


class Vocabulary:
    """Numbered words; numbers never change."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.numbers: dict[str, int] = {}
        self._sorted: list[str] = []
        self._reversed: list[str] = []
        self._insides = Haystack()
        self._skeletons = Haystack()
        self._sounds = Haystack()

    def add(self, word: str) -> int:
        """Add a new word and return its number, the next one."""
        number = self.numbers[word] = len(self.words)
        self.words.append(word)
        self._insides.add(number, word)
        if len(word) > 2 and word.isalpha():
            self._skeletons.add(number, skeleton(word))
            self._sounds.add(number, sound(word))
        if self._sorted:
            # Already sorted by an earlier question: keep it sorted.
            insort(self._sorted, word)
            insort(self._reversed, word[::-1])
        return number

    def with_prefix(self, prefix: str) -> list[str]:
        """The words with this prefix, in order."""
        self._sort()
        low = bisect_left(self._sorted, prefix)
        return self._sorted[low : bisect_left(self._sorted, prefix + _LAST, low)]

    def with_prefixes(self, prefixes: Iterable[str], most: int) -> set[str]:
        """The words with one of these prefixes, at most ``most`` of each."""
        self._sort()
        ordered, found = self._sorted, set[str]()
        size = len(ordered)
        for prefix in prefixes:
            place = bisect_left(ordered, prefix)
            end = min(place + most, size)
            while place < end and ordered[place].startswith(prefix):
                found.add(ordered[place])
                place += 1
        return found

    def with_suffix(self, suffix: str) -> list[str]:
        """The words with this suffix."""
        self._sort()
        backwards = suffix[::-1]
        low = bisect_left(self._reversed, backwards)
        high = bisect_left(self._reversed, backwards + _LAST, low)
        return [word[::-1] for word in self._reversed[low:high]]

    def with_inside(self, piece: str, limit: int) -> list[str]:
        """Words that contain the piece."""
        return [self.words[number] for number, _ in self._insides.find(piece, limit)]

    def with_skeleton(self, consonants: str) -> list[str]:
        """The words with exactly these consonants."""
        return [self.words[number] for number in self._skeletons.equal(consonants, _ALIKE)]

    def with_sound(self, key: str) -> list[str]:
        """The words with this sound."""
        return [self.words[number] for number in self._sounds.equal(key, _ALIKE)]

    def haystacks(self) -> Iterable[tuple[str, Haystack]]:
        """The haystacks to save, with their names."""
        return (
            ("insides", self._insides),
            ("skeletons", self._skeletons),
            ("sounds", self._sounds),
        )

    def orders(self) -> Iterable[tuple[str, array[int]]]:
        """The word numbers in order, and in the order of the reversed words."""
        self._sort()
        backwards = (self.numbers[word[::-1]] for word in self._reversed)
        return (
            ("order", array("I", [self.numbers[word] for word in self._sorted])),
            ("backwards", array("I", backwards)),
        )

    def restore(self, words: list[str], order: Iterable[int], backwards: Iterable[int]) -> None:
        """Restore saved words with their orders; haystacks are restored separately."""
        self.words = words
        self.numbers = {word: number for number, word in enumerate(words)}
        self._sorted = [words[number] for number in order]
        self._reversed = [words[number][::-1] for number in backwards]

    def settle(self) -> None:
        """Prepare added words for questions."""
        self._sort()
        for haystack in (self._insides, self._skeletons, self._sounds):
            haystack.settle()

    def _sort(self) -> None:
        """Sort once, on the first question."""
        if not self._sorted:
            self._sorted = sorted(self.words)
            self._reversed = sorted(word[::-1] for word in self.words)
