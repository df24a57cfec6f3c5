"""A program in a terminal of its own, and when it drew what.

Output is stamped by a thread as it is read, and parsed afterwards: no figure waits for a parser.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Condition, Thread
from time import clock_gettime, perf_counter

import pyte

ROOT = Path(__file__).parent.parent.parent
COLUMNS, LINES = 120, 36
LIMIT = 120.0
"""Seconds after which a wait is given up."""
_COLOURS = re.compile(rb"\x1b\[[\d;]*m")
_GONE = (
    "TMUX", "SSH_CONNECTION", "DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR", "SLUICE_VAULT",
    "PYTHONDONTWRITEBYTECODE",
)  # fmt: skip
_SCHEDULED = 2
"""Linux's clock of another process, to the nanosecond: /proc tells hundredths of a second."""
_PATIENCE = 10.0
"""Seconds for a dead program's children to let go of its terminal."""
_QUIET = 0.12
"""Seconds without output after which a key has been answered to its end."""
_TOGETHER = 0.06
"""Seconds between two pieces of output that belong together."""
_SAME_WRITE = 0.001
"""Seconds between two pieces of one write, which a terminal hands on in parts."""


def sluice(vault: Path) -> list[str]:
    """The command that opens the app on a vault."""
    return [sys.executable, "-m", "tui", str(vault)]


def all_there(count: int) -> str:
    """The pattern of what the app's top line says when so many sources have been read."""
    return rf"(of|all|raw) +{count:,}\b|No sources|Nothing left"


def bare(rows: int = 0, body: Path | None = None) -> list[str]:
    """The command that opens the bare app beside it."""
    program = [sys.executable, "-m", "tests.bench._bare", str(rows)]
    return [*program, str(body)] if body else program


Picture = list[str]
"""The lines on the screen."""


class _Screen(pyte.Screen):
    """A screen that can be looked at while a cell of it is empty."""

    @property
    def display(self) -> Picture:
        """Its lines; behind a wide letter comes a cell that holds nothing."""
        return [
            "".join(self.buffer[y][x].data for x in range(self.columns)) for y in range(self.lines)
        ]


class Session:
    """A running program."""

    def __init__(self, command: Sequence[str], home: Path) -> None:
        self.chunks: list[tuple[float, bytes]] = []
        """What came, and when."""
        self.pictures: list[tuple[float, Picture]] = []
        """What stood on the screen and since when, as far as it was parsed."""
        self.parsed = 0
        self.screen = _Screen(COLUMNS, LINES)
        self.stream = pyte.ByteStream(self.screen)
        self._news = Condition()
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self._ours = ours
        self.began = perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=ROOT,
            env=_environment(home),
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no threads
        )
        os.close(theirs)
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self._reader.join(_PATIENCE)
        # Closed while it is read, its number would be the next terminal's, whose output is lost.
        if not self._reader.is_alive():
            os.close(self._ours)

    def _read(self) -> None:
        while True:
            try:
                piece = os.read(self._ours, 1 << 16)
            except OSError:
                return
            now = perf_counter()
            with self._news:
                self.chunks.append((now, piece))
                self._news.notify_all()
            if not piece:
                return

    def press(self, keys: str) -> float:
        """Write keys as a terminal does, and tell when."""
        now = perf_counter()
        os.write(self._ours, keys.encode())
        return now

    def wait_for(self, pattern: str, since: float = 0.0) -> float:
        """When what was written matched the pattern, colours left out."""
        searched, tail = 0, b""
        wanted, end = re.compile(pattern.encode()), perf_counter() + LIMIT
        while True:
            for stamp, piece in self.chunks[searched:]:
                searched += 1
                if stamp >= since:
                    # A colour's code may be cut in two by the end of a piece.
                    tail = tail[-4096:] + piece
                    if wanted.search(_COLOURS.sub(b"", tail)):
                        return stamp
            self._more(searched, end, pattern)

    def has_written(self, pattern: str) -> bool:
        """Whether what was written so far matches the pattern, colours left out."""
        plain = _COLOURS.sub(b"", b"".join(piece for _, piece in list(self.chunks)))
        return re.search(pattern.encode(), plain) is not None

    def _more(self, known: int, end: float, pattern: str) -> None:
        with self._news:
            if len(self.chunks) == known:
                self._news.wait(0.5)
        ended = self._process.poll()
        if perf_counter() > end or (ended is not None and len(self.chunks) == known):
            list(pictures(self))
            shown = "\n".join(line.rstrip() for line in self.screen.display)
            sys.exit(f"{shown}\nwaited in vain for {pattern}; the program's exit code: {ended}")

    def rest(self, quiet: float = _QUIET, most: float = 10.0) -> None:
        """Until nothing was written for so many seconds."""
        end = perf_counter() + most
        with self._news:
            while perf_counter() < end:
                known = len(self.chunks)
                self._news.wait(quiet)
                if len(self.chunks) == known:
                    return

    def answer(self, keys: str, quiet: float = _QUIET, most: float = 2.0) -> float:
        """Press keys, wait until they are answered to the end, and tell when they were pressed.

        ``most`` is how many seconds a key that changes nothing is waited for.
        """
        known, pressed = len(self.chunks), self.press(keys)
        with self._news:
            if len(self.chunks) == known:
                self._news.wait(most)
        self.rest(quiet)
        return pressed

    @property
    def cpu(self) -> float:
        """Seconds of processor time that it and its threads have used."""
        return clock_gettime((~self._process.pid << 3) | _SCHEDULED)

    @property
    def memory(self) -> float:
        """The memory it has, in MB."""
        return self._megabytes("VmRSS")

    @property
    def peak(self) -> float:
        """The most memory it ever had, in MB."""
        return self._megabytes("VmHWM")

    def _megabytes(self, name: str) -> float:
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        found = re.search(rf"{name}:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else 0.0


def _environment(home: Path) -> dict[str, str]:
    home.mkdir(parents=True, exist_ok=True)
    ours = {
        "HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "PYTHONPATH": str(ROOT),
        "FZF_DEFAULT_OPTS": "",
        # What a key may open ends at once.
        "VISUAL": "true",
        "EDITOR": "true",
        "BROWSER": "true",
        # Compiled by the first start, as an installed program is by its installation.
        "PYTHONPYCACHEPREFIX": str(home.parent / "compiled"),
    }
    folders = {f"XDG_{name}_HOME": str(home / name) for name in ("CONFIG", "STATE", "CACHE")}
    kept = {name: value for name, value in os.environ.items() if name not in _GONE}
    return kept | ours | folders


def pictures(session: Session, since: float = 0.0) -> Iterator[tuple[float, Picture]]:
    """What stood on the screen after each write that changed its text."""
    shown, pieces = session.pictures, list(session.chunks)
    for stamp, piece in pieces[session.parsed :]:
        session.stream.feed(piece)
        session.parsed += 1
        if session.parsed < len(pieces) and pieces[session.parsed][0] - stamp < _SAME_WRITE:
            continue
        now = session.screen.display
        if not shown or now != shown[-1][1]:
            shown.append((stamp, now))
    return (pair for pair in shown if pair[0] >= since)


def bursts(session: Session, pressed: Sequence[float]) -> list[tuple[float, float]]:
    """For each key, in seconds: until the first output, and until the last that came with it."""
    times = []
    stamps = [stamp for stamp, _ in session.chunks]
    for at, end in zip(pressed, [*pressed[1:], float("inf")], strict=True):
        mine = [stamp for stamp in stamps if at <= stamp < end]
        last = mine[0] if mine else 0.0
        for stamp in mine:
            if stamp - last < _TOGETHER:
                last = stamp
        if mine:
            times.append((mine[0] - at, last - at))
    return times


def settled(
    session: Session, pressed: Sequence[float], until: float = float("inf")
) -> list[tuple[float, float]]:
    """For each key, in seconds: until the screen's text first changed, and until it last did.

    A key without a change is left out. ``until`` is when the key after the last one came.
    """
    times = []
    changes = [stamp for stamp, _ in pictures(session)]
    for at, end in zip(pressed, [*pressed[1:], until], strict=True):
        mine = [stamp for stamp in changes if at <= stamp < end]
        if mine:
            times.append((mine[0] - at, mine[-1] - at))
    return times


CURSOR = "▌"
"""What both apps draw at the left of the row that the cursor is on."""
ROW = 2
"""Lines of a row."""


def cursor_rows(session: Session, since: float) -> Iterator[tuple[float, int]]:
    """How many rows the cursor has gone since then, each time that changed."""
    gone, before, old = 0, [], 0
    for stamp, picture in pictures(session):
        at = _cursor_line(picture)
        if at is None:
            continue
        if stamp >= since and before:
            step = (at - old + _scrolled(before, picture)) // ROW
            if step:
                gone += step
                yield stamp, gone
        before, old = picture, at


def _scrolled(before: Picture, now: Picture) -> int:
    """By how many lines the list has gone up: by so many that most of its lines fit.

    No single row is looked for, as one with letters of unsure width may be drawn otherwise.
    """

    def fitting(up: int) -> int:
        pairs = zip(before[max(up, 0) :], now[max(-up, 0) :], strict=False)
        return sum(old[2:60] == new[2:60] for old, new in pairs if new.strip())

    return max(sorted(range(1 - LINES, LINES), key=abs), key=fitting)


def _cursor_line(picture: Picture) -> int | None:
    """The line of the row under the cursor, or None in a picture that is half drawn."""
    lines = [y for y, line in enumerate(picture) if line[1:2] == CURSOR]
    return lines[0] if len(lines) == 2 and lines[1] == lines[0] + 1 else None
