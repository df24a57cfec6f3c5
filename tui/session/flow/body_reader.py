"""BodyReader: indexes the words of bodies while keys are answered."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from tui.desk import Desk
from tui.session.ports import IsStopped, Threads

_PAUSE = 0.004
"""Seconds left to the keyboard between two slices of reading."""
_SHOWN = 0.5
"""Seconds between two updates of the matches."""


@dataclass(eq=False)
class BodyReader:
    """Updates the index of bodies in a thread; ``show`` shows the matches again."""

    _desk: Desk
    _threads: Threads
    _show: Callable[[], object]

    def __post_init__(self) -> None:
        self._shown = 0.0

    def start(self) -> None:
        """Read what has changed since the last time."""
        self._desk.lookup.bodies.read_in_background()
        self._threads.run(self._read, "bodies", exclusive=True)

    def _read(self, is_stopped: IsStopped) -> None:
        bodies = self._desk.lookup.bodies

        def go_on() -> bool:
            self._threads.give_way()
            if bodies.unread and time.monotonic() - self._shown > _SHOWN and not is_stopped():
                self._shown = time.monotonic()
                self._threads.back(self._show)
            return not is_stopped()

        bodies.read(go_on, _PAUSE)
        if not is_stopped():
            self._threads.back(self._show)
