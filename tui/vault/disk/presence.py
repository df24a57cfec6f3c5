"""Create files, and delete them when that is undone."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

from tui.errors import Conflict
from tui.vault.disk.beside import SyncedBeside
from tui.vault.disk.contents import stamp_of
from tui.vault.disk.folder import Folder, parted
from tui.vault.disk.storage import Snapshot, bring_to_disk, not_written, temporary_file, write_all
from tui.vault.disk.swap import bytes_in
from tui.vault.source import Stamp


def create(
    root: Path, name: str, data: bytes, journal: Callable[[SyncedBeside], object] | None = None
) -> Stamp:
    """Create a file atomically, with its folder if missing.

    ``journal`` notes the change first. Raises Conflict when the name is taken, StorageError when
    it cannot be written, and whatever ``journal`` raises.
    """
    inner, file = parted(name)
    try:
        with Folder(str(root), inner, make=True) as folder:
            with temporary_file(folder, file) as (temporary, descriptor):
                write_all(descriptor, data)
                if hasattr(os, "fchmod"):
                    os.fchmod(descriptor, 0o666 & ~_umask())
                bring_to_disk(descriptor, journal)
                stamp = stamp_of(os.fstat(descriptor))
                folder.check()
                _name(folder, temporary, file)
            folder.sync()
    except FileExistsError as error:
        raise Conflict(
            f"A file called {file} already exists; sluice did not overwrite it."
        ) from error
    except OSError as error:
        raise not_written(error, file, "write") from error
    return stamp


def _name(folder: Folder, temporary: str, name: str) -> None:
    """Give the finished file its name, which must be unused. Raises OSError."""
    try:
        # A hard link, since a rename would replace a file created just now.
        folder.link(temporary, name)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links.
        with contextlib.suppress(FileNotFoundError):
            folder.status(name)
            raise FileExistsError(name) from None
        folder.move(temporary, name)
    else:
        folder.remove(temporary)


def _umask() -> int:
    """The process's umask, read without changing it."""
    with contextlib.suppress(OSError, ValueError, StopIteration):
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return int(next(line for line in lines if line.startswith("Umask:")).split()[1], 8)
    return 0o022


def remove(snapshot: Snapshot) -> None:
    """Delete a file, which must still have the bytes of ``snapshot``.

    Raises Conflict when it does not, StorageError when it cannot be deleted.
    """
    inner, name = parted(snapshot.name)
    try:
        with Folder(snapshot.root, inner) as folder:
            with temporary_file(folder, name) as (temporary, _):
                folder.check()
                folder.move(name, temporary)
                if _bytes_of(folder, temporary) != snapshot.data:
                    # Changed just now, or unreadable: put it back.
                    kept = _put_back(folder, temporary, name)
                    also = "" if kept == name else f"; its version is in {kept}"
                    raise Conflict(f"Another program just changed {name}{also}.")
                folder.remove(temporary)
            folder.sync()
    except FileNotFoundError:
        # Already gone, as wanted.
        return
    except OSError as error:
        raise not_written(error, name, "remove") from error


def _bytes_of(folder: Folder, name: str) -> bytes | None:
    with contextlib.suppress(OSError):
        return bytes_in(folder, name)
    return None


def _put_back(folder: Folder, temporary: str, name: str) -> str:
    """Give the file its name back, or a similar one if that is taken; return the name."""
    try:
        _name(folder, temporary, name)
    except OSError:
        # Not a temporary name: those are swept.
        stem, dot, suffix = name.rpartition(".")
        name = f"{stem}.{os.urandom(4).hex()}{dot}{suffix}"
        folder.move(temporary, name)
    return name
