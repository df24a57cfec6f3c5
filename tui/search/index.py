"""The index: which sources contain a word, and in which field."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping

from tui.search.document import read_document
from tui.search.haystack import Haystack
from tui.search.vocabulary import Vocabulary
from tui.vault.rule import BUILT_IN, Rule
from tui.vault.source import Source

BITS = 4
"""Number of low bits of a posting for the weight; the others are the slot."""
MASK = (1 << BITS) - 1
_IDLE = 2_000
"""Minimum number of idle slots before the index is rebuilt."""


class Index:
    """Each source has a slot; a changed source gets a new slot and leaves the old one idle.

    The index only stores names; its users have the sources themselves.
    """

    def __init__(self, weights: Mapping[str, float], rule: Rule = BUILT_IN) -> None:
        self.weights = weights
        self.rule = rule
        """The vault's rule, which says where a source has its title."""
        self.vocabulary = Vocabulary()
        self.held: list[str | None] = []
        """By slot: the source's name; None for idle slots."""
        self.idle: list[int] = []
        """The idle slots."""
        self.names: list[str] = []
        """By slot: the source's names, one per line."""
        self.levels: list[float] = []
        """The weights for the low bits of a posting."""
        self.postings: list[array[int]] = []
        """By word number: its slots in ascending order, each with its weight level."""
        self.squashed = Haystack()
        self.raw = Haystack()
        self.initials = Haystack()
        self._slots: dict[str, int] = {}
        self._level_of: dict[float, int] = {}

    @property
    def is_worn(self) -> bool:
        """Whether enough slots are idle to rebuild the index."""
        return len(self.held) - len(self._slots) > max(_IDLE, len(self._slots) // 2)

    def put(self, source: Source) -> None:
        """Add a source, replacing one of the same name."""
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
        """Remove a source, if it is there."""
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
        """Restore saved slots and postings."""
        self.held, self.names, self.levels, self.postings = held, names, levels, postings
        self._slots = {name: slot for slot, name in enumerate(held) if name}
        self.idle = [slot for slot, name in enumerate(held) if not name]
        self._level_of = {weight: level for level, weight in enumerate(levels)}

    def settle(self) -> None:
        """Prepare added sources for questions; otherwise the first question does it."""
        self.vocabulary.settle()
        for haystack in (self.squashed, self.raw, self.initials):
            haystack.settle()

    def names_of(self, slot: int) -> list[str]:
        """The source's names, title first, as folded words."""
        return self.names[slot].split("\n")

    def slots_of(self, number: int) -> Iterator[int]:
        """The slots with a word."""
        return (posting >> BITS for posting in self.postings[number])

    def count(self, number: int) -> int:
        """The number of slots with a word."""
        return len(self.postings[number])

    def _new_level(self, weight: float) -> int:
        """The level for a new weight; when all are used, the nearest one."""
        if len(self.levels) <= MASK:
            self.levels.append(weight)
            level = len(self.levels) - 1
        else:
            level = min(range(MASK + 1), key=lambda i: abs(self.levels[i] - weight))
        self._level_of[weight] = level
        return level
