"""The undo journal: one JSON line for each change, on disk before the files change.

JSON lines instead of SQLite: a change costs one write and one fsync, a truncated last line is
easy to detect, and a person can read the file.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from threading import RLock
from typing import IO, Any, Literal, NamedTuple

from tui.errors import JournalError
from tui.private import open_file, replacing
from tui.reasons import failed
from tui.vault.disk.folder import Folder
from tui.vault.disk.locks import locked
from tui.vault.history.change import Change, FileRecord, dump_change
from tui.vault.history.entries import LONGEST, Changes, Stacks, change_of, read_entry_lines

Kind = Literal["change", "undo", "redo", "void"]
Syncing = AbstractContextManager[None]
_ALONE: Syncing = contextlib.nullcontext()
KEEP = 5_000
"""Maximum number of changes to keep when the journal is trimmed."""
KEEP_BYTES = 16 << 20
"""Maximum total size of these in bytes; but ``LEAST`` changes are always kept."""
LEAST = 10
"""Number of changes that are always kept."""
SHORTEST = 256
"""Minimum size of a change's entry in bytes, so the file size bounds the number of changes."""
OFTEN = 64 << 10
"""Growth in bytes after which a running app checks the length again."""

READ_AT_ONCE = 2 * KEEP_BYTES
"""Maximum number of bytes to read; older entries of a longer journal are ignored."""
_CACHED = 4_096
"""Longest entry to keep in memory after reading, in bytes."""


class History(NamedTuple):
    """The undo and redo stacks; the next change is the last of each list."""

    done: Changes
    """The changes to undo."""
    undone: Changes
    """The changes to redo; a new change empties this."""


class Grown(NamedTuple):
    """What a journal has that it had not at some moment."""

    mark: tuple[int, int]
    """The moment now, to ask again from."""
    entries: Sequence[tuple[str, str]] | None
    """The kind and the change id of each new entry; None if it is another file since."""
    ids: Sequence[str]
    """Of all changes, oldest first, if they were asked for, or if it is another file."""
    standing: frozenset[str]
    """Those of them that are not undone."""


class Journal:
    """A vault's changes, newest last, kept in ``journal.jsonl`` in its state folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "journal.jsonl"
        self._lock = folder / "lock"
        self._stacks = Stacks()
        self._offset = 0
        self._inode = 0
        self._files = 0
        """How often it was read from its start."""
        self._cache: dict[str, Change] = {}
        """Changes read so far, at most ``KEEP``."""
        self._look_at = 0
        """The journal size at which its length is checked next."""
        self.writes = 0
        """Number of entries written by this process."""
        self.ours: list[tuple[str, str]] = []
        """The kind and the change id of each entry that this process wrote."""
        self.busy: set[str] = set()
        """The ids of the changes it is writing about at this moment."""
        self.before_trim: Callable[[], object] = lambda: None
        """Called before changes are removed, by who must remember what they did."""
        self._reading = RLock()
        """Only one thread at a time reads new entries."""

    def _locked(self) -> AbstractContextManager[int]:
        """Lock the journal against other processes."""
        return locked(self._lock)

    # Writing

    def append(self, change: Change, beside: Syncing = _ALONE) -> None:
        """Write the change to disk before the first of its files changes.

        ``beside`` is entered during the sync.
        """
        self._write({"kind": "change", **dump_change(change)}, ", so nothing was changed", beside)

    def mark(self, kind: Kind, change: Change) -> None:
        """Note that a change was undone, redone or never made (void)."""
        self._write({"kind": kind, "id": change.id}, ", but the files were changed")

    def amend(self, change: Change, files: tuple[FileRecord, ...]) -> None:
        """Note that a change affected only these files. Raises JournalError."""
        if files:
            self.append(change.only(files)._replace(id=f"{change.id}-part"))
        self.mark("void", change)

    def _write(self, entry: dict[str, Any], sequel: str, beside: Syncing = _ALONE) -> None:
        line = as_line(entry)
        self.busy.add(entry["id"])
        try:
            self._write_line(entry, line, sequel, beside)
        finally:
            self.busy.discard(entry["id"])

    def _write_line(self, entry: dict[str, Any], line: bytes, sequel: str, beside: Syncing) -> None:
        if len(line) >= LONGEST:
            raise JournalError(
                f"The change is too large for the undo journal{sequel}; make it in parts."
            )
        try:
            with self._locked():
                descriptor = open_file(self._path, _APPEND)
                try:
                    # Only a damaged journal starts with another byte; a full check takes longer.
                    odd = _byte_at(descriptor, 0) not in (b"", b"{")
                    if not odd or self._catch_up():
                        size = _append(descriptor, line, beside)
                        self._keep_short(descriptor, size)
                        self.writes += 1
                        self.ours.append((entry["kind"], entry["id"]))
                        return
                finally:
                    os.close(descriptor)
        except OSError as error:
            raise self._failed(error, "write", sequel) from error
        self._set_aside(sequel)

    def _failed(self, error: OSError, aim: Literal["read", "write"], so: str = "") -> JournalError:
        return JournalError(f"Cannot {aim} the undo journal {self._path} {failed(error, aim, so)}")

    def _set_aside(self, sequel: str) -> None:
        """Move a damaged journal away, so that it is reported once. Raises JournalError."""
        number = 1
        while (bad := self._path.with_name(f"journal.jsonl.bad{number}")).exists():
            number += 1
        try:
            with self._locked():
                # Another process may have moved it already.
                if not self._catch_up():
                    self._path.replace(bad)
        except OSError as error:
            raise JournalError(
                f"Cannot rename the damaged undo journal {self._path} {failed(error, 'write')}"
            ) from error
        raise JournalError(
            f"The undo journal was damaged{sequel}; it is now {bad}, and the next change starts "
            "a new one."
        )

    # Reading

    def history(self, by: str = "") -> History:
        """The changes to undo and to redo; with ``by``, only those made by that name."""
        self._read()
        with self._reading:
            lists = self._stacks.done, self._stacks.undone
            return History(*(Changes(self._stacks.made_by(by, ids), self._load) for ids in lists))

    def named(self) -> frozenset[str]:
        """The ids of the changes that were made under a name."""
        self._read()
        with self._reading:
            return frozenset(id for id, entry in self._stacks.known.items() if entry.by)

    def changes(self, by: str = "") -> Changes:
        """All changes that were made, oldest first; undone ones are marked.

        With ``by``, only those made by that name. Each is read when it is accessed. Raises
        JournalError, also on access.
        """
        self._read()
        with self._reading:
            done = frozenset(self._stacks.done)

            def load(ids: Iterable[str]) -> Iterator[Change]:
                return (c._replace(undone=c.id not in done) for c in self._load(ids))

            return Changes(self._stacks.made_by(by, self._stacks.known), load)

    def authors(self) -> list[str]:
        """The names that made changes, the last one first."""
        self._read()
        with self._reading:
            names = (entry.by for entry in reversed(self._stacks.known.values()))
            return list(dict.fromkeys(filter(None, names)))

    def of_file(
        self, name: str, digest: str = "", exists: Callable[[str], bool] = lambda _: True
    ) -> list[Change]:
        """The changes of one file, oldest first, each with the record of this file only.

        Also of the names it had before: a renamed file has the bytes of one that a change left
        and that no longer ``exists``. ``digest`` is the file's own. No other change is parsed.
        Raises JournalError.
        """
        self._read()
        try:
            with self._reading, self._opened() as file:
                self._add_up(file)
                known, done = self._stacks.known, frozenset(self._stacks.done)
                start = next(iter(known.values())).offset if known else 0
                file.seek(start)
                data = file.read(self._offset - start)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise self._failed(error, "read") from error
        from tui.vault.history.trace import Trace  # noqa: PLC0415 - for a history only

        found = Trace(data, start, known).of_file(name, digest, exists)
        return [change._replace(undone=change.id not in done) for change in found]

    def place(self) -> tuple[int, int]:
        """The end of the file; it differs after every write."""
        self._read()
        return self._inode, self._offset

    def standing(self) -> frozenset[str]:
        """The ids of the changes that are not undone."""
        self._read()
        with self._reading:
            return frozenset(self._stacks.done)

    def since(self, mark: tuple[int, int] | None, *, whole: bool = False) -> Grown:
        """What is new since that mark; all of it if there is none or with ``whole``.

        Raises JournalError.
        """
        self._read()
        with self._reading:
            stacks = self._stacks
            now = self._files, len(stacks.news)
            is_same = mark is not None and mark[0] == self._files
            entries = tuple(stacks.news[mark[1] :]) if mark is not None and is_same else None
            if entries is not None and not whole:
                return Grown(now, entries, (), frozenset())
            return Grown(now, entries, tuple(stacks.known), frozenset(stacks.done))

    def read(self, ids: Iterable[str]) -> Iterator[Change]:
        """The changes with these ids that it has. Raises JournalError."""
        return self._load(ids)

    def oldest(self) -> Change | None:
        """The oldest change that it has. Raises JournalError."""
        self._read()
        with self._reading:
            first = next(iter(self._stacks.known), None)
        return None if first is None else next(self._load([first]), None)

    def find(self, id: str) -> Change | None:
        """The change of that id as in ``changes``; None if it was never made."""
        self._read()
        found = next(self._load([id]), None) if id in self._stacks.known else None
        return found and found._replace(undone=id not in self._stacks.done)

    def _load(self, ids: Iterable[str]) -> Iterator[Change]:
        """The changes with these ids that exist. Raises JournalError."""
        with contextlib.ExitStack() as stack:
            file: IO[bytes] | None = None
            for id in ids:
                change = self._cache.get(id)
                if change is None:
                    try:
                        with self._reading:
                            file = self._open_again(file, stack)
                            change = self._read_change(file, id)
                    except FileNotFoundError:
                        return
                    except OSError as error:
                        raise self._failed(error, "read") from error
                if change is not None:
                    yield change

    def _open_again(self, file: IO[bytes] | None, stack: contextlib.ExitStack) -> IO[bytes]:
        """The current journal file; a new one if it was trimmed meanwhile."""
        while file is None or os.fstat(file.fileno()).st_ino != self._inode:
            self._catch_up()
            file = stack.enter_context(self._opened())
        return file

    def _read_change(self, file: IO[bytes], id: str) -> Change | None:
        entry = self._stacks.known.get(id)
        if entry is None:
            return None
        file.seek(entry.offset)
        change = change_of(file.read(entry.length))
        if change is not None and entry.length <= _CACHED and len(self._cache) < 2 * KEEP:
            self._cache[id] = change
        return change

    @property
    def version(self) -> object:
        """A value that differs after every write; only looks at the file's size."""
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_ino, status.st_size

    def is_sound(self) -> bool:
        """Whether the journal is readable or missing."""
        return self._catch_up()

    def _read(self) -> None:
        if not self._catch_up():
            self._set_aside("")

    def _catch_up(self) -> bool:
        """Read the entries written since the last call, by any process.

        Returns False when most of the journal is unreadable.
        """
        with self._reading:
            try:
                with self._opened() as file:
                    return self._add_up(file)
            except FileNotFoundError:
                self._stacks, self._offset, self._inode = Stacks(), 0, 0
                self._files += 1
                return True
            except OSError as error:
                raise self._failed(error, "read") from error

    def _opened(self) -> IO[bytes]:
        return open(self._path, "rb", opener=open_file)

    def _add_up(self, file: IO[bytes]) -> bool:
        status = os.fstat(file.fileno())
        if status.st_ino == self._inode and status.st_size >= self._offset > 0:
            file.seek(self._offset)
            self._offset, _ = read_entry_lines(file, self._stacks, self._offset)
            return True
        self._inode, self._cache, looked_at = status.st_ino, {}, READ_AT_ONCE
        while True:
            stacks = Stacks()
            start = file.seek(max(0, status.st_size - looked_at))
            if start:
                # The start is in the middle of an entry.
                start += len(file.readline(LONGEST))
            end, sound = read_entry_lines(file, stacks, start)
            if not start or len(stacks.known) >= LEAST or not sound:
                break
            looked_at *= 4
        stacks.news.clear()
        self._stacks, self._offset = (stacks, end) if sound else (Stacks(), 0)
        self._files += 1
        return sound

    # Trimming

    def trim(self) -> None:
        """Remove the oldest changes of a long journal. Raises JournalError."""
        self._read()
        if self._offset < 2 * KEEP * SHORTEST:
            return
        try:
            with self._locked():
                # What was written since, also by another thread, must not be lost.
                if self._catch_up():
                    self._shorten()
        except OSError as error:
            raise JournalError(
                f"Cannot shorten the undo journal {self._path} {failed(error, 'write')}"
            ) from error

    def _keep_short(self, descriptor: int, size: int) -> None:
        """Trim a locked journal that has grown long; a failure waits for the next time."""
        if size < max(self._look_at, 2 * KEEP * SHORTEST):
            return
        self._look_at = size + OFTEN
        with contextlib.suppress(OSError, JournalError):
            if (size > READ_AT_ONCE or _changes_in(descriptor) >= 2 * KEEP) and self._catch_up():
                self._shorten()

    def _shorten(self) -> None:
        """Rewrite a locked journal with only its newest changes, if that is worth it."""
        kept = self._stacks.newest(KEEP, KEEP_BYTES, LEAST)
        length = sum(entry.length for entry in kept)
        worth = self._offset > READ_AT_ONCE and 2 * length <= self._offset
        if not worth and len(self._stacks.known) < 2 * KEEP:
            return
        self.before_trim()
        with self._opened() as old, replacing(self._path, self._path.with_suffix(".new")) as new:
            for entry, kind, id in self._stacks.marks(kept):
                if entry is None:
                    new.write(as_line({"kind": kind, "id": id}))
                    continue
                old.seek(entry.offset)
                new.write(old.read(entry.length))
            new.flush()
            os.fsync(new.fileno())
        with Folder(os.fspath(self._path.parent), "") as folder:
            folder.sync()


_APPEND = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)


def _append(descriptor: int, line: bytes, beside: Syncing) -> int:
    """Append a line and sync, or leave the journal unchanged. Raises OSError.

    Returns the new size.
    """
    size = os.fstat(descriptor).st_size
    # After a line truncated by a crash, the next entry must start on a new line.
    if size and _byte_at(descriptor, size - 1) != b"\n":
        line = b"\n" + line
    end = size + len(line)
    try:
        while line:
            line = line[os.write(descriptor, line) :]
        with beside:
            os.fsync(descriptor)
    except OSError:
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, size)
        raise
    return end


def _changes_in(descriptor: int) -> int:
    """Count the changes in an open journal; one split between two reads may be missed."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    count = 0
    while data := os.read(descriptor, 1 << 20):
        count += data.count(b'{"kind":"change"')
    return count


def _byte_at(descriptor: int, offset: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(descriptor, 1, offset)
    os.lseek(descriptor, offset, os.SEEK_SET)
    return os.read(descriptor, 1)


def as_line(entry: dict[str, Any]) -> bytes:
    """An entry as a line of the journal."""
    return json.dumps(entry, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"
