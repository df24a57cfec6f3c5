"""PassClock: the seconds spent on the source that a rapid pass asks about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from tui.session.model.board import Board
from tui.session.model.stopwatch import Stopwatch
from tui.session.ports import Threads, Timer

TICK = 0.25
"""Seconds between two looks at the clock."""


@dataclass(eq=False)
class PassClock:
    """Counts the seconds while ``counts`` says so: not those in boxes and fields."""

    _board: Board
    _threads: Threads
    _counts: Callable[[], bool]

    def __post_init__(self) -> None:
        self._watch = Stopwatch()
        self._ticks: Timer | None = None
        self.shown = 0
        """The whole seconds, as they are shown."""

    @property
    def seconds(self) -> float:
        """The seconds."""
        return self._watch.seconds

    def begin(self) -> None:
        """Show the seconds that pass, until ``end``."""
        self.look()
        self._ticks = self._threads.after(TICK, self.begin)

    def restart(self) -> None:
        """Count from 0: another source is in hand."""
        self._watch.restart(monotonic())
        self.shown = 0

    def look(self) -> None:
        """Count the seconds since the last event."""
        self._watch.look(monotonic(), counts=self._counts())
        if (seconds := int(self._watch.seconds)) != self.shown:
            self.shown = seconds
            self._board.outdate("asked")

    def end(self) -> None:
        """Count no more."""
        if self._ticks is not None:
            self._ticks.stop()
