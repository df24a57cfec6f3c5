"""BodyReader: indexes the words of bodies while keys are answered."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

_PAUSE = 0.004
"""Seconds left to the keyboard between two slices of reading."""
_SHOWN = 0.5
"""Seconds between two updates of the matches."""


class BodyReader:
    """Updates the index of bodies for one screen, in a thread."""

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen
        self._shown = 0.0

    def start(self) -> None:
        """Read what has changed since the last time."""
        self._screen.desk.lookup.bodies.in_background = True
        self._screen.run_worker(
            self._read, thread=True, exclusive=True, group="bodies", exit_on_error=False
        )

    def _read(self) -> None:
        worker = get_current_worker()
        bodies, show = self._screen.desk.lookup.bodies, self._screen.searcher.show_bodies_read

        def go_on() -> bool:
            self._screen.sluice.give_way()
            if (
                bodies.unread
                and time.monotonic() - self._shown > _SHOWN
                and not worker.is_cancelled
            ):
                self._shown = time.monotonic()
                self._screen.app.call_from_thread(show)
            return not worker.is_cancelled

        bodies.read(go_on, _PAUSE)
        if not worker.is_cancelled:
            self._screen.app.call_from_thread(show)
