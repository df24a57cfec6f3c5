"""Recovery: the next start cleans up after a killed sluice."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from tui.errors import Conflict, EditRefused, JournalError, StorageError
from tui.vault.disk.contents import decode
from tui.vault.disk.folder import parted, real_name
from tui.vault.disk.locks import FileLocks
from tui.vault.disk.storage import read_snapshot
from tui.vault.disk.strays import sweep, sweep_folder
from tui.vault.history.change import FileRecord
from tui.vault.history.journal import Journal
from tui.vault.writing.revert import is_birth, turned_back
from tui.vault.writing.unfinished import Pending, has_dead, strike_out

SHORTLY = 1.0
"""Seconds to wait for other sluices before leaving the cleanup to a later start."""


class Recovery:
    """Repairs a vault's journal and folder while nobody else is making a change."""

    def __init__(self, root: Path, journal: Journal, locks: FileLocks) -> None:
        self._root = root
        self._journal = journal
        self._locks = locks

    def recover(self) -> None:
        """Clean up after a killed sluice: temporary files and unfinished journal entries.

        If that is impossible now, a later start does it.
        """
        if not has_dead(self._locks.folder):
            return
        with contextlib.suppress(JournalError, StorageError), self._locks.all_held(SHORTLY) as held:
            # A damaged journal is set aside later, by code that can report it.
            if not self._journal.is_sound():
                return
            # All locks are held, so every note is of a dead process.
            for lock in held:
                with contextlib.suppress(OSError):
                    strike_out(lock, self._is_settled)

    def sweep(self, strays: list[str]) -> None:
        """Remove the temporary files of a killed sluice."""
        if strays:
            with contextlib.suppress(JournalError, StorageError), self._locks.all_held(SHORTLY):
                sweep(str(self._root), strays)

    def _is_settled(self, pending: Pending) -> bool:
        """Whether the journal matches the files on disk."""
        try:
            self._settle(pending)
        except (JournalError, StorageError, OSError):
            # The file is unreadable now; try again at the next start.
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
        """The folders of these files in the vault; the files need not exist."""
        found = set()
        for name in names:
            with contextlib.suppress(OSError):
                found.add(parted(real_name(str(self._root), name))[0])
        return found

    def _holds(self, record: FileRecord) -> bool:
        """Whether a file contains the change, maybe with later edits. Raises StorageError."""
        if not (self._root / real_name(str(self._root), record.name)).exists():
            return False
        if is_birth(record):
            return True
        text = decode(read_snapshot(self._root, record.name).data)
        try:
            return turned_back(text, record) != text
        except (Conflict, EditRefused):
            return True
