"""How fast the work goes: done today, seconds a source, time left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import median

from tui.vault.change import Change

BREAK = 300.0
"""Seconds between two sources after which somebody was not working on the second."""
RECENT = 50
"""How many of the last sources the pace is taken from."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What the progress line tells."""

    done_today: int
    seconds_each: float | None
    """The median over the last sources; None until two were done in a row."""


def moves_in(changes: Iterable[Change], status_field: str) -> list[tuple[datetime, str]]:
    """When each source was moved to another status, and its name, oldest first."""
    return [
        (change.time, record.name)
        for change in changes
        if not change.undone
        for record in change.files
        if any(item.field == status_field for item in record.fields)
    ]


def pace_of(moves: Sequence[tuple[datetime, str]], now: datetime) -> Pace:
    """The pace that ``moves`` show; ``now`` says, in local time, which day is today."""
    today = now.astimezone().date()
    todays = [(time, name) for time, name in moves if time.astimezone().date() == today]
    times = [time for time, _ in todays]
    gaps = [(after - before).total_seconds() for before, after in pairwise(times[-RECENT:])]
    # A bulk change moves many at one moment: its zero gaps say nothing of reading.
    steady = [gap for gap in gaps if 0.0 < gap <= BREAK]
    return Pace(len({name for _, name in todays}), median(steady) if steady else None)


def spoken(seconds: float) -> str:
    """A length of time as a person says it: ``40 s``, ``12 min``, ``3 h 5 min``."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"
