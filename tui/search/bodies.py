"""Bodies: find sources by words in the text below their header.

A body is a sequence of folded words. ``word`` matches a prefix, ``two words`` a sequence whose last
word may be a prefix; a single letter matches only a whole word. The words are cached, so only
changed bodies must be read.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from threading import Lock

from tui.errors import SluiceError
from tui.search.body_store import Body, BodyStore, Known
from tui.search.fold import UNSPACED, fold
from tui.vault.source import Source

_LONGEST = 64
"""Characters of a word to index: nobody types longer ones."""
_MOST_WORDS = 50
"""Maximum number of words to search for in one value."""
_CHUNK = 50_000
"""Characters to split at once, so that other threads can run in between."""
_WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
"""In scripts without spaces between words, each letter is a word."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which a rewritten file is sure to have another stamp."""
_READ_BY_QUERY = 100
"""Bodies that a query reads itself while a thread reads the others."""
_BYTES_READ_BY_QUERY = 2_000_000
"""Maximum total size of these in bytes, about a quarter of a second."""
_MOST_RANKED = 3_000
"""Number of hits from which ranking is skipped, because it would take too long."""
_SLICE = 0.004
"""Seconds of reading between two pauses."""
_KEPT = 500
"""Number of bodies after which they are written to the cache."""
_RETRIES, _RETRY = 25, 0.2
"""Number of retries, and seconds between them, when another sluice writes."""

Test = Callable[[Source], bool]


def _joined(text: str) -> str:
    """The words of a body joined by spaces, built piecewise to save memory."""
    return " ".join(" ".join(words) for words in _words(text) if words)


def _words(text: str) -> Iterator[list[str]]:
    """The words of a text, in batches."""
    start = 0
    while start < len(text):
        end = start + _CHUNK
        if end < len(text):
            # Not in the middle of a word, unless it is endless.
            space = max(text.rfind("\n", start, end), text.rfind(" ", start, end))
            end = space + 1 if space > start else end
        yield [word[:_LONGEST] for word in _WORD.findall(fold(text[start:end]))]
        start = end


class Bodies:
    """Answers questions about the bodies of a vault's sources.

    Unless ``in_background`` is set, the first question updates the words. Otherwise a thread
    does so with ``read``, and unread bodies match nothing.
    """

    def __init__(
        self,
        read_body: Callable[[Source], str],
        store: BodyStore | None = None,
        sources: Callable[[], Iterable[Source]] = tuple,
    ) -> None:
        self._read_body = read_body
        self._store = store
        self._sources = sources
        self._known: Known = {}
        self._reading = Lock()
        self.in_background = False
        self.left = 0
        """Number of bodies that the thread still has to read."""
        self.unread = 0
        """Number of unread bodies that the last question skipped."""
        self._unwritten = 0
        self._reads_itself = store is None
        """Whether there is no store, so that every question reads the bodies."""
        self._versions = count(1)
        self.version = 0
        """Another number whenever answers may change."""

    def read_in_background(self) -> None:
        """From now on a thread reads what a question needs, and unread bodies match nothing."""
        self.in_background = True

    def forget_unread(self) -> None:
        """The bodies that the last question skipped have been read."""
        self.unread = 0

    def close(self) -> None:
        """Close the cache file."""
        if self._store is not None:
            self._store.close()

    def read(self, go_on: Callable[[], bool] = lambda: True, pause: float = 0.0) -> None:
        """Update the words, with pauses between slices, until told to stop."""
        store = self._store
        if store is None:
            return
        with self._reading:
            self._refresh(store)
            sources = {source.name: source for source in self._sources()}
            fresh = [source for source in sources.values() if self._number(source) is None]
            self.left = len(fresh)
            try:
                for batch in _slices(self._read_all(fresh), pause):
                    if not go_on() or not self._put(store, batch, go_on):
                        break
            finally:
                gone = [name for name in self._known if name not in sources]
                store.flush(gone)
                for name in gone:
                    # A question may have read again what the store knows.
                    self._known.pop(name, None)
                self.left = 0
                self._renew_version()

    def _read_all(self, sources: Sequence[Source]) -> Iterator[tuple[Source, Body]]:
        for source in sources:
            self.left = max(0, self.left - 1)
            settled = time.time_ns() - source.stamp.mtime_ns > _SETTLED
            try:
                words = _joined(self._read_body(source))
            except SluiceError:
                continue
            yield source, Body(source.name, source.stamp, settled, words)

    def _put(
        self, store: BodyStore, batch: list[tuple[Source, Body]], go_on: Callable[[], bool]
    ) -> bool:
        for _ in range(_RETRIES):
            numbers = store.put([body for _, body in batch])
            if numbers is not None:
                for (source, _), number in zip(batch, numbers, strict=True):
                    self._known[source.name] = number, source.stamp
                self._renew_version()
                self._unwritten += len(batch)
                if self._unwritten >= _KEPT:
                    store.flush()
                    self._unwritten = 0
                return True
            self._refresh(store)
            if not self.in_background or not go_on():
                break
            time.sleep(_RETRY)
        self._reads_itself = go_on()
        return False

    def _refresh(self, store: BodyStore) -> None:
        known = store.known()
        if known is not None:
            self._known = known
            self._renew_version()

    def _renew_version(self) -> None:
        # Several threads may at once: none of them may get the number of another.
        self.version = next(self._versions)

    def _number(self, source: Source) -> int | None:
        """The number of the body's current version in the store."""
        entry = self._known.get(source.name)
        if entry is None or (entry[1] is not source.stamp and entry[1] != source.stamp):
            return None
        return entry[0]

    # Questions

    def test(self, values: Sequence[str], *, negated: bool = False) -> Test:
        """A test whether a source's body contains any of the values."""
        holds = _holder(values)
        matching = self._find(values)
        read: dict[str, tuple[Source, bool]] = {}
        left = _BYTES_READ_BY_QUERY

        def answer(source: Source) -> bool:
            nonlocal left
            number = self._number(source) if matching is not None else None
            if number is not None and matching is not None:
                return (number in matching) is not negated
            entry = read.get(source.name)
            if entry is None or entry[0] is not source:
                left -= source.stamp.size
                is_much = left < 0 or len(read) >= _READ_BY_QUERY
                if is_much and self.in_background and not self._reads_itself:
                    # Unknown so far.
                    self.unread += 1
                    return False
                entry = read[source.name] = source, holds(self._text(source))
            return entry[1] is not negated

        self.unread = 0
        return answer

    def best_first(
        self, values: Sequence[str], sources: Iterable[Source]
    ) -> list[tuple[Source, float]]:
        """The sources by relevance, each with its score relative to the best."""
        found = list(sources)
        expression = _expression(values)
        worth: dict[int, float] = {}
        if self._store is not None and expression and len(found) <= _MOST_RANKED:
            worth = self._store.worth(expression)
        shares = [(source, worth.get(self._number(source) or 0, 0.0)) for source in found]
        best = max((share for _, share in shares), default=0.0) or 1.0
        shares.sort(key=lambda item: -item[1])
        return [(source, share / best) for source, share in shares]

    def _find(self, values: Sequence[str]) -> set[int] | None:
        """The numbers of matching bodies; None when the store cannot answer."""
        expression = _expression(values)
        if self._store is None or not expression:
            return None
        if not self.in_background:
            self.read()
        else:
            self._refresh(self._store)
        return self._store.find(expression)

    def _text(self, source: Source) -> str:
        try:
            return self._read_body(source)
        except SluiceError:
            # The file is gone or unreadable.
            return ""


def _row(value: str) -> list[str]:
    """The words to search for; only the first ones of a pasted page."""
    return [word for words in _words(value[: _MOST_WORDS * _LONGEST]) for word in words][
        :_MOST_WORDS
    ]


def _expression(values: Sequence[str]) -> str:
    """The values as an FTS5 expression; empty when one has only symbols."""
    rows = [_row(value) for value in values]
    asked = [f'"{" ".join(row)}"{" *" if _may_go_on(row) else ""}' for row in rows if row]
    return " OR ".join(asked) if len(asked) == len(rows) else ""


def _may_go_on(row: list[str]) -> bool:
    """Whether the last word may be a prefix; a single letter would match too many."""
    return len(row[-1]) > 1


def _holder(values: Sequence[str]) -> Callable[[str], bool]:
    """A test whether a body's text contains any of the values."""
    rows = [_spaced(_row(value)) for value in values]
    # Symbols are not words: search for them literally.
    signs = [fold(value).strip() for value, row in zip(values, rows, strict=True) if not row]

    def holds(text: str) -> bool:
        if any(sign in fold(text) for sign in signs):
            return True
        words = f" {_joined(text)} "
        return any(row in words for row in rows if row)

    return holds


def _spaced(row: list[str]) -> str:
    """A sequence of words with spaces, as it occurs in a joined text."""
    return " ".join(["", *row, *([] if not row or _may_go_on(row) else [""])])


def _slices(
    bodies: Iterator[tuple[Source, Body]], pause: float
) -> Iterator[list[tuple[Source, Body]]]:
    """The bodies in batches of a few milliseconds."""
    batch: list[tuple[Source, Body]] = []
    end = time.monotonic() + _SLICE
    for one in bodies:
        batch.append(one)
        if time.monotonic() >= end:
            yield batch
            batch = []
            time.sleep(pause)
            end = time.monotonic() + _SLICE
    if batch:
        yield batch
