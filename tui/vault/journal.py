"""What each change replaced, for undo: one JSON line a change, on disk before the file.

JSON lines and not SQLite: a change costs one write and one fsync, a torn last line is
told from a whole one, and a person can read what was done.
"""

from __future__ import annotations

import contextlib
import json
import os
from contextlib import AbstractContextManager
from pathlib import Path
from threading import RLock
from typing import Any, Literal, NamedTuple

from tui.errors import JournalError
from tui.vault.change import Change, FileRecord, dump_change, load_change
from tui.vault.locks import locked
from tui.vault.reason import reason

Kind = Literal["change", "undo", "redo", "void"]
Syncing = AbstractContextManager[None]
_ALONE: Syncing = contextlib.nullcontext()
KEEP = 5_000
"""How many changes are kept when the journal is trimmed."""


class History(NamedTuple):
    """The changes by what can be done with them; the next one is each list's last."""

    done: list[Change]
    """What undo takes back."""
    undone: list[Change]
    """What redo brings back; a new change empties it."""


class _Stacks:
    """The journal's entries as they add up."""

    def __init__(self) -> None:
        self.known: dict[str, Change] = {}
        self.done: list[Change] = []
        self.undone: list[Change] = []
        self.emptied: list[Change] = []
        """What the newest change emptied ``undone`` of; back in there if it never came to be."""

    def apply(self, entry: dict[str, Any]) -> None:
        """Add one entry. Raises KeyError, TypeError or ValueError for a malformed one."""
        kind = entry["kind"]
        if kind == "change":
            change = load_change(entry)
            if change.id in self.known:
                return
            self.known[change.id] = change
            self.done.append(change)
            self.emptied, self.undone = self.undone, []
            return
        named = self.known[entry["id"]]
        # In neither list when another process made a change while this one was redone.
        _drop(self.done, named)
        _drop(self.undone, named)
        if kind == "void":
            del self.known[named.id]
            self.undone = self.undone or self.emptied
        else:
            (self.done if kind == "redo" else self.undone).append(named)
        self.emptied = []


def _drop(stack: list[Change], change: Change) -> None:
    # From the end, where it nearly always is: a stack may hold thousands.
    for index in range(len(stack) - 1, -1, -1):
        if stack[index] is change:
            del stack[index]
            return


class Journal:
    """A vault's changes, newest last, kept in ``journal.jsonl`` in its state folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "journal.jsonl"
        self._lock = folder / "lock"
        self._stacks = _Stacks()
        self._offset = 0
        self._inode = 0
        self._reading = RLock()
        """One thread at a time adds up the entries."""

    def _locked(self) -> AbstractContextManager[int]:
        """Holds the journal for one process at a time."""
        return locked(self._lock)

    def append(self, change: Change, beside: Syncing = _ALONE) -> None:
        """The change on disk, before the first of its files is written.

        ``beside`` is entered while the disk takes it.
        """
        self._write({"kind": "change", **dump_change(change)}, ", so nothing was changed", beside)

    def mark(self, kind: Kind, change: Change) -> None:
        """That a change was undone, redone, or never came to be (void)."""
        self._write({"kind": kind, "id": change.id}, ", but the files were changed")

    def amend(self, change: Change, files: tuple[FileRecord, ...]) -> None:
        """That a change reached only these files. Raises JournalError."""
        if files:
            self.append(Change(f"{change.id}-part", change.label, change.time, files))
        self.mark("void", change)

    def _write(self, entry: dict[str, Any], sequel: str, beside: Syncing = _ALONE) -> None:
        try:
            with self._locked():
                descriptor = os.open(self._path, _APPEND, 0o600)
                try:
                    # Only a damaged journal begins otherwise; judging it whole takes longer.
                    odd = _byte_at(descriptor, 0) not in (b"", b"{")
                    if not odd or self._catch_up():
                        _append(descriptor, _line(entry), beside)
                        return
                finally:
                    os.close(descriptor)
        except OSError as error:
            raise JournalError(
                f"The undo journal cannot be written ({reason(error)}){sequel}."
            ) from error
        self._set_aside(sequel)

    def history(self) -> History:
        """What can be undone and redone, by what the entries say in their order."""
        self._read()
        with self._reading:
            return History(list(self._stacks.done), list(self._stacks.undone))

    def changes(self) -> list[Change]:
        """Every change that came to be, oldest first, those taken back marked undone."""
        self._read()
        with self._reading:
            done = {change.id for change in self._stacks.done}
            return [c._replace(undone=c.id not in done) for c in self._stacks.known.values()]

    def is_sound(self) -> bool:
        """Whether it can be read; one that is missing can."""
        return self._catch_up()

    def _read(self) -> None:
        if not self._catch_up():
            self._set_aside("")

    def _set_aside(self, sequel: str) -> None:
        """A damaged journal out of the way, so that it is told of once. Raises JournalError."""
        number = 1
        while (bad := self._path.with_name(f"journal.jsonl.bad{number}")).exists():
            number += 1
        try:
            with self._locked():
                # Another process may have been quicker.
                if not self._catch_up():
                    self._path.replace(bad)
        except OSError as error:
            raise JournalError(f"The undo journal is damaged: {reason(error)}.") from error
        raise JournalError(
            f"The undo journal was damaged{sequel}; it is kept as {bad}, and a new one begins "
            "with the next change."
        )

    def _catch_up(self) -> bool:
        """Read the entries written since the last time, by us or by another process.

        False when most of a journal cannot be read at all.
        """
        with self._reading:
            return self._add_up()

    def _add_up(self) -> bool:
        try:
            with self._path.open("rb") as file:
                status = os.fstat(file.fileno())
                if status.st_ino != self._inode or status.st_size < self._offset:
                    self._stacks, self._offset, self._inode = _Stacks(), 0, status.st_ino
                file.seek(self._offset)
                data = file.read()
        except FileNotFoundError:
            self._stacks, self._offset = _Stacks(), 0
            return True
        except OSError as error:
            raise JournalError(f"The undo journal cannot be read: {reason(error)}.") from error
        if not self._offset and _is_damaged(data):
            return False
        # A last line without its end is still being written by another process, or torn.
        data = data[: data.rfind(b"\n") + 1]
        self._offset += len(data)
        for line in data.splitlines():
            # A line that a crash tore belongs to a change whose file was never written.
            with contextlib.suppress(ValueError, KeyError, TypeError, RecursionError):
                self._stacks.apply(json.loads(line))
        return True

    def trim(self) -> None:
        """The oldest changes dropped once there are twice as many as are kept."""
        if len(self.history().done) < 2 * KEEP:
            return
        temporary = self._path.with_suffix(".new")
        try:
            with self._locked(), temporary.open("wb") as file:
                for change in self.history().done[-KEEP:]:
                    file.write(_line({"kind": "change", **dump_change(change)}))
                file.flush()
                os.fsync(file.fileno())
                temporary.replace(self._path)
        except OSError as error:
            raise JournalError(f"The undo journal cannot be shortened: {reason(error)}.") from error


_APPEND = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)


def _append(descriptor: int, line: bytes, beside: Syncing) -> None:
    """The line at the journal's end, on disk; or the journal as it was. Raises OSError."""
    size = os.fstat(descriptor).st_size
    # After a torn line of a crash the next entry must start on its own line.
    if size and _byte_at(descriptor, size - 1) != b"\n":
        line = b"\n" + line
    try:
        while line:
            line = line[os.write(descriptor, line) :]
        with beside:
            os.fsync(descriptor)
    except OSError:
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, size)
        raise


def _is_damaged(data: bytes) -> bool:
    """Whether more lines are no entries of ours than are; a torn last one does not count."""
    whole, _, last = data.rpartition(b"\n")
    lines = [line for line in whole.split(b"\n") if line]
    if last and not last.startswith(b"{"):
        lines.append(last)
    odd = sum(not (line.startswith(b"{") and line.endswith(b"}")) for line in lines)
    return 2 * odd > len(lines)


def _byte_at(descriptor: int, offset: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(descriptor, 1, offset)
    os.lseek(descriptor, offset, os.SEEK_SET)
    return os.read(descriptor, 1)


def _line(entry: dict[str, Any]) -> bytes:
    return json.dumps(entry, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
