"""The place in each text that was read, kept over restarts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tui.reasons import failed
from tui.state.files import read_json, write_json

TEXT_PLACES_FILE = "text-places.json"
MOST_TEXTS = 2_000
"""Maximum number of texts to remember; the least recent are dropped."""
FARTHEST = 1 << 30
"""The highest offset to accept from a file."""


class TextPlaces:
    """How far each source was read: an offset in its body.

    The file is read when a place is first asked for. Several apps can share it: each writes only
    the places that it has changed.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / TEXT_PLACES_FILE
        self._known: dict[str, int] | None = None
        self._changed: dict[str, int] = {}

    def of(self, name: str) -> int:
        """The place in a source's body; 0 when it was never read."""
        if self._known is None:
            self._known = _read(self._path)
        return self._changed.get(name, self._known.get(name, 0))

    def keep(self, name: str, offset: int) -> bool:
        """Remember a place; whether it is another one."""
        if offset == self.of(name):
            return False
        self._changed.pop(name, None)
        self._changed[name] = min(offset, FARTHEST)
        return True

    def rename(self, old: str, new: str) -> None:
        """Follow a source whose file was renamed."""
        offset = self.of(old)
        self.keep(old, 0)
        self.keep(new, offset)

    @property
    def changes(self) -> dict[str, int]:
        """A copy of what changed since the file was read; 0 for a source to forget."""
        return dict(self._changed)

    def write(self, changes: Mapping[str, int]) -> str:
        """Write changes to disk; return a sentence on failure, else an empty text."""
        if not changes:
            return ""
        places = _read(self._path)
        for name, offset in changes.items():
            places.pop(name, None)
            if offset:
                places[name] = offset
        kept = list(places.items())[-MOST_TEXTS:]
        try:
            write_json(self._path, {"places": kept})
        except OSError as error:
            return f"Cannot save your place in the text in {self._path} {failed(error, 'write')}"
        return ""


def _read(path: Path) -> dict[str, int]:
    """The places in a file, the least recent first."""
    places: dict[str, int] = {}
    given = read_json(path).get("places")
    for entry in given if isinstance(given, list) else []:
        match entry:
            case [str(name), int(offset)] if 0 < offset <= FARTHEST:
                places[name] = offset
    return places
