"""Vault: all sources of a folder, found by name or reference, changed and undone."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tui.errors import (
    AmbiguousSource,
    Conflict,
    EditRefused,
    NothingToUndo,
    SluiceError,
    StorageError,
    UnknownSource,
    VaultError,
)
from tui.vault.edit import MISSING, Value
from tui.vault.journal import Change, FieldRecord, FileRecord, Journal
from tui.vault.prove import as_read, change_text, same_value
from tui.vault.read import body_of, decode, encode, read_header, read_source, source_from
from tui.vault.revert import made_again, make_patch, shown, turned_back
from tui.vault.scan import is_listed, scan
from tui.vault.source import Source
from tui.vault.storage import Snapshot, read_snapshot, reason, replace

ATTEMPTS = 5
"""How often a change is made anew when another program writes the file meanwhile."""


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """One field of one source, to be set."""

    source: Source
    """The source as the user saw it: its field must still hold that value."""
    field: str
    value: Value


@dataclass(frozen=True, slots=True)
class FileDiff:
    """What a change would do to a file."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Planned:
    """A file about to be written."""

    name: str
    snapshot: Snapshot
    after: str
    fields: tuple[FieldRecord, ...]


class Vault:
    """The sources below ``root``; ``state`` is the folder its undo journal is kept in."""

    def __init__(self, root: Path, state: Path) -> None:
        if not root.is_dir():
            what = "is not a folder" if root.exists() else "does not exist"
            raise VaultError(f"The vault {root} {what}; name a folder of Markdown sources.")
        self.root = root.resolve()
        self._journal = Journal(state)
        self._sources: dict[str, Source] = {}
        self._loaded = False
        self._touched: set[str] = set()

    # Reading

    def load(self) -> None:
        """Every source read anew."""
        for _ in self.batches(1_000):
            pass

    def batches(self, size: int) -> Iterator[list[Source]]:
        """Every source read anew, ``size`` at a time; ``sources`` has them when it ends."""
        found: dict[str, Source] = {}
        batch: list[Source] = []
        self._touched.clear()
        try:
            for name in scan(self.root):
                source = self._read(name)
                if source is not None:
                    found[name] = source
                    batch.append(source)
                if len(batch) >= size:
                    yield batch
                    batch = []
        except OSError as error:
            raise VaultError(
                f"The vault {self.root} cannot be read ({reason(error)}); check its permissions."
            ) from error
        # What was changed between two batches may have been read before that.
        for name in tuple(self._touched):
            found = _put(found, name, self._read(name))
        self._sources, self._loaded = found, True
        if batch:
            yield batch

    def _read(self, name: str) -> Source | None:
        try:
            return read_source(self.root / name, name)
        except OSError:
            # Gone or closed to us between the listing and the reading.
            return None

    @property
    def sources(self) -> tuple[Source, ...]:
        """All sources by name; loads them when nothing did before."""
        if not self._loaded:
            self.load()
        return tuple(self._sources.values())

    def get(self, name: str) -> Source:
        """The source of that name. Raises UnknownSource."""
        try:
            return self._sources[name]
        except KeyError:
            raise UnknownSource(f"There is no source {name} in the vault.") from None

    def reread(self, name: str) -> Source | None:
        """The source read anew; None when it is gone."""
        source = self._read(name) if is_listed(self.root, name) else None
        self._remember(name, source)
        return source

    def _remember(self, name: str, source: Source | None) -> None:
        self._touched.add(name)
        self._sources = _put(self._sources, name, source)

    def read_text(self, source: Source) -> str:
        """The whole file as text. Raises StorageError."""
        return decode(read_snapshot(source.path, self.root).data)

    def read_body(self, source: Source) -> str:
        """The text below the header. Raises StorageError."""
        return body_of(self.read_text(source))

    def resolve(self, ref: str, cwd: Path) -> Source:
        """The source that a path, a file stem or an id names.

        Raises UnknownSource, or AmbiguousSource with the candidates.
        """
        refusal = f"No source is called {ref}; try `sluice find {ref}`."
        for path in (cwd / ref, self.root / ref):
            if not _is_file(path):
                continue
            folder = path.parent.resolve()
            if not folder.is_relative_to(self.root):
                refusal = f"{ref} is not in the vault {self.root}; use --vault."
                continue
            source = self.reread((folder / path.name).relative_to(self.root).as_posix())
            if source is not None:
                return source
            refusal = f"{ref} is not a source: it has no status field, or is in a hidden folder."
        matches = [source for source in self.sources if ref in (source.stem, source.id)]
        if not matches:
            raise UnknownSource(refusal)
        if len(matches) > 1:
            names = ", ".join(source.name for source in matches)
            raise AmbiguousSource(f"{ref} could be any of {names}; give the path.")
        return matches[0]

    # Changing

    def preview(self, edits: Sequence[FieldEdit]) -> list[FileDiff]:
        """What ``commit`` would write, file by file. Raises as ``commit`` does."""
        plan = self._plan(edits)
        return [FileDiff(item.name, decode(item.snapshot.data), item.after) for item in plan]

    def commit(self, label: str, edits: Sequence[FieldEdit]) -> Change:
        """The edits made as one change. A field that has its value already is passed over.

        Raises EditRefused, Conflict or StorageError with nothing changed, unless the
        sentence says how many files were.
        """
        with self._journal.locked():
            return self._write_plan(label, lambda: self._plan(edits))

    def _plan(self, edits: Sequence[FieldEdit]) -> list[_Planned]:
        by_name: dict[str, list[FieldEdit]] = {}
        for edit in edits:
            by_name.setdefault(edit.source.name, []).append(edit)
        plan: dict[Path, _Planned] = {}
        for name, group in by_name.items():
            item = self._plan_file(name, group)
            if item is None:
                continue
            other = plan.setdefault(item.snapshot.path, item)
            if other.after != item.after:
                raise EditRefused(
                    f"{other.name} and {name} are one file and would be changed in two ways; "
                    "change one of them."
                )
        return list(plan.values())

    def _plan_file(self, name: str, edits: list[FieldEdit]) -> _Planned | None:
        snapshot = read_snapshot(self.root / name, self.root)
        text = decode(snapshot.data)
        current, problem, _ = read_header(text)
        records = []
        values = {edit.field: edit.value for edit in edits}
        for edit in {edit.field: edit for edit in edits}.values():
            held = current.get(edit.field, MISSING)
            seen = edit.source.fields.get(edit.field, MISSING)
            wanted = as_read(edit.value)
            if problem is None and same_value(held, wanted):
                continue
            if problem is None and edit.source.problem is None and not same_value(held, seen):
                raise Conflict(
                    f"{name}: {edit.field} was changed to {shown(held)} by another program, "
                    f"so {shown(wanted)} was not written."
                )
            records.append(FieldRecord(edit.field, held, wanted))
        if not records:
            return None
        try:
            after = change_text(text, values)
        except SluiceError as error:
            raise type(error)(f"{name}: {error}") from error
        return _Planned(name, snapshot, after, tuple(records))

    def _write_plan(self, label: str, make_plan: Callable[[], list[_Planned]]) -> Change:
        """The plan journalled and written; made anew when a file changes meanwhile."""
        for attempt in range(ATTEMPTS):
            plan = make_plan()
            files = tuple(
                FileRecord(
                    item.name, item.fields, make_patch(decode(item.snapshot.data), item.after)
                )
                for item in plan
            )
            change = Change(secrets.token_hex(6), label, datetime.now(UTC), files)
            if not plan:
                return change
            self._journal.append(change)
            written, error = self._write_files(plan)
            if error is None:
                return change
            if written:
                self._journal.append(
                    Change(secrets.token_hex(6), label, change.time, files[: len(written)])
                )
            self._journal.mark("void", change)
            if written or not isinstance(error, Conflict) or attempt == ATTEMPTS - 1:
                raise _told(error, len(written), len(plan))
        raise AssertionError("the last attempt returns or raises")

    def _write_files(self, plan: list[_Planned]) -> tuple[list[str], SluiceError | None]:
        """The names written before the first that failed, and why it did."""
        written: list[str] = []
        for item in plan:
            try:
                stamp = replace(item.snapshot, encode(item.after))
            except SluiceError as error:
                return written, error
            written.append(item.name)
            source = source_from(self.root / item.name, item.name, item.after, stamp)
            self._remember(item.name, source)
        return written, None

    # Undo

    def undo(self) -> Change:
        """The newest change taken back. Raises NothingToUndo, Conflict or StorageError."""
        with self._journal.locked():
            for change in reversed(self._journal.history().done):
                turned = self._turn(change, turned_back)
                self._journal.mark("undo", change)
                # Without a file to turn back the change never reached the disk.
                if turned:
                    return change
        raise NothingToUndo("There is nothing left to undo.")

    def redo(self) -> Change:
        """The change undone last made again. Raises as ``undo`` does."""
        with self._journal.locked():
            for change in reversed(self._journal.history().undone):
                turned = self._turn(change, made_again)
                self._journal.mark("redo", change)
                if turned:
                    return change
        raise NothingToUndo("There is nothing left to redo.")

    def _turn(self, change: Change, turn: Callable[[str, FileRecord], str]) -> int:
        """How many files ``turn`` wrote; tried anew when one changes meanwhile."""
        for attempt in range(ATTEMPTS):
            plan = self._turn_plan(change, turn)
            written, error = self._write_files(plan)
            if error is None:
                return len(plan)
            if not isinstance(error, Conflict) or attempt == ATTEMPTS - 1:
                raise _told(error, len(written), len(plan))
        raise AssertionError("the last attempt returns or raises")

    def _turn_plan(self, change: Change, turn: Callable[[str, FileRecord], str]) -> list[_Planned]:
        plan = []
        for record in change.files:
            snapshot = read_snapshot(self.root / record.name, self.root)
            text = decode(snapshot.data)
            try:
                after = turn(text, record)
            except EditRefused as error:
                raise EditRefused(f"{record.name}: {error}") from error
            if after != text:
                plan.append(_Planned(record.name, snapshot, after, record.fields))
        return plan

    def log(self) -> list[Change]:
        """Every change that came to be, oldest first."""
        return self._journal.changes()

    def trim_journal(self) -> None:
        """Old changes dropped from a journal that grew long; for the app's start."""
        with self._journal.locked():
            self._journal.trim()


def _put(sources: dict[str, Source], name: str, source: Source | None) -> dict[str, Source]:
    """The sources in order with ``source`` under its name; None takes it out."""
    if source is None:
        sources.pop(name, None)
        return sources
    known = name in sources
    sources[name] = source
    return sources if known else dict(sorted(sources.items()))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # Such as a title of 300 letters, which is too long for a file's name.
        return False


def _told(error: SluiceError, written: int, planned: int) -> SluiceError:
    """The error, saying how many files were changed before it if any was."""
    if not written:
        return error
    said = StorageError if not isinstance(error, Conflict) else Conflict
    return said(f"{written} of {planned} sources were changed, then: {error}")
