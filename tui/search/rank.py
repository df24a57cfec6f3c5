"""The best candidates ranked again, by how their names read beside the query."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

AGAIN = 60
"""How many candidates are ranked again."""

_LONGEST = 200
"""Characters of a name that are compared."""

_RUN = 0.5
"""How much it counts that the query stands in the name as one run."""
_WORDS = 0.4
"""How much it counts that their words are the same, in any order."""
_BRIEF = 10.0
"""What a name gains that says nothing beside the query."""


def closeness(names: Sequence[str], query: str, squashed: str) -> float:
    """How much the query reads like one of the source's names, from 0 to 1."""
    best = 0.0
    size = len(query)
    for position, whole in enumerate(names):
        if whole == query:
            return 1.0
        line = whole[:_LONGEST]
        length = len(line)
        near = fuzz.partial_ratio(query, line) if length >= size else fuzz.ratio(query, line)
        likeness = _RUN * near + _WORDS * fuzz.token_set_ratio(query, line)
        likeness += _BRIEF * min(1.0, size / length)
        if squashed in line.replace(" ", ""):
            likeness += 5.0
        best = max(best, likeness - position)
    return min(best, 99.0) / 100.0
