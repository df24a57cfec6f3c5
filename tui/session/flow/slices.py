"""Slices: a thread works for a moment, and then leaves the next one to the keyboard."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from tui.session.ports import IsStopped, Threads

T = TypeVar("T")

SLICE, PAUSE = 0.004, 0.004
"""Seconds spent on work at a time, and then left to the keyboard."""


def in_slices(items: Iterable[T], threads: Threads, is_stopped: IsStopped) -> Iterator[T]:
    """In a thread: the items, with pauses; no more of them once it is stopped."""
    end = time.monotonic() + SLICE
    for item in items:
        if is_stopped():
            return
        if time.monotonic() > end:
            time.sleep(PAUSE)
            threads.give_way()
            end = time.monotonic() + SLICE
        yield item
