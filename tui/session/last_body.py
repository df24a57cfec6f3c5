"""LastBody: the text of the source that is shown, read once."""

from __future__ import annotations

from contextlib import suppress

from tui.errors import SluiceError
from tui.vault.disk.contents import stamp_of
from tui.vault.source import Source, Stamp
from tui.vault.vault import Vault


class LastBody:
    """Keeps the text that was read last, until its file changes; it stays when that is gone."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._kept: tuple[str, Stamp | None, str] = "", None, ""
        """A source's name, its file's stamp, and its text."""

    def of(self, source: Source) -> str:
        """The text below the header, or a sentence that says why it cannot be read."""
        name, stamp, text = self._kept
        # Another program may have written it, of which nobody has heard yet.
        with suppress(OSError):
            stamp = stamp_of(source.path.stat())
        if (source.name, stamp) != (name, self._kept[1]):
            try:
                text = self._vault.read_body(source)
            except SluiceError as error:
                return str(error)
            self._kept = source.name, stamp, text
        return text
