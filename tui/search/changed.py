"""Changed: lookup's interface to the days on which sources were changed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Protocol


class Changed(Protocol):
    """Knows which sources were changed on which days, except undone changes."""

    @property
    def version(self) -> object:
        """A value that differs after every change or undo; cheap to get."""

    def names(self, meant: Callable[[date], bool]) -> Collection[str]:
        """The names of sources changed on days for which ``meant`` is true. Raises JournalError."""


class NoChanges:
    """Used where there is no journal."""

    version: object = None

    def names(self, _meant: Callable[[date], bool]) -> Collection[str]:
        """No source was changed."""
        return ()
