"""News: what others wrote to the journal since it was last looked at."""

from __future__ import annotations

from typing import NamedTuple

from tui.vault.history.change import Change
from tui.vault.history.journal import Journal


class Fresh(NamedTuple):
    """Changes by other processes."""

    made: tuple[Change, ...] = ()
    """Those they made or redid, oldest first."""
    undone: tuple[Change, ...] = ()
    """Those they undid, in the order of the changes."""


class News:
    """Tells the changes that other processes make, undo and redo, each once.

    What was there at the first look is no news.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._version: object = None
        self._known: frozenset[str] | None = None
        """The ids of the changes that were not undone at the last look."""
        self._ours = len(journal.ours)
        """How many of our own entries were looked at."""

    def look(self) -> Fresh:
        """What is new. Raises JournalError.

        It costs a look at the file's size when nothing is.
        """
        journal, version = self._journal, self._journal.version
        if self._known is not None and version == self._version:
            return Fresh()
        begun = len(journal.ours)
        now = journal.standing()
        # In this order: what is in the file and no longer being written is among ours.
        busy, entries = frozenset(journal.busy), journal.ours[:]
        ours, later = entries[self._ours : begun], entries[begun:]
        # What we wrote while the file was read may be in it or not: that is looked at next time.
        busy |= {id for _, id in later}
        self._ours = begun
        expected = set(now if self._known is None else self._known)
        for kind, id in ours:
            expected.difference_update([id])
            expected.update([id] if kind in ("change", "redo") else [])
        # What we are writing now is looked at next time.
        self._known = now - busy | expected & busy
        self._version = None if busy else version
        made, undone = now - expected - busy, expected - now - busy
        # Old changes that were trimmed away are gone, and were not undone.
        return Fresh(*(tuple(journal.changes().among(ids)) for ids in (made, undone)))
