"""The words of every source: which sources hold a word, and where."""

from __future__ import annotations

from array import array
from collections.abc import Mapping

from tui.search.document import Document, read_document
from tui.search.haystack import Haystack
from tui.search.vocabulary import Vocabulary
from tui.vault.source import Source

_BITS = 4
_MASK = (1 << _BITS) - 1
SLOTS_BEFORE_REBUILD = 2_000
"""How many slots may lie idle, at least, before the index is better built anew."""


class Index:
    """Slots hold sources; a changed source moves to a new slot and leaves its old one idle."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self.levels: list[float] = []
        """Weights by the number packed into a posting."""
        self.vocabulary = Vocabulary()
        self.documents: list[Document | None] = []
        """By slot; None where the source has left."""
        self._slots: dict[str, int] = {}
        self._postings: list[array[int]] = []
        self._words: list[array[int]] = []
        self.squashed = Haystack()
        self.raw = Haystack()
        self.initials = Haystack()

    def __len__(self) -> int:
        return len(self._slots)

    @property
    def is_worn(self) -> bool:
        """Whether so many slots are idle that building anew pays."""
        idle = len(self.documents) - len(self._slots)
        return idle > max(SLOTS_BEFORE_REBUILD, len(self._slots))

    def put(self, source: Source) -> None:
        """Take a source in, in place of the one of the same name."""
        self.remove(source.name)
        slot = len(self.documents)
        self._slots[source.name] = slot
        document = read_document(source, self._weights)
        self.documents.append(document)
        packed = array("I")
        for word, weight in document.words.items():
            number = self.vocabulary.add(word)
            if number == len(self._postings):
                self._postings.append(array("I"))
            level = self._level(weight)
            self._postings[number].append(slot << _BITS | level)
            packed.append(number << _BITS | level)
        self._words.append(packed)
        document.words.clear()
        for text in document.lines:
            self.squashed.add(slot, text.replace(" ", ""))
        for text in document.raw:
            self.raw.add(slot, text)
        for text in document.initials:
            self.initials.add(slot, text)

    def remove(self, name: str) -> None:
        """Forget a source; nothing happens when it is not there."""
        slot = self._slots.pop(name, None)
        if slot is not None:
            self.documents[slot] = None

    def holders(self, number: int) -> list[tuple[int, float]]:
        """The slots that hold a word, each with the weight of its best place there."""
        levels = self.levels
        return [(posting >> _BITS, levels[posting & _MASK]) for posting in self._postings[number]]

    def count(self, number: int) -> int:
        """How many slots hold a word."""
        return len(self._postings[number])

    def words_of(self, slot: int) -> list[tuple[int, float]]:
        """The numbers of a slot's words, each with its weight there."""
        levels = self.levels
        return [(packed >> _BITS, levels[packed & _MASK]) for packed in self._words[slot]]

    def slot(self, name: str) -> int | None:
        """Where a source stands."""
        return self._slots.get(name)

    def _level(self, weight: float) -> int:
        """The number of a weight; when there are too many, of the nearest one."""
        if weight in self.levels:
            return self.levels.index(weight)
        if len(self.levels) <= _MASK:
            self.levels.append(weight)
            return len(self.levels) - 1
        return min(range(len(self.levels)), key=lambda i: abs(self.levels[i] - weight))
