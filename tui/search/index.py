"""The words of every source: which sources hold a word, and where."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping

from tui.search.document import read_document
from tui.search.haystack import Haystack
from tui.search.vocabulary import Vocabulary
from tui.vault.source import Source

BITS = 4
"""How many low bits of a posting tell the weight; the others tell the slot."""
MASK = (1 << BITS) - 1
_IDLE = 2_000
"""How many slots may lie idle, at least, before the index is better built anew."""


class Index:
    """Slots hold sources; a changed source moves to a new slot and leaves its old one idle.

    It knows sources by their names only: whoever asks has the sources themselves.
    """

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights
        self.vocabulary = Vocabulary()
        self.held: list[str | None] = []
        """By slot: the source's name; None where the source has left."""
        self.idle: list[int] = []
        """The slots whose source has left."""
        self.names: list[str] = []
        """By slot: what people call the source, a line each."""
        self.levels: list[float] = []
        """The weights that the low bits of a posting stand for."""
        self.postings: list[array[int]] = []
        """By the word's number: its slots in ascending order, each with its weight's level."""
        self.squashed = Haystack()
        self.raw = Haystack()
        self.initials = Haystack()
        self._slots: dict[str, int] = {}
        self._level_of: dict[float, int] = {}

    @property
    def is_worn(self) -> bool:
        """Whether so many slots are idle that building anew pays."""
        return len(self.held) - len(self._slots) > max(_IDLE, len(self._slots) // 2)

    def put(self, source: Source) -> None:
        """Take a source in, in place of the one of the same name."""
        self.remove(source.name)
        slot = len(self.held)
        self._slots[source.name] = slot
        document = read_document(source, self.weights)
        self.held.append(source.name)
        self.names.append("\n".join(document.names))
        numbers, postings = self.vocabulary.numbers, self.postings
        for word, weight in document.words.items():
            number = numbers.get(word)
            if number is None:
                number = self.vocabulary.add(word)
                postings.append(array("I"))
            level = self._level_of.get(weight)
            if level is None:
                level = self._new_level(weight)
            postings[number].append(slot << BITS | level)
        for name in document.names:
            self.squashed.add(slot, name.replace(" ", ""))
        for text in document.raw:
            self.raw.add(slot, text)
        for text in document.initials:
            self.initials.add(slot, text)

    def remove(self, name: str) -> None:
        """Forget a source; nothing happens when it is not there."""
        slot = self._slots.pop(name, None)
        if slot is not None:
            self.held[slot] = None
            self.idle.append(slot)

    def __contains__(self, name: str) -> bool:
        return name in self._slots

    def restore(
        self,
        held: list[str | None],
        names: list[str],
        levels: list[float],
        postings: list[array[int]],
    ) -> None:
        """Take kept slots and their postings."""
        self.held, self.names, self.levels, self.postings = held, names, levels, postings
        self._slots = {name: slot for slot, name in enumerate(held) if name}
        self.idle = [slot for slot, name in enumerate(held) if not name]
        self._level_of = {weight: level for level, weight in enumerate(levels)}

    def settle(self) -> None:
        """Make ready for questions what was taken in; else the first question does."""
        self.vocabulary.settle()
        for haystack in (self.squashed, self.raw, self.initials):
            haystack.settle()

    def names_of(self, slot: int) -> list[str]:
        """What people call the source, title first, as folded words."""
        return self.names[slot].split("\n")

    def slots_of(self, number: int) -> Iterator[int]:
        """The slots that hold a word."""
        return (posting >> BITS for posting in self.postings[number])

    def count(self, number: int) -> int:
        """How many slots hold a word."""
        return len(self.postings[number])

    def _new_level(self, weight: float) -> int:
        """A number for a weight not met before; when all are taken, the nearest one's."""
        if len(self.levels) <= MASK:
            self.levels.append(weight)
            level = len(self.levels) - 1
        else:
            level = min(range(MASK + 1), key=lambda i: abs(self.levels[i] - weight))
        self._level_of[weight] = level
        return level
