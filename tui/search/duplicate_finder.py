"""DuplicateFinder: lookup's interface to duplicates."""

from __future__ import annotations

from typing import Protocol

from tui.vault.source import Source


class DuplicateFinder(Protocol):
    """Knows the duplicates in a vault; must be notified of every change."""

    def prepare(self) -> None:
        """Compare all sources; returns at once if nothing has changed."""

    def has(self, source: Source) -> bool:
        """Whether a source has a duplicate."""

    def note(self, source: Source) -> None:
        """Update a new or changed source."""

    def remove(self, name: str) -> None:
        """Forget a source."""

    def forget_all(self) -> None:
        """Start from scratch: the sources are different now."""


class NoDuplicates:
    """Used where duplicates are not searched."""

    def prepare(self) -> None:
        """Do nothing."""

    def has(self, _source: Source) -> bool:
        """No source has a duplicate."""
        return False

    def note(self, _source: Source) -> None:
        """Do nothing."""

    def remove(self, _name: str) -> None:
        """Do nothing."""

    def forget_all(self) -> None:
        """Do nothing."""
