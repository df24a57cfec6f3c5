"""LastBody: the text of the source that is shown."""

from __future__ import annotations

from tui.desk import Desk
from tui.errors import SluiceError
from tui.vault.source import Source


class LastBody:
    """Keeps the text that was shown last: it stays when its file is gone."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._name = self._text = ""

    def of(self, source: Source) -> str:
        """The text below the header, or a sentence that says why it cannot be read."""
        try:
            self._text = self._desk.bodies.of(source)
        except SluiceError as error:
            if self._name != source.name or source.path.exists():
                return str(error)
        self._name = source.name
        return self._text
