"""Changes begun and not finished: what the next start looks at after a crash.

Each is a line in a lock file that its program holds meanwhile: a file of its own would take a
fast disk as long to make as the change takes to write.
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
"""Bytes that are read of a lock file; a line has about twenty."""
_LINE = rb"(change|undo|redo) ([0-9a-f]+(?:-part)*)"
"""A note; of a change that reached some of its files the journal has a part."""


class Pending(NamedTuple):
    """One change begun."""

    kind: str
    """The journal's word: change, undo or redo."""
    id: str
    """The change's id."""


class Note:
    """That a change has begun, in the lock file that is held for it."""

    def __init__(self, descriptor: int, pending: Pending) -> None:
        """Note it. Raises JournalError."""
        self._descriptor = descriptor
        try:
            # Behind what a program that died has left there.
            self._start = os.lseek(descriptor, 0, os.SEEK_END)
            os.write(descriptor, f"{pending.kind} {pending.id}\n".encode())
        except OSError as error:
            raise JournalError(
                f"Cannot use the undo journal {failed(error, 'write', ', so nothing was changed')}"
            ) from error

    def finish(self) -> None:
        """Nothing is left to be looked at."""
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, self._start)


def has_dead(folder: Path) -> bool:
    """Whether a lock file in the folder notes a change of a program that died."""
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
    """Strike out the notes for which this is so, and what is no note, in a lock file that is held.

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
        # Killed between the two it holds some notes twice, which does no harm.
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, kept)
        os.ftruncate(descriptor, len(kept))
