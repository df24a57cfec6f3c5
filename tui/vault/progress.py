"""Progress of long work, and the request to stop it."""

from __future__ import annotations

from tui.errors import Stopped


class Progress:
    """Shared by the working thread and one that watches: both only set whole values."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        self.writing = False
        """Whether files are being written, not only read."""
        self._stopped = False

    def stop(self) -> None:
        """Ask to stop the work at the next safe point."""
        self._stopped = True

    @property
    def is_stopped(self) -> bool:
        """Whether a stop was requested."""
        return self._stopped

    def step(self, done: int, total: int) -> None:
        """Report progress. Raises Stopped when a stop was requested."""
        if self._stopped:
            raise Stopped("Stopped; nothing was changed.")
        self.done, self.total = done, total
