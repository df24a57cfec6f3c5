"""A disk that a test can hold up, or have refuse."""

from __future__ import annotations

import os
from collections.abc import Iterator
from threading import Event

import pytest


class Disk:
    """A disk that takes its time until it is let go, or refuses what it is asked."""

    def __init__(self) -> None:
        self.free = Event()
        self.free.set()
        self.refusals = 0
        """How many of the next times it refuses."""
        self._sync = os.fsync

    def __call__(self, descriptor: int) -> None:
        self.free.wait()
        if self.refusals:
            self.refusals -= 1
            raise OSError(28, "No space left on device")
        self._sync(descriptor)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """The disk that everything is written to; it works unless a test says otherwise."""
    slow = Disk()
    monkeypatch.setattr("os.fsync", slow)
    yield slow
    slow.free.set()
