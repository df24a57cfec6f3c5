"""Inotify: what Linux tells of some folders, and whether it told everything.

A wrapper for other systems leaves out that the queue was full, which is what has to be known
most: then anything may have changed, and nobody says what.
"""

from __future__ import annotations

import ctypes
import errno
import os
import select
import struct
import time
from collections.abc import Iterable
from threading import Lock
from typing import Any, NamedTuple

from tui.vault.scan import is_passed_over

_MODIFY, _ATTRIB, _MOVED_FROM, _MOVED_TO, _CREATE, _DELETE = 0x2, 0x4, 0x40, 0x80, 0x100, 0x200
_DELETE_SELF, _MOVE_SELF, _UNMOUNT, _OVERFLOW, _IGNORED = 0x400, 0x800, 0x2000, 0x4000, 0x8000
_ONLYDIR, _DONT_FOLLOW, _ISDIR = 0x1000000, 0x2000000, 0x40000000
_ASKED = (
    (_MODIFY | _ATTRIB | _MOVED_FROM | _MOVED_TO | _CREATE | _DELETE)
    | (_DELETE_SELF | _MOVE_SELF | _ONLYDIR | _DONT_FOLLOW)
)  # fmt: skip
_ITSELF = _DELETE_SELF | _MOVE_SELF | _UNMOUNT
"""Something happened to a folder that is watched."""
_EVENT = struct.Struct("iIII")
"""The watch, what happened, a number that pairs moves, the bytes of the name that follows."""
_READ = 1 << 16
_UNWATCHED = {errno.EACCES, errno.EPERM, errno.ENOENT, errno.ENOTDIR, errno.ELOOP} | {
    errno.ENAMETOOLONG,
    errno.ESTALE,
}
"""Why a folder has no watch and the others do: it is closed to us, or is there no more."""


class Told(NamedTuple):
    """What happened in a while."""

    paths: set[str]
    """The files that something happened to."""
    vague: bool
    """Whether more happened than that: the queue was full, folders moved, too many files."""


class Inotify:
    """The events of folders, each watched by itself. What it holds is given back by ``close``."""

    def __init__(self, grouped: float, quiet: float, many: int) -> None:
        """Events are told together until ``quiet`` seconds without one, or ``grouped`` in all.

        More than ``many`` files are not told one by one. Raises OSError.
        """
        self._grouped, self._quiet, self._many = grouped, quiet, many
        self._library: Any = ctypes.CDLL(None, use_errno=True)
        self._ending = Lock()
        self._ended = False
        self._queue = self._checked(self._library.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC))
        self._paths: dict[int, str] = {}
        """The folders by their watches."""
        try:
            self._bell = os.eventfd(0, os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            os.close(self._queue)
            raise
        self._poll = select.poll()
        for descriptor in (self._queue, self._bell):
            self._poll.register(descriptor, select.POLLIN)

    def close(self) -> None:
        """Watch no more."""
        with self._ending:
            self._ended = True
            os.close(self._queue)
            os.close(self._bell)

    def wake(self) -> None:
        """End a ``wait`` in another thread."""
        with self._ending:
            # By then another file may have its number.
            if not self._ended:
                os.eventfd_write(self._bell, 1)

    def watch(self, folders: Iterable[str]) -> None:
        """Watch these folders and no others. Raises OSError when the system allows no more.

        Each is watched before the next is asked for: a folder made meanwhile is either listed
        or told.
        """
        paths: dict[int, str] = {}
        for folder in folders:
            try:
                # A folder that is watched already keeps its watch, by whatever path it is now.
                watch = self._checked(
                    self._library.inotify_add_watch(self._queue, os.fsencode(folder), _ASKED)
                )
            except OSError as error:
                if error.errno not in _UNWATCHED:
                    raise
            else:
                paths[watch] = folder
        for watch in self._paths.keys() - paths.keys():
            # One whose folder is gone is gone as well; that is no error of ours.
            self._library.inotify_rm_watch(self._queue, watch)
        self._paths = paths

    def wait(self, seconds: float) -> Told:
        """What happens, at the latest after so many seconds. Raises OSError."""
        paths: set[str] = set()
        vague, rest, until = False, seconds, 0.0
        while self._is_ready(rest):
            data = os.read(self._queue, _READ)
            # Nobody needs to know more of a storm; and reading it must keep up with it.
            vague = vague or self._take(data, paths) or len(paths) > self._many
            now = time.monotonic()
            until = until or now + self._grouped
            rest = min(self._quiet, until - now)
            if rest <= 0:
                break
        return Told(paths, vague)

    def _is_ready(self, seconds: float) -> bool:
        """Whether there are events within so many seconds."""
        ready = [descriptor for descriptor, _ in self._poll.poll(max(0, round(1_000 * seconds)))]
        if self._bell in ready:
            os.eventfd_read(self._bell)
            return False
        return bool(ready)

    def _take(self, data: bytes, paths: set[str]) -> bool:
        """Add the files that events are about; whether some are about more than files."""
        at, vague = 0, False
        while at < len(data):
            watch, what, _, length = _EVENT.unpack_from(data, at)
            at += _EVENT.size + length
            name = os.fsdecode(data[at - length : at].rstrip(b"\0"))
            if what & (_OVERFLOW | _ITSELF):
                vague = True
            elif what & _IGNORED:
                self._paths.pop(watch, None)
            elif what & _ISDIR:
                vague = vague or not is_passed_over(name)
            elif watch in self._paths:
                paths.add(f"{self._paths[watch]}{os.sep}{name}")
        return vague

    def _checked(self, number: int) -> int:
        """What the system answered. Raises the OSError that it stands for."""
        if number < 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))
        return number
