"""The kernel's locks on open files, which end with the program that holds them."""

from __future__ import annotations

import os
from pathlib import Path

if os.name != "nt":
    import fcntl


def try_lock(descriptor: int) -> bool:
    """Whether the open file is now locked by us. Raises OSError where files have no locks."""
    if os.name == "nt":
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_for_lock(descriptor: int) -> None:
    """Lock the open file, after whoever holds it. Raises OSError where files have no locks."""
    if os.name != "nt":
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def still_there(descriptor: int, path: Path) -> bool:
    """Whether ``path`` still names the open file; a lock on a deleted one excludes nobody."""
    try:
        named, held = os.stat(path), os.fstat(descriptor)  # noqa: PTH116 - in every change
    except FileNotFoundError:
        return False
    return (named.st_dev, named.st_ino) == (held.st_dev, held.st_ino)
