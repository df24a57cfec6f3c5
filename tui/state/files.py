"""Small files of our own: written in one move, set aside when they are damaged."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

from tui.private import read_file, replacing


def write_json(path: Path, value: object) -> None:
    """Write a value as JSON; whoever reads the file finds the old one or the new one, whole."""
    with replacing(path) as file:
        file.write(as_json(value))


def as_json(value: object) -> bytes:
    """A value as JSON in ASCII: a lone surrogate somebody pasted can be written and read back."""
    return json.dumps(value).encode("ascii")


def sweep(folder: Path) -> None:
    """Remove the temporary files of programs that were killed while they wrote."""
    if os.name == "nt":
        # There is no asking whether a process lives without touching it.
        return
    with contextlib.suppress(OSError):
        for path in folder.glob("*.json.*.tmp"):
            pid = path.name.split(".")[-2]
            if pid.isdigit() and not _lives(int(pid)):
                path.unlink(missing_ok=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        # Somebody else's.
        return True
    return True


def read_json(path: Path) -> dict[str, object]:
    """Read the mapping in a file; empty when there is none. A damaged file becomes ``.bad``."""
    try:
        value = json.loads(read_file(path))
    except OSError:
        return {}
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, dict):
        return value
    with contextlib.suppress(OSError):
        path.replace(path.with_name(path.name + ".bad"))
    return {}
