"""The hits of a query: the best at once, the others on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, overload

from tui.vault.source import Source


class Hit(NamedTuple):
    """A matching source and its score, from 0 to 100."""

    source: Source
    score: float


class Hits(Sequence[Hit]):
    """Hits in order, best first.

    A frequent word has tens of thousands: at first only their number and the best are known.
    """

    def __init__(
        self, first: list[Hit], others: int = 0, look: Callable[[], list[Hit]] = list
    ) -> None:
        self.first = first
        """The best hits, which are available at once."""
        self._others = others
        self._look = look
        self._all = None if others else first

    def __len__(self) -> int:
        return len(self.first) + self._others if self._all is None else len(self._all)

    def __iter__(self) -> Iterator[Hit]:
        yield from self.first
        if self._others:
            yield from self._whole()[len(self.first) :]

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> list[Hit]: ...
    def __getitem__(self, index: int | slice) -> Hit | list[Hit]:
        if isinstance(index, int):
            known = 0 <= index < len(self.first)
        else:
            _, stop, step = index.indices(len(self))
            known = step > 0 and stop <= len(self.first)
        return (self.first if known else self._whole())[index]

    def _whole(self) -> list[Hit]:
        if self._all is None:
            self._all = self.first + self._look()
        return self._all
