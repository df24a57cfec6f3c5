"""The best candidates ranked again, by how their names read beside the query."""

from __future__ import annotations

from rapidfuzz import fuzz

from tui.search.document import Document

AGAIN = 60
"""How many candidates are ranked again."""


def closeness(document: Document, query: str, squashed: str) -> float:
    """How much the query reads like one of the source's names, from 0 to 1."""
    best = 0.0
    for position, line in enumerate(document.lines):
        if line == query:
            return 1.0
        likeness = 0.5 * fuzz.partial_ratio(query, line) + 0.3 * fuzz.token_set_ratio(query, line)
        likeness += 20.0 * min(1.0, len(query) / len(line))
        if squashed in line.replace(" ", ""):
            likeness += 5.0
        best = max(best, likeness - position)
    return min(best, 99.0) / 100.0
