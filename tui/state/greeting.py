"""Greeting: whether the welcome has been shown in a vault."""

from __future__ import annotations

import contextlib
from pathlib import Path

from tui.state.files import read_json, write_json


class Greeting:
    """The welcome of one vault, noted in ``greeting.json`` in its state folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "greeting.json"

    @property
    def due(self) -> bool:
        """Whether the welcome has not been shown yet."""
        return not read_json(self._path)

    def given(self) -> None:
        """Note that it was shown; if that fails, it is shown again."""
        with contextlib.suppress(OSError):
            write_json(self._path, {"given": True})
