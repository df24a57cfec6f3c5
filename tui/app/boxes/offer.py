"""Offer: the items used in a vault, ordered by how well they match typed letters."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

ALIKE = 78.0
"""How similar a typed text and an item must be to count as similar, in percent."""
_NEAR = 5
_GAPS = re.compile(r"[\W_]+")


class Offer:
    """Items and how often each is used; built once, searched with every letter."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = counts
        self.near: frozenset[str] = frozenset()
        """The last matches that are only similar in spelling."""
        self._items = sorted(counts, key=lambda item: (-counts[item], item))
        self._keys = [_key(item) for item in self._items]

    def most_used(self, without: Collection[str]) -> Iterator[str]:
        """The items, most used first."""
        return (item for item in self._items if item not in without)

    def matching(self, typed: str, mine: Sequence[str]) -> list[str]:
        """The items that match a text: equal, then starting with it, similar, and containing it.

        ``mine`` are the sources' own items, which the counts may not include yet.
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
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - once letters are typed

        found = process.extract(wanted, keys, scorer=fuzz.ratio, limit=_NEAR, score_cutoff=ALIKE)
        return [items[index] for _, _, index in found]


def _key(item: str) -> str:
    """An item in lower case, with blanks for hyphens and underscores."""
    return _GAPS.sub(" ", item.casefold()).strip()
