"""BodyStore: the words of bodies in an SQLite cache file, searched with FTS5.

A body's words are used only while its file's stamp is unchanged. A damaged file is recreated; if no
file can be written, the words are kept in memory.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple

from tui.private import DATABASE, make_database
from tui.vault.reading.cache import is_damage
from tui.vault.source import Stamp

_FORMAT = 2
"""Version of the format; increased when bodies are split differently."""
_WAIT = 0.2
"""Seconds to wait for another sluice that writes."""
_UNSEEN = -1
"""The version before the first check."""
_STALE = 1_000
"""Minimum number of outdated bodies before the store is rebuilt."""
_TABLES = """
    CREATE TABLE IF NOT EXISTS files (
        id INTEGER PRIMARY KEY AUTOINCREMENT, name BLOB UNIQUE NOT NULL,
        size INTEGER, mtime INTEGER, inode TEXT, settled INTEGER
    );
    CREATE VIRTUAL TABLE IF NOT EXISTS bodies USING fts5(words, content='', tokenize='ascii');
"""

_NO_TABLES = "DROP TABLE bodies; DROP TABLE files; DELETE FROM sqlite_sequence;"


class Body(NamedTuple):
    """A body's words, as stored."""

    name: str
    stamp: Stamp
    settled: bool
    """Whether the file cannot have been rewritten with the same stamp."""
    words: str


Known = dict[str, tuple[int, Stamp]]
"""By source name: the body's number and its file's stamp."""


class BodyStore:
    """Numbered bodies; a changed body gets a new number. Thread-safe."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = RLock()
        self._database: sqlite3.Connection | None = None
        self._version = _UNSEEN

    def known(self) -> Known | None:
        """The stored bodies; None when nothing has changed since the last call."""
        with self._lock:
            try:
                return self._known()
            except sqlite3.Error as error:
                self._recover(error)
            except (TypeError, ValueError, OverflowError):
                # A damaged row.
                self._recover(sqlite3.DatabaseError())
            return {}

    def _known(self) -> Known | None:
        database = self._opened()
        (version,) = database.execute("PRAGMA data_version").fetchone()
        if version == self._version:
            return None
        self._version = version
        rows = database.execute("SELECT id, name, size, mtime, inode FROM files WHERE settled")
        known = {}
        for number, name, size, mtime, inode in rows:
            if not (type(name) is bytes and type(size) is type(mtime) is int):
                raise TypeError
            known[os.fsdecode(name)] = number, Stamp(size, mtime, int(inode))
        return known

    def put(self, bodies: Sequence[Body]) -> list[int] | None:
        """Store bodies and return their numbers, or None when another sluice is writing.

        They can be searched at once, and are saved for the next start by ``flush``.
        """
        with self._lock:
            try:
                return self._put(bodies)
            except sqlite3.Error as error:
                if not _is_busy(error):
                    self._recover(error)
                return None

    def _put(self, bodies: Sequence[Body]) -> list[int]:
        database = self._opened()
        if not database.in_transaction:
            database.execute("BEGIN IMMEDIATE")
        numbers = []
        for name, stamp, settled, words in bodies:
            row = (os.fsencode(name), stamp.size, stamp.mtime_ns, str(stamp.inode), settled)
            cursor = database.execute(
                "INSERT OR REPLACE INTO files (name, size, mtime, inode, settled)"
                " VALUES (?, ?, ?, ?, ?)",
                row,
            )
            number = cursor.lastrowid or 0
            database.execute("INSERT INTO bodies (rowid, words) VALUES (?, ?)", (number, words))
            numbers.append(number)
        return numbers

    def flush(self, gone: Iterable[str] = ()) -> None:
        """Save stored bodies, without those of removed sources."""
        with self._lock, contextlib.suppress(sqlite3.Error):
            if self._database is not None:
                if gone := list(gone):
                    names = [(os.fsencode(name),) for name in gone]
                    self._database.executemany("DELETE FROM files WHERE name = ?", names)
                if self._database.in_transaction:
                    self._database.execute("COMMIT")

    def find(self, expression: str) -> set[int] | None:
        """The numbers of matching bodies; None on failure.

        These include old numbers of changed bodies.
        """
        rows = self._rows("SELECT rowid FROM bodies WHERE bodies MATCH ?", expression)
        return None if rows is None else {number for (number,) in rows}

    def worth(self, expression: str) -> dict[int, float]:
        """By number: the relevance of a matching body."""
        return dict(
            self._rows("SELECT rowid, -rank FROM bodies WHERE bodies MATCH ?", expression) or ()
        )

    def _rows(self, query: str, expression: str) -> list[Any] | None:
        with self._lock:
            try:
                return self._opened().execute(query, (expression,)).fetchall()
            except sqlite3.Error as error:
                if not _is_busy(error):
                    self._recover(error)
                return None

    def close(self) -> None:
        """Close the file."""
        with self._lock, contextlib.suppress(sqlite3.Error):
            if self._database is not None:
                self._database.close()
        self._database, self._version = None, _UNSEEN

    def _opened(self) -> sqlite3.Connection:
        if self._database is None:
            self._database = self._kept() or _prepared(":memory:")
        return self._database

    def _kept(self) -> sqlite3.Connection | None:
        """The file's database; recreated if damaged, None if it cannot be written."""
        try:
            try:
                return self._made()
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    return None
                self._remove()
                return self._made()
        except (OSError, sqlite3.Error):
            return None

    def _made(self) -> sqlite3.Connection:
        make_database(self._path)
        return _prepared(str(self._path))

    def _recover(self, error: sqlite3.Error) -> None:
        """Start over: with a new file after damage, in memory if the file cannot be used."""
        self.close()
        if is_damage(error):
            with contextlib.suppress(OSError):
                self._remove()
            return
        with contextlib.suppress(sqlite3.Error):
            self._database = _prepared(":memory:")

    def _remove(self) -> None:
        for ending in DATABASE:
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)


def _prepared(path: str) -> sqlite3.Connection:
    """A database with its tables; emptied if the format differs or it needs rebuilding."""
    database = sqlite3.connect(path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        # Safe if sluice is killed; data lost in a system crash is read again.
        database.execute("PRAGMA synchronous = NORMAL")
        database.executescript(_TABLES)
        (version,) = database.execute("PRAGMA user_version").fetchone()
        count, last = database.execute("SELECT count(*), max(id) FROM files").fetchone()
        if version != _FORMAT or (last or 0) - count > max(_STALE, count):
            database.executescript(f"BEGIN IMMEDIATE; {_NO_TABLES} {_TABLES} COMMIT;")
            database.execute(f"PRAGMA user_version = {_FORMAT}")
    except BaseException:
        database.close()
        raise
    return database


def _is_busy(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
    )
