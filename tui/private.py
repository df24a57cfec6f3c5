"""Folders and files of sluice's own: its user's alone, from the moment they are made.

Whatever the umask says, a folder has the mode 0700 and a file 0600. Nothing but a regular file
is opened in the place of one: no link is followed, and no named pipe waited for.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO

FOLDER = 0o700
FILE = 0o600
OTHERS = 0o077
"""What everybody but the owner may do."""
DATABASE = ("", "-wal", "-shm", "-journal")
"""What SQLite puts behind the name of a database for its files."""
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class TooLarge(OSError):
    """A file holds more than anybody writes into it."""

    helps = "make it shorter, or move it away"


class NotAFile(OSError):
    """Something else stands where a file of ours belongs."""

    helps = "move it away"

    def __init__(self, path: str | Path, what: str) -> None:
        name = os.path.basename(path)  # noqa: PTH119 - what logging opens is a text
        super().__init__(errno.EINVAL, f"{name} is {what}, not a file")


def make_folder(path: Path) -> None:
    """The folder at ``path`` and every missing one above it. Raises OSError."""
    try:
        path.mkdir(FOLDER)
    except FileNotFoundError:
        if path.parent == path:
            raise
        make_folder(path.parent)
        make_folder(path)
    except OSError:
        if not path.is_dir():
            raise
    else:
        # The umask takes away from a mode, and may take even the owner's.
        path.chmod(FOLDER)


def close_folder(path: Path) -> None:
    """Shut out everybody else of a folder that is there, and so of all that is in it.

    Passed over where that cannot be done: it is another's, or its disk knows no modes.
    """
    with contextlib.suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if os.name != "nt" and mode & OTHERS:
            path.chmod(mode & ~OTHERS)


@contextlib.contextmanager
def temporary_folder(prefix: str) -> Iterator[Path]:
    """A folder that is gone at the end, with all that is in it."""
    import tempfile  # noqa: PLC0415 - for `sluice demo` only

    with tempfile.TemporaryDirectory(prefix=prefix) as name:
        folder = Path(name)
        folder.chmod(FOLDER)
        yield folder


def open_file(path: str | Path, flags: int = os.O_RDONLY) -> int:
    """A file of ours, opened; its folder is made when the file is to be made.

    Raises NotAFile and OSError.
    """
    try:
        return _opened(path, flags)
    except FileNotFoundError:
        if not flags & os.O_CREAT:
            raise
        make_folder(Path(path).parent)
        return _opened(path, flags)


def _opened(path: str | Path, flags: int) -> int:
    try:
        descriptor = os.open(path, flags | _AT_ONCE | _NO_LINK, FILE)
    except OSError as error:
        # A link is not followed, and a pipe that nobody reads not opened to write.
        mode = _mode_of(path) if error.errno in (errno.ELOOP, errno.ENXIO) else 0
        if mode and not stat.S_ISREG(mode):
            raise _refusal(path, mode) from error
        raise
    try:
        status = os.fstat(descriptor)
        _check(path, status.st_mode)
        wanted = FILE if flags & os.O_CREAT else stat.S_IMODE(status.st_mode) & ~OTHERS
        if stat.S_IMODE(status.st_mode) != wanted and hasattr(os, "fchmod"):
            # Another's file stays as it is.
            with contextlib.suppress(OSError):
                os.fchmod(descriptor, wanted)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _mode_of(path: str | Path) -> int:
    """What stands there and who may use it; 0 when nothing does."""
    with contextlib.suppress(OSError):
        return os.lstat(path).st_mode
    return 0


def _check(path: str | Path, mode: int) -> None:
    """Refuse what is no file. Raises NotAFile."""
    if not stat.S_ISREG(mode):
        raise _refusal(path, mode)


def _refusal(path: str | Path, mode: int) -> NotAFile:
    kinds = {
        stat.S_IFIFO: "a named pipe",
        stat.S_IFDIR: "a folder",
        stat.S_IFLNK: "a link",
        stat.S_IFSOCK: "a socket",
    }
    return NotAFile(path, kinds.get(stat.S_IFMT(mode), "a device"))


def read_file(path: Path) -> bytes:
    """All of a file of ours. Raises NotAFile and OSError."""
    with open(path, "rb", opener=open_file) as file:
        return file.read()


def read_given(path: Path, most: int) -> bytes:
    """All of a file that the user wrote, which may be a link; its mode stays.

    Raises NotAFile, and OSError also when it holds more than ``most`` bytes.
    """
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _AT_ONCE)) as file:
        _check(path, os.fstat(file.fileno()).st_mode)
        data = file.read(most + 1)
    if len(data) > most:
        raise TooLarge(errno.EFBIG, f"it is larger than {most >> 20} MB")
    return data


@contextlib.contextmanager
def replacing(path: Path, temporary: Path | None = None) -> Iterator[IO[bytes]]:
    """A new file to write into, which takes the place of the one at ``path`` at the end.

    It is written beside it, by default under a name with this program's number. When
    anything fails it is gone, and the file is as it was. Raises OSError.
    """
    if temporary is None:
        temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    # What a killed program left under this name, or somebody put there.
    with contextlib.suppress(OSError):
        temporary.unlink(missing_ok=True)
    descriptor = open_file(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def make_database(path: Path) -> None:
    """An empty file for SQLite where none is, and nothing but files beside it. Raises OSError.

    SQLite gives the files it makes beside it the same mode.
    """
    # Looked at and not opened: to close a database's file gives up SQLite's locks on it.
    for ending in DATABASE:
        beside = path.with_name(path.name + ending)
        try:
            mode = beside.lstat().st_mode
        except FileNotFoundError:
            continue
        _check(beside, mode)
        if stat.S_IMODE(mode) & OTHERS and os.name != "nt":
            with contextlib.suppress(OSError):
                beside.chmod(stat.S_IMODE(mode) & ~OTHERS)
    with contextlib.suppress(FileExistsError):
        os.close(open_file(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
