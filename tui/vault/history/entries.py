"""The journal's entries: the changes, their place in the file, and the undo and redo stacks.

A journal can be long, and an entry can list thousands of sources. So only the start of most
entries is read; a change is parsed when it is needed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import IO, NamedTuple, overload

from tui.vault.history.change import Change, load_change

LONGEST = 128 << 20
"""Maximum size of an entry in bytes: a change of some 300,000 sources."""
_BEGINS = re.compile(
    rb'\{"kind":"(change|undo|redo|void)","id":"([^"\\]+)"(?:,"by":("(?:[^"\\]|\\.)*"))?[,}]'
)
"""The start of a journal line: its kind, the change's id, and who made it."""


class Entry(NamedTuple):
    """The place of a change in the journal."""

    id: str
    offset: int
    length: int
    by: str = ""
    """Who made it, if that was said."""


class Stacks:
    """The undo and redo stacks that the entries add up to; changes are given by id."""

    def __init__(self) -> None:
        self.known: dict[str, Entry] = {}
        """All changes that were made, oldest first."""
        self.latest: dict[str, None] = {}
        """The same, by the time of the last change, undo or redo, latest last."""
        self.done: list[str] = []
        """The undo stack; the next one is last."""
        self.undone: list[str] = []
        """The redo stack; the next one is last. A new change empties it."""
        self.news: list[tuple[str, str]] = []
        """The kind and the change id of each entry since the journal was read from its start."""
        self._emptied: list[str] = []
        """The redo stack before the newest change; restored if that change was never made."""

    def add(self, line: bytes, offset: int) -> bool:
        """Add a complete line that starts at ``offset``; return whether it looks like an entry.

        An entry with an unknown change id has no effect.
        """
        # As nearly all are, and long ones are not copied.
        begins = _BEGINS.match(line) if line.endswith(b"}\n") else None
        if begins is None:
            if not (stripped := line.strip()):
                return True
            if not (line.startswith(b"{") and stripped.endswith(b"}")):
                return False
            begins = _BEGINS.match(line)
        if begins is not None:
            kind, id, by = begins.groups()
            name = _said(by) if by else ""
            entry = Entry(id.decode("utf-8", "replace"), offset, len(line), name)
            self._apply(kind.decode(), entry)
            return True
        # The same entry in another JSON spelling.
        with suppress(ValueError, RecursionError):
            match json.loads(line):
                case {"kind": str(kind), "id": str(id), **more}:
                    self._apply(kind, Entry(id, offset, len(line), str(more.get("by", ""))))
        return True

    def _apply(self, kind: str, entry: Entry) -> None:
        id = entry.id
        if kind == "change":
            if id not in self.known:
                self.known[id] = entry
                self.latest[id] = None
                self.done.append(id)
                self._emptied, self.undone = self.undone, []
                self.news.append((kind, id))
            return
        if id not in self.known or kind not in ("undo", "redo", "void"):
            return
        self.news.append((kind, id))
        # On neither stack when another process made a change during this redo.
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

    def made_by(self, by: str, ids: Iterable[str]) -> Iterable[str]:
        """Those of the changes that were made by that name; all if it is empty."""
        return [id for id in ids if self.known[id].by == by] if by else ids

    def newest(self, count: int, size: int, least: int) -> list[Entry]:
        """The changes to keep, oldest first: at most ``count`` and ``size`` bytes in total.

        But at least ``least`` changes are kept, whatever their size.
        """
        kept: dict[str, None] = {}
        for id in reversed(self.latest):
            size -= self.known[id].length
            if len(kept) >= count or (size < 0 and len(kept) >= least):
                break
            kept[id] = None
        return [entry for id, entry in self.known.items() if id in kept]

    def marks(self, kept: Sequence[Entry]) -> Iterator[tuple[Entry | None, str, str]]:
        """The entries for a journal of these changes that gives the same stacks.

        Each is an entry, or None with the kind and id of a mark.
        """
        ids = [entry.id for entry in kept]
        held, done, undone = set(ids), set(self.done), set(self.undone)
        for entry in kept:
            yield entry, "", ""
            if entry.id not in done and entry.id not in undone:
                # Undone, and no longer on the redo stack: the next change empties that.
                yield None, "undo", entry.id
        made = [id for id in ids if id in done]
        stacked = [id for id in self.done if id in held]
        same = next((n for n, (a, b) in enumerate(zip(made, stacked, strict=True)) if a != b), None)
        for id in stacked[same:] if same is not None else ():
            yield None, "redo", id
        for id in self.undone:
            if id in held:
                yield None, "undo", id


@lru_cache(maxsize=256)  # a script's name is on each of its changes
def _said(text: bytes) -> str:
    """A JSON string; empty when it is invalid."""
    with suppress(ValueError):
        return str(json.loads(text))
    return ""


def _drop(stack: list[str], id: str) -> None:
    # From the end, where it usually is: a stack may have thousands of ids.
    for index in range(len(stack) - 1, -1, -1):
        if stack[index] == id:
            del stack[index]
            return


def read_entry_lines(file: IO[bytes], stacks: Stacks, offset: int) -> tuple[int, bool]:
    """Add the complete lines from ``offset`` on; return their end, and whether most are entries.

    A last line without a line break is still being written by another process, or truncated.
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
    """Parse the change of a line; None when it is invalid."""
    # A line truncated by a crash belongs to a change whose files were never written.
    with suppress(ValueError, KeyError, TypeError, RecursionError):
        return load_change(json.loads(line))
    return None


class Changes(Sequence[Change]):
    """Changes of a journal, each read when it is accessed.

    Invalid or removed entries are skipped, although ``len`` counts them.
    """

    def __init__(
        self, ids: Iterable[str], load: Callable[[Iterable[str]], Iterator[Change]]
    ) -> None:
        self._ids = tuple(ids)
        self._load = load

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the changes, including invalid ones."""
        return self._ids

    def among(self, wanted: Iterable[str]) -> Changes:
        """The changes with these ids, in their own order."""
        ids = frozenset(wanted)
        return Changes((id for id in self._ids if id in ids), self._load)

    def without(self, known: Container[str]) -> Changes:
        """The changes whose ids are not in ``known``."""
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
