"""Rows of sources and hits: columns for people, tabs for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.cli.output import Column, is_terminal, say, write_row, write_table
from tui.desk import Desk
from tui.triage.known_values import Choice
from tui.triage.status import status_of
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.search.hits import Hit

_SOURCE_COLUMNS = (
    Column(most=12),
    Column(most=11, least_width=60),
    Column(most=20, least_width=100),
    Column(),
    Column(most=24, least_width=80),
)
_HIT_COLUMNS = (Column(most=3), Column(), Column(most=24, least_width=60))


def write_sources(desk: Desk, sources: Sequence[Source]) -> None:
    """A row a source. For programs: path, id, status, tier, category, title."""
    schema = desk.schema
    if not is_terminal():
        roles = schema.roles
        for source in sources:
            decided = (source.text(name) for name in (roles.tier, roles.category))
            status = status_of(schema, source)
            write_row((source.name, source.id, status, *decided, source.title))
        return
    rows = [
        (
            _glyph(schema.status.choice(status_of(schema, source))),
            _glyph(schema.tier.choice(schema.tier.value_in(source))),
            (source.text(schema.roles.category), ""),
            _title(desk, source),
            (source.id, "quiet"),
        )
        for source in sources
    ]
    write_table(_SOURCE_COLUMNS, rows)


def _glyph(choice: Choice) -> tuple[str, str]:
    return f"{choice.glyph or ' '} {choice.name}".rstrip(), choice.colour


def _title(desk: Desk, source: Source) -> tuple[str, str]:
    # Not by colour alone: the sign tells it without one.
    return (f"! {source.title}", "problem") if desk.problem_of(source) else (source.title, "title")


def write_hits(query: str, hits: Sequence[Hit], several: bool) -> None:
    """A row a hit. For programs: path, id, score, title, after the query if there are several."""
    if is_terminal():
        if several or not hits:
            say(f"{query}: {len(hits) or 'nothing'} found")
        rows = [
            ((f"{hit.score:.0f}", "quiet"), (hit.source.title, "title"), (hit.source.id, "quiet"))
            for hit in hits
        ]
        write_table(_HIT_COLUMNS, rows)
        return
    for hit in hits:
        found = (hit.source.name, hit.source.id, f"{hit.score:.0f}", hit.source.title)
        write_row((query, *found) if several else found)
