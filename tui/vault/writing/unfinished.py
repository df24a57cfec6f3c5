"""Notes of unfinished changes, which the next start checks after a crash.

Each is a line in a lock file that the process holds: on a fast disk, creating another file would
take as long as the change.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tui.errors import JournalError
from tui.flock import try_lock
from tui.private import open_file
from tui.reasons import failed

MOST = 1 << 20
"""Maximum number of bytes to read from a lock file; a line has about twenty."""
_LINE = rb"(change|undo|redo) ([0-9a-f]+(?:-part)*)"
"""A note; a change that affected only some of its files has ``-part`` in the journal."""


class Pending(NamedTuple):
    """An unfinished change."""

    kind: str
    """The kind of journal entry: change, undo or redo."""
    id: str
    """The change's id."""


class Note:
    """A note in the held lock file that a change has started."""

    def __init__(self, descriptor: int, pending: Pending) -> None:
        """Write the note. Raises JournalError."""
        self._descriptor = descriptor
        try:
            # After any notes of a dead process.
            self._start = os.lseek(descriptor, 0, os.SEEK_END)
            os.write(descriptor, f"{pending.kind} {pending.id}\n".encode())
        except OSError as error:
            raise JournalError(
                f"Cannot use the undo journal {failed(error, 'write', ', so nothing was changed')}"
            ) from error

    def finish(self) -> None:
        """Remove the note: the change is finished."""
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, self._start)


def has_dead(folder: Path) -> bool:
    """Whether a lock file in the folder has a note of a dead process."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return False
    return any(_is_dead(entry) for entry in entries)


def _is_dead(entry: os.DirEntry[str]) -> bool:
    try:
        if not entry.stat().st_size:
            return False
        descriptor = open_file(entry.path, os.O_RDWR)
    except OSError:
        return False
    try:
        return try_lock(descriptor)
    except OSError:
        return False
    finally:
        os.close(descriptor)


def strike_out(descriptor: int, is_settled: Callable[[Pending], bool]) -> None:
    """Remove settled notes and invalid lines from a held lock file.

    Raises OSError.
    """
    os.lseek(descriptor, 0, os.SEEK_SET)
    lines = os.read(descriptor, MOST).splitlines(keepends=True)
    found = ((line, re.fullmatch(_LINE, line.rstrip(b"\n"))) for line in lines)
    kept = b"".join(
        line
        for line, match in found
        if match and not is_settled(Pending(match[1].decode(), match[2].decode()))
    )
    if len(kept) < sum(map(len, lines)):
        # If killed in between, some notes are there twice, which is harmless.
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, kept)
        os.ftruncate(descriptor, len(kept))
