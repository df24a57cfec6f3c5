"""Many short texts in one string, searched at the speed of ``str.find``."""

from __future__ import annotations

from bisect import bisect_right

_END = "\n"


class Haystack:
    """Texts under numbers that only grow; a newer text is appended, never put in place."""

    def __init__(self) -> None:
        self._text = ""
        self._starts: list[int] = []
        self._keys: list[int] = []
        self._pending: list[tuple[int, str]] = []

    def add(self, key: int, text: str) -> None:
        """Take in one more text; it must not hold a line feed."""
        self._pending.append((key, text))

    def find(self, needle: str, limit: int = 1000) -> list[tuple[int, bool]]:
        """The keys of texts that hold ``needle``, with whether it stands at their beginning."""
        self._settle()
        found: list[tuple[int, bool]] = []
        position = self._text.find(needle)
        while position >= 0 and len(found) < limit:
            index = bisect_right(self._starts, position) - 1
            found.append((self._keys[index], position == self._starts[index]))
            following = self._starts[index + 1] if index + 1 < len(self._starts) else -1
            position = self._text.find(needle, following) if following >= 0 else -1
        return found

    def _settle(self) -> None:
        """Join what was added since the last search."""
        if not self._pending:
            return
        position = len(self._text)
        for key, text in self._pending:
            self._starts.append(position)
            self._keys.append(key)
            position += len(text) + 1
        self._text += "".join(text + _END for _, text in self._pending)
        self._pending.clear()
