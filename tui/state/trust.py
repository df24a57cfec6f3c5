"""Check that only the user can change the config file, which can name programs to run."""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path

from tui.display import clean

_LINKS = 40
"""Maximum number of links to follow, as in the system."""


def distrust_of(path: Path) -> str:
    """Why others can change the file at ``path``, in a sentence; empty when nobody can.

    Links are followed: the file counts, and each folder on the way to it.
    """
    if os.name == "nt":
        return ""
    for step in _way(path):
        try:
            status = step.lstat()
        except OSError:
            continue
        if why := _fault(step, status, path):
            return clean(why)
    return ""


def _fault(step: Path, status: os.stat_result, path: Path) -> str:
    about, named = f"sluice does not run the commands in {path}", shlex.quote(str(step))
    if status.st_uid not in (0, os.geteuid()):
        # The owner can give themselves every right.
        return f"{about}: {step} belongs to another user; run `sudo chown $USER {named}`."
    shared = stat.S_ISDIR(status.st_mode) and status.st_mode & stat.S_ISVTX
    # In a shared folder such as /tmp, nobody can rename another user's files.
    if stat.S_ISLNK(status.st_mode) or shared or not status.st_mode & 0o022:
        return ""
    return f"{about}: others can write to {step}; run `chmod go-w {named}` and restart sluice."


def _way(path: Path) -> Iterator[Path]:
    """The file and everything on the way to it, from the root, with links and their targets."""
    at, left = Path("/"), list(path.absolute().parts[1:])
    links = 0
    yield at
    while left:
        name = left.pop(0)
        at = at.parent if name == ".." else at / name
        yield at
        if at.is_symlink() and (links := links + 1) <= _LINKS:
            target = at.readlink()
            left = [*target.parts[target.is_absolute() :], *left]
            at = Path("/") if target.is_absolute() else at.parent
