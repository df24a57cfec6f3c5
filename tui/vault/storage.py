"""Bytes in; bytes out in one move, refused if the file changed since it was read."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tui.errors import StorageError
from tui.vault.beside import SyncedBeside
from tui.vault.locks import still_there, try_lock
from tui.vault.read import read_whole, stamp_of
from tui.vault.reason import reason
from tui.vault.source import Stamp
from tui.vault.strays import temporary_name
from tui.vault.swap import swap_in


class Snapshot(NamedTuple):
    """A file's bytes and the version they belong to."""

    path: Path
    """Where the bytes are: the target when the source is a symlink."""
    data: bytes
    stamp: Stamp


def read_snapshot(path: Path, root: Path) -> Snapshot:
    """The bytes of a file below ``root``, through symlinks that stay below it.

    Raises StorageError.
    """
    try:
        target = Path(real_path(str(path), str(root)))
        # The folder itself may have been moved, and a link left in its place.
        if not target.is_relative_to(root) and not target.is_relative_to(root.resolve()):
            raise StorageError(f"{path.name} is a link to a file outside the vault; open it there.")
        data, status = read_whole(target)
        if data is None:
            raise StorageError(f"{path.name} is not a regular file; move it out of the vault.")
    except FileNotFoundError as error:
        raise StorageError(f"{path.name} is gone; read the vault again.") from error
    except (OSError, RuntimeError) as error:
        raise StorageError(f"{path.name} cannot be read: {reason(error)}.") from error
    return Snapshot(target, data, stamp_of(status))


def real_path(path: str, root: str) -> str:
    """Where the file at ``path`` is, through symlinks; ``root``, which holds it, is no link.

    Raises OSError when it is nowhere.
    """
    # Most lie in the folder itself and are no links: one look tells.
    if os.path.dirname(path) == root and not stat.S_ISLNK(os.lstat(path).st_mode):  # noqa: PTH120
        return path
    return os.path.realpath(path, strict=True)


def real_paths(root: Path, names: Iterable[str]) -> list[str]:
    """Where the files of these names below ``root`` are, or would be; never none at all."""
    above = str(root)
    return [_somewhere(f"{above}{os.sep}{name}", above) for name in names] or [above]


def _somewhere(path: str, root: str) -> str:
    try:
        return real_path(path, root)
    except (OSError, RuntimeError):
        # One that is not there yet, or cannot be looked at: where it would be.
        with contextlib.suppress(OSError, RuntimeError):
            return os.path.realpath(path)
        return path


def replace(
    snapshot: Snapshot, data: bytes, journal: Callable[[SyncedBeside], object] | None = None
) -> Stamp:
    """The file's bytes replaced in one move; mode kept, owner where allowed.

    ``journal`` notes the change before the move, while the disk takes the new bytes.
    Raises Conflict when the file is no longer the one of ``snapshot``, StorageError
    when it cannot be written, and what ``journal`` raises; the file is then as it was.
    """
    path = snapshot.path
    try:
        status = path.stat()
        if status.st_nlink > 1:
            raise StorageError(
                f"{path.name} has a second name (a hard link), which a change would cut off; "
                "copy it first."
            )
        with temporary_file(path) as (temporary, descriptor):
            write_all(descriptor, data)
            _make_like(descriptor, status)
            bring_to_disk(descriptor, journal)
            stamp = stamp_of(os.fstat(descriptor))
            swap_in(temporary, path, snapshot.data, data)
    except FileNotFoundError as error:
        raise StorageError(f"{path.name} is gone; read the vault again.") from error
    except OSError as error:
        raise StorageError(
            f"{path.name} cannot be written ({reason(error)}); nothing was changed."
        ) from error
    sync_folder(path.parent)
    return stamp


@contextlib.contextmanager
def temporary_file(path: Path) -> Iterator[tuple[Path, int]]:
    """A new file beside ``path``, locked so that no sweep takes it for a dead program's.

    It is gone at the end, moved or not.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        temporary = path.with_name(temporary_name(path.name))
        descriptor = os.open(temporary, flags, 0o600)
        try:
            # Without locks on this file system no sweep can lock it either, and leaves it.
            with contextlib.suppress(OSError):
                try_lock(descriptor)
            # A sweep may have had it between its making and its locking.
            if still_there(descriptor, temporary):
                yield temporary, descriptor
                return
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
        finally:
            os.close(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """All of the bytes written. Raises OSError."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _make_like(descriptor: int, like: os.stat_result) -> None:
    """The file given the owner and the mode of another."""
    if hasattr(os, "fchown") and (like.st_uid, like.st_gid) != (os.geteuid(), os.getegid()):
        # Only root may give a file away; for others the new file is their own.
        with contextlib.suppress(PermissionError):
            os.fchown(descriptor, like.st_uid, like.st_gid)
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, stat.S_IMODE(like.st_mode))


def bring_to_disk(descriptor: int, journal: Callable[[SyncedBeside], object] | None) -> None:
    """The file on disk, and the change in the journal. Raises OSError and what that raises."""
    if journal is None:
        os.fsync(descriptor)
        return
    beside = SyncedBeside(descriptor)
    journal(beside)
    beside.check()


def sync_folder(folder: Path) -> None:
    """The folder's entries on disk, so that a rename outlives a power cut.

    Passed over where the system cannot: the rename has happened and must not be denied.
    """
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
