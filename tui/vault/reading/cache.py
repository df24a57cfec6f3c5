"""SourceCache: the entries of all files, so that the next start need not read them again.

An entry is used only while the file's stamp is unchanged, and never for making a change. If the
cache is damaged, locked or read-only, sluice works without it.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sqlite3
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, get_args
from zlib import crc32

from tui import __version__
from tui.private import make_database
from tui.vault.header.bomb import MAX_DEPTH
from tui.vault.header.packed import PackedFields, are_known
from tui.vault.header.parse import MAX_BITS
from tui.vault.rule import BUILT_IN, Rule
from tui.vault.source import Entry, Flaw, FlawKind, Problem, ProblemKind, Source, Stamp

SETTLED_NS = 2_000_000_000
"""A file modified within this time before it was read could change again with the same stamp."""
FORMAT = 2
_READING = (
    "disk/contents",
    "reading/one_file",
    "reading/in_text",
    "header/parse",
    "header/quick",
    "header/bomb",
    "header/salvage",
    "header/misquoted",
    "header/explain",
    "header/packed",
    "header/syntax",
    "header/toml",
    "header/toml_places",
    "header/json",
    "header/typed",
    "source",
    "rule",
    "globs",
    "reading/cache",
)
"""The reading code: the cache is valid only for the version that wrote it."""
_WAIT = 0.2
"""Seconds to wait for another sluice that writes."""

Record = tuple[Any, ...]


class SourceCache:
    """The cached pages of one vault, ordered by file name."""

    def __init__(self, folder: Path, root: Path, rule: Rule = BUILT_IN) -> None:
        self._path = folder / "sources.sqlite"
        self._root = root
        self._rule = rule
        self._reader = _reader(rule)
        self._database: sqlite3.Connection | None = None

    def open(self) -> None:
        """Open the database, whatever state the file is in."""
        with contextlib.suppress(OSError, sqlite3.Error):
            try:
                self._database = self._opened()
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    # Locked, or on a read-only disk.
                    return
                self._path.unlink(missing_ok=True)
                self._database = self._opened()

    def _opened(self) -> sqlite3.Connection:
        make_database(self._path)
        database = sqlite3.connect(
            self._path, timeout=_WAIT, isolation_level=None, check_same_thread=False
        )
        try:
            # A crash of the machine may lose data, which is then read again.
            database.execute("PRAGMA synchronous = OFF")
            database.execute("CREATE TABLE IF NOT EXISTS made (by TEXT)")
            database.execute(
                "CREATE TABLE IF NOT EXISTS pages (first BLOB PRIMARY KEY, sum INTEGER, data BLOB)"
            )
            made_by = database.execute("SELECT by FROM made").fetchone()
            if made_by != (self._reader,):
                with database:
                    database.execute("BEGIN IMMEDIATE")
                    database.execute("DELETE FROM pages")
                    database.execute("DELETE FROM made")
                    database.execute("INSERT INTO made VALUES (?)", (self._reader,))
        except BaseException:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Close the database."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def firsts(self) -> list[str]:
        """The first name of each page, in order; the first page's is empty."""
        rows = self._rows("SELECT first FROM pages")
        firsts = {os.fsdecode(first) for (first,) in rows if isinstance(first, bytes)}
        # Our cache always has a first page, so that every name falls on a page.
        return sorted(firsts) if "" in firsts else []

    def page(self, first: str) -> list[Entry]:
        """The entries of a page; none when it is damaged."""
        rows = self._rows("SELECT sum, data FROM pages WHERE first = ?", os.fsencode(first))
        (total, data) = rows[0] if rows else (0, b"")
        if not isinstance(data, bytes) or crc32(data) != total:
            return []
        try:
            records = marshal.loads(data)
            if isinstance(records, list) and all(map(_is_record, records)):
                return [_entry(self._root, self._rule, record) for record in records]
        except (ValueError, TypeError, EOFError, OverflowError, MemoryError, RecursionError):
            # Damaged: its files are read again and the page is rewritten.
            pass
        return []

    def write(self, first: str, entries: Sequence[Entry], began_ns: int) -> None:
        """Replace a page, or delete it without entries. They were read after ``began_ns``."""
        if first and not entries:
            self._write("DELETE FROM pages WHERE first = ?", [(os.fsencode(first),)])
            return
        recent = range(began_ns - SETTLED_NS, time.time_ns() + SETTLED_NS)
        settled = [entry for entry in entries if entry.stamp.mtime_ns not in recent]
        data = _dumped(settled)
        self._write(
            "REPLACE INTO pages VALUES (?, ?, ?)", [(os.fsencode(first), crc32(data), data)]
        )

    def _rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        if self._database is not None:
            try:
                return self._database.execute(statement, values).fetchall()
            except (sqlite3.Error, MemoryError):
                self._give_up()
        return []

    def _write(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if self._database is not None and rows:
            try:
                with self._database:
                    self._database.execute("BEGIN IMMEDIATE")
                    self._database.executemany(statement, rows)
            except (sqlite3.Error, OverflowError):
                self._give_up()

    def _give_up(self) -> None:
        """Continue without a cache; the next start also finds a damaged file and replaces it."""
        error = sys.exception()
        with contextlib.suppress(sqlite3.Error):
            self.close()
        if isinstance(error, sqlite3.DatabaseError) and is_damage(error):
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)


def is_damage(error: sqlite3.Error) -> bool:
    """Whether to recreate the file: it is not a database, or has other tables than ours."""
    other = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
    return other or not isinstance(error, sqlite3.OperationalError)


def _record(entry: Entry) -> Record:
    source, stamp = entry.source, (entry.stamp.size, entry.stamp.mtime_ns, entry.stamp.inode)
    if source is None:
        return (entry.name, stamp)
    problem = source.problem and (source.problem.sentence, source.problem.line, source.problem.kind)
    fields = source.fields
    packed = fields.packed if isinstance(fields, PackedFields) else ((), ())
    flaws = tuple(map(tuple, source.flaws))
    return (entry.name, stamp, source.heading, problem, *packed, flaws)


_NUMBERS = (int, int, int)
_PROBLEM = (str, int, str)
_FLAW = (str, str, str, int, str)
_FLAT = frozenset({str, bool, float, type(None), bytes})
"""Types of values that need no further check."""
_TEXTS = frozenset({str})


def _is_record(record: object) -> bool:
    """Whether it has the shape of our records, which its users rely on."""
    if type(record) is not tuple or len(record) not in (2, 7) or type(record[0]) is not str:
        return False
    stamp = record[1]
    if type(stamp) is not tuple or tuple(map(type, stamp)) != _NUMBERS:
        return False
    return len(record) == 2 or _is_header(*record[2:])


def _is_header(
    heading: object, problem: object, names: object, values: object, flaws: object
) -> bool:
    if type(names) is not tuple or type(values) is not tuple or len(names) != len(values):
        return False
    if flaws != () and not _are_flaws(flaws):
        return False
    if problem is not None and not (
        type(problem) is tuple
        and tuple(map(type, problem)) == _PROBLEM
        and problem[2] in get_args(ProblemKind)
    ):
        return False
    known = are_known(names) or _are_values(names)
    return type(heading) is str and known and _are_values(values)


def _are_flaws(flaws: object) -> bool:
    return type(flaws) is tuple and all(
        type(flaw) is tuple and tuple(map(type, flaw)) == _FLAW and flaw[0] in get_args(FlawKind)
        for flaw in flaws
    )


def _are_values(values: Collection[Any], depth: int = 0) -> bool:
    """Whether these can be values of a header."""
    odd = set(map(type, values)) - _FLAT
    if odd:
        # Nearly all are text and empty lists, and there may be 100,000 headers.
        for value in values:
            kind = type(value)
            if kind not in odd or (kind is tuple and _TEXTS.issuperset(map(type, value))):
                continue
            if not _is_value(value, depth):
                return False
    return True


def _is_value(value: object, depth: int) -> bool:
    kind = type(value)
    if kind is int:
        return value.bit_length() <= MAX_BITS  # type: ignore[attr-defined,no-any-return]
    if depth > MAX_DEPTH or kind not in (tuple, dict, set):
        return False
    if kind is dict and not _are_values(value.values(), depth + 1):  # type: ignore[attr-defined]
        return False
    return _are_values(value, depth + 1)  # type: ignore[arg-type]


def _entry(root: Path, rule: Rule, record: Record) -> Entry:
    name, stamp = record[0], Stamp(*record[1])
    if len(record) == 2:
        return Entry(name, stamp, None)
    _, _, heading, problem, names, values, flaws = record
    fields = PackedFields(names, values)
    known_flaws = tuple(Flaw(*flaw) for flaw in flaws) if flaws else ()
    found = Problem(*problem) if problem else None
    read = Source(root, name, fields, heading, found, stamp, known_flaws, rule)
    return Entry(name, stamp, read)


def _dumped(entries: Sequence[Entry]) -> bytes:
    """Serialize entries, except those that could not be loaded."""
    records = map(_record, entries)
    return marshal.dumps([record for record in records if _is_record(record)])


def dump(entries: Sequence[Entry]) -> bytes:
    """Serialize entries for another process of the same Python."""
    return marshal.dumps([_record(entry) for entry in entries])


def load(data: bytes, root: Path, rule: Rule = BUILT_IN) -> Iterator[Entry]:
    """Load entries serialized by ``dump``."""
    return (_entry(root, rule, record) for record in marshal.loads(data))


def _reader(rule: Rule) -> str:
    """A fingerprint of the reader: versions, the reading code itself, and the vault's rule."""
    vault = Path(__file__).parent.parent
    code = [(vault / f"{name}.py").stat() for name in _READING]
    stamps = "".join(f" {status.st_size}.{status.st_mtime_ns}" for status in code)
    return f"{FORMAT} {__version__} {sys.version}{stamps} {rule.dump()}"
