"""Build the saved index of a large vault in a separate process.

Building takes seconds of CPU time; in the app's process it would delay every key.
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
from tui.vault.reading.cache import SourceCache
from tui.vault.rule import BUILT_IN, Rule

APART = 5_000
"""Number of sources to index from which a separate process is worth it."""
_LOOK = 0.1
"""Seconds between checks whether to continue."""


def build_apart(
    root: Path,
    cache: Path,
    file: Path,
    weights: Mapping[str, float],
    wanted: Callable[[], bool],
    rule: Rule = BUILT_IN,
) -> bool:
    """Update the saved index from the cached sources; return whether that succeeded.

    It is cancelled when no longer wanted.
    """
    order = json.dumps({"root": str(root), "cache": str(cache), "file": str(file),
                        "weights": dict(weights), "rule": rule.dump()})  # fmt: skip
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


def build(
    root: Path, cache: Path, file: Path, weights: Mapping[str, float], rule: Rule = BUILT_IN
) -> None:
    """Update the saved index from the cached sources. Raises OSError."""
    cached = SourceCache(cache, root, rule)
    cached.open()
    known = {
        entry.name: entry._replace(source=None)
        for first in cached.firsts()
        for entry in cached.page(first)
        if entry.source is not None
    }
    index = read_index(file, weights, known, rule)
    if index is None or index.is_worn:
        index = Index(weights, rule)
    for first in cached.firsts():
        for entry in cached.page(first):
            if entry.source is not None and entry.name not in index:
                index.put(entry.source)
        # Unjoined texts take more memory than joined ones.
        index.settle()
    cached.close()
    write_index(index, known, file)


def main() -> None:
    """Carry out the request on stdin."""
    order = json.load(sys.stdin)
    os.nice(5)
    root, cache, file = (Path(order[part]) for part in ("root", "cache", "file"))
    build(root, cache, file, order["weights"], Rule.load(order["rule"]))


if __name__ == "__main__":
    main()
