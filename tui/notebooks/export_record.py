"""ExportRecord: which files sluice exported into which folders, to know its own ones again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tui.state.files import read_json, write_json
from tui.vault.disk.locks import locked

MOST_FOLDERS = 200
"""Folders that are remembered; the one that was exported to longest ago is forgotten."""


class Exported(NamedTuple):
    """A file that sluice wrote into a folder."""

    key: str
    """What it has, as ``Names`` knows it."""
    sources: tuple[str, ...]
    """The names of the sources in it; none for a manifest."""
    hash: str
    """SHA-256 of its bytes, in hex."""


class Place(NamedTuple):
    """What sluice knows about a folder."""

    notebook: str = ""
    """The notebook that was exported to it; empty if none was."""
    files: Mapping[str, Exported] = {}
    """By file name."""


class ExportRecord:
    """Remembers exports in ``file``, which is outside the vault.

    Deleting it loses no decision: the next export then takes earlier files for somebody else's.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def place(self, folder: Path) -> Place:
        """What is known about a folder."""
        return _place(self._rows().get(str(folder)))

    def places(self, notebook: str) -> dict[str, Place]:
        """The folders to which a notebook was exported, the last one last."""
        found = self.folders().items()
        return {folder: place for folder, place in found if place.notebook == notebook}

    def folders(self) -> dict[str, Place]:
        """All folders that are remembered, the one exported to last at the end."""
        return {folder: _place(row) for folder, row in self._rows().items()}

    def keep(self, folder: Path, place: Place) -> None:
        """Remember what a folder has now. Raises OSError, JournalError and StorageError."""
        with locked(self._file.with_suffix(".lock")):
            rows = self._rows()
            rows.pop(str(folder), None)
            files = {
                name: [one.key, list(one.sources), one.hash] for name, one in place.files.items()
            }
            rows[str(folder)] = {"notebook": place.notebook, "files": files}
            for old in list(rows)[:-MOST_FOLDERS]:
                del rows[old]
            write_json(self._file, {"folders": rows})

    def _rows(self) -> dict[str, Any]:
        rows = read_json(self._file).get("folders")
        return rows if isinstance(rows, dict) else {}


def _place(row: Any) -> Place:
    try:
        files = {
            str(name): Exported(str(key), tuple(map(str, sources)), str(hash))
            for name, (key, sources, hash) in row["files"].items()
        }
        return Place(str(row["notebook"]), files)
    except (AttributeError, KeyError, TypeError, ValueError):
        return Place()
