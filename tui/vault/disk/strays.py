"""Temporary files of a killed sluice, recognised by their names."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable

from tui.flock import try_lock
from tui.vault.disk.folder import READ, Folder, parted

_NAME = re.compile(r"\.(?s:.+)\.[0-9a-f]{12}\.sluice~")


def temporary_name(name: str) -> str:
    """A hidden, unique temporary name for the future file ``name``."""
    return f".{name[:40]}.{os.urandom(6).hex()}.sluice~"


def is_temporary(name: str) -> bool:
    """Whether the name comes from ``temporary_name``."""
    return _NAME.fullmatch(name) is not None


def sweep_folder(root: str, inner: str) -> None:
    """Remove the temporary files in one folder below ``root``, as ``sweep`` does."""
    with contextlib.suppress(OSError), Folder(root, inner) as folder:
        for name in filter(is_temporary, folder.names()):
            _remove(folder, name)


def sweep(root: str, strays: Iterable[str]) -> None:
    """Remove these temporary files, except those of a running process."""
    for stray in strays:
        inner, name = parted(stray)
        with contextlib.suppress(OSError), Folder(root, inner) as folder:
            _remove(folder, name)


def _remove(folder: Folder, name: str) -> None:
    # A file that cannot be opened, locked or removed waits for the next start.
    with contextlib.suppress(OSError):
        descriptor = folder.open(name, READ)
        try:
            if try_lock(descriptor):
                folder.remove(name)
        finally:
            os.close(descriptor)
