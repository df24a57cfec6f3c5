"""SampleRound: sources in random order, asked about until enough of them are judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from tui.triage.round import Round

Made = TypeVar("Made")
RIGHT, WRONG = "right", "wrong"
"""The names of the answers."""


class SampleRound(Round[Made]):
    """A sample; for each skipped source, another one is drawn."""

    def __init__(self, names: Sequence[str], wanted: int) -> None:
        super().__init__(names)
        self.wanted = wanted
        """How many to judge."""

    @property
    def current(self) -> str | None:
        """The name of the current source; None once enough are judged."""
        return super().current if self.judged < self.wanted else None

    @property
    def judged(self) -> int:
        """How many were judged."""
        return sum(1 for step in self._steps if step.answer)

    @property
    def wrong(self) -> int:
        """How many of these were wrong."""
        return sum(1 for step in self._steps if step.answer == WRONG)

    @property
    def skipped(self) -> set[str]:
        """The names of the skipped ones, which no longer belong to the group."""
        return {step.name for step in self._steps if not step.answer}

    @property
    def size(self) -> int:
        """How many can be judged at this look."""
        return min(self.wanted, super().size - len(self.skipped))

    @property
    def number(self) -> int:
        """The number of the current source among the judged ones, from 1."""
        return min(self.judged + 1, self.size)

    @property
    def group(self) -> int:
        """How many sources the group has, without the skipped ones."""
        return super().size - len(self.skipped)

    @property
    def rest(self) -> list[str]:
        """The names of those that were not judged, without the skipped ones."""
        seen = {step.name for step in self._steps}
        return [name for name in self._names if name not in seen]
