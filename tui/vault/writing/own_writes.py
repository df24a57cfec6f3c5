"""OwnWrites: the files that changes wrote and that are not taken in yet."""

from __future__ import annotations

from collections import deque
from threading import Lock

from tui.vault.source import Source, Stamp


class OwnWrites:
    """By file, the stamps of its versions, oldest first; None for a removal.

    One thread adds them, others take them in and compare.
    """

    def __init__(self) -> None:
        self._stamps: dict[str, deque[Stamp | None]] = {}
        self._lock = Lock()

    def add(self, name: str, source: Source | None) -> None:
        """Note a file as a change has just written or removed it."""
        with self._lock:
            self._stamps.setdefault(name, deque()).append(source and source.stamp)

    def drop(self, name: str) -> None:
        """Forget the oldest version of a file, which is being taken in."""
        with self._lock:
            stamps = self._stamps.get(name)
            if stamps:
                stamps.popleft()
            if not stamps:
                self._stamps.pop(name, None)

    def has(self, name: str, stamp: Stamp | None) -> bool:
        """Whether this is one of the versions of a file."""
        with self._lock:
            return stamp in self._stamps.get(name, ())
