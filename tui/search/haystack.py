"""Search many short texts at the speed of ``str.find``, by joining them to long strings."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from itertools import islice

_END = "\n"
_LARGE = 256 * 1024
"""Size in characters from which a string is full and a new one is started."""
_REMEMBERED = 16
"""Number of searches to cache while nothing is added."""


class Block:
    """Texts joined in one string."""

    __slots__ = ("keys", "starts", "text")

    def __init__(self, text: str, starts: array[int], keys: array[int]) -> None:
        self.text = text
        self.starts = starts
        self.keys = keys


class _Growing:
    """Blocks of one kind of text, and texts not joined yet."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pending: list[tuple[int, str]] = []

    def settle(self) -> None:
        if not self.pending:
            return
        if not self.blocks or len(self.blocks[-1].text) > _LARGE:
            self.blocks.append(Block(_END, array("I"), array("I")))
        block = self.blocks[-1]
        length = len(block.text)
        for key, text in self.pending:
            block.starts.append(length)
            block.keys.append(key)
            length += len(text) + 1
        block.text += "".join(text + _END for _, text in self.pending)
        self.pending.clear()


class Haystack:
    """Numbered texts; a changed text is added again with a new number.

    Non-ASCII texts are kept separate: a single one would double or quadruple the size of its
    string.
    """

    def __init__(self) -> None:
        self._ascii = _Growing()
        self._wide = _Growing()
        self._found: dict[tuple[str, int], list[tuple[int, bool]]] = {}
        self._absent: deque[str] = deque(maxlen=_REMEMBERED)
        """Needles without a match: longer needles that contain one cannot match either."""

    def add(self, key: int, text: str) -> None:
        """Add a text, which must not contain a line feed."""
        self._forget()
        (self._ascii if text.isascii() else self._wide).pending.append((key, text))

    def find(self, needle: str, limit: int) -> list[tuple[int, bool]]:
        """The keys of texts that contain ``needle``, with whether they start with it."""
        if any(absent in needle for absent in self._absent):
            return []
        found = self._found.get((needle, limit))
        if found is None:
            found = self._found[needle, limit] = self._search(needle, limit)
            if not found:
                self._absent.append(needle)
            if len(self._found) > _REMEMBERED:
                del self._found[next(iter(self._found))]
        return found

    def _search(self, needle: str, limit: int) -> list[tuple[int, bool]]:
        found: list[tuple[int, bool]] = []
        for block in self._blocks_for(needle):
            text, starts = block.text, block.starts
            position = text.find(needle)
            while position >= 0 and len(found) < limit:
                index = bisect_right(starts, position) - 1
                found.append((block.keys[index], position == starts[index]))
                if index + 1 == len(starts):
                    break
                position = text.find(needle, starts[index + 1])
        return found

    def fitting(self, pattern: str, limit: int) -> list[int]:
        """The keys of texts that match a regular expression without line feeds."""
        self.settle()
        found: list[int] = []
        for block in (*self._ascii.blocks, *self._wide.blocks):
            matches = islice(re.finditer(pattern, block.text), limit - len(found))
            places = (bisect_right(block.starts, match.start()) - 1 for match in matches)
            found += [block.keys[place] for place in places]
        return found

    def equal(self, whole: str, limit: int) -> list[int]:
        """The keys of texts equal to ``whole``."""
        needle = _END + whole + _END
        found: list[int] = []
        for block in self._blocks_for(whole):
            position = block.text.find(needle)
            while position >= 0 and len(found) < limit:
                found.append(block.keys[bisect_right(block.starts, position + 1) - 1])
                position = block.text.find(needle, position + 1)
        return found

    def _blocks_for(self, needle: str) -> Iterator[Block]:
        self.settle()
        if needle.isascii():
            yield from self._ascii.blocks
        yield from self._wide.blocks

    def settle(self) -> None:
        """Join texts added since the last search."""
        self._ascii.settle()
        self._wide.settle()

    def blocks(self) -> list[Block]:
        """All texts in as few blocks as possible, to save them."""
        self.settle()
        kinds = (self._ascii.blocks, self._wide.blocks)
        return [_joined(blocks) for blocks in kinds if blocks]

    def restore(self, blocks: list[Block]) -> None:
        """Replace the contents by saved blocks."""
        self._forget()
        self._ascii, self._wide = _Growing(), _Growing()
        for block in blocks:
            (self._ascii if block.text.isascii() else self._wide).blocks.append(block)

    def _forget(self) -> None:
        self._found.clear()
        self._absent.clear()


def _joined(blocks: list[Block]) -> Block:
    """The blocks as one."""
    starts, keys = array("I"), array("I")
    length = 0
    for block in blocks:
        # Each block starts with a separator; one is enough.
        starts.extend(array("I", [start + length for start in block.starts]))
        keys.extend(block.keys)
        length += len(block.text) - len(_END)
    return Block(_END + "".join(block.text[len(_END) :] for block in blocks), starts, keys)
