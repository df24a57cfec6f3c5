"""Coverage: the share of a query that each source matches."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from tui.search.expand import Expansion, expand, may_be_loose
from tui.search.index import BITS, MASK, Index
from tui.search.resort import Found, join_neighbours, run_together

ANSWERED = 0.74
"""The share from which the best source counts as a match of the whole query."""
_PLACE = 0.4
"""The influence of the field's weight on a match."""
_LOOSE_PLACE = 0.8
"""The same for loose matches, which long texts have by chance."""
_EXACT = 0.95
"""The quality from which a match is not a guess."""
_MOST_POSTINGS = 20_000
"""Number of postings of a typed word after which weaker matches are skipped."""
_REMEMBERED = 48
_FULL = 250
"""The value of a full match in a column; below 255, so that sums do not overflow a byte."""
_TRIED = 20
"""Number of best sources to check for a full match."""

Column = bytes
"""The quality of the match in each slot, from 0 to ``_FULL``.

As bytes, because weighting, adding and searching a column of a hundred thousand slots then takes a
few calls, each as fast as a copy.
"""


@dataclass(slots=True)
class Covered:
    """The share of a query that each slot matches."""

    column: Column
    """The shares of all slots, slightly rounded down."""
    parts: list[tuple[float, Column]] = field(default_factory=list)
    """The weight and column of each typed word."""
    certain: Found = field(default_factory=dict)
    """Shares known without comparing words."""

    def shares(self, slots: Collection[int]) -> list[float]:
        """The shares of some slots, up to 1."""
        sums = [0.0] * len(slots)
        for weight, column in self.parts:
            # Part by part takes a fifth of the time of slot by slot.
            sums = [sum_ + weight * column[slot] for sum_, slot in zip(sums, slots, strict=True)]
        shares = [sum_ / _FULL for sum_ in sums]
        if not self.certain:
            return shares
        sure = self.certain
        return [max(share, sure.get(slot, 0.0)) for share, slot in zip(shares, slots, strict=True)]

    def slots(self, least: float = 0.0) -> Iterator[tuple[int, float]]:
        """The slots with a share above ``least``, best first, with rounded shares."""
        column = self.column
        for value in range(_FULL, int(least * _FULL), -1):
            slot = column.find(value)
            while slot >= 0:
                yield slot, value / _FULL
                slot = column.find(value, slot + 1)

    def count(self, least: float, but: Collection[int]) -> int:
        """The number of slots with a share above ``least``, without some."""
        low = int(least * _FULL)
        more = len(self.column.translate(None, bytes(range(low + 1))))
        return more - sum(self.column[slot] > low for slot in but)

    def best(self) -> float:
        """The highest share of any slot."""
        return max(self.shares([slot for slot, _ in islice(self.slots(), _TRIED)]), default=0.0)


class Coverage:
    """Matches tokens against an index and caches recent ones, so that further typing is cheap."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._read: dict[tuple[str, bool, bool], tuple[Expansion, Column]] = {}

    def forget(self) -> None:
        """Clear the cache after a change of the index."""
        self._read.clear()

    def cover(self, tokens: Sequence[str], certain: Found) -> Covered:
        """The share of the tokens that each slot matches, at least as in ``certain``.

        Loose matching is slower and less precise, so it is used only when strict matching finds
        no source for the whole query.
        """
        covered = self._cover(tokens, loose=False)
        if covered.best() < ANSWERED:
            covered = self._cover(tokens, loose=True)
        covered.certain = certain
        covered.column = _merged(covered.column, certain)
        return covered

    def certain(self, found: Found) -> Covered:
        """The coverage from certain matches only."""
        return Covered(_merged(bytes(len(self._index.held)), found), certain=found)

    def _cover(self, tokens: Sequence[str], loose: bool) -> Covered:
        last = len(tokens) - 1
        read = [self._token(token, i == last, loose) for i, token in enumerate(tokens)]
        expansions = [expansion for expansion, _ in read]
        joined = join_neighbours(self._index, expansions)
        whole = sum(expansion.weight for expansion in expansions) or 1.0
        parts = [
            (expansion.weight / whole, _merged(column, joined.get(i, {})))
            for i, (expansion, column) in enumerate(read)
        ]
        total = bytearray(_added(parts, len(self._index.held)))
        for slot in self._index.idle:
            total[slot] = 0
        return Covered(bytes(total), parts)

    def _token(self, token: str, is_last: bool, loose: bool) -> tuple[Expansion, Column]:
        loose = loose and may_be_loose(token)
        key = token, is_last, loose
        read = self._read.pop(key, None)
        if read is None:
            expansion = expand(self._index, token, is_last, loose)
            found = run_together(self._index, expansion, loose)
            read = expansion, _merged(self._column(expansion, loose), found)
        self._read[key] = read
        if len(self._read) > _REMEMBERED:
            del self._read[next(iter(self._read))]
        return read

    def _column(self, expansion: Expansion, loose: bool) -> Column:
        """The column of an expansion's words, best words first."""
        worths = [
            [1.0 - place + place * weight for weight in self._index.levels]
            for place in (_LOOSE_PLACE if loose else _PLACE, _PLACE)
        ]
        tables: dict[int, list[int]] = {}
        column = bytearray(len(self._index.held))
        postings = self._index.postings
        left = _MOST_POSTINGS
        for number, quality in sorted(expansion.words.items(), key=lambda item: -item[1]):
            whole = int(_FULL * quality)
            scores = tables.get(whole)
            if scores is None:
                scores = tables[whole] = [int(whole * w) for w in worths[quality >= _EXACT]]
            for posting in postings[number]:
                slot, score = posting >> BITS, scores[posting & MASK]
                if score > column[slot]:  # noqa: PLR1730 - max() takes three times as long
                    column[slot] = score
            left -= len(postings[number])
            if left < 0:
                break
        return bytes(column)


def _merged(column: Column, found: Found) -> Column:
    """The column with more matches, the best for each slot."""
    if not found:
        return column
    merged = bytearray(column)
    for slot, quality in found.items():
        merged[slot] = max(merged[slot], int(_FULL * quality))
    return bytes(merged)


def _added(parts: Sequence[tuple[float, Column]], size: int) -> Column:
    """The weighted sum of columns."""
    total = 0
    for weight, column in parts:
        weighed = column.translate(bytes([int(weight * value) for value in range(256)]))
        # No sum overflows its byte, so all slots can be added as one big integer.
        total += int.from_bytes(weighed, "little")
    return total.to_bytes(size, "little")
