"""Whether somebody who opens a vault has been greeted in it before."""

from __future__ import annotations

import contextlib
from pathlib import Path

from tui.state.files import read_json, write_json


class Greeting:
    """The greeting of one vault, kept in ``greeting.json`` in its state folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "greeting.json"

    @property
    def due(self) -> bool:
        """Whether nobody was greeted yet."""
        return not read_json(self._path)

    def given(self) -> None:
        """Remember that it was given; where that cannot be kept it is given again."""
        with contextlib.suppress(OSError):
            write_json(self._path, {"given": True})
