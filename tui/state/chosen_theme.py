"""ChosenTheme: the theme that the app remembers by itself."""

from __future__ import annotations

from pathlib import Path

from tui.reasons import failed
from tui.state.files import read_json, sweep, write_json

THEME_FILE = "settings.json"


class ChosenTheme:
    """The theme last chosen in the app, saved in the state folder's ``settings.json``."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / THEME_FILE
        sweep(folder)
        self.error = ""
        """Why it could not be saved the last time; empty when it was."""

    @property
    def name(self) -> str | None:
        """Its name, if one was ever chosen."""
        name = read_json(self._path).get("theme")
        return name if isinstance(name, str) and name else None

    def remember(self, name: str) -> bool:
        """Save it for the next start; on failure ``error`` says why."""
        try:
            write_json(self._path, {**read_json(self._path), "theme": name})
        except OSError as error:
            self.error = f"Cannot save the theme in {self._path} {failed(error, 'write')}"
            return False
        self.error = ""
        return True
