"""Changes begun and not finished: what the next start looks at after a crash."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tui.errors import JournalError
from tui.vault.locks import open_in, try_lock
from tui.vault.reason import reason


class Pending(NamedTuple):
    """One change begun: an empty file whose name says which and what is done with it."""

    path: Path

    @property
    def kind(self) -> str:
        """The journal's word: change, undo or redo."""
        return self.path.name.partition("-")[0]

    @property
    def id(self) -> str:
        """The change's id."""
        return self.path.name.partition("-")[2]

    def is_dead(self) -> bool:
        """Whether no live program is at it."""
        try:
            descriptor = os.open(self.path, os.O_RDONLY)
        except OSError:
            return False
        try:
            return try_lock(descriptor)
        except OSError:
            return False
        finally:
            os.close(descriptor)

    def finish(self) -> None:
        """Nothing is left to be looked at."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)


class PendingChanges:
    """The folder ``pending`` of a vault's state folder."""

    def __init__(self, state: Path) -> None:
        self._folder = state / "pending"

    @contextlib.contextmanager
    def begun(self, kind: str, change_id: str) -> Iterator[Pending]:
        """A change that counts as begun until it is finished. Raises JournalError."""
        pending = Pending(self._folder / f"{kind}-{change_id}")
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        try:
            descriptor = open_in(pending.path, flags)
        except OSError as error:
            raise JournalError(
                f"The undo journal in {self._folder.parent} cannot be used ({reason(error)}), "
                "so nothing was changed; make the folder writable."
            ) from error
        try:
            with contextlib.suppress(OSError):
                try_lock(descriptor)
            yield pending
        finally:
            os.close(descriptor)

    def found(self) -> list[Pending]:
        """All of them, dead and alive."""
        try:
            return [Pending(path) for path in sorted(self._folder.iterdir())]
        except OSError:
            return []
