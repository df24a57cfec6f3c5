"""Suggestions for a source and their reasons, as data."""

from __future__ import annotations

from dataclasses import dataclass

SURE = 0.6
"""The sureness from which a suggestion is shown and accepted automatically."""
LEAST = 0.05
"""The sureness below which a suggestion is not worth offering."""
FEW, FEWEST_ALIKE = 100, 5
"""Decisions, and held-out suggestions as sure as one, below which no record is given."""


def percent(sureness: float) -> str:
    """A sureness as a percentage, never 0 or 100 %."""
    return f"{min(99, max(1, round(100 * sureness)))} %"


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
    record: tuple[int, int] = (0, 0)
    """Of held-out sources with a suggestion as sure as this: for how many it was right; all."""

    @property
    def sure(self) -> bool:
        """Whether it is sure enough to accept unseen."""
        return self.sureness >= SURE

    @property
    def percent(self) -> str:
        """The sureness as a percentage, never 100 %."""
        return percent(self.sureness)

    @property
    def evidence(self) -> str:
        """The words that say so; and the nearest sources, where most of them have this value."""
        said = [" · ".join(self.words)]
        if self.near > 1 and 2 * self.near > self.of:
            said.append(f"{self.near} of {self.of} nearest")
        return "  ".join(filter(None, said))

    @property
    def reason(self) -> str:
        """The sureness and evidence on one line."""
        return "  ".join(filter(None, [self.percent, self.evidence]))

    def history(self, decided: int) -> tuple[str, ...]:
        """How often a suggestion as sure as this was right, longest words first.

        ``decided`` counts the decisions.
        """
        right, tried = self.record
        if decided < FEW:
            return (f"few decided: {decided}",)
        if tried < FEWEST_ALIKE:
            few = "too few were as sure as this to count"
            return (f"of {decided:,} decided, {few}", few)
        said = f"right in {right} of {tried} as sure as this"
        return (f"{said}, of {decided:,} decided", said)


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
