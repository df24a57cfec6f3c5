"""The journal's entries: which changes there are, where each stands, and how they add up.

A journal may be long, and an entry as long as thousands of sources. Of most of them only the
beginning is looked at; a change is taken apart when somebody asks for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import IO, NamedTuple, overload

from tui.vault.change import Change, load_change

LONGEST = 128 << 20
"""Bytes of the longest line that is an entry: a change of some 300,000 sources."""
_BEGINS = re.compile(rb'\{"kind":"(change|undo|redo|void)","id":"([^"\\]+)"[,}]')
"""How a line of ours begins."""


class Entry(NamedTuple):
    """Where a change stands in the journal."""

    id: str
    offset: int
    length: int


class Stacks:
    """The entries as they add up; changes by their ids."""

    def __init__(self) -> None:
        self.known: dict[str, Entry] = {}
        """Every change that came to be, oldest first."""
        self.latest: dict[str, None] = {}
        """The same by when it was made, taken back or made again, the last one at the end."""
        self.done: list[str] = []
        """What undo takes back; the next one is the last."""
        self.undone: list[str] = []
        """What redo brings back; the next one is the last. A new change empties it."""
        self._emptied: list[str] = []
        """What the newest change emptied ``undone`` of; back in there if it never came to be."""

    def add(self, line: bytes, offset: int) -> bool:
        """Add a whole line that begins at ``offset``; whether it looks like an entry.

        One that names a change nobody knows changes nothing.
        """
        if not line.strip():
            return True
        if not (line.startswith(b"{") and line.rstrip().endswith(b"}")):
            return False
        match = _BEGINS.match(line)
        if match is not None:
            self._apply(match[1].decode(), match[2].decode("utf-8", "replace"), offset, len(line))
            return True
        # Another way to write the same.
        with suppress(ValueError, RecursionError):
            match json.loads(line):
                case {"kind": str(kind), "id": str(id)}:
                    self._apply(kind, id, offset, len(line))
        return True

    def _apply(self, kind: str, id: str, offset: int, length: int) -> None:
        if kind == "change":
            if id not in self.known:
                self.known[id] = Entry(id, offset, length)
                self.latest[id] = None
                self.done.append(id)
                self._emptied, self.undone = self.undone, []
            return
        if id not in self.known or kind not in ("undo", "redo", "void"):
            return
        # In neither list when another process made a change while this one was redone.
        _drop(self.done, id)
        _drop(self.undone, id)
        del self.latest[id]
        if kind == "void":
            del self.known[id]
            self.undone = self.undone or self._emptied
        else:
            self.latest[id] = None
            (self.done if kind == "redo" else self.undone).append(id)
        self._emptied = []

    def newest(self, count: int, size: int, least: int) -> list[Entry]:
        """The changes to keep, oldest first: at most ``count``, of ``size`` bytes together.

        Longer ones are kept too as long as there are not ``least``.
        """
        kept: dict[str, None] = {}
        for id in reversed(self.latest):
            size -= self.known[id].length
            if len(kept) >= count or (size < 0 and len(kept) >= least):
                break
            kept[id] = None
        return [entry for id, entry in self.known.items() if id in kept]

    def marks(self, kept: Sequence[Entry]) -> Iterator[tuple[Entry | None, str, str]]:
        """What must be in a journal of these changes so that they add up as they do here.

        Each is an entry, or none and the kind and the id of a mark.
        """
        ids = [entry.id for entry in kept]
        held, done, undone = set(ids), set(self.done), set(self.undone)
        for entry in kept:
            yield entry, "", ""
            if entry.id not in done and entry.id not in undone:
                # The next change makes it one that nobody brings back, as it is.
                yield None, "undo", entry.id
        made = [id for id in ids if id in done]
        stacked = [id for id in self.done if id in held]
        same = next((n for n, (a, b) in enumerate(zip(made, stacked, strict=True)) if a != b), None)
        for id in stacked[same:] if same is not None else ():
            yield None, "redo", id
        for id in self.undone:
            if id in held:
                yield None, "undo", id


def _drop(stack: list[str], id: str) -> None:
    # From the end, where it nearly always is: a stack may hold thousands.
    for index in range(len(stack) - 1, -1, -1):
        if stack[index] == id:
            del stack[index]
            return


def read_entry_lines(file: IO[bytes], stacks: Stacks, offset: int) -> tuple[int, bool]:
    """Add the whole lines from ``offset`` on; where they end, and whether most are entries.

    A last line without its end is still being written by another process, or torn.
    """
    lines = odd = 0
    while (line := file.readline(LONGEST)).endswith(b"\n"):
        lines += 1
        odd += not stacks.add(line, offset)
        offset += len(line)
    if line and (len(line) == LONGEST or not line.startswith(b"{")):
        lines, odd = lines + 1, odd + 1
    return offset, 2 * odd <= lines


def change_of(line: bytes) -> Change | None:
    """The change that a line tells of; None when it makes no sense."""
    # A line that a crash tore belongs to a change whose file was never written.
    with suppress(ValueError, KeyError, TypeError, RecursionError):
        return load_change(json.loads(line))
    return None


class Changes(Sequence[Change]):
    """Changes of a journal, each read from it when it is looked at.

    Those that are no changes, or gone by then, are passed over, though ``len`` counts them.
    """

    def __init__(
        self, ids: Iterable[str], load: Callable[[Iterable[str]], Iterator[Change]]
    ) -> None:
        self._ids = tuple(ids)
        self._load = load

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the changes, those that are none included."""
        return self._ids

    def without(self, known: Container[str]) -> Changes:
        """Those whose ids are not ``known``."""
        return Changes((id for id in self._ids if id not in known), self._load)

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Change]:
        return self._load(self._ids)

    def __reversed__(self) -> Iterator[Change]:
        return self._load(reversed(self._ids))

    def __contains__(self, change: object) -> bool:
        return isinstance(change, Change) and change.id in self._ids

    @overload
    def __getitem__(self, index: int) -> Change: ...
    @overload
    def __getitem__(self, index: slice) -> Changes: ...
    def __getitem__(self, index: int | slice) -> Change | Changes:
        if isinstance(index, slice):
            return Changes(self._ids[index], self._load)
        found = next(self._load([self._ids[index]]), None)
        if found is None:
            raise IndexError(index)
        return found

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment] # as a list
