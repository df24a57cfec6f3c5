"""Helpers: processes that read files, so that a cold start uses every processor."""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Lock, local
from typing import IO

from tui.programs import Process, start_module
from tui.vault.disk.folder import Opener
from tui.vault.reading.cache import dump, load
from tui.vault.reading.one_file import read_entry
from tui.vault.rule import BUILT_IN, Rule
from tui.vault.source import Entry

MOST = 4
"""Maximum number of readers: more would only wait for the disk and for the main process."""
_LONGEST = 1 << 32
"""Maximum size of an answer in bytes, far above any real one."""


class Helpers:
    """Reads files in several processes, one for each processor.

    If a process cannot start or dies, its files are read here.
    """

    def __init__(self, root: Path, rule: Rule = BUILT_IN) -> None:
        self._root = root
        self._rule = rule
        count = min(MOST, os.cpu_count() or 1)
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="reader")
        self.depth = 2 * count
        """Number of requests that keeps all processes busy."""
        self._mine = local()
        self._lock = Lock()
        self._started: list[Process] = []
        self._stopped = False

    def read(self, names: Sequence[str]) -> Future[list[Entry]]:
        """The entries of these files, when they are read; missing files are skipped."""
        return self._threads.submit(self._read, names)

    def stop(self) -> None:
        """Stop the processes and drop requests that have not started."""
        self._stopped = True
        with self._lock:
            for process in self._started:
                process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._started:
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()

    def _read(self, names: Sequence[str]) -> list[Entry]:
        try:
            process: Process = self._mine.__dict__.get("process") or self._start()
            if process.stdin is None or process.stdout is None:
                raise OSError
            send(process.stdin, marshal.dumps(list(names)))
            return list(load(receive(process.stdout), self._root, self._rule))
        except (OSError, EOFError, ValueError):
            return [] if self._stopped else read_files(self._root, names, self._rule)

    def _start(self) -> Process:
        with self._lock:
            process = start_module("tui.vault.reading.helpers", str(self._root), self._rule.dump())
            self._started.append(process)
        self._mine.process = process
        return process


def read_files(root: Path, names: Sequence[str], rule: Rule = BUILT_IN) -> list[Entry]:
    """The entries of these files; unreadable files are skipped."""
    found = []
    with Opener(str(root)) as opener:
        for name in names:
            # Removed or made unreadable since it was listed.
            with contextlib.suppress(OSError):
                found.append(read_entry(root, name, opener.open, rule))
    return found


def send(stream: IO[bytes], data: bytes) -> None:
    """Write data with its length first."""
    stream.write(len(data).to_bytes(8, "big") + data)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes:
    """Read data sent by ``send``. Raises EOFError at the end of the stream."""
    head = stream.read(8)
    length = int.from_bytes(head, "big")
    # Other output of a starting Python is not a valid length.
    if len(head) < 8 or length > _LONGEST:
        raise EOFError
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def main() -> None:
    """Answer requests on stdin until it closes, which also happens when the parent exits."""
    root, rule = Path(sys.argv[1]), Rule.load(sys.argv[2])
    with contextlib.suppress(EOFError, OSError):
        while True:
            names = marshal.loads(receive(sys.stdin.buffer))
            send(sys.stdout.buffer, dump(read_files(root, names, rule)))


if __name__ == "__main__":
    main()
