"""Program: another program run for a source, with bounds for its time and its output."""

from __future__ import annotations

import contextlib
import os
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import IO, NamedTuple

from tui.display import clean
from tui.errors import CommandFailed, NoProgram
from tui.programs import PIPE, Process, TookTooLong, end, scratch, start
from tui.reasons import failed

MOST_COMPLAINT = 1 << 14
"""Bytes of stderr that are kept: the last of them."""
_CHUNK = 1 << 16
_LOOK_EVERY = 0.05
_LEFT_OPEN = 0.5
"""Seconds to wait for output that is held open by what the program left behind."""
_ESCAPES = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_].*?(?:\x07|\x1b\\|$)|[ -/]*[0-~])", re.DOTALL
)
"""What programs send to terminals: colours, titles, links."""


class Ended(NamedTuple):
    """How a program ended."""

    code: int
    complaint: str
    """The last line it wrote to stderr."""
    stopped: bool = False
    """Whether it was asked to stop."""
    too_long: bool = False
    """Whether it took longer than it may."""


class Program:
    """A program that runs until it ends, is stopped, or takes too long."""

    def __init__(
        self,
        command: Sequence[str] | str,
        folder: Path,
        settings: Mapping[str, str],
        is_stopped: Callable[[], bool],
    ) -> None:
        self._command = command
        """A text is a line for the shell."""
        self._folder = folder
        self._settings = settings
        self._is_stopped = is_stopped
        """Whether it is asked to end; looked at again and again."""

    def run(self, given: bytes, timeout: float, on_output: Callable[[bytes], object]) -> Ended:
        """Run it with ``given`` on its stdin; hands its output over as it comes.

        Raises CommandFailed when it cannot be started.
        """
        with scratch() as stdin:
            # A file and not a pipe: nobody has to wait for a program that reads none of it.
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
                raise CommandFailed(f"there is no program {name}; install or rename it") from error
            why = failed(error, "start").removesuffix(".")
            raise CommandFailed(f"{name} cannot be started {why}") from error
        except ValueError as error:
            raise CommandFailed(f"{name} cannot be given these arguments ({error})") from error

    def _wait(self, process: Process, deadline: float) -> tuple[bool, bool]:
        """Until it has ended; whether it was stopped, and whether it took too long."""
        while True:
            with contextlib.suppress(TookTooLong):
                process.wait(_LOOK_EVERY)
                return False, False
            stopped = self._is_stopped()
            if stopped or monotonic() > deadline:
                end(process)
                return stopped, not stopped


def _reader(stream: IO[bytes] | None, take: Callable[[bytes], object]) -> threading.Thread:
    """A thread that hands over what comes, also when nothing more of it is kept."""

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
    """A program's output without what it meant for a terminal."""
    return _ESCAPES.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
