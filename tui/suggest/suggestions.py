"""What is suggested for a source, and why: as data."""

from __future__ import annotations

from dataclasses import dataclass

SURE = 0.6
"""From this sureness on a suggestion is shown unasked and taken with all others."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One value, how sure it is and what speaks for it."""

    value: str
    sureness: float
    """The chance, between 0 and 1, that the source gets this value."""
    near: int
    """Of the nearest decided sources, those with this value."""
    of: int
    """How many nearest sources there are."""
    words: tuple[str, ...] = ()
    """What of the source itself speaks most for this value and against the next best."""

    @property
    def sure(self) -> bool:
        """Whether it is sure enough to be taken unseen."""
        return self.sureness >= SURE

    @property
    def percent(self) -> str:
        """How sure it is, in few cells; nothing that is learnt is ever certain."""
        return f"{min(99, max(1, round(100 * self.sureness)))} %"

    @property
    def reason(self) -> str:
        """How sure it is and why, in a line; the nearest sources where most of them agree."""
        said = [self.percent, " · ".join(self.words)]
        if self.near > 1 and 2 * self.near > self.of:
            said.append(f"{self.near} of {self.of} nearest")
        return "  ".join(filter(None, said))


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All that is suggested for one source, surest first."""

    category: tuple[Suggestion, ...] = ()
    tier: tuple[Suggestion, ...] = ()
    topics: tuple[str, ...] = ()
    """Topics of other sources that fit; those it has are not among them."""
    sure_topics: tuple[str, ...] = ()
    """The first of them, as far as they are sure."""
    by_hand: tuple[str, ...] = ()
    """The fields of which nothing is suggested, since a person set them."""
