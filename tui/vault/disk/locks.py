"""Locks between running sluices, for the files that a change writes.

They are kernel locks (``flock``) on files in the state folder, so a dead process holds none.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import monotonic, sleep
from zlib import crc32

from tui.errors import JournalError, StorageError
from tui.flock import still_there, try_lock
from tui.private import open_file
from tui.reasons import failed

SLOTS = 64
"""Number of locks that all files share: enough to conflict rarely, and few enough to hold all
of them within the system's limit of open files."""
PATIENCE = 30.0
"""Seconds to wait for another sluice, which may be changing hundreds of files."""


class FileLocks:
    """The locks of a vault's files, in the folder ``locks`` of its state folder."""

    def __init__(self, state: Path) -> None:
        self.folder = state / "locks"

    @contextlib.contextmanager
    def held(self, paths: Iterable[str | Path]) -> Iterator[int]:
        """Hold the locks for ``paths`` (real paths, at least one; they need not exist).

        Yields the first lock's descriptor. Raises JournalError when the state folder cannot be
        used, StorageError when another sluice holds one of them for too long.
        """
        # Always in the same order, so that two sluices cannot deadlock.
        slots = sorted({crc32(os.fsencode(path)) % SLOTS for path in paths})
        with self._held(slots, PATIENCE) as descriptors:
            yield descriptors[0]

    @contextlib.contextmanager
    def all_held(self, patience: float) -> Iterator[list[int]]:
        """Hold all locks: nobody else is making a change. Raises as ``held`` does.

        Yields the locks' descriptors.
        """
        with self._held(range(SLOTS), patience) as descriptors:
            yield descriptors

    @contextlib.contextmanager
    def _held(self, slots: Iterable[int], patience: float) -> Iterator[list[int]]:
        with contextlib.ExitStack() as stack:
            paths = (self.folder / f"{slot:02}" for slot in slots)
            yield [stack.enter_context(locked(path, patience)) for path in paths]


@contextlib.contextmanager
def locked(path: Path, patience: float = PATIENCE) -> Iterator[int]:
    """Hold the lock of the file at ``path``, created if missing; yields its descriptor.

    Raises JournalError when it cannot be created, StorageError when it stays locked.
    """
    try:
        descriptor = _take(path, monotonic() + patience)
    except TimeoutError as error:
        raise StorageError(
            "Another sluice is still writing to this vault, so nothing was changed; "
            "try again later."
        ) from error
    except OSError as error:
        raise JournalError(
            f"Cannot use the undo journal in {path.parent} "
            f"{failed(error, 'write', ', so nothing was changed')}"
        ) from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _take(path: Path, until: float) -> int:
    """Open and lock the file. Raises TimeoutError and OSError."""
    while True:
        descriptor = open_file(path, os.O_RDWR | os.O_CREAT)
        try:
            if try_lock(descriptor) and still_there(descriptor, path):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if monotonic() > until:
            raise TimeoutError
        sleep(0.002)
