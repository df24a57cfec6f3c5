"""Builds the kept index of a large vault in a process of its own.

Building takes a processor for seconds; in the app's own process every key would wait for it.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tui.programs import TookTooLong, start_module
from tui.search.index import Index
from tui.search.saved import read_index, write_index
from tui.vault.cache import SourceCache

APART = 5_000
"""Sources to be indexed from which a process of its own pays."""
_LOOK = 0.1
"""Seconds between two looks at whether to go on."""


def build_apart(
    root: Path, cache: Path, file: Path, weights: Mapping[str, float], wanted: Callable[[], bool]
) -> bool:
    """Bring the kept index up to date with the cache's sources; whether that was done.

    Given up when it is no longer wanted.
    """
    order = json.dumps({"root": str(root), "cache": str(cache), "file": str(file),
                        "weights": dict(weights)})  # fmt: skip
    try:
        process = start_module("tui.search.building")
    except OSError:
        return False
    data: bytes | None = order.encode()
    while wanted():
        try:
            process.communicate(data, timeout=_LOOK)
        except TookTooLong:
            data = None
        except OSError:
            break
        else:
            return process.returncode == 0
    process.kill()
    process.communicate()
    return False


def build(root: Path, cache: Path, file: Path, weights: Mapping[str, float]) -> None:
    """Bring the kept index up to date with the cache's sources. Raises OSError."""
    cached = SourceCache(cache, root)
    cached.open()
    known = {
        entry.name: entry._replace(source=None)
        for first in cached.firsts()
        for entry in cached.page(first)
        if entry.source is not None
    }
    index = read_index(file, weights, known)
    if index is None or index.is_worn:
        index = Index(weights)
    for first in cached.firsts():
        for entry in cached.page(first):
            if entry.source is not None and entry.name not in index:
                index.put(entry.source)
        # What waits to be joined takes more memory than what is.
        index.settle()
    cached.close()
    write_index(index, known, file)


def main() -> None:
    """Do what stdin asks for."""
    order = json.load(sys.stdin)
    os.nice(5)
    build(Path(order["root"]), Path(order["cache"]), Path(order["file"]), order["weights"])


if __name__ == "__main__":
    main()
