"""Progress: how far a long piece of work is, and whether somebody wants it stopped."""

from __future__ import annotations

from tui.errors import Stopped


class Progress:
    """Looked at by one thread while another works: both only ever set whole values."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        self._stopped = False

    def stop(self) -> None:
        """Ask for the work to be stopped where it can be."""
        self._stopped = True

    @property
    def is_stopped(self) -> bool:
        """Whether that was asked for."""
        return self._stopped

    def check(self) -> None:
        """Raises Stopped where the work is to be stopped."""
        if self._stopped:
            raise Stopped("Stopped; nothing was changed.")
