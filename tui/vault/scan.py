"""Which files below a folder may be sources."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

SUFFIX = ".md"


def scan(root: Path) -> Iterator[str]:
    """The names of the Markdown files below ``root``, sorted, ``/`` between their parts.

    Hidden folders, folders starting with ``_``, anything that is not a regular file and
    symlinks that leave the vault are passed over; so are links to folders, which loop.
    """
    yield from _scan_folder(root, "", os.path.realpath(root) + os.sep)


def _scan_folder(folder: Path, prefix: str, inside: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        # A folder nobody may read holds no source anybody could change.
        if not prefix:
            raise
        return
    for entry in ordered:
        try:
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith((".", "_")):
                    yield from _scan_folder(Path(entry.path), f"{prefix}{entry.name}/", inside)
            elif _is_markdown(entry, inside):
                yield prefix + entry.name
        except OSError:
            continue


def _is_markdown(entry: os.DirEntry[str], inside: str) -> bool:
    if not entry.name.endswith(SUFFIX) or entry.name.startswith("."):
        return False
    if entry.is_symlink() and not os.path.realpath(entry.path).startswith(inside):
        return False
    return entry.is_file()
