"""RecentBodies: the texts that were read last, since several parts want the same ones."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from tui.vault.disk.contents import stamp_of
from tui.vault.source import Source, Stamp

MOST = 8
"""How many texts are kept."""
LARGEST = 1 << 20
"""Characters of the longest text that is kept."""


class RecentBodies:
    """Reads a text once for preview, search and suggestions; any thread may ask."""

    def __init__(self, read: Callable[[Source], str]) -> None:
        self._read = read
        self._kept: dict[str, tuple[Stamp, str]] = {}
        """The stamps of the files when they were read, and their texts, by name."""
        self._lock = Lock()

    def of(self, source: Source) -> str:
        """The text below the header, as ``Vault.read_body`` reads it. Raises StorageError."""
        try:
            stamp = stamp_of(source.path.stat())
        except OSError:
            return self._read(source)
        with self._lock:
            known = self._kept.pop(source.name, None)
            if known is not None and known[0] == stamp:
                self._kept[source.name] = known
                return known[1]
        text = self._read(source)
        if len(text) <= LARGEST:
            with self._lock:
                self._kept[source.name] = stamp, text
                while len(self._kept) > MOST:
                    del self._kept[next(iter(self._kept))]
        return text
