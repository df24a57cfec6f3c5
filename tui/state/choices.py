"""Choices: settings that the app remembers by itself."""

from __future__ import annotations

from pathlib import Path

from tui.reasons import failed
from tui.state.files import read_json, sweep, write_json

CHOICES_FILE = "settings.json"


class Choices:
    """The choices made in the app, saved in the state folder's ``settings.json``."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / CHOICES_FILE
        sweep(folder)
        self.error = ""
        """Why the last choice could not be saved; empty when it was."""

    @property
    def theme(self) -> str | None:
        """The last chosen theme, if any."""
        theme = read_json(self._path).get("theme")
        return theme if isinstance(theme, str) and theme else None

    def remember_theme(self, name: str) -> bool:
        """Save the theme for the next start; on failure ``error`` says why."""
        try:
            write_json(self._path, {**read_json(self._path), "theme": name})
        except OSError as error:
            self.error = f"Cannot save the theme in {self._path} {failed(error, 'write')}"
            return False
        self.error = ""
        return True
