"""NotebookFolder: the folder outside the vault into which the app writes the files of notebooks."""

from __future__ import annotations

from pathlib import Path

from tui.reasons import failed
from tui.state.files import read_json, write_json


class NotebookFolder:
    """The folder chosen last for one vault, saved in ``notebooks.json`` in its state folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "notebooks.json"
        self._chosen = ""

    @property
    def path(self) -> str:
        """The folder; empty before one was chosen."""
        if not self._chosen:
            saved = read_json(self._path).get("folder")
            self._chosen = saved if isinstance(saved, str) else ""
        return self._chosen

    def remember(self, path: str) -> str:
        """Use this folder from now on; returns why it could not be saved, empty when it was."""
        self._chosen = path
        try:
            write_json(self._path, {**read_json(self._path), "folder": path})
        except OSError as error:
            return f"Cannot save the folder in {self._path} {failed(error, 'write')}"
        return ""
