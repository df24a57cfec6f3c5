"""The command that keeps sources out of the queue until a day: snooze."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from tui.cli.commands.change import change_named
from tui.cli.opening import matching, open_desk, resolve, which
from tui.cli.output import say
from tui.desk import Desk
from tui.display import short
from tui.triage.snooze import end_snooze, read_snooze, snooze
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.triage.planned import Make


def run_snooze(request: Namespace) -> int:
    """Snooze sources that are named, or all that a query matches; or end that."""
    # The user's own day, not Greenwich's.
    today = date.today()
    day = None if request.end else read_snooze(request.day, today)
    make: Make = end_snooze if day is None else partial(snooze, day=day)
    desk = open_desk(request)
    if request.query is None:
        sources = resolve(desk, request.references)
        woken = _woken(desk, sources, day, today)
        code = change_named(desk, request, sources, make)
    else:
        from tui.cli.commands.matching import change_matching  # noqa: PLC0415 - for a query only

        sources = matching(desk, request.query)
        woken = _woken(desk, sources, day, today)
        if not sources:
            say(f"Nothing to change: no source matches {short(request.query)}")
            return 0
        asked = "no longer snoozed" if day is None else f"snoozed until {day.isoformat()}"
        code = change_matching(desk, request, make, sources, asked)
    if woken and not code and not request.dry_run:
        desk.snooze_again(woken)
        again = which(desk, [source.name for source in woken])
        say(f"Snoozed again, as the file has changed since: {again}")
    return code


def _woken(desk: Desk, sources: Sequence[Source], day: date | None, today: date) -> list[Source]:
    """The sources that have this day already, and are back because their files have changed."""
    snoozes = desk.snoozes
    return [
        source
        for source in sources
        if day and snoozes.day_of(source) == day and snoozes.is_woken(source, today)
    ]
