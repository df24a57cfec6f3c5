"""Small files of sluice: written atomically, set aside when they are damaged."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

from tui.private import read_file, replacing


def write_json(path: Path, value: object) -> None:
    """Write a value as JSON atomically."""
    with replacing(path) as file:
        file.write(as_json(value))


def as_json(value: object) -> bytes:
    """A value as ASCII JSON, which can also represent lone surrogates from pasted text."""
    return json.dumps(value).encode("ascii")


def sweep(folder: Path) -> None:
    """Remove the temporary files of killed processes."""
    if os.name == "nt":
        # Windows has no harmless way to check whether a process is alive.
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
        # Another user's process.
        return True
    return True


def read_json(path: Path) -> dict[str, object]:
    """Read a JSON object; empty when there is no file. A damaged file is renamed to ``.bad``."""
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
