"""Suggestions for a source and their reasons, as data."""

from __future__ import annotations

from dataclasses import dataclass

SURE = 0.6
"""The sureness from which a suggestion is shown and accepted automatically."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggested value with its sureness and evidence."""

    value: str
    sureness: float
    """The probability, between 0 and 1, that the source gets this value."""
    near: int
    """Number of the nearest decided sources with this value."""
    of: int
    """Number of nearest sources."""
    words: tuple[str, ...] = ()
    """The source's words that weigh most for this value and against the next best."""

    @property
    def sure(self) -> bool:
        """Whether it is sure enough to accept unseen."""
        return self.sureness >= SURE

    @property
    def percent(self) -> str:
        """The sureness as a percentage, never 100 %."""
        return f"{min(99, max(1, round(100 * self.sureness)))} %"

    @property
    def reason(self) -> str:
        """The sureness and evidence on one line; the nearest sources if most of them agree."""
        said = [self.percent, " · ".join(self.words)]
        if self.near > 1 and 2 * self.near > self.of:
            said.append(f"{self.near} of {self.of} nearest")
        return "  ".join(filter(None, said))


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All suggestions for one source, surest first."""

    category: tuple[Suggestion, ...] = ()
    tier: tuple[Suggestion, ...] = ()
    topics: tuple[str, ...] = ()
    """Fitting topics of other sources, without those it already has."""
    sure_topics: tuple[str, ...] = ()
    """The first of these, if they are sure."""
    by_hand: tuple[str, ...] = ()
    """Fields without suggestions because a person set them."""
