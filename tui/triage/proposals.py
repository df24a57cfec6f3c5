"""Proposals: what is proposed for a vault's sources, and the file that keeps it.

Several programs may write at once: each change of the file is made under a lock, in one move.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock

from tui.display import counted
from tui.errors import JournalError, StorageError
from tui.private import read_file, replacing
from tui.reasons import failed
from tui.state.files import as_json, sweep
from tui.triage.pending import OfSource, Pending
from tui.triage.proposed import Proposed, Row, best_of, is_outdated, is_there, load_proposed
from tui.triage.schema import Schema
from tui.vault.disk.locks import locked
from tui.vault.source import Source

MOST = 20_000
"""The most proposals of a vault."""
MOST_BYTES = 32 << 20
"""The most bytes of the file."""
_FORMAT = 1
_PART = 50
"""Rows that are written at a time."""


class Proposals:
    """The proposals of a vault, which ``file`` keeps.

    ``find`` gives a source that was read, ``look`` reads one. Whoever asks gets what the file says
    now, unless ``hold`` was called. Proposals for a value that the source has already are left out
    everywhere.
    """

    def __init__(
        self,
        schema: Schema,
        root: Path,
        file: Path,
        find: Callable[[str], Source | None],
        look: Callable[[str], Source | None],
    ) -> None:
        self._schema = schema
        self._root = root
        self._file = file
        self._find = find
        self._look = look
        self._pending = Pending(schema, root)
        self._is_held = False
        self._lock = RLock()
        """Only one thread at a time reads the file, or changes it."""

    # Reading

    def hold(self) -> None:
        """Look at the file only when ``renew`` is called, and after writing: never for a key."""
        self._is_held = True

    def renew(self) -> None:
        """Read the file if it has changed. Raises StorageError, once for each version of it."""
        version = _version_of(self._file)
        if version == self._pending.version:
            return
        with self._lock:
            before = self._pending
            try:
                rows = self._read() if version else ()
            except StorageError:
                # What was there before is shown until it is known that this cannot be read.
                self._pending = Pending(self._schema, self._root, version=version, before=before)
                raise
            self._take(rows, version, before)

    def _take(self, rows: Sequence[Row], version: object, before: Pending) -> None:
        pending = Pending(self._schema, self._root, rows, version, before)
        if self._is_held:
            # Not when a key asks first.
            pending.look_for_lost()
        self._pending = pending

    @property
    def is_new(self) -> bool:
        """Whether the file has changed since it was read; it costs a look at its size."""
        return _version_of(self._file) != self._pending.version

    @property
    def pending(self) -> Pending:
        """What is proposed; it is another object after each change. Raises StorageError."""
        if not self._is_held:
            self.renew()
        return self._pending

    @property
    def version(self) -> object:
        """A value that differs after every change."""
        return self._pending.version if self._is_held else _version_of(self._file)

    def about(self, source: Source) -> OfSource:
        """All that is proposed for a source. Raises StorageError."""
        return self.pending.of(source)

    def of(self, source: Source) -> Sequence[Proposed]:
        """What can be taken for a source, by field and best first. Raises StorageError."""
        return self.pending.of(source).able

    def outdated(self, source: Source) -> Sequence[Proposed]:
        """What cannot be taken, as the field has had another value since. Raises StorageError."""
        return self.pending.of(source).outdated

    def best(self, source: Source, field: str) -> Proposed | None:
        """The best proposal for a field that can be taken; None without one. Raises as ``of``."""
        found = (one for one in best_of(self.of(source)) if source.key(one.field) == field)
        return next(found, None)

    def proposers(self) -> list[str]:
        """The names that propose something. Raises StorageError."""
        return self.pending.proposers

    def now(self) -> Callable[[Source], Collection[str]]:
        """A function for the fields of a source for which something can be taken at this moment.

        Raises StorageError.
        """
        pending = self.pending
        if not pending:
            return lambda _source: ()
        return lambda source: {one.field for one in pending.of(source).able}

    def answer(self, answered: Sequence[Row], *, failed: bool = False) -> None:
        """Leave out proposals that are being answered; or no longer, as that failed."""
        if answered:
            self._pending.hide({str(row["id"]) for row in answered}, hidden=not failed)

    # Writing

    def put(self, proposed: Iterable[Proposed]) -> list[Proposed]:
        """Keep proposals; return those for which there is no room. Raises StorageError.

        Each replaces the one of the same name for the same field.
        """
        proposed, left = list(proposed), list[Proposed]()
        for one in proposed:
            if (source := self._find(one.source)) is not None:
                # Those under its earlier name are found, and kept under its new one.
                self.pending.of(source)
        with self._changing() as rows:
            before = {_key(row): row for row in rows}
            kept = before | {_key(row): row for row in (one.row for one in proposed)}
            if len(kept) > MOST or _size(kept.values()) > MOST_BYTES:
                self._drop_useless(kept)
            size = _size(kept.values())
            for one in reversed(proposed):
                if len(kept) <= MOST and size <= MOST_BYTES:
                    break
                key = _key(one.row)
                if key in kept and kept[key]["id"] == one.id:
                    size -= _size([kept.pop(key)])
                    left.append(one)
                    if key in before:
                        kept[key] = before[key]
                        size += _size([before[key]])
            rows[:] = kept.values()
        return left[::-1]

    def _drop_useless(self, kept: dict[object, Row]) -> None:
        """Drop what is done or outdated, and what no file has any more."""
        for key, row in list(kept.items()):
            name = str(row.get("source"))
            one, source = load_proposed(row), self._find(name) or self._look(name)
            if one is not None and source is not None:
                done = is_there(self._schema, source, one)
                useless = done or is_outdated(self._schema, source, one)
            else:
                useless = one is None or not os.path.lexists(self._root / one.source)
            if useless:
                del kept[key]

    def put_back(self, answered: Iterable[Row]) -> None:
        """Keep proposals again whose answer was undone, if there is no newer one by that name.

        Raises StorageError.
        """
        back = [one for row in answered if (one := load_proposed(row)) is not None]
        if not back:
            return
        self._pending.hide({one.id for one in back}, hidden=False)
        with self._changing() as rows:
            known = {_key(row) for row in rows}
            fresh = [one.row for one in back if _key(one.row) not in known]
            if len(rows) + len(fresh) <= MOST and _size(rows) + _size(fresh) <= MOST_BYTES:
                rows.extend(fresh)

    def drop(self, ids: Collection[str]) -> None:
        """Remove proposals that were answered. Raises StorageError."""
        if ids and self.version is not None:
            with self._changing() as rows:
                rows[:] = [row for row in rows if row.get("id") not in ids]

    def rename(self, old: str, new: str) -> None:
        """Move the proposals for a renamed file to its new name. Raises StorageError."""
        if self.pending.is_for(old):
            with self._changing() as rows:
                rows[:] = [{**row, "source": new} if row["source"] == old else row for row in rows]

    @contextmanager
    def _changing(self) -> Iterator[list[Row]]:
        """The rows of the file, to be changed in place while no other process does."""
        try:
            with self._lock, locked(self._file.with_suffix(".lock")):
                sweep(self._file.parent)
                known, version = self._pending, _version_of(self._file)
                is_known = version is not None and version == known.version
                before = list(known.rows) if is_known else self._read()
                rows = self._with_new_names(before)
                yield rows
                if rows != before:
                    self._write(rows)
                    self._take(rows, _version_of(self._file), self._pending)
        except JournalError as error:
            raise StorageError(
                f"Cannot keep proposals in {self._file.parent} "
                f"{failed(error.__cause__ or error, 'write', ', so nothing was changed')}"
            ) from error

    def _with_new_names(self, rows: Iterable[Row]) -> list[Row]:
        """The rows with the new names of renamed files, as far as these were looked at."""
        changed: list[Row] = []
        for row in rows:
            source = self._find(self._pending.new_name(str(row.get("source"))))
            one = load_proposed(row) if source is not None else None
            changed.append(row if one is None or source is None else one.at(source).row)
        return changed

    # The file

    def _read(self) -> list[Row]:
        try:
            held = json.loads(read_file(self._file))
            rows = held["proposals"] if held["format"] == _FORMAT else None
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StorageError(
                f"Cannot read the proposals in {self._file} {failed(error, 'read')}"
            ) from error
        except (ValueError, KeyError, TypeError, RecursionError):
            rows = None
        if isinstance(rows, list):
            return [row for row in rows if isinstance(row, dict)]
        # Moved away, so that it is reported once.
        bad = self._file.with_name(f"{self._file.name}.bad")
        with suppress(OSError):
            self._file.replace(bad)
        raise StorageError(
            f"The file with proposals was damaged; it is now {bad}, and the next proposal starts "
            "a new one."
        )

    def _write(self, rows: Sequence[Row]) -> None:
        try:
            with replacing(self._file) as file:
                # In parts: another thread answers keys.
                file.write(f'{{"format": {_FORMAT}, "proposals": ['.encode())
                for at in range(0, len(rows), _PART):
                    part = as_json(rows[at : at + _PART])[1:-1]
                    file.write(b", " + part if at else part)
                file.write(b"]}")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise StorageError(
                f"Cannot keep proposals in {self._file.parent} "
                f"{failed(error, 'write', ', so none was kept')}"
            ) from error


def _version_of(file: Path) -> object:
    """A value that differs after every write of a file; None without one."""
    try:
        status = os.stat(file)  # noqa: PTH116 - at every query
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _key(row: Mapping[str, object]) -> object:
    return row.get("source"), row.get("field"), row.get("by")


def _size(rows: Iterable[Row]) -> int:
    return len(as_json(list(rows)))


def no_room() -> str:
    """Why a proposal is not kept, for a sentence."""
    return f"there are already {counted(MOST, 'proposal')}, the most a vault can have"
