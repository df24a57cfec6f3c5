"""The system's reasons for errors, and what helps."""

from __future__ import annotations

import errno
from typing import Literal

Aim = Literal["read", "write", "start"]
"""The failed action on a file; ``start`` is for programs."""


def reason(error: BaseException) -> str:
    """The system's message on one line, without numbers and paths."""
    words = getattr(error, "strerror", None) or str(error) or type(error).__name__.lower()
    words = " ".join(words.split())[:200]
    return words[:1].lower() + words[1:]


def advice(error: BaseException, aim: Aim) -> str:
    """What helps, as an instruction to put after a semicolon; it depends only on the cause."""
    if helps := getattr(error, "helps", ""):
        return str(helps)
    number = getattr(error, "errno", None)
    if isinstance(error, MemoryError):
        number = errno.ENOMEM
    if number in _DENIED:
        return _WHERE_DENIED[aim]
    return _HELPS.get(number, "try again, and check the disk if it keeps failing")


def failed(error: BaseException, aim: Aim, so: str = "") -> str:
    """The end of a sentence: the reason, the consequence and what helps.

    For example ``(no space left on device), so nothing was changed; make room on that disk.``
    """
    return f"({reason(error)}){so}; {advice(error, aim)}."


_DENIED = {errno.EACCES, errno.EPERM}
_WHERE_DENIED: dict[Aim, str] = {
    "read": "make it and the folders above it readable for you",
    "write": "make it and its folder writable for you",
    "start": "make it executable for you",
}
_APART = "check that its disk is connected, and mount it again"
_HELPS: dict[int | None, str] = {
    errno.EMFILE: "allow more open files in this shell, for example with `ulimit -n 1024`",
    errno.ENFILE: "close other programs: the whole system has too many files open",
    errno.ENOMEM: "close other programs, or allow more memory (`ulimit -v`)",
    errno.EAGAIN: "close other programs, or allow more processes (`ulimit -u`)",
    errno.ENOSPC: "make room on that disk",
    errno.EDQUOT: "remove some of your files from that disk, or ask for a larger quota",
    errno.EFBIG: "allow larger files in this shell (`ulimit -f`), or use another disk",
    errno.EROFS: "use a writable disk, or mount this one as writable",
    errno.EIO: "check that disk: it fails to read or write",
    errno.ELOOP: "remove the loop of links",
    errno.ENAMETOOLONG: "use shorter names or fewer nested folders",
    errno.ENOENT: "check whether it or a folder above it was moved or removed",
    errno.ENOTDIR: "move away the file that is in a folder's place",
    errno.EISDIR: "move away the folder that is in a file's place",
    errno.EEXIST: "move away the file that already has this name",
    errno.ENOTEMPTY: "move away what is in that folder",
    errno.ESTALE: _APART,
    errno.ENODEV: _APART,
    errno.ENXIO: _APART,
    errno.ENOTCONN: _APART,
    errno.ETIMEDOUT: _APART,
    errno.EHOSTDOWN: _APART,
    errno.EHOSTUNREACH: _APART,
    errno.EBUSY: "close the program that uses it, then try again",
    errno.ETXTBSY: "close the program that uses it, then try again",
    errno.EINVAL: "use another disk: this one does not support it",
    errno.EOPNOTSUPP: "use another disk: this one does not support it",
    errno.ENOSYS: "use another disk: this one does not support it",
    errno.ENOLCK: "use another disk: this one has no locks left",
    errno.ENOEXEC: "check that it is a program for this machine",
    errno.EBADF: "keep it open",
    errno.E2BIG: "pass less at once",
}
"""By the system's error number."""
