"""Writer: writes planned changes and the journal, and undoes and redoes them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from time import sleep
from typing import NamedTuple

from tui.display import short
from tui.errors import (
    Conflict,
    NothingToUndo,
    SluiceError,
    Stopped,
    StorageError,
)
from tui.vault.disk.contents import encode
from tui.vault.disk.locks import FileLocks, locked
from tui.vault.disk.storage import read_snapshot, real_paths, replace
from tui.vault.history.author import NOBODY, Author
from tui.vault.history.change import Change
from tui.vault.history.entries import Changes
from tui.vault.history.journal import Journal, Syncing
from tui.vault.progress import Progress
from tui.vault.reading.one_file import source_from
from tui.vault.rule import BUILT_IN, Rule
from tui.vault.source import Source
from tui.vault.writing.later import Refused, named_later, refuse_set_later
from tui.vault.writing.plan import (
    Check,
    FieldEdit,
    FileDiff,
    NewFile,
    Planned,
    Removal,
    Turn,
    edited_name,
    noted,
    plan_changes,
    plan_turn,
)
from tui.vault.writing.recovery import Recovery
from tui.vault.writing.revert import is_note, made_again, turned_back
from tui.vault.writing.unfinished import Note, Pending

ATTEMPTS = 5
"""Number of attempts when another program keeps writing the file."""
PAUSE = 0.01
"""Seconds before the second attempt; later pauses are longer."""

FEW_LATER, FEW_FILES = 200, 20
"""From so many later changes on, up to so many files are searched for in the journal."""

Journalling = Callable[[Syncing], object]
"""Notes a change in the journal, while its first file is synced."""


class Which(NamedTuple):
    """Which change to undo: the newest one, unless it says more."""

    id: str = ""
    """Exactly that change, whatever was changed after it."""
    by: str = ""
    """The newest one of that name; refused when a later change set one of its fields."""
    own: bool = False
    """The newest one for which no name was given."""
    skip: bool = False
    """An older one instead of each that is refused."""
    unless_set_later: bool = False
    """Refused as with ``by``."""


NEWEST = Which()


class Writer:
    """Writes the files of one vault and reports each to ``written``."""

    def __init__(
        self,
        root: Path,
        state: Path,
        written: Callable[[str, Source | None], object],
        rule: Rule = BUILT_IN,
    ):
        self._root = root
        self._rule = rule
        self._state = state
        self._written = written
        self.journal = Journal(state)
        self._locks = FileLocks(state)
        self.recovery = Recovery(root, self.journal, self._locks)

    def tell(self, written: Callable[[str, Source | None], object]) -> None:
        """Pass every file that a change writes to ``written`` instead of updating the source.

        Then another thread can make changes, one at a time, while this one reads the vault and
        updates the sources.
        """
        self._written = written

    def commit(
        self,
        label: str,
        edits: Sequence[FieldEdit | FileDiff],
        progress: Progress | None = None,
        left_out: dict[str, SluiceError] | None = None,
        asked: datetime | None = None,
        author: Author = NOBODY,
        check: Check | None = None,
    ) -> Change:
        """Make the edits as one change; diffs repair broken headers first.

        Fields that already have their value are skipped, unless they are noted: a change that only
        notes values writes no file.

        Raises EditRefused, Conflict or StorageError with nothing changed, unless the sentence
        says how many files were. With ``left_out``, refused files are added to it with the
        reason, and the others are changed. Raises Stopped when ``progress`` is stopped; files
        already written stay changed, as one change. The change has the time ``asked``, else now.
        ``check`` is called for each file while nobody else writes it, and may refuse it.
        """

        def make_plan() -> Sequence[Planned]:
            return plan_changes(self._root, edits, progress, left_out, check)

        names = map(edited_name, edits)
        return self._make(label, names, make_plan, progress, asked, author)

    def repair(self, label: str, diffs: Sequence[FileDiff], author: Author = NOBODY) -> Change:
        """Replace whole texts as one change, if each file still has ``before``.

        Raises as ``commit`` does.
        """
        from tui.vault.writing.rewrite import plan_rewrites  # noqa: PLC0415 - for repairs only

        names = (diff.name for diff in diffs)
        return self._make(
            label, names, lambda: plan_rewrites(self._root, diffs, self._rule), author=author
        )

    def rename(
        self,
        label: str,
        names: Sequence[str],
        old: str,
        new: str,
        left_out: dict[str, SluiceError],
        author: Author = NOBODY,
        check: Check | None = None,
    ) -> Change:
        """Rename the field ``old`` of these sources to ``new`` as one change.

        Refused files are left out, with the reason; ``check`` may refuse one. Raises as
        ``commit`` does.
        """
        from tui.vault.writing.rewrite import plan_renames  # noqa: PLC0415 - for renaming only

        def make_plan() -> Sequence[Planned]:
            return plan_renames(self._root, names, old, new, left_out, self._rule, check)

        return self._make(label, names, make_plan, author=author)

    def note(
        self,
        label: str,
        sources: Sequence[Source],
        left_out: dict[str, SluiceError],
        author: Author = NOBODY,
    ) -> Change:
        """Note that the author refused proposals for these sources; no file is written.

        Sources whose file cannot be read are added to ``left_out`` with the reason. Raises
        JournalError or StorageError.
        """
        if not sources:
            return Change(os.urandom(6).hex(), label, datetime.now(UTC), ())
        with self._locks.held(real_paths(self._root, (source.name for source in sources))):
            records = []
            for source in sources:
                try:
                    data = read_snapshot(self._root, source.name).data
                except SluiceError as error:
                    left_out[source.name] = error
                else:
                    records.append(noted(source.name, (), data))
            time = datetime.now(UTC)
            change = Change(os.urandom(6).hex(), label, time, (), False, *author).only(records)
            if records:
                self.journal.append(change)
        return change

    def create(self, label: str, make: Callable[[], NewFile], author: Author = NOBODY) -> Change:
        """Create a file as one change; ``make`` is called while nobody else creates one.

        Raises Conflict when the name is taken, StorageError or JournalError, with nothing
        changed; and whatever ``make`` raises.
        """
        # One at a time: the new file depends on the existing ones.
        with locked(self._state / "creating"):
            file = make()
            return self._make(label, [file.name], lambda: [file], author=author)

    def _make(
        self,
        label: str,
        names: Iterable[str],
        make_plan: Callable[[], Sequence[Planned | NewFile]],
        progress: Progress | None = None,
        asked: datetime | None = None,
        author: Author = NOBODY,
    ) -> Change:
        """Journal and write the plan; plan again when a file changes meanwhile."""
        if not (names := list(names)):
            return Change(os.urandom(6).hex(), label, asked or datetime.now(UTC), ())
        with self._locks.held(real_paths(self._root, names)) as lock:
            for attempt in range(ATTEMPTS):
                _wait(attempt)
                plan = make_plan()
                files = tuple(item.record() for item in plan)
                time = asked or datetime.now(UTC)
                change = Change(os.urandom(6).hex(), label, time, files, False, *author).only(files)
                if not plan:
                    return change
                written, error = self._commit_plan(lock, change, plan, progress)
                if error is None:
                    return change
                is_new = isinstance(plan[0], NewFile)
                if written or is_new or not isinstance(error, Conflict) or attempt == ATTEMPTS - 1:
                    counted = _with_count(error, written, len(plan))
                    counted.part_of = change.id if written else ""
                    raise counted
        raise AssertionError("the last attempt returns or raises")

    def _commit_plan(
        self,
        lock: int,
        change: Change,
        plan: Sequence[Planned | NewFile],
        progress: Progress | None,
    ) -> tuple[int, SluiceError | None]:
        journalled = False

        def journal(beside: Syncing) -> None:
            nonlocal journalled
            self.journal.append(change, beside)
            journalled = True

        note = Note(lock, Pending("change", change.id))
        written, error = self._write_files(plan, journal, progress)
        if error is not None and journalled:
            try:
                self.journal.amend(change, change.files[:written])
            except SluiceError:
                # The note stays: the next start can correct the journal.
                return written, error
        note.finish()
        return written, error

    def _write_files(
        self,
        plan: Sequence[Planned | NewFile | Removal],
        journal: Journalling | None = None,
        progress: Progress | None = None,
    ) -> tuple[int, SluiceError | None]:
        """Write files until one fails; return how many were written, and the error.

        ``journal`` notes the change before the first file is replaced. A stop takes effect
        between two files, as if the next one had failed.
        """
        if progress is not None:
            progress.writing = True
        for count, item in enumerate(plan):
            try:
                if progress is not None:
                    progress.step(count, len(plan))
                source = self._write_file(item, None if count else journal)
            except SluiceError as error:
                error.file = error.file or item.name
                return count, error
            self._written(item.name, source)
        return len(plan), None

    def _write_file(
        self, item: Planned | NewFile | Removal, journal: Journalling | None
    ) -> Source | None:
        if isinstance(item, Planned) and item.is_note:
            if journal is not None:
                journal(nullcontext())
            return source_from(self._root, item.name, item.after, item.snapshot.stamp, self._rule)
        if isinstance(item, Planned):
            stamp = replace(item.snapshot, encode(item.after), journal)
            return source_from(self._root, item.name, item.after, stamp, self._rule)
        from tui.vault.disk.presence import create, remove  # noqa: PLC0415 - for captures only

        if isinstance(item, Removal):
            remove(item.snapshot)
            return None
        stamp = create(self._root, item.name, encode(item.text), journal)
        return source_from(self._root, item.name, item.text, stamp, self._rule)

    # Undo

    def undo(self, which: Which = NEWEST, progress: Progress | None = None) -> Change:
        """Undo a change. Raises NothingToUndo, Conflict, StorageError or Stopped.

        A refused change stays done.
        """
        id, by, own, skip, unless_set_later = which
        passed: set[str] = set()
        is_last = bool(by) or unless_set_later
        refusal: SluiceError | None = None
        if own and not id:
            passed |= self.journal.named()
        while (change := _newest(self.journal.history(by).done, passed, id)) is not None:
            try:
                if self._turn(change, "undo", turned_back, progress, is_last=is_last):
                    return change
            except Refused as refused:
                if not skip:
                    raise refused.error from refused
                refusal = refusal or refused.error
                passed.add(change.id)
        if id:
            raise NothingToUndo("That change is already undone; nothing else was undone.")
        if by and refusal is None:
            raise NothingToUndo(f"“{short(by)}” has no change left to undo.")
        if own and refusal is None:
            self._refuse_named()
        raise refusal or NothingToUndo("There is nothing left to undo.")

    def _refuse_named(self) -> None:
        """Raise NothingToUndo when only changes under a name are left."""
        last = next(reversed(self.journal.history().done), None)
        if last is not None:
            raise NothingToUndo(
                f"Only “{short(last.by)}” has changes left to undo; "
                f"`sluice undo --by {quote(last.by)}` undoes the last one."
            )

    def redo(self, progress: Progress | None = None, id: str = "") -> Change:
        """Redo the last undone change. Raises as ``undo`` does.

        With ``id``, exactly that change is redone, whatever was changed after it was undone.
        """
        while (change := self._to_redo(id)) is not None:
            try:
                if self._turn(change, "redo", made_again, progress, by_id=bool(id)):
                    return change
            except Refused as refused:
                raise refused.error from refused
        if id:
            raise NothingToUndo("That change is not undone; nothing was redone.")
        raise NothingToUndo("There is nothing left to redo.")

    def _to_redo(self, id: str) -> Change | None:
        if not id:
            return _newest(self.journal.history().undone, set())
        change = self.journal.find(id)
        return change if change is not None and change.undone else None

    def _turn(
        self,
        change: Change,
        kind: str,
        turn: Turn,
        progress: Progress | None,
        *,
        is_last: bool = False,
        by_id: bool = False,
    ) -> bool:
        """Undo or redo a change; False when it never reached the disk, so nothing was written.

        With ``is_last``, it is refused when a later change set one of its fields again. With
        ``by_id``, a change is redone that is no longer on the redo stack.
        """
        with self._locks.held(real_paths(self._root, change.names)) as lock:
            done, undone = self.journal.history()
            # Another process may have undone or redone it while we waited.
            turnable = done if kind == "undo" else self.journal.changes() if by_id else undone
            if change not in turnable or (kind == "redo" and change in done):
                return False
            if all(map(is_note, change.files)):
                # It wrote no file, so there is nothing to compare either.
                self.journal.mark("undo" if kind == "undo" else "redo", change)
                return True
            if is_last:
                refuse_set_later(self._root, change, self._later(change, done), self._rule)
            note = Note(lock, Pending(kind, change.id))
            try:
                turned = self._turn_files(change, turn, note, progress)
            except Refused as refused:
                if kind == "redo":
                    raise
                later = self._later(change, done)
                raise Refused(named_later(refused.error, change, later)) from refused.error
            self.journal.mark("undo" if kind == "undo" else "redo", change)
            note.finish()
        return turned

    def _later(self, change: Change, done: Changes) -> Iterable[Change]:
        """The changes on the undo stack after this one, newest first."""
        after = done.ids[done.ids.index(change.id) + 1 :]
        if len(after) > FEW_LATER and len(change.files) <= FEW_FILES:
            # It is faster to search for the names of few files than to parse many changes.
            touched = {c.id for name in change.names for c in self.journal.of_file(name)}
            after = tuple(id for id in after if id in touched)
        return reversed(done.among(after))

    def _turn_files(
        self, change: Change, turn: Turn, note: Note, progress: Progress | None
    ) -> bool:
        turned = 0
        for attempt in range(ATTEMPTS):
            _wait(attempt)
            try:
                plan = plan_turn(self._root, change.files, turn, self._rule, progress)
            except SluiceError as error:
                if turned:
                    # Some files were written, so this is an error; the note stays.
                    raise _with_count(error, turned, len(change.files)) from error
                note.finish()
                if isinstance(error, Stopped):
                    raise
                raise Refused(error) from error
            written, failure = self._write_files(plan, progress=progress)
            turned += written
            if failure is None:
                return bool(plan) or turned > 0
            if not isinstance(failure, Conflict) or attempt == ATTEMPTS - 1:
                if not turned:
                    note.finish()
                raise _with_count(failure, turned, len(change.files))
        raise AssertionError("the last attempt returns or raises")


def _wait(attempt: int) -> None:
    # Even a sleep of zero yields the processor.
    if attempt:
        sleep(attempt * PAUSE)


def _newest(changes: Changes, passed: set[str], id: str = "") -> Change | None:
    if id:
        # A change that affected only some of its files has an id with a suffix.
        changes = changes.among(each for each in changes.ids if each.startswith(id))
    return next((change for change in reversed(changes) if change.id not in passed), None)


def _with_count(error: SluiceError, written: int, planned: int) -> SluiceError:
    """The error, with the number of files changed before it if there are any."""
    if isinstance(error, Stopped):
        return Stopped(f"Stopped after {written:,} of {planned:,} sources.") if written else error
    if not written:
        return error
    said = StorageError if not isinstance(error, Conflict) else Conflict
    before = f"Changed {written} of {planned} sources, then: "
    counted = said(f"{before}{error}")
    counted.file, counted.before = error.file, before
    return counted
