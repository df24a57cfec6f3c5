"""Temporary files that a killed sluice left behind, known by their names."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable

from tui.flock import try_lock
from tui.vault.folder import READ, Folder, parted

_NAME = re.compile(r"\.(?s:.+)\.[0-9a-f]{12}\.sluice~")


def temporary_name(name: str) -> str:
    """A name for what is to become the file ``name``: hidden, and nobody else's."""
    return f".{name[:40]}.{os.urandom(6).hex()}.sluice~"


def is_temporary(name: str) -> bool:
    """Whether ``temporary_name`` made the name."""
    return _NAME.fullmatch(name) is not None


def sweep_folder(root: str, inner: str) -> None:
    """The temporary files of one folder below ``root`` removed, as ``sweep`` does."""
    with contextlib.suppress(OSError), Folder(root, inner) as folder:
        for name in filter(is_temporary, folder.names()):
            _remove(folder, name)


def sweep(root: str, strays: Iterable[str]) -> None:
    """Those temporary files removed, but for those a live program holds."""
    for stray in strays:
        inner, name = parted(stray)
        with contextlib.suppress(OSError), Folder(root, inner) as folder:
            _remove(folder, name)


def _remove(folder: Folder, name: str) -> None:
    # Whatever cannot be opened, locked or removed stays for the next start.
    with contextlib.suppress(OSError):
        descriptor = folder.open(name, READ)
        try:
            if try_lock(descriptor):
                folder.remove(name)
        finally:
            os.close(descriptor)
