"""Sync a file to disk while something else is synced: the two waits overlap.

The disk handles requests of several threads together; one thread that asks twice waits twice.
"""

from __future__ import annotations

import os
from threading import Thread

try:
    # The C module behind ``queue``, which imports much more.
    from _queue import SimpleQueue
except ImportError:
    from queue import SimpleQueue

Answer = SimpleQueue[OSError | None]


class _Syncer:
    """A thread that only runs ``fsync``, on one file after another."""

    def __init__(self) -> None:
        self._wanted: SimpleQueue[tuple[int, Answer]] = SimpleQueue()
        self._thread = Thread(target=self._run, name="syncer", daemon=True)
        self._thread.start()

    @property
    def lives(self) -> bool:
        """Whether the thread exists: a forked process has none."""
        return self._thread.is_alive()

    def ask(self, descriptor: int) -> Answer:
        """Request an ``fsync``; the answer arrives when the file is on disk."""
        answer: Answer = SimpleQueue()
        self._wanted.put((descriptor, answer))
        return answer

    def _run(self) -> None:
        while True:
            descriptor, answer = self._wanted.get()
            answer.put(_sync(descriptor))


_syncer: _Syncer | None = None


class SyncedBeside:
    """Syncs an open file while the ``with`` block syncs another one.

    The block should contain one ``fsync`` and little else, so that the two overlap.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._error: OSError | None = None
        self._answer: Answer | None = None

    def __enter__(self) -> None:
        self._answer = _ask(self._descriptor)

    def __exit__(self, *_: object) -> None:
        # Even if the block failed: the file must stay open until then.
        self._error = _sync(self._descriptor) if self._answer is None else self._answer.get()

    def check(self) -> None:
        """Raise OSError when the sync failed."""
        if self._error is not None:
            raise self._error


def _ask(descriptor: int) -> Answer | None:
    """The queue for the answer; None when no thread can be started."""
    global _syncer  # noqa: PLW0603 - one thread is enough for all vaults
    if _syncer is None or not _syncer.lives:
        try:
            _syncer = _Syncer()
        except RuntimeError:
            return None
    return _syncer.ask(descriptor)


def _sync(descriptor: int) -> OSError | None:
    try:
        os.fsync(descriptor)
    except OSError as error:
        return error
    return None
