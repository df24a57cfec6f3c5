"""List the files below a folder that may be sources."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path

from tui.vault.disk.folder import realpath
from tui.vault.disk.strays import is_temporary
from tui.vault.rule import BUILT_IN, Rule

_RUN = 5_000
"""Entries to sort at once, which takes a few milliseconds."""
_first = itemgetter(0)


def scan(root: Path, strays: list[str] | None = None, rule: Rule = BUILT_IN) -> Iterator[str]:
    """The names of the files below ``root`` that the rule lists, sorted, ``/`` as separator.

    Anything that is not a regular file and symlinks that leave the vault are skipped; so are
    links to folders, which may loop. Temporary files of a killed sluice are added to ``strays``.
    """
    inside = os.path.realpath(root).rstrip(os.sep) + os.sep
    # A stack instead of recursion: folders can be nested deeper than Python calls.
    waiting = [(iter(_entries(root)), "")]
    while waiting:
        entries, prefix = waiting[-1]
        entry = next(entries, None)
        if entry is None:
            waiting.pop()
            continue
        # Sources in an unreadable folder could not be changed anyway.
        with contextlib.suppress(OSError):
            if not entry.is_dir(follow_symlinks=False):
                if rule.lists_here(prefix, entry.name):
                    if entry.is_file(follow_symlinks=False) or _is_inside(entry, inside):
                        yield prefix + entry.name
                elif strays is not None and is_temporary(entry.name):
                    strays.append(prefix + entry.name)
            elif rule.enters(prefix + entry.name):
                waiting.append((iter(_entries(entry)), f"{prefix}{entry.name}/"))


def folders_of(root: Path, rule: Rule = BUILT_IN) -> Iterator[str]:
    """The folders that ``scan`` reads, ``root`` first."""
    waiting = [(os.fspath(root), "")]
    while waiting:
        folder, prefix = waiting.pop()
        yield folder
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            waiting += [
                (entry.path, f"{prefix}{entry.name}/")
                for entry in entries
                if entry.is_dir(follow_symlinks=False) and rule.enters(prefix + entry.name)
            ]


def _entries(folder: Path | os.DirEntry[str]) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        placed = [(_place(entry), entry) for entry in entries]
    # Sorting 100,000 entries in one call would block the interpreter, and with it the keyboard.
    runs = [sorted(placed[at : at + _RUN], key=_first) for at in range(0, len(placed), _RUN)]
    while len(runs) > 1:
        # Python's sort merges sorted runs very fast.
        runs = [
            sorted(runs[at] + (runs[at + 1] if at + 1 < len(runs) else []), key=_first)
            for at in range(0, len(runs), 2)
        ]
    return [entry for _, entry in runs[0]] if runs else []


def _place(entry: os.DirEntry[str]) -> str:
    """A sort key for a folder's entries that keeps the names of all files below in order."""
    return entry.name + "/" if entry.is_dir(follow_symlinks=False) else entry.name


def is_listed(root: Path, name: str, rule: Rule = BUILT_IN) -> bool:
    """Whether ``scan`` lists the file of that name, or would if it existed."""
    if not rule.lists(name):
        return False
    folders = name.split("/")[:-1]
    try:
        inside = realpath(str(root))
        above = realpath(str(root / "/".join(folders)))
        real = realpath(str(root / name))
    except OSError:
        # The link is gone by now.
        return False
    whole = os.path.join(inside, *folders)  # noqa: PTH118 - all of it is text
    return above == whole and real.startswith(inside.rstrip(os.sep) + os.sep)


def names_of(ref: str, folders: Iterable[Path], root: Path) -> Iterator[str]:
    """The names below ``root`` for ``ref`` as a path from each folder.

    An empty name means a file outside.
    """
    for folder in folders:
        path = folder / ref
        try:
            found = path.is_file()
        except OSError:
            # For example a title of 300 characters, too long for a file name.
            found = False
        if found:
            real = path.parent.resolve()
            inside = real.is_relative_to(root)
            yield (real / path.name).relative_to(root).as_posix() if inside else ""


def _is_inside(entry: os.DirEntry[str], inside: str) -> bool:
    """Whether an entry is a regular file of the vault."""
    if entry.is_symlink() and not os.path.realpath(entry.path).startswith(inside):
        return False
    return entry.is_file()
