"""sluice in a terminal of its own, with a screen that can be read."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyte
import pytest

ROOT = Path(__file__).parent.parent.parent
LIMIT = 60.0
"""Seconds after which a wait is given up: far more than a busy machine needs."""
MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")


def _as_a_shell_does() -> None:
    """Give a program its own terminal, which hangs up on it, and the ctrl+c that goes with it."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    # Ignored by whatever a shell runs in the background, as CI may be.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """A program in a terminal, what it shows, and what it left behind."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        columns, lines = 120, 36
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.output = b""
        self._ours, self._theirs = pty.openpty()
        fcntl.ioctl(self._theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self._modes = termios.tcgetattr(self._theirs)
        self.process = subprocess.Popen(
            command,
            stdin=self._theirs,
            stdout=self._theirs,
            stderr=self._theirs,
            env=environment,
            start_new_session=True,
            preexec_fn=_as_a_shell_does,  # noqa: PLW1509 - no threads
        )

    @property
    def picture(self) -> str:
        """The lines on the screen."""
        return "\n".join(self.screen.display)

    @property
    def cursor_row(self) -> int:
        """The first line on the screen that the queue's cursor marks; -1 when none is."""
        return next((n for n, line in enumerate(self.screen.display) if "│▌" in line), -1)

    def press(self, keys: str) -> None:
        """Write keys as a terminal does."""
        os.write(self._ours, keys.encode())

    def send(self, data: bytes) -> None:
        """Write bytes that are no keys."""
        os.write(self._ours, data)

    def scribble(self) -> None:
        """Write over the screen, as a program does that knows nothing of it."""
        self._stream.feed(b"\x1b[H" + b"something else\r\n" * 20)

    def resize(self, columns: int, lines: int) -> None:
        """Give the window another size."""
        self.screen.resize(lines, columns)
        fcntl.ioctl(self._theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def rest(self, quiet: float = 0.05) -> None:
        """Until nothing more is drawn for so many seconds."""
        while self._read(quiet):
            pass

    def wait_for(self, condition: Callable[[], object]) -> None:
        """Until something is the case."""
        end = time.monotonic() + LIMIT
        while not condition():
            assert time.monotonic() < end, f"waited in vain; the screen:\n{self.picture}"
            ended = self.process.poll() is not None
            if not self._read() and ended:
                assert condition(), f"it ended with this on the screen:\n{self.picture}"

    def wait_to_see(self, text: str) -> None:
        """Until this stands on the screen."""
        self.wait_for(lambda: text in self.picture)

    def wait_for_end(self) -> int:
        """Until the program ended; returns its exit code."""
        self.wait_for(lambda: self.process.poll() is not None)
        self.rest()
        return self.process.wait()

    def _read(self, quiet: float = 0.05) -> bool:
        """Whether there was something new to show."""
        if not select.select([self._ours], [], [], quiet)[0]:
            return False
        piece = os.read(self._ours, 65536)
        self.output += piece
        self._stream.feed(piece)
        return bool(piece)

    def hang_up(self) -> None:
        """Close the terminal's window."""
        os.close(self._theirs)
        os.close(self._ours)

    @property
    def is_restored(self) -> bool:
        """Whether the terminal is as it was before."""
        modes = {
            mode: kind for modes, kind in MODE.findall(self.output) for mode in modes.split(b";")
        }
        on = {mode for mode, kind in modes.items() if kind == b"h"}
        # 25 shows the cursor, 7 wraps lines: those are on in every terminal.
        return on <= {b"25", b"7"} and termios.tcgetattr(self._theirs) == self._modes

    def close(self) -> None:
        """End what still runs."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        for side in (self._ours, self._theirs):
            with contextlib.suppress(OSError):
                os.close(side)


@pytest.fixture
def environment(home: Path, tmp_path: Path) -> dict[str, str]:
    """A plain terminal on a machine without a clipboard."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    gone = ("TMUX", "SSH_CONNECTION", "DISPLAY", "WAYLAND_DISPLAY", "COLORTERM")
    return {name: value for name, value in os.environ.items() if name not in gone} | {
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm-256color",
        "TMPDIR": str(temporary),
    }


@pytest.fixture
def open_terminal(environment: dict[str, str]) -> Iterator[Callable[..., Terminal]]:
    """Start sluice with these arguments in a terminal of its own."""
    opened: list[Terminal] = []

    def open_one(*arguments: str, program: Sequence[str] = ("-m", "tui"), **more: str) -> Terminal:
        terminal = Terminal([sys.executable, *program, *arguments], environment | more)
        opened.append(terminal)
        return terminal

    yield open_one
    for terminal in opened:
        terminal.close()
