"""Stopwatch: counts the seconds that somebody could use, without those of a pause."""

from __future__ import annotations


class Stopwatch:
    """Counts between looks at a clock; whether a stretch counts is known when it begins."""

    def __init__(self) -> None:
        self.seconds = 0.0
        """The seconds that count, up to the last look."""
        self._looked = 0.0
        self._counts = False

    def restart(self, now: float) -> None:
        """Begin at 0."""
        self.seconds, self._looked, self._counts = 0.0, now, True

    def look(self, now: float, *, counts: bool) -> None:
        """Look at the clock; ``counts`` says whether the seconds from now on do."""
        if self._counts:
            self.seconds += max(0.0, now - self._looked)
        self._looked, self._counts = now, counts
