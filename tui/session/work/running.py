"""Program: runs another program for a source, with limits for its time and output."""

from __future__ import annotations

import contextlib
import os
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import IO, NamedTuple

from tui.display import clean
from tui.errors import CommandFailed, NoProgram
from tui.programs import PIPE, Process, TookTooLong, end, scratch, start
from tui.reasons import failed

MOST_COMPLAINT = 1 << 14
"""The most bytes kept of stderr, from its end."""
_CHUNK = 1 << 16
_LOOK_EVERY = 0.05
_LEFT_OPEN = 0.5
"""Seconds to wait for output that a child of the program keeps open."""
_ESCAPES = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_].*?(?:\x07|\x1b\\|$)|[ -/]*[0-~])", re.DOTALL
)
"""Escape sequences for terminals: colours, titles, links."""


class Ended(NamedTuple):
    """How a program ended."""

    code: int
    complaint: str
    """The last line it wrote to stderr."""
    stopped: bool = False
    """Whether sluice stopped it on request."""
    too_long: bool = False
    """Whether sluice stopped it after its time limit."""


@dataclass(eq=False)
class Program:
    """A program that runs until it ends, is stopped, or takes too long."""

    _command: Sequence[str] | str
    _folder: Path
    _settings: Mapping[str, str]
    _is_stopped: Callable[[], bool]

    def __post_init__(self) -> None:
        """A string is a shell command line."""
        """Whether the program should stop; called repeatedly."""

    def run(self, given: bytes, timeout: float, on_output: Callable[[bytes], object]) -> Ended:
        """Run it with ``given`` on stdin; ``on_output`` gets its output as it arrives.

        Raises CommandFailed when it cannot be started.
        """
        with scratch() as stdin:
            # A file, as a pipe would block when the program does not read it.
            stdin.write(given)
            stdin.seek(0)
            process = self._started(stdin)
        complaint = bytearray()
        readers = [
            _reader(process.stdout, on_output),
            _reader(process.stderr, lambda data: _keep_last(complaint, data)),
        ]
        stopped, too_long = self._wait(process, monotonic() + timeout)
        until = monotonic() + _LEFT_OPEN
        for reader in readers:
            reader.join(max(0.0, until - monotonic()))
        return Ended(process.returncode, _last_line(bytes(complaint)), stopped, too_long)

    def _started(self, stdin: IO[bytes]) -> Process:
        name = "the shell" if isinstance(self._command, str) else self._command[0]
        try:
            return start(self._command, stdin, PIPE, PIPE, self._folder, self._settings)
        except NoProgram as error:
            raise CommandFailed(str(error)) from error
        except OSError as error:
            if not self._folder.is_dir():
                raise CommandFailed("the vault's folder is gone, so nothing was run") from error
            if isinstance(error, FileNotFoundError):
                raise CommandFailed(
                    f"no program {name} found; install it or correct its name"
                ) from error
            why = failed(error, "start").removesuffix(".")
            raise CommandFailed(f"{name} did not start {why}") from error
        except ValueError as error:
            raise CommandFailed(f"{name} cannot take these arguments ({error})") from error

    def _wait(self, process: Process, deadline: float) -> tuple[bool, bool]:
        """Wait until it ends; returns whether it was stopped, and whether it took too long."""
        while True:
            with contextlib.suppress(TookTooLong):
                process.wait(_LOOK_EVERY)
                return False, False
            stopped = self._is_stopped()
            if stopped or monotonic() > deadline:
                end(process)
                return stopped, not stopped


def _reader(stream: IO[bytes] | None, take: Callable[[bytes], object]) -> threading.Thread:
    """A thread that passes output on until the stream ends."""

    def read() -> None:
        if stream is None:
            return
        with contextlib.suppress(OSError, ValueError), stream:
            while data := os.read(stream.fileno(), _CHUNK):
                take(data)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    return thread


def _keep_last(kept: bytearray, data: bytes) -> None:
    kept += data
    del kept[:-MOST_COMPLAINT]


def _last_line(data: bytes) -> str:
    lines = [line for line in plain(data.decode("utf-8", "replace")).splitlines() if line.strip()]
    return clean(lines[-1].strip(), 200) if lines else ""


def plain(text: str) -> str:
    """A program's output without escape sequences."""
    return _ESCAPES.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
