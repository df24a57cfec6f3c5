"""Put a finished file in the place of another, which must still be the one that was read."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator
from functools import cache
from time import sleep
from typing import Any

from tui.errors import Conflict
from tui.vault.disk.contents import read_whole
from tui.vault.disk.folder import READ, Folder

if os.name != "nt":
    import fcntl

if sys.platform == "linux":
    try:
        # The C module behind ``signal``, which creates enums and so imports slowly.
        from _signal import SIGURG  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        from signal import SIGURG

AT_FDCWD = -100
RENAME_EXCHANGE = 2
LOOKS = 5
"""Number of checks whether another writer has finished."""
ROUNDS = 10
"""Number of attempts to put back a file that others keep replacing."""


def swap_in(folder: Folder, temporary: str, name: str, read: bytes, written: bytes) -> None:
    """Put ``temporary`` (with the bytes ``written``) in the place of ``name`` in the folder.

    Raises Conflict when the file does not have the bytes ``read`` or is being written; its last
    version is then kept. Raises OSError. ``temporary`` is removed only on success.
    """
    with _watched(folder, name) as watch:
        # The usual conflict, found before our bytes are visible.
        if _bytes_at(folder, name) != read:
            folder.status(name)
            raise _conflict(name)
        if not _exchange(folder, temporary, name):
            folder.move(temporary, name)
            return
        # The replaced file is now ``temporary``: verify that it was the one we read.
        if _bytes_at(folder, temporary) == read and not watch.disturbed():
            # The change is made and must not fail now; a sweep removes leftovers.
            with contextlib.suppress(OSError):
                folder.remove(temporary)
            return
        _give_back(folder, temporary, name, written)
    raise _conflict(name)


def _bytes_at(folder: Folder, name: str) -> bytes | None:
    """A regular file's bytes; None for anything else or when it cannot be read."""
    with contextlib.suppress(OSError):
        return bytes_in(folder, name)
    return None


def bytes_in(folder: Folder, name: str) -> bytes | None:
    """A regular file's bytes; None for anything else. Raises OSError."""
    descriptor = folder.open(name, READ)
    try:
        return read_whole(descriptor)[0]
    finally:
        os.close(descriptor)


def _conflict(name: str) -> Conflict:
    return Conflict(f"Another program just changed {name}.")


def _give_back(folder: Folder, temporary: str, name: str, written: bytes) -> None:
    """Put another program's version back in its place, and our bytes in ``temporary``."""
    for _ in range(ROUNDS):
        _exchange(folder, temporary, name)
        # Not ours: they wrote again meanwhile, and that version is newer.
        held = _bytes_at(folder, temporary)
        if held is None or held == written:
            return


class _Watch:
    """A read lease on a file: other writers wait until it is closed."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def disturbed(self) -> bool:
        """Whether another program waits to write."""
        if self._descriptor is None or sys.platform != "linux":
            return False
        return fcntl.fcntl(self._descriptor, fcntl.F_GETLEASE) != fcntl.F_RDLCK


@contextlib.contextmanager
def _watched(folder: Folder, name: str) -> Iterator[_Watch]:
    """A lease, if the system has them. Raises Conflict when the file is open for writing."""
    if sys.platform != "linux":
        yield _Watch(None)
        return
    descriptor = folder.open(name, READ)
    try:
        yield _Watch(descriptor if _lease(descriptor, name) else None)
    finally:
        os.close(descriptor)


def _lease(descriptor: int, name: str) -> bool:
    """Try to take a lease. Raises Conflict when others keep the file open for writing."""
    for _ in range(LOOKS):
        try:
            # A waiting writer triggers a signal; this one is ignored by default.
            fcntl.fcntl(descriptor, fcntl.F_SETSIG, SIGURG)
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        except BlockingIOError:
            sleep(0.004)
            continue
        except OSError:
            # Another user's file, or a file system without leases.
            return False
        return True
    raise Conflict(f"Another program is writing {name}; try again.")


@cache
def _library() -> Any:
    """The C library, for renameat2, which Python lacks; None when it is not available."""
    if sys.platform != "linux":
        return None
    with contextlib.suppress(OSError, AttributeError):
        return ctypes.CDLL(None, use_errno=True).renameat2
    return None


def _exchange(folder: Folder, one: str, other: str) -> bool:
    """Exchange two names in a folder atomically; False if unsupported. Raises OSError."""
    call = _library()
    if call is None:
        return False
    names = os.fsencode(folder.at(one)), os.fsencode(folder.at(other))
    where = AT_FDCWD if folder.descriptor is None else folder.descriptor
    if call(where, names[0], where, names[1], RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    # Not supported by the system or the file system.
    if number in _UNKNOWN:
        return False
    raise OSError(number, os.strerror(number), other)


_UNKNOWN = {22, 38, 95}
"""EINVAL, ENOSYS and EOPNOTSUPP."""
