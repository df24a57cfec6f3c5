"""Queries of one to three letters: sources with a word that starts with them."""

from __future__ import annotations

import re
from array import array
from bisect import insort
from collections.abc import Callable, Sequence

from tui.search.dates import day_of
from tui.search.expand import variants
from tui.search.fold import WORD, fold, hangs_together
from tui.search.index import BITS, MASK, Index
from tui.vault.source import Source

SHORT = 3
"""Maximum length of a short query, in letters."""
FEW = 200
"""Number of hits from which typos and initials are ignored."""
BESIDE = 0.7
"""The factor for scores of other meanings, which puts them below all of these."""
_BOUND = 8_000
"""Maximum number of sources to check; for more frequent prefixes, the newest."""
_TITLE = 0.95
"""The share of the highest weight from which a word counts as in the title."""
_FIRST, _IN_TITLE, _ELSEWHERE = 0, 1, 2
_WHOLE = (100.0, 96.0, 92.0)
"""The score of a whole word, by its place."""
_BEGUN = (88.0, 84.0, 80.0)
"""The score of a prefix, by its place."""
_INITIALS, _TYPO = 76.0, 74.0
_FEW_NEW = 50
"""Number of new sources from which sorting all is cheaper than inserting each."""


def short_word(typed: str) -> str:
    """The short word, if the query is just that; else empty."""
    folded = fold(typed).strip()
    return folded if len(folded) <= SHORT and WORD.fullmatch(folded) else ""


Stands = Callable[[str], re.Match[str] | None]
"""Finds the first place of the word in a source's names."""


class ShortQueries:
    """Answers short queries on an index. Among equal scores, newer sources come first.

    Whole words come before prefixes; the first word of the title before its other words, and
    these before words elsewhere.
    """

    def __init__(self, index: Index, source_of: Callable[[str], Source | None]) -> None:
        self._index = index
        self._source_of = source_of
        self._days = array("i")
        """By slot: the displayed day as a number; 0 for none."""
        self._newest = array("I")
        """The slots, newest first."""

    def settle(self) -> None:
        """Update from the index; otherwise the next query does it."""
        days, held = self._days, self._index.held
        fresh = range(len(days), len(held))
        if not fresh:
            return
        sources = (self._source_of(name) if name else None for name in held[fresh.start :])
        days.extend([day_of(source) if source else 0 for source in sources])
        if len(fresh) <= _FEW_NEW:
            for slot in fresh:
                insort(self._newest, slot, key=lambda slot: -days[slot])
        else:
            self._newest.extend(fresh)
            ordered = sorted(self._newest, key=days.__getitem__, reverse=True)
            self._newest = array("I", ordered)

    def find(self, word: str) -> dict[int, float]:
        """The slots with a word that starts with ``word``, and their scores, best first."""
        self.settle()
        vocabulary = self._index.vocabulary
        whole = vocabulary.numbers.get(word)
        inside = hangs_together(word)
        longer = vocabulary.with_inside(word, _BOUND) if inside else vocabulary.with_prefix(word)
        begun = [vocabulary.numbers[one] for one in longer]
        found: dict[int, float] = {}
        for scores, numbers, end in (
            (_WHOLE, [] if whole is None else [whole], r"(?!\w)"),
            (_BEGUN, [number for number in begun if number != whole], ""),
        ):
            # The pattern starts with letters, which makes the search fast.
            stands = re.compile(word if inside else rf"{word}(?<!\w{word}){end}").search
            groups: tuple[list[int], ...] = ([], [], [])
            for slot, place in self._places(numbers, stands).items():
                if slot not in found:
                    groups[place].append(slot)
            for group, score in zip(groups, scores, strict=True):
                found |= dict.fromkeys(self._by_day(group), score)
        if len(found) < FEW and len(word) > 1:
            self._add_beside(found, word)
        return found

    def _add_beside(self, found: dict[int, float], word: str) -> None:
        """Add slots where these are the initials, then those with a typo."""
        initials = [slot for slot, at_start in self._index.initials.find(word, FEW) if at_start]
        numbers = self._index.vocabulary.numbers
        near = sorted(variants(word) & numbers.keys()) if len(word) == SHORT else []
        mistyped = [slot for near_word in near for slot in self._index.slots_of(numbers[near_word])]
        for slots, score in ((initials, _INITIALS), (mistyped, _TYPO)):
            fresh = [slot for slot in dict.fromkeys(slots) if slot not in found]
            found |= dict.fromkeys(self._by_day(fresh)[:FEW], score)

    def _by_day(self, slots: list[int]) -> list[int]:
        return sorted(slots, key=self._days.__getitem__, reverse=True)

    def _places(self, numbers: Sequence[int], stands: Stands) -> dict[int, int]:
        """The best place of any of these words, by slot."""
        if sum(map(self._index.count, numbers)) > _BOUND:
            return self._places_in_newest(stands)
        levels = self._index.levels
        least = _TITLE * max(levels, default=0.0)
        place_of = [_IN_TITLE if weight >= least else _ELSEWHERE for weight in levels]
        places: dict[int, int] = {}
        for number in numbers:
            for posting in self._index.postings[number]:
                slot, place = posting >> BITS, place_of[posting & MASK]
                if place < places.get(slot, len(_WHOLE)):
                    places[slot] = place
        for slot, place in places.items():
            if place == _IN_TITLE:
                at = stands(self._index.names[slot])
                if at is not None and at.start() == 0:
                    places[slot] = _FIRST
        return places

    def _places_in_newest(self, stands: Stands) -> dict[int, int]:
        """The same, but only in the newest sources, for very frequent words."""
        places: dict[int, int] = {}
        for slot in self._newest[:_BOUND]:
            names = self._index.names[slot]
            at = stands(names)
            if at is not None:
                start = at.start()
                in_title = names.find("\n", 0, start) < 0
                places[slot] = _FIRST if start == 0 else _IN_TITLE if in_title else _ELSEWHERE
        return places
