"""Sources and lookups made up for a test."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tui.search.lookup import Lookup
from tui.vault.source import Problem, Source, Stamp

STAMP = Stamp(1, 1, 1)
SHORTS = {
    "st": "status",
    "tier": "signal_tier",
    "cat": "notebooklm_category",
    "insight": "key_insights",
    "on": "platform",
    "in": "format",
    "by": "creator",
    "topic": "topics",
    "alias": "aliases",
    "published": "date_published",
}
WEIGHTS = {
    "title": 1.0, "aliases": 0.93, "creator": 0.9, "id": 0.85, "stem": 0.8, "topics": 0.72,
    "notebooklm_category": 0.7, "url": 0.6, "guest": 0.6, "synopsis": 0.55,
}  # fmt: skip


def source(
    stem: str, problem: str = "", heading: str = "", stamp: Stamp = STAMP, **fields: Any
) -> Source:
    """A source of that file stem with those fields."""
    return Source(
        root=Path("/vault"),
        name=f"{stem}.md",
        fields=fields,
        heading=heading,
        problem=Problem(problem, 2) if problem else None,
        stamp=stamp,
    )


def lookup(sources: Iterable[Source], read_body: Callable[[Source], str] = lambda _: "") -> Lookup:
    """A lookup over those sources with the built-in schema's names."""
    made = Lookup(
        SHORTS,
        WEIGHTS,
        "key_insights",
        lambda source: source.problem.sentence if source.problem else None,
        read_body,
    )
    made.replace(lambda: sources)
    return made


def stems(made: Lookup, query: str, limit: int | None = None) -> list[str]:
    """The stems of what a query finds, best first."""
    return [hit.source.stem for hit in made.find(query, limit)]
