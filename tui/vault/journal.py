"""What each change replaced, for undo: one JSON line a change, on disk before the file.

JSON lines and not SQLite: a change costs one write and one fsync, a torn last line is
told from a whole one, and a person can read what was done.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from tui.errors import JournalError
from tui.vault.change import Change, dump_change, load_change
from tui.vault.storage import reason

if os.name != "nt":
    import fcntl

Kind = Literal["change", "undo", "redo", "void"]
KEEP = 5_000
"""How many changes are kept when the journal is trimmed."""


@dataclass(frozen=True, slots=True)
class History:
    """The changes by what can be done with them; the next one is each list's last."""

    done: list[Change]
    """What undo takes back."""
    undone: list[Change]
    """What redo brings back; a new change empties it."""


@dataclass(slots=True)
class _Stacks:
    """The journal's entries as they add up."""

    known: dict[str, Change] = field(default_factory=dict)
    done: list[Change] = field(default_factory=list)
    undone: list[Change] = field(default_factory=list)
    emptied: list[Change] = field(default_factory=list)
    """What the newest change emptied ``undone`` of; back in there if it never came to be."""

    def apply(self, entry: dict[str, Any]) -> None:
        """Add one entry. Raises KeyError, TypeError or ValueError for a malformed one."""
        kind = entry["kind"]
        if kind == "change":
            change = load_change(entry)
            self.known[change.id] = change
            self.done.append(change)
            self.emptied, self.undone = self.undone, []
            return
        named = self.known[entry["id"]]
        came_from, goes_to = (
            (self.undone, self.done) if kind == "redo" else (self.done, self.undone)
        )
        if named in came_from:
            came_from.remove(named)
            if kind != "void":
                goes_to.append(named)
        if kind == "void":
            del self.known[named.id]
            self.undone = self.undone or self.emptied
        self.emptied = []


class Journal:
    """A vault's changes, newest last, kept in ``journal.jsonl`` in its state folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / "journal.jsonl"
        self._stacks = _Stacks()
        self._offset = 0
        self._inode = 0

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the journal for one process at a time."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = (self._folder / "lock").open("ab")
        except OSError as error:
            raise JournalError(
                f"The undo journal in {self._folder} cannot be used ({reason(error)}), "
                "so nothing was changed; make the folder writable."
            ) from error
        with lock:
            if os.name != "nt":
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def append(self, change: Change) -> None:
        """The change on disk, before the first of its files is written."""
        self._write({"kind": "change", **dump_change(change)}, ", so nothing was changed")

    def mark(self, kind: Kind, change: Change) -> None:
        """That a change was undone, redone, or never came to be (void)."""
        self._write({"kind": kind, "id": change.id}, ", but the files were changed")

    def _write(self, entry: dict[str, Any], sequel: str) -> None:
        line = _line(entry)
        try:
            with self._path.open("ab") as file:
                # After a torn line of a crash the next entry must start on its own line.
                if file.tell() and not self._ends_whole():
                    line = b"\n" + line
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise JournalError(
                f"The undo journal cannot be written ({reason(error)}){sequel}."
            ) from error

    def _ends_whole(self) -> bool:
        with self._path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"

    def history(self) -> History:
        """What can be undone and redone, by what the entries say in their order."""
        self._catch_up()
        return History(list(self._stacks.done), list(self._stacks.undone))

    def changes(self) -> list[Change]:
        """Every change that came to be, oldest first, those taken back marked undone."""
        self._catch_up()
        done = {change.id for change in self._stacks.done}
        return [replace(c, undone=c.id not in done) for c in self._stacks.known.values()]

    def _catch_up(self) -> None:
        """Read the entries written since the last time, by us or by another process."""
        try:
            with self._path.open("rb") as file:
                status = os.fstat(file.fileno())
                if status.st_ino != self._inode or status.st_size < self._offset:
                    self._stacks, self._offset, self._inode = _Stacks(), 0, status.st_ino
                file.seek(self._offset)
                data = file.read()
        except FileNotFoundError:
            self._stacks, self._offset = _Stacks(), 0
            return
        except OSError as error:
            raise JournalError(f"The undo journal cannot be read: {reason(error)}.") from error
        # A last line without its end is still being written by another process, or torn.
        data = data[: data.rfind(b"\n") + 1]
        self._offset += len(data)
        for line in data.splitlines():
            # A line that a crash tore belongs to a change whose file was never written.
            with contextlib.suppress(ValueError, KeyError, TypeError):
                self._stacks.apply(json.loads(line))

    def trim(self) -> None:
        """The oldest changes dropped once there are twice as many as are kept."""
        history = self.history()
        if len(history.done) < 2 * KEEP:
            return
        temporary = self._path.with_suffix(".new")
        try:
            with temporary.open("wb") as file:
                for change in history.done[-KEEP:]:
                    file.write(_line({"kind": "change", **dump_change(change)}))
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self._path)
        except OSError as error:
            raise JournalError(f"The undo journal cannot be shortened: {reason(error)}.") from error


def _line(entry: dict[str, Any]) -> bytes:
    return json.dumps(entry, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
