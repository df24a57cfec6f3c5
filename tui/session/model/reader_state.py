"""ReaderState: whether a source is read on the whole screen."""

from __future__ import annotations


class ReaderState:
    """The reader, which takes the place of the queue; its source is the one under the cursor."""

    def __init__(self) -> None:
        self.is_open = False

    def open(self) -> None:
        """The source is read from now on."""
        self.is_open = True

    def close(self) -> None:
        """The queue is back."""
        self.is_open = False
