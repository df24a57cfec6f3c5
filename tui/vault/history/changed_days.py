"""ChangedDays: the days on which sources were changed, from the undo journal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tui.vault.history.journal import Journal


class ChangedDays:
    """The days of all changes that are not undone, and today for the ``pending`` sources.

    Each change is read from the journal only once.
    """

    def __init__(self, journal: Journal, pending: Callable[[], frozenset[str]]) -> None:
        self._journal = journal
        self._pending = pending
        self._known: dict[str, tuple[date, tuple[str, ...]]] = {}
        """By change id: its day and the changed sources."""

    @property
    def version(self) -> object:
        """A value that differs after every change, undo or redo."""
        return self._journal.version, self._pending()

    def names(self, wanted: Callable[[date], bool]) -> set[str]:
        """The names of sources changed on the ``wanted`` days. Raises JournalError."""
        names = set(self._pending()) if wanted(date.today()) else set[str]()
        is_wanted: dict[date, bool] = {}
        for day, changed in self._done():
            if day not in is_wanted:
                is_wanted[day] = wanted(day)
            if is_wanted[day]:
                names.update(changed)
        return names

    def _done(self) -> list[tuple[date, tuple[str, ...]]]:
        done = self._journal.history().done
        for change in done.without(self._known):
            self._known[change.id] = change.time.astimezone().date(), change.names
        return [self._known[id] for id in done.ids if id in self._known]
