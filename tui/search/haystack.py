"""Many short texts in one string, searched at the speed of ``str.find``."""

from __future__ import annotations

from array import array
from bisect import bisect_right

_END = "\n"


class Haystack:
    """Texts under numbers; a text that changes is added again under a new number."""

    def __init__(self) -> None:
        self._text = _END
        self._starts = array("I")
        self._keys = array("I")
        self._pending: list[str] = []
        self._length = len(self._text)

    def add(self, key: int, text: str) -> None:
        """Take in one more text; it must not hold a line feed."""
        self._starts.append(self._length)
        self._keys.append(key)
        self._pending.append(text)
        self._length += len(text) + len(_END)

    def find(self, needle: str, limit: int) -> list[tuple[int, bool]]:
        """The keys of texts that hold ``needle``, with whether it stands at their beginning."""
        self.settle()
        text, starts = self._text, self._starts
        found: list[tuple[int, bool]] = []
        position = text.find(needle)
        while position >= 0 and len(found) < limit:
            index = bisect_right(starts, position) - 1
            found.append((self._keys[index], position == starts[index]))
            if index + 1 == len(starts):
                break
            position = text.find(needle, starts[index + 1])
        return found

    def equal(self, whole: str, limit: int) -> list[int]:
        """The keys of texts that are ``whole`` and nothing else."""
        self.settle()
        needle = _END + whole + _END
        found: list[int] = []
        position = self._text.find(needle)
        while position >= 0 and len(found) < limit:
            found.append(self._keys[bisect_right(self._starts, position + 1) - 1])
            position = self._text.find(needle, position + 1)
        return found

    def settle(self) -> None:
        """Join what was added since the last search."""
        if self._pending:
            self._text += "".join(text + _END for text in self._pending)
            self._pending.clear()
