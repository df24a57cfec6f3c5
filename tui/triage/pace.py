"""The pace of the work: done today, seconds a source, time left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice, pairwise
from statistics import median

from tui.triage.schema import Schema
from tui.triage.status import is_move
from tui.vault.history.change import Change

BREAK = 300.0
"""Seconds between two sources from which the gap counts as a break."""
ENOUGH = 10
"""Sources a day from which the pace says something."""
RECENT = 50
"""The number of recent sources the pace is computed from."""


Move = tuple[datetime, str]
"""The time of a status move, and the source's name."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The figures of the status line."""

    done_today: int
    seconds_each: float | None
    """The median over the last sources; None before two were done without a break."""


def moves_in(changes: Iterable[Change], schema: Schema) -> list[Move]:
    """The status moves of some changes, oldest first."""
    return [
        (change.time, record.name)
        for change in changes
        if not change.undone
        for record in change.files
        if any(is_move(schema, item.field, item.before, item.after) for item in record.fields)
    ]


class Moves:
    """The moves of a day, counted as they happen: the pace is shown after every key.

    The first call of ``pace`` fixes the day; before that, moves of any day are accepted.
    """

    def __init__(self, moves: Iterable[Move] = ()) -> None:
        self._moves: dict[Move, None] = {}
        self._day: date | None = None
        self._of_source = Counter[str]()
        """The number of moves of each source."""
        self.replace(moves)

    def replace(self, moves: Iterable[Move]) -> None:
        """Count only these moves, of any day."""
        self._moves, self._day = dict.fromkeys(moves), None
        self._of_source.clear()

    def __iter__(self) -> Iterator[Move]:
        return iter(self._moves)

    def add(self, moves: Iterable[Move]) -> None:
        """Count these moves too, except those of an earlier day."""
        for move in moves:
            is_past = self._day is not None and _day_of(move[0]) < self._day
            if not is_past and move not in self._moves:
                self._moves[move] = None
                self._of_source[move[1]] += 1

    def drop(self, moves: Iterable[Move]) -> None:
        """Remove these moves from the count."""
        for move in moves:
            if move in self._moves:
                del self._moves[move]
                self._of_source[move[1]] -= 1
                if not self._of_source[move[1]]:
                    del self._of_source[move[1]]

    def pace(self, now: datetime) -> Pace:
        """The current pace; ``now`` is in local time and decides which day is today."""
        today = _day_of(now)
        if today != self._day:
            self._begin(today)
        lately = sorted(time for time, _ in islice(reversed(self._moves), RECENT))
        gaps = [(after - before).total_seconds() for before, after in pairwise(lately)]
        # A bulk change moves many at once: its zero gaps say nothing about reading time.
        steady = [gap for gap in gaps if 0.0 < gap <= BREAK]
        return Pace(len(self._of_source), median(steady) if steady else None)

    def _begin(self, day: date) -> None:
        self._day = day
        self._moves = {move: None for move in self._moves if _day_of(move[0]) == day}
        self._of_source = Counter(name for _, name in self._moves)


def _day_of(time: datetime) -> date:
    return time.astimezone().date()


def spoken(seconds: float) -> str:
    """A length of time for people: ``40 s``, ``12 min``, ``3 h 5 min``."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"
