"""The command that counts the whole vault: stats."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import date

from tui.cli.opening import matching, open_desk
from tui.cli.output import is_for_people, say, width, write_json, write_painted
from tui.errors import JournalError
from tui.records import stats_record
from tui.triage.stats import stats_of

WIDEST = 132
"""Columns that are used of a wider terminal."""
ON_PAPER = 80
"""Columns that are used where there is no terminal."""
MOST_CATEGORIES = 25


def run_stats(request: Namespace) -> int:
    """Print how the sources are distributed, and your pace."""
    desk = open_desk(request)
    sources = matching(desk, "")
    today = date.today()
    try:
        stats = stats_of(desk.schema, sources, desk.vault.log(), today)
        stats = desk.with_trust(stats, sources)
    except JournalError as error:
        say(str(error))
        stats = stats_of(desk.schema, sources, (), today)
    if request.json:
        write_json(stats_record(desk, stats))
        return 0
    from tui.triage.picture import picture_of  # noqa: PLC0415 - JSON needs no picture

    room = min(width(), WIDEST) if is_for_people() else ON_PAPER
    for line in picture_of(desk.schema, stats, room, MOST_CATEGORIES):
        write_painted(_trimmed(line))
    return 0


def _trimmed(line: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The line without spaces at its end."""
    parts = list(line)
    while parts and not parts[-1][0].strip():
        parts.pop()
    if parts:
        text, colour = parts[-1]
        parts[-1] = (text.rstrip(), colour)
    return parts
