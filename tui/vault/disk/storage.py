"""Read files, and replace them atomically unless they changed since they were read."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tui.errors import Conflict, SluiceError, StorageError
from tui.flock import try_lock
from tui.reasons import failed
from tui.vault.disk.beside import SyncedBeside
from tui.vault.disk.contents import LIMIT, decode_start, is_larger, read_start, read_whole, stamp_of
from tui.vault.disk.folder import Folder, Opener, Outside, is_link, parted
from tui.vault.disk.strays import temporary_name
from tui.vault.disk.swap import swap_in
from tui.vault.source import Stamp

Read = Callable[[int], tuple[bytes | None, os.stat_result]]
"""Reads an open file."""


class Snapshot(NamedTuple):
    """A file's bytes and the version they belong to."""

    root: str
    name: str
    """The name below ``root`` of the actual file: the target if the source is a symlink."""
    data: bytes
    stamp: Stamp

    @property
    def path(self) -> Path:
        """The file's path."""
        return Path(self.root, self.name)


def read_snapshot(root: Path, name: str) -> Snapshot:
    """Read a file below ``root``, through symlinks that stay below it.

    Raises StorageError.
    """
    found = _read(root, name, read_whole)
    if is_larger(found.data):
        raise StorageError(f"Too large: {name} is larger than {LIMIT}; use an editor.")
    return found


def read_shown(root: Path, name: str) -> str:
    """A file's text, only the start of one that is too large. Raises StorageError."""
    return decode_start(_read(root, name, read_start).data)


def _read(root: Path, name: str, read: Read) -> Snapshot:
    """Read a file with ``read``. Raises StorageError."""
    try:
        with Opener(str(root)) as opener:
            descriptor, real = opener.find(name)
        try:
            data, status = read(descriptor)
        finally:
            os.close(descriptor)
    except Outside as error:
        raise StorageError(error.sentence) from error
    except FileNotFoundError as error:
        raise StorageError(f"File not found: {name}; reload the vault.") from error
    except OSError as error:
        raise StorageError(f"Cannot read {name} {failed(error, 'read')}") from error
    if data is None:
        raise StorageError(f"Not a regular file: {name}; move it out of the vault.")
    return Snapshot(str(root), real, data, stamp_of(status))


def real_path(path: str, root: str) -> str:
    """The file at ``path`` with symlinks resolved; ``root``, its vault, is not a link.

    Raises OSError when it does not exist.
    """
    # Most files are directly in the folder and not links: one check is enough.
    if os.path.dirname(path) == root and not stat.S_ISLNK(os.lstat(path).st_mode):  # noqa: PTH120
        return path
    return os.path.realpath(path, strict=True)


def real_paths(root: Path, names: Iterable[str]) -> list[str]:
    """The real paths of these names below ``root``, existing or not; never empty."""
    above = str(root)
    return [_somewhere(f"{above}{os.sep}{name}", above) for name in names] or [above]


def _somewhere(path: str, root: str) -> str:
    try:
        return real_path(path, root)
    except (OSError, RuntimeError):
        # Missing or inaccessible: the path it would have.
        with contextlib.suppress(OSError, RuntimeError):
            return os.path.realpath(path)
        return path


def replace(
    snapshot: Snapshot, data: bytes, journal: Callable[[SyncedBeside], object] | None = None
) -> Stamp:
    """Replace the file's bytes atomically; keep its mode, and its owner if allowed.

    ``journal`` notes the change before the move, while the new bytes are synced. Raises
    Conflict when the file differs from ``snapshot``, StorageError when it cannot be written,
    and whatever ``journal`` raises; the file is then unchanged.
    """
    inner, name = parted(snapshot.name)
    try:
        with Folder(snapshot.root, inner) as folder:
            status = folder.status(name)
            if status.st_nlink > 1:
                raise StorageError(
                    f"A change would break the hard link between {name} and another file; "
                    "make a copy first."
                )
            with temporary_file(folder, name) as (temporary, descriptor):
                write_all(descriptor, data)
                _make_like(descriptor, status)
                bring_to_disk(descriptor, journal)
                stamp = stamp_of(os.fstat(descriptor))
                folder.check()
                swap_in(folder, temporary, name, snapshot.data, data)
            folder.sync()
    except FileNotFoundError as error:
        raise StorageError(f"File not found: {name}; reload the vault.") from error
    except OSError as error:
        raise not_written(error, name, "write") from error
    return stamp


def not_written(error: OSError, name: str, verb: str) -> SluiceError:
    """The error for a file that could not be written or removed."""
    if is_link(error):
        return Conflict(f"Another program just moved {name}; nothing was changed.")
    return StorageError(
        f"Cannot {verb} {name} {failed(error, 'write', ', so nothing was changed')}"
    )


@contextlib.contextmanager
def temporary_file(folder: Folder, name: str) -> Iterator[tuple[str, int]]:
    """A new file next to ``name``, locked so that no sweep removes it.

    It is deleted at the end, unless it was moved.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        temporary = temporary_name(name)
        descriptor = folder.open(temporary, flags)
        try:
            # On a file system without locks, a sweep cannot lock it either and leaves it alone.
            with contextlib.suppress(OSError):
                try_lock(descriptor)
            # A sweep may have removed it before it was locked.
            if folder.has(temporary, descriptor):
                yield temporary, descriptor
                return
        except BaseException:
            with contextlib.suppress(OSError):
                folder.remove(temporary)
            raise
        finally:
            os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all bytes. Raises OSError."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _make_like(descriptor: int, like: os.stat_result) -> None:
    """Copy the owner and mode of another file."""
    if hasattr(os, "fchown") and (like.st_uid, like.st_gid) != (os.geteuid(), os.getegid()):
        # Only root can change the owner; others own the new file.
        with contextlib.suppress(PermissionError):
            os.fchown(descriptor, like.st_uid, like.st_gid)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, stat.S_IMODE(like.st_mode))


def bring_to_disk(descriptor: int, journal: Callable[[SyncedBeside], object] | None) -> None:
    """Sync the file and note the change. Raises OSError and whatever ``journal`` raises."""
    if journal is None:
        os.fsync(descriptor)
        return
    beside = SyncedBeside(descriptor)
    journal(beside)
    beside.check()
