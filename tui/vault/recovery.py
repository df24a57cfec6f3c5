"""Recovery: what a killed sluice left, put right by the next start."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from tui.errors import Conflict, EditRefused, JournalError, StorageError
from tui.vault.change import FileRecord
from tui.vault.folder import parted, real_name
from tui.vault.journal import Journal
from tui.vault.locks import FileLocks
from tui.vault.pending import Pending, has_dead, strike_out
from tui.vault.read import decode
from tui.vault.revert import is_birth, turned_back
from tui.vault.storage import read_snapshot
from tui.vault.strays import sweep, sweep_folder

SHORTLY = 1.0
"""Seconds that a start waits for other sluices before it leaves the tidying to a later one."""


class Recovery:
    """Puts a vault's journal and folder right while nobody else is in the middle of a change."""

    def __init__(self, root: Path, journal: Journal, locks: FileLocks) -> None:
        self._root = root
        self._journal = journal
        self._locks = locks

    def recover(self) -> None:
        """What a killed sluice left put right: its temporary files, and the journal's word.

        Left to a later start when it cannot be done now.
        """
        if not has_dead(self._locks.folder):
            return
        with contextlib.suppress(JournalError, StorageError), self._locks.all_held(SHORTLY) as held:
            # One that is damaged is set aside by whoever can say so.
            if not self._journal.is_sound():
                return
            # Nobody else is in the middle of a change now: all that is noted is dead.
            for lock in held:
                with contextlib.suppress(OSError):
                    strike_out(lock, self._is_settled)

    def sweep(self, strays: list[str]) -> None:
        """A killed sluice's temporary files removed."""
        if strays:
            with contextlib.suppress(JournalError, StorageError), self._locks.all_held(SHORTLY):
                sweep(str(self._root), strays)

    def _is_settled(self, pending: Pending) -> bool:
        """Whether the journal says now what is on disk."""
        try:
            self._settle(pending)
        except (JournalError, StorageError, OSError):
            # A file that cannot be read now says nothing; it will at another start.
            return False
        return True

    def _settle(self, pending: Pending) -> None:
        change = self._journal.find(pending.id)
        if change is None:
            return
        for folder in self._folders(change.names):
            sweep_folder(str(self._root), folder)
        made = tuple(record for record in change.files if self._holds(record))
        if pending.kind == "change":
            if len(made) < len(change.files) and not change.undone:
                self._journal.amend(change, made)
        elif change.undone == bool(made):
            self._journal.mark("redo" if made else "undo", change)

    def _folders(self, names: Iterable[str]) -> set[str]:
        """The folders in the vault in which these files are, or would be."""
        found = set()
        for name in names:
            with contextlib.suppress(OSError):
                found.add(parted(real_name(str(self._root), name))[0])
        return found

    def _holds(self, record: FileRecord) -> bool:
        """Whether a file is as the change made it, or moved on from there. Raises StorageError."""
        if not (self._root / real_name(str(self._root), record.name)).exists():
            return False
        if is_birth(record):
            return True
        text = decode(read_snapshot(self._root, record.name).data)
        try:
            return turned_back(text, record) != text
        except (Conflict, EditRefused):
            return True
