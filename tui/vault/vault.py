"""Vault: all sources of a folder, found by name or reference, changed and undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from threading import RLock

from tui.display import short
from tui.errors import SluiceError, UnknownSource, VaultError
from tui.reasons import failed
from tui.vault.change import Change
from tui.vault.changed_days import ChangedDays
from tui.vault.expected import Expected
from tui.vault.journal import Journal
from tui.vault.plan import FieldEdit, FileDiff, NewFile, Planned, plan_changes
from tui.vault.progress import Progress
from tui.vault.read import body_of, decode, read_entry
from tui.vault.scan import is_listed, scan
from tui.vault.source import Source, Stamp
from tui.vault.storage import read_shown, read_snapshot
from tui.vault.writer import Writer

__all__ = ["FieldEdit", "FileDiff", "NewFile", "Vault"]


class Vault:
    """The sources below ``root``; ``state`` is the folder its undo journal is kept in.

    In ``cache`` is kept what was read of the files; without it all of them are read each time.
    """

    def __init__(self, root: Path, state: Path, cache: Path | None = None) -> None:
        if not root.is_dir():
            what = "is not a folder" if root.exists() else "does not exist"
            raise VaultError(f"The vault {root} {what}; name a folder of Markdown sources.")
        self.root = root.resolve()
        self._writer = Writer(self.root, state, self._remember)
        self._cache_folder = cache
        self._sources: dict[str, Source] = {}
        self._in_order = True
        self._begun = False
        self.is_read = False
        """Whether every source has been read once."""
        self.passed_over: dict[str, Stamp] = {}
        """Markdown files that are no sources, as they were when all files were read."""
        self._touched: set[str] = set()
        self._expected = Expected()
        self.changed = ChangedDays(self._writer.journal, self._expected)
        """On which days sources were changed."""
        self._taking = RLock()
        """One thread at a time takes sources in: one may read the vault, one change it."""
        self._writer.recovery.recover()

    # Reading

    def load(self) -> None:
        """Every source read anew."""
        for _ in self.batches(1_000):
            pass

    def batches(self, size: int) -> Iterator[list[Source]]:
        """Every source read anew, ``size`` at a time.

        The first time ``sources`` grows meanwhile; later it has them when this ends.
        """
        from tui.vault.reading import Reading  # noqa: PLC0415 - a source given by path needs none

        found = {} if self.is_read else self._sources
        others: dict[str, Stamp] = {}
        self._begun = True
        batch: list[Source] = []
        strays: list[str] = []
        self._touched.clear()
        try:
            for entries in Reading(self.root, self._cache_folder).entries(scan(self.root, strays)):
                for entry in entries:
                    if entry.source is None:
                        others[entry.name] = entry.stamp
                        continue
                    if entry.name in self._touched:
                        continue
                    found[entry.name] = entry.source
                    batch.append(entry.source)
                    if len(batch) >= size:
                        yield batch
                        batch = []
        except OSError as error:
            raise VaultError(
                f"Cannot read the vault {self.root} {failed(error, 'read')}"
            ) from error
        self._writer.recovery.sweep(strays)
        with self._taking:
            # What was changed between two batches may have been read before that.
            for name in tuple(self._touched):
                source = self._read(name)
                _put(found, name, source and self._expected.over(source))
            self._sources, self.is_read, self._in_order = found, True, not self._touched
            self.passed_over = others
        if batch:
            yield batch

    def _read(self, name: str) -> Source | None:
        try:
            return read_entry(self.root, name).source
        except OSError:
            # Gone or closed to us between the listing and the reading.
            return None

    @property
    def sources(self) -> tuple[Source, ...]:
        """All sources by name, as far as they are read; reads them when nothing did before."""
        if not self._begun:
            self.load()
        # What another thread takes in meanwhile would be missing from the map in order.
        with self._taking:
            if self._in_order:
                return tuple(self._sources.values())
            ordered = dict(sorted(self._sources.items()))
            # The first reading goes on to add to the map that it began with.
            if self.is_read:
                self._sources, self._in_order = ordered, True
            return tuple(ordered.values())

    @property
    def names(self) -> list[str]:
        """The names of the sources known so far, in no order."""
        return list(self._sources)

    @property
    def count(self) -> int:
        """How many sources are known so far."""
        return len(self._sources)

    def get(self, name: str) -> Source:
        """The source of that name. Raises UnknownSource."""
        try:
            return self._sources[name]
        except KeyError:
            raise UnknownSource(f"There is no source {short(name)} in the vault.") from None

    def known(self, names: Iterable[str]) -> list[Source]:
        """The sources of these names that are there, in the same order."""
        found = map(self._sources.get, names)
        return [source for source in found if source is not None]

    def find(self, name: str) -> Source | None:
        """The source of that name, if there is one."""
        return self._sources.get(name)

    def reread(self, name: str) -> Source | None:
        """The source read anew; None when it is gone."""
        source = self.look(name)
        self._remember(name, source)
        return source

    def _remember(self, name: str, source: Source | None) -> None:
        with self._taking:
            if source is None:
                self._expected.forget(name)
            else:
                source = self._expected.over(source)
            self._touched.add(name)
            self._in_order &= name in self._sources or source is None
            _put(self._sources, name, source)

    # Changes made in another thread

    def tell(self, written: Callable[[str, Source | None], None]) -> None:
        """Hand every file that a change writes to ``written`` instead of taking it in.

        Then a thread may make changes, one after the other, while this one reads the vault
        and takes in what it is handed.
        """
        self._writer.written = written

    def take_in(self, name: str, source: Source | None) -> None:
        """Take in a source as it was written."""
        self._remember(name, source)

    def expect(self, key: object, edits: Sequence[FieldEdit]) -> None:
        """Have the sources as a change will make them; ``key`` stands for the change."""
        with self._taking:
            self._expected.add(key, edits)
            for source in self.known({edit.source.name for edit in edits}):
                self._remember(source.name, self._expected.without(source))

    def expect_no_more(self, key: object) -> None:
        """Have the sources as they are on disk, and as other changes will make them."""
        with self._taking:
            for source in self._expected.drop(key):
                if source.name in self._sources:
                    self._remember(source.name, source)

    def look(self, name: str) -> Source | None:
        """The source as its file is now, which is not taken in; None when it is gone."""
        return self._read(name) if is_listed(self.root, name) else None

    # Texts

    def read_text(self, source: Source) -> str:
        """The whole file as text. Raises StorageError, as of one that is too large for that."""
        return decode(read_snapshot(self.root, source.name).data)

    def read_body(self, source: Source) -> str:
        """The text below the header, of a large file its beginning. Raises StorageError."""
        return body_of(read_shown(self.root, source.name))

    # Changing

    def preview(
        self, edits: Sequence[FieldEdit], left_out: dict[str, SluiceError] | None = None
    ) -> list[FileDiff]:
        """What ``commit`` would write, file by file. Raises as ``commit`` does."""
        return _diffs(plan_changes(self.root, edits, left_out=left_out))

    def commit(
        self,
        label: str,
        edits: Sequence[FieldEdit],
        progress: Progress | None = None,
        left_out: dict[str, SluiceError] | None = None,
        asked: datetime | None = None,
    ) -> Change:
        """The edits made as one change. A field that has its value already is passed over.

        Raises EditRefused, Conflict or StorageError with nothing changed, unless the
        sentence says how many files were. With ``left_out`` a file whose edits are refused
        is left out, with the reason, and the others are changed. Stopped by way of
        ``progress`` it raises Stopped; files that were written by then stay, as one change.
        Its time is when it was ``asked`` for, else now.
        """
        return self._writer.commit(label, edits, progress, left_out, asked)

    def repair(self, label: str, diffs: Sequence[FileDiff]) -> Change:
        """Whole texts replaced as one change, each where the file still holds ``before``.

        Raises as ``commit`` does.
        """
        return self._writer.rewrite(label, diffs)

    def preview_rename(
        self, names: Sequence[str], old: str, new: str, left_out: dict[str, SluiceError]
    ) -> list[FileDiff]:
        """What ``rename`` would write, file by file."""
        from tui.vault.rewrite import plan_renames  # noqa: PLC0415 - for renaming only

        return _diffs(plan_renames(self.root, names, old, new, left_out))

    def rename(
        self, label: str, names: Sequence[str], old: str, new: str, left_out: dict[str, SluiceError]
    ) -> Change:
        """The field ``old`` of these sources called ``new``, in its place, as one change.

        A file in which that is refused is left out, with the reason. Raises as ``commit`` does.
        """
        return self._writer.rename(label, names, old, new, left_out)

    def create(self, label: str, make: Callable[[], NewFile]) -> Change:
        """A new file as one change; ``make`` is called when nobody else is making one.

        Raises Conflict when there is something of its name, and StorageError or JournalError,
        with nothing changed; and what ``make`` raises.
        """
        return self._writer.create(label, make)

    def unseen(self) -> list[Source]:
        """The sources whose files came since the vault was read; they are not taken in."""
        names = [name for name in scan(self.root) if name not in self._sources]
        return [source for name in names if (source := self._read(name)) is not None]

    def undo(self, *, skip: bool = False, progress: Progress | None = None, id: str = "") -> Change:
        """The newest change taken back. Raises NothingToUndo, Conflict, StorageError or Stopped.

        One that is refused stays done and, with ``skip``, is passed over for an older one.
        With ``id`` it is that change and no other, whatever was changed after it.
        """
        return self._writer.undo(skip, progress, id)

    def redo(self, progress: Progress | None = None) -> Change:
        """The change undone last made again. Raises as ``undo`` does."""
        return self._writer.redo(progress)

    @property
    def journal(self) -> Journal:
        """What was changed, for whoever wants to know more than ``log`` tells."""
        return self._writer.journal

    def expects(self, name: str, field: str) -> bool:
        """Whether a change of a source's field is on its way to the disk."""
        return self._expected.has(name, field)

    def log(self) -> Sequence[Change]:
        """Every change that came to be, oldest first, each read when it is looked at.

        Raises JournalError, also while it is looked at.
        """
        return self._writer.journal.changes()

    def trim_journal(self) -> None:
        """Old changes dropped from a journal that grew long; for the app's start."""
        self._writer.journal.trim()


def _diffs(plan: Iterable[Planned]) -> list[FileDiff]:
    return [FileDiff(item.name, decode(item.snapshot.data), item.after) for item in plan]


def _put(sources: dict[str, Source], name: str, source: Source | None) -> None:
    """Put ``source`` under its name; None takes it out."""
    if source is None:
        sources.pop(name, None)
    else:
        sources[name] = source
