"""A file brought to disk beside something else: two such waits then take the time of one.

The disk takes what several threads ask for at once in one go; what one thread asks for one
after the other costs twice the time.
"""

from __future__ import annotations

import os
from threading import Thread

try:
    # What ``queue`` has it from, without all that is in there.
    from _queue import SimpleQueue
except ImportError:
    from queue import SimpleQueue

Answer = SimpleQueue[OSError | None]


class _Syncer:
    """A thread that does nothing but ``fsync``, one file after the other."""

    def __init__(self) -> None:
        self._wanted: SimpleQueue[tuple[int, Answer]] = SimpleQueue()
        self._thread = Thread(target=self._run, name="syncer", daemon=True)
        self._thread.start()

    @property
    def lives(self) -> bool:
        """Whether it is there: a process that was forked off has no threads."""
        return self._thread.is_alive()

    def ask(self, descriptor: int) -> Answer:
        """Ask for a file; the answer comes when it is on disk."""
        answer: Answer = SimpleQueue()
        self._wanted.put((descriptor, answer))
        return answer

    def _run(self) -> None:
        while True:
            descriptor, answer = self._wanted.get()
            answer.put(_sync(descriptor))


_syncer: _Syncer | None = None


class SyncedBeside:
    """Brings an open file to disk while the block under it brings another one there.

    Such a block holds an ``fsync`` and little else: the two must be asked for at once.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._error: OSError | None = None
        self._answer: Answer | None = None

    def __enter__(self) -> None:
        self._answer = _ask(self._descriptor)

    def __exit__(self, *_: object) -> None:
        # Also when the block failed: nobody may close the file before.
        self._error = _sync(self._descriptor) if self._answer is None else self._answer.get()

    def check(self) -> None:
        """Raises OSError when the file did not get there."""
        if self._error is not None:
            raise self._error


def _ask(descriptor: int) -> Answer | None:
    """Where the answer comes; None when the system gives us no thread."""
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
