"""Progress: how far a long piece of work is, and whether somebody wants it stopped."""

from __future__ import annotations

from tui.errors import Stopped


class Progress:
    """Looked at by one thread while another works: both only ever set whole values."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        self.writing = False
        """Whether files are being written, and not only looked at."""
        self._stopped = False

    def stop(self) -> None:
        """Ask for the work to be stopped where it can be."""
        self._stopped = True

    @property
    def is_stopped(self) -> bool:
        """Whether that was asked for."""
        return self._stopped

    def step(self, done: int, total: int) -> None:
        """That so much is done. Raises Stopped where the rest is not wanted any more."""
        if self._stopped:
            raise Stopped("Stopped; nothing was changed.")
        self.done, self.total = done, total
