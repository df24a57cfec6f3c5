"""What is suggested for a source, and why: as data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

SURE = 0.6
"""From this sureness on a suggestion is shown unasked and taken with all others."""
SHARPNESSES = (1.0, 2.0, 3.0, 4.0, 5.0, 6.5, 8.0)
"""How quickly a score above the others makes sure: the one is used that fits the examples."""


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
    """The source's own words that say so most."""

    @property
    def sure(self) -> bool:
        """Whether it is sure enough to be taken unseen."""
        return self.sureness >= SURE

    @property
    def count(self) -> str:
        """The evidence in few cells."""
        return f"{self.near} of {self.of}"

    @property
    def reason(self) -> str:
        """The evidence in a line."""
        said = f"{self.count} nearest"
        words = ", ".join(self.words)
        if self.near == 0 and words:
            # What no near source has is suggested for its words alone.
            return f"for its words: {words}"
        return f"{said} · {words}" if words else said


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All that is suggested for one source, surest first."""

    category: tuple[Suggestion, ...] = ()
    tier: tuple[Suggestion, ...] = ()
    topics: tuple[str, ...] = ()
    """Topics of other sources that fit; those it has are not among them."""
    sure_topics: tuple[str, ...] = ()
    """The first of them, as far as they are sure."""


def surenesses(scores: Mapping[str, float], sharpness: float) -> dict[str, float]:
    """Scores turned into chances that add up to one."""
    if not scores:
        return {}
    best = max(scores.values())
    raised = {value: math.exp(sharpness * (score - best)) for value, score in scores.items()}
    total = sum(raised.values())
    return {value: part / total for value, part in raised.items()}
