"""Read all files of a vault, unchanged ones from the cache."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from tui.vault.disk.contents import stamp_of
from tui.vault.reading.cache import SourceCache
from tui.vault.reading.helpers import Helpers, read_files
from tui.vault.rule import BUILT_IN, Rule
from tui.vault.source import Entry

PAGE = 500
"""Files per page of the cache: many enough to read fast, few enough to rewrite for one change."""
ALONE = 1_000
"""Number of files to read in this process before helpers are started."""


@dataclass
class _Page:
    """A page of files: cached entries, and those being read."""

    first: str
    known: dict[str, Entry]
    fresh: Future[list[Entry]] | None
    changed: bool
    """Whether the cache is out of date."""


class Reading:
    """Reads all files of a vault once, in order of their names."""

    def __init__(self, root: Path, cache: Path | None, rule: Rule = BUILT_IN) -> None:
        self._root = root
        self._below = os.path.join(root, "")  # noqa: PTH118 - a path object a file takes long
        self._rule = rule
        self._cache = SourceCache(cache, root, rule) if cache is not None else None
        self._began = time.time_ns()
        self._helpers: Helpers | None = None
        self._read_here = 0

    def entries(self, names: Iterable[str]) -> Iterator[list[Entry]]:
        """The entries in batches; unreadable files are skipped."""
        waiting: deque[_Page] = deque()
        if self._cache is not None:
            self._cache.open()
        try:
            for first, some, whole in _paged(names, self._firsts()):
                page = self._begin(first, some, whole)
                waiting.append(page)
                depth = self._helpers.depth if self._helpers else 0
                while len(waiting) > depth:
                    yield self._finish(waiting.popleft())
            while waiting:
                yield self._finish(waiting.popleft())
        finally:
            if self._helpers is not None:
                self._helpers.stop()
            if self._cache is not None:
                self._cache.close()

    def _firsts(self) -> list[str]:
        return (self._cache.firsts() if self._cache is not None else None) or [""]

    def _begin(self, first: str, names: Sequence[str], whole: bool) -> _Page:
        """Start a page: take unchanged files from the cache and request the others."""
        cached = {e.name: e for e in self._cache.page(first)} if self._cache else {}
        known: dict[str, Entry] = {}
        unknown: list[str] = []
        for name in names:
            entry = cached.get(name)
            if entry is not None and self._is_unchanged(entry):
                known[name] = entry
            else:
                unknown.append(name)
        changed = bool(unknown) or not whole or len(cached) != len(known)
        return _Page(first, known, self._read(unknown), changed)

    def _is_unchanged(self, entry: Entry) -> bool:
        try:
            return stamp_of(os.stat(self._below + entry.name)) == entry.stamp  # noqa: PTH116 - fast
        except OSError:
            return False

    def _read(self, names: Sequence[str]) -> Future[list[Entry]] | None:
        if not names:
            return None
        if self._helpers is None and self._read_here >= ALONE:
            self._helpers = Helpers(self._root, self._rule)
        if self._helpers is not None:
            return self._helpers.read(names)
        self._read_here += len(names)
        done: Future[list[Entry]] = Future()
        done.set_result(read_files(self._root, names, self._rule))
        return done

    def _finish(self, page: _Page) -> list[Entry]:
        entries = list(page.known.values())
        if page.fresh is not None:
            fresh = page.fresh.result()
            entries = sorted([*entries, *fresh], key=lambda entry: entry.name) if entries else fresh
        if page.changed and self._cache is not None:
            self._cache.write(page.first, entries, self._began)
        return entries


def _paged(names: Iterable[str], firsts: Sequence[str]) -> Iterator[tuple[str, list[str], bool]]:
    """Split names into pages: the first name, the names, and whether the page is complete.

    A page of twice the normal size is split; empty pages are also included.
    """
    ends = iter(firsts[1:])
    first, end = firsts[0], next(ends, None)
    some: list[str] = []
    whole = True
    for name in names:
        while end is not None and name >= end:
            yield first, some, whole
            first, end, some, whole = end, next(ends, None), [], True
        some.append(name)
        if len(some) == 2 * PAGE:
            yield first, some[:PAGE], False
            some, whole = some[PAGE:], False
            first = some[0]
    yield first, some, whole
    for first in filter(None, (end, *ends)):
        yield first, [], True
