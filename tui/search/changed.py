"""Changed: what lookup asks about the days on which sources were changed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Protocol


class Changed(Protocol):
    """Knows which sources were changed on which days, without what was undone."""

    @property
    def version(self) -> object:
        """Differs once something was changed or undone since; costs next to nothing."""

    def names(self, meant: Callable[[date], bool]) -> Collection[str]:
        """The names of the sources changed on the days that are ``meant``. Raises JournalError."""


class NoChanges:
    """Stands where nobody keeps a journal."""

    version: object = None

    def names(self, _meant: Callable[[date], bool]) -> Collection[str]:
        """No source was changed."""
        return ()
