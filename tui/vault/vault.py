"""Vault: all sources of a folder: find, change and undo."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import RLock
from typing import NoReturn

from tui.display import short
from tui.errors import OnlyLooking, SluiceError, UnknownSource, VaultError
from tui.reasons import failed
from tui.vault.disk.contents import decode, stamp_of
from tui.vault.disk.storage import read_shown, read_snapshot
from tui.vault.history.changed_days import ChangedDays
from tui.vault.reading.one_file import body_of, read_entry
from tui.vault.reading.scan import is_listed, scan
from tui.vault.rule import BUILT_IN, Rule
from tui.vault.source import Source, Stamp
from tui.vault.writing.expected import Expected
from tui.vault.writing.own_writes import OwnWrites
from tui.vault.writing.plan import Check, FieldEdit, FileDiff, NewFile, Planned, plan_changes
from tui.vault.writing.writer import Writer

__all__ = ["FieldEdit", "FileDiff", "NewFile", "Vault"]


def refuse_no_folder(root: Path) -> None:
    """Raise VaultError when ``root`` is not a folder."""
    if not root.is_dir():
        what = "is not a folder" if root.exists() else "does not exist"
        raise VaultError(f"The vault {root} {what}; name a folder of Markdown sources.")


class Vault:
    """The sources below ``root``; ``state`` is the folder of its undo journal.

    ``cache`` stores the files' entries; without it every start reads all files.
    """

    def __init__(
        self, root: Path, state: Path, cache: Path | None = None, rule: Rule = BUILT_IN
    ) -> None:
        refuse_no_folder(root)
        self.root = root.resolve()
        self.rule = rule
        """Which files are sources."""
        writer = Writer(self.root, state, self._remember, rule)
        # Everything that changes files.
        self.commit, self.repair, self.rename = writer.commit, writer.repair, writer.rename
        self.create, self.undo, self.redo = writer.create, writer.undo, writer.redo
        self.note = writer.note
        self.tell = writer.tell
        self.journal = writer.journal
        self.log = self.journal.changes
        self._recovery = writer.recovery
        self._cache_folder = cache
        self._sources: dict[str, Source] = {}
        self._in_order = True
        self._begun = False
        self.is_read = False
        """Whether all sources have been read once."""
        self.passed_over: dict[str, Stamp] = {}
        """Markdown files that are not sources, with their stamps when all files were read."""
        self._touched: set[str] = set()
        self._expected = Expected()
        self._own = OwnWrites()
        self.changed = ChangedDays(self.journal, self._expected.names)
        """The days on which sources were changed."""
        self._taking = RLock()
        """Only one thread at a time updates the sources: one may read the vault, one change it."""
        self._recovery.recover()

    # Reading

    def load(self) -> None:
        """Read all sources again."""
        for _ in self.batches(1_000):
            pass

    def batches(self, size: int) -> Iterator[list[Source]]:
        """Read all sources again, ``size`` at a time.

        The first time, ``sources`` grows meanwhile; later it is updated at the end.
        """
        from tui.vault.reading.all_files import Reading  # noqa: PLC0415 - a source given by path needs none

        found = {} if self.is_read else self._sources
        others: dict[str, Stamp] = {}
        self._begun = True
        batch: list[Source] = []
        strays: list[str] = []
        self._touched.clear()
        try:
            reading = Reading(self.root, self._cache_folder, self.rule)
            for entries in reading.entries(scan(self.root, strays, self.rule)):
                for entry in entries:
                    if entry.source is None:
                        others[entry.name] = entry.stamp
                        continue
                    with self._taking:
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
        self._recovery.sweep(strays)
        with self._taking:
            # Sources changed between two batches may have been read before the change.
            for name in tuple(self._touched):
                source = self._read(name)
                _put(found, name, source and self._expected.over(source))
            self._sources, self.is_read, self._in_order = found, True, not self._touched
            self.passed_over = others
        if batch:
            yield batch

    def refuse_changes(self) -> None:
        """Raise OnlyLooking from now on wherever a file would be changed."""

        def refuse(*_: object, **__: object) -> NoReturn:
            raise OnlyLooking("You only look at this folder: sluice changes no file here.")

        self.commit = self.repair = self.rename = refuse
        self.create = self.undo = self.redo = self.note = refuse

    def _read(self, name: str) -> Source | None:
        try:
            return read_entry(self.root, name, rule=self.rule).source
        except OSError:
            # Removed or made unreadable since it was listed.
            return None

    @property
    def sources(self) -> tuple[Source, ...]:
        """All sources read so far, sorted by name; reads them if nothing has yet."""
        if not self._begun:
            self.load()
        # Otherwise sources added by another thread meanwhile would be lost in the sorted map.
        with self._taking:
            if self._in_order:
                return tuple(self._sources.values())
            ordered = dict(sorted(self._sources.items()))
            # The first reading keeps adding to its original map.
            if self.is_read:
                self._sources, self._in_order = ordered, True
            return tuple(ordered.values())

    @property
    def names(self) -> list[str]:
        """The names of the sources read so far, unsorted."""
        return list(self._sources)

    @property
    def count(self) -> int:
        """The number of sources read so far."""
        return len(self._sources)

    def get(self, name: str) -> Source:
        """The source of that name. Raises UnknownSource."""
        try:
            return self._sources[name]
        except KeyError:
            raise UnknownSource(f"There is no source {short(name)} in the vault.") from None

    def known(self, names: Iterable[str]) -> list[Source]:
        """The existing sources of these names, in the same order."""
        found = map(self._sources.get, names)
        return [source for source in found if source is not None]

    def find(self, name: str) -> Source | None:
        """The source of that name, or None."""
        return self._sources.get(name)

    def reread(self, name: str) -> Source | None:
        """Read a source again, with its pending changes; None when it is gone."""
        return self._remember(name, self.look(name))

    def _remember(self, name: str, source: Source | None) -> Source | None:
        """Update a source; returns it with its pending changes."""
        with self._taking:
            if source is None:
                self._expected.forget(name)
            else:
                source = self._expected.over(source)
            self._touched.add(name)
            self._in_order &= name in self._sources or source is None
            _put(self._sources, name, source)
        return source

    # Changes made in another thread

    def take_in(self, name: str, source: Source | None) -> Source | None:
        """Update a source after it was written; returns it with its pending changes."""
        return self._remember(name, source)

    def note_own(self, name: str, source: Source | None) -> None:
        """Note a file that a change has written, until ``end_own``; None when it removed it."""
        self._own.add(name, source)

    def end_own(self, name: str) -> bool:
        """Forget the oldest noted write of a file, whose version is taken in next.

        Returns whether the file is as a noted write left it: no other program wrote it since.
        """
        is_own = self.is_own(name, self.stamp_of(name))
        self._own.drop(name)
        return is_own

    def is_own(self, name: str, stamp: Stamp | None) -> bool:
        """Whether a noted write left a file with this stamp; None for a removed file."""
        return self._own.has(name, stamp)

    def stamp_of(self, name: str) -> Stamp | None:
        """The stamp of a file now; None when it is gone or out of reach."""
        try:
            return stamp_of((self.root / name).stat())
        except OSError:
            return None

    def expect(self, key: object, edits: Sequence[FieldEdit]) -> None:
        """Show the sources as a pending change will make them; ``key`` identifies the change."""
        with self._taking:
            self._expected.add(key, edits)
            for source in self.known({edit.source.name for edit in edits}):
                self._remember(source.name, self._expected.without(source))

    def expect_no_more(self, key: object) -> list[Source]:
        """Drop a pending change: show its sources as on disk, with other pending changes.

        Returns those that have other fields now.
        """
        changed = list[Source]()
        with self._taking:
            for source in self._expected.drop(key):
                before = self._sources.get(source.name)
                if before is None:
                    continue
                after = self._remember(source.name, source)
                if after is not None and after.fields != before.fields:
                    changed.append(after)
        return changed

    def on_disk(self, source: Source) -> Source:
        """A source as last seen on disk, without its pending changes."""
        return self._expected.without(source)

    def look(self, name: str) -> Source | None:
        """Read a source without updating it; None when it is gone."""
        return self._read(name) if is_listed(self.root, name, self.rule) else None

    def exists(self, name: str) -> bool:
        """Whether there is anything of that name, a source or not."""
        return os.path.lexists(self.root / name)

    # Texts

    def read_text(self, source: Source) -> str:
        """The whole file as text. Raises StorageError, also when it is too large."""
        return decode(read_snapshot(self.root, source.name).data)

    def read_body(self, source: Source) -> str:
        """The text below the header, only the start of a large one. Raises StorageError."""
        return body_of(read_shown(self.root, source.name))

    # Before and after a change

    def preview(
        self,
        edits: Sequence[FieldEdit | FileDiff],
        left_out: dict[str, SluiceError] | None = None,
        check: Check | None = None,
    ) -> list[FileDiff]:
        """The diffs that ``commit`` would write. Raises as ``commit`` does."""
        return _diffs(plan_changes(self.root, edits, left_out=left_out, check=check))

    def preview_rename(
        self,
        names: Sequence[str],
        old: str,
        new: str,
        left_out: dict[str, SluiceError],
        check: Check | None = None,
    ) -> list[FileDiff]:
        """The diffs that ``rename`` would write."""
        from tui.vault.writing.rewrite import plan_renames  # noqa: PLC0415 - for renaming only

        return _diffs(plan_renames(self.root, names, old, new, left_out, self.rule, check))

    def unseen(self) -> list[Source]:
        """New sources since the vault was read; they are not added."""
        names = [name for name in scan(self.root, rule=self.rule) if name not in self._sources]
        return [source for name in names if (source := self._read(name)) is not None]

    def expects(self, name: str, field: str) -> bool:
        """Whether a change of a source's field is pending."""
        return self._expected.has(name, field)


def _diffs(plan: Iterable[Planned]) -> list[FileDiff]:
    return [FileDiff(item.name, decode(item.snapshot.data), item.after) for item in plan]


def _put(sources: dict[str, Source], name: str, source: Source | None) -> None:
    """Store ``source`` under its name; None removes it."""
    if source is None:
        sources.pop(name, None)
    else:
        sources[name] = source
