"""What the system says went wrong, and what helps against it."""

from __future__ import annotations

import errno
from typing import Literal

Aim = Literal["read", "write", "start"]
"""What was to be done to a file: a program is one to be started."""


def reason(error: BaseException) -> str:
    """The system's own words on one line, without numbers and paths."""
    words = getattr(error, "strerror", None) or str(error) or type(error).__name__.lower()
    words = " ".join(words.split())[:200]
    return words[:1].lower() + words[1:]


def advice(error: BaseException, aim: Aim) -> str:
    """What helps, as an order to put behind a semicolon; by the cause, never by the place."""
    if helps := getattr(error, "helps", ""):
        return str(helps)
    number = getattr(error, "errno", None)
    if isinstance(error, MemoryError):
        number = errno.ENOMEM
    if number in _DENIED:
        return _WHERE_DENIED[aim]
    return _HELPS.get(number, "try again, and look after that disk if it stays so")


def failed(error: BaseException, aim: Aim, so: str = "") -> str:
    """Why something failed, what came of it, and what helps: the end of a sentence.

    Such as ``(no space left on device), so nothing was changed; make room on that disk.``
    """
    return f"({reason(error)}){so}; {advice(error, aim)}."


_DENIED = {errno.EACCES, errno.EPERM}
_WHERE_DENIED: dict[Aim, str] = {
    "read": "make it readable for you, and the folders above it",
    "write": "make it and its folder writable for you",
    "start": "make it executable for you",
}
_APART = "see that its disk is there, and connect or mount it again"
_HELPS: dict[int | None, str] = {
    errno.EMFILE: "allow more open files in this shell, as by `ulimit -n 1024`",
    errno.ENFILE: "close other programs: the whole system has too many files open",
    errno.ENOMEM: "close other programs, or allow more memory (`ulimit -v`)",
    errno.EAGAIN: "close other programs, or allow more processes (`ulimit -u`)",
    errno.ENOSPC: "make room on that disk",
    errno.EDQUOT: "remove files of yours from that disk, or ask for a larger quota",
    errno.EFBIG: "allow larger files in this shell (`ulimit -f`), or use another disk",
    errno.EROFS: "use a disk that can be written, or mount this one so",
    errno.EIO: "check that disk: it fails to read or write",
    errno.ELOOP: "remove the links that lead in a circle",
    errno.ENAMETOOLONG: "use shorter names, or fewer folders within each other",
    errno.ENOENT: "see whether it, or a folder above it, was moved or removed",
    errno.ENOTDIR: "move the file away that stands where a folder is meant",
    errno.EISDIR: "move the folder away that stands where a file is meant",
    errno.EEXIST: "move away what has its name already",
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
    errno.EINVAL: "use another disk: this one cannot do that",
    errno.EOPNOTSUPP: "use another disk: this one cannot do that",
    errno.ENOSYS: "use another disk: this one cannot do that",
    errno.ENOLCK: "use another disk: this one has no locks left",
    errno.ENOEXEC: "see whether it is a program for this machine",
    errno.EBADF: "let it be open",
    errno.E2BIG: "hand over less at once",
}
"""By the system's number for the cause."""
