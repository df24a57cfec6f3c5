"""Every word of the vault, findable by its beginning, its end, its sound and its inside."""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Iterable

from tui.search.haystack import Haystack
from tui.search.sounds import skeleton, sound

_LAST = "\U0010ffff"
_ALIKE = 200
"""How many words that sound the same are given."""


class Vocabulary:
    """Words under numbers; a number stays a word's for good."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.numbers: dict[str, int] = {}
        self._sorted: list[str] = []
        self._reversed: list[str] = []
        self._insides = Haystack()
        self._skeletons = Haystack()
        self._sounds = Haystack()

    def add(self, word: str) -> int:
        """Take in a word not known yet; its number is the next one."""
        number = self.numbers[word] = len(self.words)
        self.words.append(word)
        self._insides.add(number, word)
        if len(word) > 2 and word.isalpha():
            self._skeletons.add(number, skeleton(word))
            self._sounds.add(number, sound(word))
        if self._sorted:
            # Asked before, so sorted already: it stays so.
            insort(self._sorted, word)
            insort(self._reversed, word[::-1])
        return number

    def with_prefix(self, prefix: str) -> list[str]:
        """The words that begin so, in order."""
        self._sort()
        low = bisect_left(self._sorted, prefix)
        return self._sorted[low : bisect_left(self._sorted, prefix + _LAST, low)]

    def with_prefixes(self, prefixes: Iterable[str], most: int) -> set[str]:
        """The words that begin in one of these ways, of each so many at most."""
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
        """The words that end so."""
        self._sort()
        backwards = suffix[::-1]
        low = bisect_left(self._reversed, backwards)
        high = bisect_left(self._reversed, backwards + _LAST, low)
        return [word[::-1] for word in self._reversed[low:high]]

    def with_inside(self, piece: str, limit: int) -> list[str]:
        """Words that hold the piece anywhere."""
        return [self.words[number] for number, _ in self._insides.find(piece, limit)]

    def with_skeleton(self, consonants: str) -> list[str]:
        """The words of which only these consonants are left."""
        return [self.words[number] for number in self._skeletons.equal(consonants, _ALIKE)]

    def with_sound(self, key: str) -> list[str]:
        """The words that sound so."""
        return [self.words[number] for number in self._sounds.equal(key, _ALIKE)]

    def haystacks(self) -> Iterable[tuple[str, Haystack]]:
        """The parts that are kept as they are, with their names."""
        return (
            ("insides", self._insides),
            ("skeletons", self._skeletons),
            ("sounds", self._sounds),
        )

    def orders(self) -> Iterable[tuple[str, array[int]]]:
        """The numbers of the words in order, and in the order of the words read backwards."""
        self._sort()
        backwards = (self.numbers[word[::-1]] for word in self._reversed)
        return (
            ("order", array("I", [self.numbers[word] for word in self._sorted])),
            ("backwards", array("I", backwards)),
        )

    def restore(self, words: list[str], order: Iterable[int], backwards: Iterable[int]) -> None:
        """Take kept words with their orders; the haystacks are restored by themselves."""
        self.words = words
        self.numbers = {word: number for number, word in enumerate(words)}
        self._sorted = [words[number] for number in order]
        self._reversed = [words[number][::-1] for number in backwards]

    def settle(self) -> None:
        """Make ready for questions what was taken in."""
        self._sort()
        for haystack in (self._insides, self._skeletons, self._sounds):
            haystack.settle()

    def _sort(self) -> None:
        """Sort once, when the first question comes."""
        if not self._sorted:
            self._sorted = sorted(self.words)
            self._reversed = sorted(word[::-1] for word in self.words)
