"""Duplicates: sources that were captured more than once, by their address or title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock, RLock
from typing import Literal, NamedTuple

from tui.checks.near_title import near_keys, near_one, title_key
from tui.triage.page import page_of
from tui.vault.source import Source


class Duplicate(NamedTuple):
    """A duplicate of a source."""

    name: str
    why: Literal["url", "title"]
    """What the two have in common; the address if both are."""


class _Signs(NamedTuple):
    """What identifies duplicates; either may be empty."""

    page: str
    title: str


@dataclass(slots=True)
class _Known:
    """The result of comparing all sources."""

    signs: dict[str, _Signs] = field(default_factory=dict)
    by_page: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_title: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    near: dict[str, set[str]] = field(default_factory=dict)
    """By title, the nearly equal titles."""
    duplicated: set[str] = field(default_factory=set)
    """The sources with a duplicate."""
    ranks: dict[str, float] = field(default_factory=dict)
    """By source with a duplicate, the number of its group."""

    def put(self, name: str, signs: _Signs) -> None:
        self.signs[name] = signs
        if signs.page:
            self.by_page[signs.page].add(name)
        if signs.title:
            self.by_title[signs.title].add(name)

    def drop(self, name: str) -> None:
        signs = self.signs.pop(name, _Signs("", ""))
        self.by_page.get(signs.page, set()).discard(name)
        self.by_title.get(signs.title, set()).discard(name)
        self.duplicated.discard(name)


class Duplicates:
    """Finds the duplicates in a vault.

    ``prepare`` compares all sources and should run in a thread. Later changes are noted and
    count for questions about a single source; the next ``prepare`` compares all again if an
    address or a title has changed.
    """

    def __init__(self, sources: Callable[[], Iterable[Source]]) -> None:
        self._sources = sources
        self._known: _Known | None = None
        self._stale = False
        self._comparing = Lock()
        """Held while all are compared, which takes long: who notes a change never waits for it."""
        self._lock = RLock()
        """Held for a moment."""
        self._meanwhile: dict[str, Source | None] | None = None
        """What was noted while all are compared, None for a removed source; else None."""

    @property
    def is_ready(self) -> bool:
        """Whether ``prepare`` would find nothing to do."""
        return self._known is not None and not self._stale

    def prepare(self) -> None:
        """Compare all sources, unless nothing has changed since the last time."""
        with self._comparing:
            if not self.is_ready:
                self._compare()
            while self._known is None:
                # The sources were others meanwhile.
                self._compare()

    def _compare(self) -> None:
        with self._lock:
            self._stale, self._meanwhile = False, {}
        known: _Known | None = None
        try:
            known = self._compared()
        finally:
            with self._lock:
                # None if the sources are others since.
                meanwhile, self._meanwhile = self._meanwhile, None
                if known is None:
                    self._stale = True
                elif meanwhile is not None:
                    self._known = known
                    for name, source in meanwhile.items():
                        if source is not None:
                            self.note(source)
                        else:
                            self.remove(name)

    def _compared(self) -> _Known:
        known = _Known()
        for source in list(self._sources()):
            known.put(source.name, _signs_of(source))
        known.near = near_keys([title for title, names in known.by_title.items() if names])
        known.duplicated.update(_duplicated(known))
        for rank, group in enumerate(_groups(known)):
            known.ranks.update(dict.fromkeys(group, float(rank)))
        return known

    def forget_all(self) -> None:
        """Start from scratch: the sources are different now."""
        with self._lock:
            self._known = self._meanwhile = None

    def note(self, source: Source) -> None:
        """Update a new or changed source."""
        with self._lock:
            if self._meanwhile is not None:
                self._meanwhile[source.name] = source
            known = self._known
            if known is None:
                return
            signs = _signs_of(source)
            before = known.signs.get(source.name)
            if signs == before:
                return
            known.drop(source.name)
            known.put(source.name, signs)
            if signs.title and signs.title not in known.near:
                known.near[signs.title] = near_one(signs.title, list(known.by_title))
            if self._of(known, source.name, signs):
                known.duplicated.add(source.name)
            self._stale = True

    def remove(self, name: str) -> None:
        """Forget a source."""
        with self._lock:
            if self._meanwhile is not None:
                self._meanwhile[name] = None
            if self._known is not None and name in self._known.signs:
                self._known.drop(name)
                self._stale = True

    def has(self, source: Source) -> bool:
        """Whether a source has a duplicate; always False before the first ``prepare``."""
        known = self._known
        return known is not None and source.name in known.duplicated

    def of(self, source: Source) -> tuple[Duplicate, ...]:
        """The duplicates of a source: those with the same address first, then by name."""
        with self._lock:
            known = self._known
            if known is None:
                return ()
            signs = known.signs.get(source.name)
            return () if signs is None else self._of(known, source.name, signs)

    def ranks(self) -> Mapping[str, float]:
        """The group number of each source with a duplicate, as of the last ``prepare``."""
        known = self._known
        return {} if known is None else known.ranks

    @staticmethod
    def _of(known: _Known, name: str, signs: _Signs) -> tuple[Duplicate, ...]:
        by_page = known.by_page.get(signs.page, set()) if signs.page else set()
        titles = (signs.title, *known.near.get(signs.title, ())) if signs.title else ()
        by_title = {other for title in titles for other in known.by_title.get(title, ())}
        return (
            *(Duplicate(other, "url") for other in sorted(by_page - {name})),
            *(Duplicate(other, "title") for other in sorted(by_title - by_page - {name})),
        )


def _signs_of(source: Source) -> _Signs:
    return _Signs(page_of(source.url), title_key(source.title))


def _duplicated(known: _Known) -> Iterator[str]:
    for names in known.by_page.values():
        if len(names) > 1:
            yield from names
    for title, names in known.by_title.items():
        if len(names) > 1 or known.near.get(title):
            yield from names


def _groups(known: _Known) -> Iterator[tuple[str, ...]]:
    seen: set[str] = set()
    for name in sorted(known.duplicated):
        if name in seen:
            continue
        group, waiting = {name}, [name]
        while waiting:
            one = waiting.pop()
            found = {
                duplicate.name for duplicate in Duplicates._of(known, one, known.signs[one])
            } - group
            group |= found
            waiting += found
        seen |= group
        if len(group) > 1:
            yield tuple(sorted(group))
