"""Locks between the sluices of one vault, for the files a change is about to write.

A lock is the kernel's (``flock``) on a file of the state folder, so whatever a program that
died leaves behind locks nothing.
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
"""How many locks the files share: enough to be rarely in each other's way, and few enough
to hold all of them at once within the system's limit of open files."""
PATIENCE = 30.0
"""Seconds to wait for another sluice, which may be changing hundreds of files."""


class FileLocks:
    """The locks of a vault's files, in the folder ``locks`` of its state folder."""

    def __init__(self, state: Path) -> None:
        self.folder = state / "locks"

    @contextlib.contextmanager
    def held(self, paths: Iterable[str | Path]) -> Iterator[int]:
        """Holds the locks of the files at ``paths`` (real paths, existing or not, at least one).

        Gives the first lock's open file. Raises JournalError when the state folder cannot be
        used, StorageError when another sluice holds one of them for too long.
        """
        # Always in the same order: two sluices that want the same files cannot block each other.
        slots = sorted({crc32(os.fsencode(path)) % SLOTS for path in paths})
        with self._held(slots, PATIENCE) as descriptors:
            yield descriptors[0]

    @contextlib.contextmanager
    def all_held(self, patience: float) -> Iterator[list[int]]:
        """Holds every lock: nobody else is in the middle of a change. Raises as ``held`` does.

        Gives the locks' open files.
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
    """Holds the lock of the file at ``path``, which is made when it is not there; gives it open.

    Raises JournalError when it cannot be made, StorageError when it stays held.
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
    """The lock file, open and locked. Raises TimeoutError and OSError."""
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
