"""sluice's own folders and files, private to the user from their creation.

Whatever the umask, folders have the mode 0700 and files 0600. Only regular files are opened: links
are not followed, and named pipes do not block.
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
"""The mode bits of group and others."""
DATABASE = ("", "-wal", "-shm", "-journal")
"""The suffixes of SQLite's files for a database."""
_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class TooLarge(OSError):
    """A file is larger than it should ever be."""

    helps = "make it shorter, or move it away"


class NotAFile(OSError):
    """Something other than a regular file is in the place of one of ours."""

    helps = "move it away"

    def __init__(self, path: str | Path, what: str) -> None:
        name = os.path.basename(path)  # noqa: PTH119 - what logging opens is a text
        super().__init__(errno.EINVAL, f"{name} is {what}, not a file")


def make_folder(path: Path) -> None:
    """Create the folder at ``path`` and all missing parents. Raises OSError."""
    try:
        path.mkdir(FOLDER)
    except FileNotFoundError:
        # Some folders, such as /proc, refuse new ones as if they did not exist.
        if path.parent == path or path.parent.is_dir():
            raise
        make_folder(path.parent)
        make_folder(path)
    except OSError:
        if not path.is_dir():
            raise
    else:
        # The umask may remove even the owner's rights.
        path.chmod(FOLDER)


def close_folder(path: Path) -> None:
    """Remove other users' access to an existing folder, and so to its contents.

    Failures are ignored: the folder may be another user's, or its disk may have no modes.
    """
    with contextlib.suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if os.name != "nt" and mode & OTHERS:
            path.chmod(mode & ~OTHERS)


@contextlib.contextmanager
def temporary_folder(prefix: str) -> Iterator[Path]:
    """A folder that is deleted at the end, with its contents."""
    import tempfile  # noqa: PLC0415 - for `sluice demo` only

    with tempfile.TemporaryDirectory(prefix=prefix) as name:
        folder = Path(name)
        folder.chmod(FOLDER)
        yield folder


def open_file(path: str | Path, flags: int) -> int:
    """Open a file of ours; a new file's folder is also created.

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
        descriptor = os.open(path, flags | _NO_WAIT | _NO_LINK, FILE)
    except OSError as error:
        # Links are not followed, and a pipe without a reader is not opened for writing.
        mode = _mode_of(path) if error.errno in (errno.ELOOP, errno.ENXIO) else 0
        if mode and not stat.S_ISREG(mode):
            raise _refusal(path, mode) from error
        raise
    try:
        status = os.fstat(descriptor)
        _check(path, status.st_mode)
        wanted = FILE if flags & os.O_CREAT else stat.S_IMODE(status.st_mode) & ~OTHERS
        if stat.S_IMODE(status.st_mode) != wanted and hasattr(os, "fchmod"):
            # Another user's file keeps its mode.
            with contextlib.suppress(OSError):
                os.fchmod(descriptor, wanted)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _mode_of(path: str | Path) -> int:
    """The mode of what is there; 0 when there is nothing."""
    with contextlib.suppress(OSError):
        return os.lstat(path).st_mode
    return 0


def _check(path: str | Path, mode: int) -> None:
    """Raise NotAFile for anything but a regular file."""
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
    """Read a file of ours. Raises NotAFile and OSError."""
    with open(path, "rb", opener=open_file) as file:
        return file.read()


def read_given(path: Path, most: int) -> bytes:
    """Read a file of the user, which may be a link; its mode stays.

    Raises NotAFile, and OSError, also when it has more than ``most`` bytes.
    """
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _NO_WAIT)) as file:
        _check(path, os.fstat(file.fileno()).st_mode)
        data = file.read(most + 1)
    if len(data) > most:
        raise TooLarge(errno.EFBIG, f"it is larger than {most >> 20} MB")
    return data


@contextlib.contextmanager
def replacing(path: Path, temporary: Path | None = None) -> Iterator[IO[bytes]]:
    """A new file to write, which replaces the one at ``path`` at the end.

    It is written next to it, by default under a name with the process id. On failure it is
    deleted, and the old file is unchanged. Raises OSError.
    """
    if temporary is None:
        temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    # Left over from a killed process, or put there by someone.
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


def put_new(path: Path, data: bytes) -> None:
    """Create a file with all its contents at once. Raises OSError, also when there is one."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with contextlib.suppress(OSError):
        temporary.unlink(missing_ok=True)
    descriptor = open_file(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:
            # A disk without links; between these two lines another program may be faster.
            if os.path.lexists(path):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
            temporary.replace(path)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def make_database(path: Path) -> None:
    """Create an empty database file if missing, and check SQLite's other files. Raises OSError.

    SQLite creates its other files with the same mode.
    """
    # Do not open the files: closing one would release SQLite's locks on it.
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
