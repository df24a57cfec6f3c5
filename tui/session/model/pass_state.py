"""PassState: which source a rapid pass asks about."""

from __future__ import annotations


class PassState:
    """A rapid pass, which takes the place of the queue; its source need not be in the queue."""

    def __init__(self) -> None:
        self.is_running = False
        self.name = ""
        """The source in hand; empty while there is none."""

    def begin(self) -> None:
        """A pass runs from now on."""
        self.is_running = True

    def hand(self, name: str) -> None:
        """It asks about this source; about none for an empty name."""
        self.name = name

    def end(self) -> None:
        """The queue is back."""
        self.is_running, self.name = False, ""
