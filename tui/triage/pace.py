"""How fast the work goes: done today, seconds a source, time left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice, pairwise
from statistics import median

from tui.vault.change import Change

BREAK = 300.0
"""Seconds between two sources after which somebody was not working on the second."""
RECENT = 50
"""How many of the last sources the pace is taken from."""


Move = tuple[datetime, str]
"""When a source was moved to another status, and its name."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What the progress line tells."""

    done_today: int
    seconds_each: float | None
    """The median over the last sources; None until two were done in a row."""


def moves_in(changes: Iterable[Change], status_field: str) -> list[Move]:
    """The moves that changes made, oldest first."""
    return [
        (change.time, record.name)
        for change in changes
        if not change.undone
        for record in change.files
        if any(item.field == status_field for item in record.fields)
    ]


class Moves:
    """The moves of a day, counted as they come: the pace is shown after every key.

    The day is today, once the pace was asked for; until then they may be of any.
    """

    def __init__(self, moves: Iterable[Move] = ()) -> None:
        self._moves = dict.fromkeys(moves)
        self._day: date | None = None
        self._of_source = Counter[str]()
        """How many there are of each source."""

    def __iter__(self) -> Iterator[Move]:
        return iter(self._moves)

    def add(self, moves: Iterable[Move]) -> None:
        """Count these too, but for those of an earlier day."""
        for move in moves:
            is_past = self._day is not None and _day_of(move[0]) < self._day
            if not is_past and move not in self._moves:
                self._moves[move] = None
                self._of_source[move[1]] += 1

    def drop(self, moves: Iterable[Move]) -> None:
        """Count these no more."""
        for move in moves:
            if move in self._moves:
                del self._moves[move]
                self._of_source[move[1]] -= 1
                if not self._of_source[move[1]]:
                    del self._of_source[move[1]]

    def pace(self, now: datetime) -> Pace:
        """The pace that they show; ``now`` says, in local time, which day is today."""
        today = _day_of(now)
        if today != self._day:
            self._begin(today)
        lately = sorted(time for time, _ in islice(reversed(self._moves), RECENT))
        gaps = [(after - before).total_seconds() for before, after in pairwise(lately)]
        # A bulk change moves many at one moment: its zero gaps say nothing of reading.
        steady = [gap for gap in gaps if 0.0 < gap <= BREAK]
        return Pace(len(self._of_source), median(steady) if steady else None)

    def _begin(self, day: date) -> None:
        self._day = day
        self._moves = {move: None for move in self._moves if _day_of(move[0]) == day}
        self._of_source = Counter(name for _, name in self._moves)


def _day_of(time: datetime) -> date:
    return time.astimezone().date()


def spoken(seconds: float) -> str:
    """A length of time as a person says it: ``40 s``, ``12 min``, ``3 h 5 min``."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"
