"""Rows of sources and hits: columns for people, tabs for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from tui.cli.output import Column, is_for_people, say, write_row, write_rows, write_table
from tui.desk import Desk
from tui.triage.field import Field
from tui.triage.known_values import Choice
from tui.triage.schema import Schema
from tui.triage.status import status_of
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.search.hits import Hit
    from tui.triage.waiting import Wait

_SOURCE_COLUMNS = (
    Column(most=12),
    Column(most=11, least_width=60),
    Column(most=20, least_width=100),
    Column(),
    Column(most=24, least_width=80),
    Column(most=32),
)
_HIT_COLUMNS = (Column(most=3), Column(), Column(most=24, least_width=60))


def write_sources(
    desk: Desk, sources: Sequence[Source], waits: Sequence[Wait | None] | None = None
) -> None:
    """A row a source. For programs: path, id, status, tier, category, title.

    With ``waits``, programs also get the days waiting, and the status or field they count from.
    """
    schema = desk.schema
    if not is_for_people():
        write_rows(_rows(schema, sources, waits))
        return
    notes = list(_notes(desk, sources, waits))
    rows = [
        (
            _glyph(schema.status.choice(status_of(schema, source))),
            _glyph(schema.tier.choice(schema.tier.value_in(source))),
            (source.text(schema.roles.category), ""),
            _title(desk, source),
            (source.id, "quiet"),
            (note, "quiet"),
        )
        for source, note in zip(sources, notes, strict=True)
    ]
    write_table(_SOURCE_COLUMNS, rows)


def _rows(
    schema: Schema, sources: Sequence[Source], waits: Sequence[Wait | None] | None
) -> Iterator[Sequence[tuple[str, str]]]:
    statuses, tiers = _Colours(schema.status), _Colours(schema.tier)
    roles = schema.roles
    for at, source in enumerate(sources):
        status, tier = status_of(schema, source), source.text(roles.tier)
        row = (
            (source.name, "quiet"),
            (source.id, ""),
            (status, statuses[status]),
            (tier, tiers[tier]),
            (source.text(roles.category), ""),
            (source.title, "title"),
        )
        yield (*row, *_waited(waits[at])) if waits else row


class _Colours(dict[str, str]):
    """The colours of a field's values, each looked up once."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._field = field

    def __missing__(self, name: str) -> str:
        colour = self[name] = self._field.choice(name).colour
        return colour


def _waited(wait: Wait | None) -> tuple[tuple[str, str], ...]:
    days = "" if wait is None else str(wait.days(date.today()))
    return (days, ""), (wait.reason if wait else "", "quiet")


def _notes(
    desk: Desk, sources: Sequence[Source], waits: Sequence[Wait | None] | None
) -> Iterator[str]:
    """How long each source has been waiting, else until when it is snoozed."""
    today = date.today()
    for at, source in enumerate(sources):
        if waits is not None:
            wait = waits[at]
            yield wait.words(today) if wait else "unknown"
        else:
            until = desk.snoozed_until(source)
            yield f"snoozed until {until.isoformat()}" if until else ""


def _glyph(choice: Choice) -> tuple[str, str]:
    return f"{choice.glyph or ' '} {choice.name}".rstrip(), choice.colour


def _title(desk: Desk, source: Source) -> tuple[str, str]:
    # Colour is never the only cue.
    return (f"! {source.title}", "problem") if desk.problem_of(source) else (source.title, "title")


def write_hits(query: str, hits: Sequence[Hit], several: bool) -> None:
    """A row a hit. For programs: path, id, score, title, after the query if there are several."""
    if is_for_people():
        if several or not hits:
            say(f"{query}: {len(hits) or 'nothing'} found")
        rows = [
            ((f"{hit.score:.0f}", "quiet"), (hit.source.title, "title"), (hit.source.id, "quiet"))
            for hit in hits
        ]
        write_table(_HIT_COLUMNS, rows)
        return
    asked = ((query, "quiet"),) if several else ()
    for hit in hits:
        source = hit.source
        score = f"{hit.score:.0f}"
        write_row(
            (*asked, (source.name, "quiet"), (source.id, ""), (score, ""), (source.title, "title"))
        )
