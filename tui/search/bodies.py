"""Bodies: which sources hold a word in the text below their header.

A body is a row of folded words. ``word`` asks for one that begins so, ``two words`` for a row of
them of which the last may go on; a single letter is a whole word. With the words kept in the
cache that takes no reading; a body that is not kept as it is now is read.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from threading import Lock

from tui.errors import SluiceError
from tui.search.body_store import Body, BodyStore, Known
from tui.search.fold import UNSPACED, fold
from tui.vault.source import Source

_LONGEST = 64
"""Letters by which a word is known: what is longer is no word that anybody types."""
_MOST_WORDS = 50
"""Words of one value that are looked for."""
_CHUNK = 50_000
"""Letters that are taken apart at once: a thread that does so lets others work in between."""
_WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
"""Of scripts that put no spaces between words, each letter counts as one."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which a file that is written again has another stamp."""
_READ_AT_ONCE = 100
"""Bodies that one query may read itself while a thread reads the others."""
_MOST_AT_ONCE = 2_000_000
"""Bytes of them, which take a quarter of a second."""
_MOST_RANKED = 3_000
"""Hits from which none is looked at for being the best: weighing them would take too long."""
_SLICE = 0.004
"""Seconds of reading between two pauses."""
_KEPT = 500
"""Bodies after which they are written down."""
_RETRIES, _RETRY = 25, 0.2
"""How often and after how many seconds a thread tries again when another sluice writes."""

Test = Callable[[Source], bool]


def _joined(text: str) -> str:
    """The words of a body with a space between them; never all of them as texts of their own."""
    return " ".join(" ".join(words) for words in _words(text) if words)


def _words(text: str) -> Iterator[list[str]]:
    """The words of a text, those of some thousands of letters at a time."""
    start = 0
    while start < len(text):
        end = start + _CHUNK
        if end < len(text):
            # Not in the middle of a word, unless it has no end.
            space = max(text.rfind("\n", start, end), text.rfind(" ", start, end))
            end = space + 1 if space > start else end
        yield [word[:_LONGEST] for word in _WORD.findall(fold(text[start:end]))]
        start = end


class Bodies:
    """Answers questions about the bodies of a vault's sources.

    As long as ``in_background`` is not set, the words are brought up to date by the first
    question; else a thread does that by ``read``, and bodies not read yet match nothing.
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
        """How many bodies the thread has still to read."""
        self.unread = 0
        """How many bodies the last question had to pass over, since nobody has read them yet."""
        self._unwritten = 0
        self._reads_itself = store is None
        """Whether no store can be had, so that every question reads the bodies."""
        self.version = 0
        """Grows when a question may be answered otherwise than before."""

    def close(self) -> None:
        """Give back the file that the words are kept in."""
        if self._store is not None:
            self._store.close()

    def read(self, go_on: Callable[[], bool] = lambda: True, pause: float = 0.0) -> None:
        """Bring the words up to date, with pauses between slices, until told to stop."""
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
                    del self._known[name]
                self.left = 0
                self.version += 1

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
                self.version += 1
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
            self.version += 1

    def _number(self, source: Source) -> int | None:
        """The number under which the body is kept as it is now."""
        entry = self._known.get(source.name)
        if entry is None or (entry[1] is not source.stamp and entry[1] != source.stamp):
            return None
        return entry[0]

    # Questions

    def test(self, values: Sequence[str], *, negated: bool = False) -> Test:
        """Whether a source's body holds any of the values."""
        holds = _holder(values)
        matching = self._find(values)
        read: dict[str, tuple[Source, bool]] = {}
        left = _MOST_AT_ONCE

        def answer(source: Source) -> bool:
            nonlocal left
            number = self._number(source) if matching is not None else None
            if number is not None and matching is not None:
                return (number in matching) is not negated
            entry = read.get(source.name)
            if entry is None or entry[0] is not source:
                left -= source.stamp.size
                is_much = left < 0 or len(read) >= _READ_AT_ONCE
                if is_much and self.in_background and not self._reads_itself:
                    # Neither yes nor no as yet.
                    self.unread += 1
                    return False
                entry = read[source.name] = source, holds(self._text(source))
            return entry[1] is not negated

        self.unread = 0
        return answer

    def best_first(
        self, values: Sequence[str], sources: Iterable[Source]
    ) -> list[tuple[Source, float]]:
        """The sources, those first that are most about it, each with its share of the best."""
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
        """The numbers of matching bodies; None when none can be told without reading."""
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
            # Gone or closed to us: there is nothing in it.
            return ""


def _row(value: str) -> list[str]:
    """The words looked for; of a pasted page the first ones."""
    return [word for words in _words(value[: _MOST_WORDS * _LONGEST]) for word in words][
        :_MOST_WORDS
    ]


def _expression(values: Sequence[str]) -> str:
    """The values as FTS5 asks for them; empty when one is made of signs alone."""
    rows = [_row(value) for value in values]
    asked = [f'"{" ".join(row)}"{" *" if _may_go_on(row) else ""}' for row in rows if row]
    return " OR ".join(asked) if len(asked) == len(rows) else ""


def _may_go_on(row: list[str]) -> bool:
    """Whether the last word may be the beginning of a longer one: a letter begins too many."""
    return len(row[-1]) > 1


def _holder(values: Sequence[str]) -> Callable[[str], bool]:
    """Whether a body's text holds any of the values."""
    rows = [_spaced(_row(value)) for value in values]
    # Signs alone are no words: they are looked for as they are.
    signs = [fold(value).strip() for value, row in zip(values, rows, strict=True) if not row]

    def holds(text: str) -> bool:
        if any(sign in fold(text) for sign in signs):
            return True
        words = f" {_joined(text)} "
        return any(row in words for row in rows if row)

    return holds


def _spaced(row: list[str]) -> str:
    """A row of words as it stands among other words with spaces between."""
    return " ".join(["", *row, *([] if not row or _may_go_on(row) else [""])])


def _slices(
    bodies: Iterator[tuple[Source, Body]], pause: float
) -> Iterator[list[tuple[Source, Body]]]:
    """The bodies as they are read, some milliseconds' worth at a time."""
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
