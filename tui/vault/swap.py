"""A finished file put in the place of another, which must still be the one that was read."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from time import sleep
from typing import Any

from tui.errors import Conflict
from tui.vault.read import open_at_once, read_whole

if os.name != "nt":
    import fcntl

if sys.platform == "linux":
    try:
        # What ``signal`` has it from; that makes enums, which takes longer than a change.
        from _signal import SIGURG  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        from signal import SIGURG

AT_FDCWD = -100
RENAME_EXCHANGE = 2
LOOKS = 5
"""How often we look whether a file that is being written is finished."""
ROUNDS = 10
"""How often a file that others keep replacing is given back before we stop."""


def swap_in(temporary: Path, path: Path, read: bytes, written: bytes) -> None:
    """``temporary`` (holding ``written``) in the place of the file at ``path``.

    Raises Conflict when that does not hold the bytes ``read``, or is being written; it is
    then as its last writer left it. Raises OSError. ``temporary`` is gone only on success.
    """
    with _watched(path) as watch:
        # The usual case, seen before anybody finds our bytes there.
        if _bytes_at(path) != read:
            path.stat()
            raise _conflict(path)
        if not _exchange(temporary, path):
            temporary.replace(path)
            return
        # What we replaced is now in ``temporary``: the proof that it was what we read.
        if _bytes_at(temporary) == read and not watch.disturbed():
            # The change is made and must not be denied; a sweep takes what stays.
            with contextlib.suppress(OSError):
                temporary.unlink()
            return
        _give_back(temporary, path, written)
    raise _conflict(path)


def _bytes_at(path: Path) -> bytes | None:
    """A regular file's bytes; None for anything else, and when it cannot be read."""
    with contextlib.suppress(OSError):
        return read_whole(path)[0]
    return None


def _conflict(path: Path) -> Conflict:
    return Conflict(f"{path.name} was changed by another program just now.")


def _give_back(temporary: Path, path: Path, written: bytes) -> None:
    """What another program wrote in its place again, and our bytes in ``temporary``."""
    for _ in range(ROUNDS):
        _exchange(temporary, path)
        # Not ours: they wrote once more meanwhile, and that is newer than what we gave back.
        held = _bytes_at(temporary)
        if held is None or held == written:
            return


class _Watch:
    """A read lease on a file: others that want to write to it wait until it is closed."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def disturbed(self) -> bool:
        """Whether somebody waits to write."""
        if self._descriptor is None or sys.platform != "linux":
            return False
        return fcntl.fcntl(self._descriptor, fcntl.F_GETLEASE) != fcntl.F_RDLCK


@contextlib.contextmanager
def _watched(path: Path) -> Iterator[_Watch]:
    """A lease where the system has one. Raises Conflict when somebody has it open to write."""
    if sys.platform != "linux":
        yield _Watch(None)
        return
    descriptor = open_at_once(str(path), os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield _Watch(descriptor if _lease(descriptor, path) else None)
    finally:
        os.close(descriptor)


def _lease(descriptor: int, path: Path) -> bool:
    """Whether there is now a lease. Raises Conflict when others keep the file open to write."""
    for _ in range(LOOKS):
        try:
            # A waiting writer is told by a signal; of those this one is passed over by default.
            fcntl.fcntl(descriptor, fcntl.F_SETSIG, SIGURG)
            fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        except BlockingIOError:
            sleep(0.004)
            continue
        except OSError:
            # Another's file, or a file system without leases.
            return False
        return True
    raise Conflict(f"{path.name} is being written by another program.")


@cache
def _library() -> Any:
    """The C library's renameat2, which Python has no call for; None where there is none."""
    if sys.platform != "linux":
        return None
    with contextlib.suppress(OSError, AttributeError):
        return ctypes.CDLL(None, use_errno=True).renameat2
    return None


def _exchange(one: Path, other: Path) -> bool:
    """Whether two files' names were exchanged in one move. Raises OSError."""
    call = _library()
    if call is None:
        return False
    paths = os.fsencode(one), os.fsencode(other)
    if call(AT_FDCWD, paths[0], AT_FDCWD, paths[1], RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    # One the system refuses on principle, here or on this file system.
    if number in _UNKNOWN:
        return False
    raise OSError(number, os.strerror(number), str(other))


_UNKNOWN = {22, 38, 95}
"""EINVAL, ENOSYS and EOPNOTSUPP."""
