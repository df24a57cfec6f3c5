"""Offer: the items a vault uses, those that typed letters mean first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

ALIKE = 78.0
"""Of 100, how much a typed text and an item must have in common to be nearly the same."""
_NEAR = 5
_GAPS = re.compile(r"[\W_]+")


class Offer:
    """Items and how often each is used; made once, asked with every letter."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = counts
        self.near: frozenset[str] = frozenset()
        """Those of the last matches that are only nearly spelt so."""
        self._items = sorted(counts, key=lambda item: (-counts[item], item))
        self._keys = [_key(item) for item in self._items]

    def most_used(self, without: Collection[str]) -> Iterator[str]:
        """The items, most used first."""
        return (item for item in self._items if item not in without)

    def matching(self, typed: str, mine: Sequence[str]) -> list[str]:
        """What a text may mean: spelt so, beginning so, holding it, and nearly spelt so.

        ``mine`` are the items the sources have, which the vault may not have yet.
        """
        wanted = _key(typed)
        known = {*self.counts}
        extra = [item for item in mine if item not in known]
        items = [*extra, *self._items] if extra else self._items
        keys = [*map(_key, extra), *self._keys] if extra else self._keys
        same, starting, word, inside = [], [], [], []
        spaced = f" {wanted}"
        for item, key in zip(items, keys, strict=True):
            if wanted not in key:
                continue
            if key == wanted:
                same.append(item)
            elif key.startswith(wanted):
                starting.append(item)
            elif spaced in key:
                word.append(item)
            else:
                inside.append(item)
        near = self._nearly(wanted, items, keys) if len(wanted) > 2 else []
        found = dict.fromkeys([*same, *starting])
        near = [item for item in near if item not in found]
        self.near = frozenset(near)
        return list(dict.fromkeys([*found, *near, *word, *inside]))

    @staticmethod
    def _nearly(wanted: str, items: Sequence[str], keys: Sequence[str]) -> list[str]:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - when letters were typed

        found = process.extract(wanted, keys, scorer=fuzz.ratio, limit=_NEAR, score_cutoff=ALIKE)
        return [items[index] for _, _, index in found]


def _key(item: str) -> str:
    """An item without its capitals, hyphens and underscores."""
    return _GAPS.sub(" ", item.casefold()).strip()
