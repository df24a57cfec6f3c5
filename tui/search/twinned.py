"""Twinned: what lookup asks about sources that were captured more than once."""

from __future__ import annotations

from typing import Protocol

from tui.vault.source import Source


class Twinned(Protocol):
    """Knows which sources were captured more than once; is told of every change."""

    def prepare(self) -> None:
        """Look at all sources; returns at once when nothing changed."""

    def has(self, source: Source) -> bool:
        """Whether a source has a twin."""

    def note(self, source: Source) -> None:
        """Know a source that is new or has changed."""

    def remove(self, name: str) -> None:
        """Forget a source."""

    def forget_all(self) -> None:
        """Know nothing: the sources are others now."""


class NoTwins:
    """Stands where nobody looks for twins."""

    def prepare(self) -> None:
        """Nothing is to be looked at."""

    def has(self, _source: Source) -> bool:
        """No source has a twin."""
        return False

    def note(self, _source: Source) -> None:
        """Nothing is known."""

    def remove(self, _name: str) -> None:
        """Nothing is known."""

    def forget_all(self) -> None:
        """Nothing is known."""
