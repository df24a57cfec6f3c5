"""Inotify: Linux's events for some folders, and whether any were lost.

Cross-platform wrappers do not report a full event queue, which matters most: then anything may
have changed.
"""

from __future__ import annotations

import ctypes
import errno
import os
import select
import struct
import time
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any, NamedTuple

from tui.vault.rule import BUILT_IN

_MODIFY, _ATTRIB, _MOVED_FROM, _MOVED_TO, _CREATE, _DELETE = 0x2, 0x4, 0x40, 0x80, 0x100, 0x200
_DELETE_SELF, _MOVE_SELF, _UNMOUNT, _OVERFLOW, _IGNORED = 0x400, 0x800, 0x2000, 0x4000, 0x8000
_ONLYDIR, _DONT_FOLLOW, _ISDIR = 0x1000000, 0x2000000, 0x40000000
_ASKED = (
    (_MODIFY | _ATTRIB | _MOVED_FROM | _MOVED_TO | _CREATE | _DELETE)
    | (_DELETE_SELF | _MOVE_SELF | _ONLYDIR | _DONT_FOLLOW)
)  # fmt: skip
_ITSELF = _DELETE_SELF | _MOVE_SELF | _UNMOUNT
"""Events of a watched folder itself."""
_EVENT = struct.Struct("iIII")
"""The watch, the event, a number that pairs moves, the length of the name that follows."""
_READ = 1 << 16
_UNWATCHED = {errno.EACCES, errno.EPERM, errno.ENOENT, errno.ENOTDIR, errno.ELOOP} | {
    errno.ENAMETOOLONG,
    errno.ESTALE,
}
"""Errors of a single folder, which is not accessible or is gone."""


class Told(NamedTuple):
    """The events of one wait."""

    paths: set[str]
    """The files that changed."""
    vague: bool
    """Whether more may have changed: the queue was full, folders moved, too many files."""


class Inotify:
    """The events of folders, each with a watch of its own. ``close`` frees them."""

    def __init__(
        self,
        grouped: float,
        quiet: float,
        many: int,
        enters: Callable[[str], bool] = lambda path: BUILT_IN.enters(path.rpartition(os.sep)[2]),
    ) -> None:
        """Group events until ``quiet`` seconds pass without one, or ``grouped`` in all.

        ``enters`` says whether files below a folder may be sources. More than ``many`` files are
        not named one by one. Raises OSError.
        """
        self._grouped, self._quiet, self._many = grouped, quiet, many
        self._enters = enters
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
        """Stop watching."""
        with self._ending:
            self._ended = True
            os.close(self._queue)
            os.close(self._bell)

    def wake(self) -> None:
        """End a ``wait`` in another thread."""
        with self._ending:
            # After that another file may have its descriptor.
            if not self._ended:
                os.eventfd_write(self._bell, 1)

    def watch(self, folders: Iterable[str]) -> None:
        """Watch these folders and no others. Raises OSError when the system allows no more.

        Each is watched before the next is listed, so that a folder created meanwhile is either
        listed or reported.
        """
        paths: dict[int, str] = {}
        for folder in folders:
            try:
                # A folder that is already watched keeps its watch, under its new path.
                watch = self._checked(
                    self._library.inotify_add_watch(self._queue, os.fsencode(folder), _ASKED)
                )
            except OSError as error:
                if error.errno not in _UNWATCHED:
                    raise
            else:
                paths[watch] = folder
        for watch in self._paths.keys() - paths.keys():
            # The watch of a folder that is gone is gone too, which is not an error.
            self._library.inotify_rm_watch(self._queue, watch)
        self._paths = paths

    def wait(self, seconds: float) -> Told:
        """Wait for events, at most so many seconds. Raises OSError."""
        paths: set[str] = set()
        vague, rest, until = False, seconds, 0.0
        while self._is_ready(rest):
            data = os.read(self._queue, _READ)
            # A storm needs no more details, and reading must keep up with it.
            vague = vague or self._take(data, paths) or len(paths) > self._many
            now = time.monotonic()
            until = until or now + self._grouped
            rest = min(self._quiet, until - now)
            if rest <= 0:
                break
        return Told(paths, vague)

    def _is_ready(self, seconds: float) -> bool:
        """Whether events arrive within so many seconds."""
        ready = [descriptor for descriptor, _ in self._poll.poll(max(0, round(1_000 * seconds)))]
        if self._bell in ready:
            os.eventfd_read(self._bell)
            return False
        return bool(ready)

    def _take(self, data: bytes, paths: set[str]) -> bool:
        """Add the files of events; returns whether other events came too."""
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
                vague = vague or self._enters(f"{self._paths.get(watch, '')}{os.sep}{name}")
            elif watch in self._paths:
                paths.add(f"{self._paths[watch]}{os.sep}{name}")
        return vague

    def _checked(self, number: int) -> int:
        """The result of a system call. Raises OSError for an error."""
        if number < 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))
        return number
