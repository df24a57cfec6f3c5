"""ReadingState: whether the vault is being read."""

from __future__ import annotations


class ReadingState:
    """How far the reading of the vault has come."""

    def __init__(self) -> None:
        self.busy = True
        """Whether the vault is being read."""
        self.count = 0
        """The sources read so far."""

    def begin(self) -> None:
        """It is read from now on."""
        self.busy = True

    def came_to(self, count: int) -> None:
        """So many sources have been read."""
        self.count = count

    def end(self) -> None:
        """It has been read."""
        self.busy = False
