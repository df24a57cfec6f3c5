"""Temporary files that a killed sluice left behind, known by their names."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

from tui.vault.locks import try_lock
from tui.vault.read import open_at_once

_NAME = re.compile(r"\.(?s:.+)\.[0-9a-f]{12}\.sluice~")


def temporary_name(name: str) -> str:
    """A name for what is to become the file ``name``: hidden, and nobody else's."""
    return f".{name[:40]}.{os.urandom(6).hex()}.sluice~"


def is_temporary(name: str) -> bool:
    """Whether ``temporary_name`` made the name."""
    return _NAME.fullmatch(name) is not None


def strays_in(folder: Path) -> list[Path]:
    """The temporary files in a folder; none when it cannot be read."""
    try:
        return [folder / name for name in os.listdir(folder) if is_temporary(name)]  # noqa: PTH208
    except OSError:
        return []


def sweep(strays: Iterable[Path]) -> None:
    """Those temporary files removed, but for those a live program holds."""
    for stray in strays:
        # Whatever cannot be opened, locked or removed stays for the next start.
        with contextlib.suppress(OSError):
            descriptor = open_at_once(str(stray), os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
            try:
                if try_lock(descriptor):
                    stray.unlink()
            finally:
                os.close(descriptor)
