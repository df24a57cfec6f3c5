"""Files that a change brings into being, and that undoing it takes away."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

from tui.errors import Conflict, StorageError
from tui.vault.beside import SyncedBeside
from tui.vault.read import read_whole, stamp_of
from tui.vault.reason import reason
from tui.vault.source import Stamp
from tui.vault.storage import Snapshot, bring_to_disk, sync_folder, temporary_file, write_all


def create(
    path: Path, data: bytes, journal: Callable[[SyncedBeside], object] | None = None
) -> Stamp:
    """A new file of these bytes, there at once or not at all.

    ``journal`` notes the change before. Raises Conflict when there is something of that
    name, StorageError when it cannot be written, and what ``journal`` raises.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary_file(path) as (temporary, descriptor):
            write_all(descriptor, data)
            if hasattr(os, "fchmod"):
                os.fchmod(descriptor, 0o666 & ~_umask())
            bring_to_disk(descriptor, journal)
            stamp = stamp_of(os.fstat(descriptor))
            _name(temporary, path)
    except FileExistsError as error:
        raise Conflict(f"{path.name} is there already; it was not written over.") from error
    except OSError as error:
        raise StorageError(
            f"{path.name} cannot be written ({reason(error)}); nothing was changed."
        ) from error
    sync_folder(path.parent)
    return stamp


def _name(temporary: Path, path: Path) -> None:
    """The finished file under its name, which must be free. Raises OSError."""
    try:
        # A link and not a rename: that would replace a file somebody made just now.
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links.
        if os.path.lexists(path):
            raise FileExistsError(str(path)) from None
        temporary.rename(path)
    else:
        temporary.unlink()


def _umask() -> int:
    """The process's mask for new files, read from where reading it changes nothing."""
    with contextlib.suppress(OSError, ValueError, StopIteration):
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return int(next(line for line in lines if line.startswith("Umask:")).split()[1], 8)
    return 0o022


def remove(snapshot: Snapshot) -> None:
    """A file away, which must still hold the bytes of ``snapshot``.

    Raises Conflict when it does not, StorageError when it cannot be removed.
    """
    path = snapshot.path
    try:
        with temporary_file(path) as (temporary, _):
            path.replace(temporary)
            if _bytes_of(temporary) != snapshot.data:
                # Somebody wrote to it just now, or it cannot be read: back with it.
                kept = _put_back(temporary, path)
                also = "" if kept == path else f"; what that had written is in {kept.name}"
                raise Conflict(f"{path.name} was changed by another program just now{also}.")
            temporary.unlink()
    except FileNotFoundError:
        # It is what was wanted.
        return
    except OSError as error:
        raise StorageError(
            f"{path.name} cannot be removed ({reason(error)}); nothing was changed."
        ) from error
    sync_folder(path.parent)


def _bytes_of(path: Path) -> bytes | None:
    with contextlib.suppress(OSError):
        return read_whole(path)[0]
    return None


def _put_back(temporary: Path, path: Path) -> Path:
    """The file under its name again, or beside what has that name by now; where it is."""
    try:
        _name(temporary, path)
    except OSError:
        # Under no name of ours: those are swept.
        path = path.with_name(f"{path.stem}.{os.urandom(4).hex()}{path.suffix}")
        temporary.rename(path)
    return path
