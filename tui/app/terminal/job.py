"""Job control: ctrl+z suspends the app, and `fg` redraws its screen."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import sleep
from types import FrameType

from textual.app import App

from tui.app.terminal.driver import TerminalDriver

LOOKS = 100
"""Checks for SIGCONT after a stop, a millisecond apart."""


class Job:
    """The app as a job of the shell that started it."""

    def __init__(self, app: App[None], driver: TerminalDriver, stop: Callable[[], object]) -> None:
        """Make SIGTSTP call ``stop``, as ctrl+z does, and SIGCONT redraw the screen."""
        self._app = app
        self._driver = driver
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTSTP, stop)
        loop.add_signal_handler(signal.SIGCONT, self._go_on)

    def stop(self) -> bool:
        """Suspend until the shell continues the app; returns whether there is a shell."""
        with self._app.suspend(), _shells() as continued:
            stopped = _stop(continued)
            while stopped and not _has_terminal():
                _stop(continued)
        return stopped

    def _go_on(self) -> None:
        """Take over the terminal again, even after a SIGSTOP."""
        if _terminal_is_there():
            with _shells() as continued:
                while not _has_terminal():
                    _stop(continued)
            self._driver.take_again()
            self._app.refresh(layout=True)


@contextmanager
def _shells() -> Iterator[list[int]]:
    """SIGTSTP with its default action, and a list that grows with each SIGCONT."""
    continued: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        continued.append(number)

    stops = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    goes_on = signal.signal(signal.SIGCONT, note)
    try:
        yield continued
    finally:
        signal.signal(signal.SIGTSTP, stops)
        signal.signal(signal.SIGCONT, goes_on)


def _stop(continued: list[int]) -> bool:
    """Stop the whole job until SIGCONT, as ctrl+z does; returns whether it stopped.

    Without a shell that could continue the job, the system does not stop it.
    """
    before = len(continued)
    os.killpg(os.getpgrp(), signal.SIGTSTP)
    # Another thread may be continued first. A clock would count the time the job was stopped.
    for _ in range(LOOKS):
        if len(continued) > before:
            return True
        sleep(0.001)
    return False


def _terminal() -> int:
    return sys.__stdin__.fileno() if sys.__stdin__ else 0


def _has_terminal() -> bool:
    """Whether this job is in the terminal's foreground."""
    try:
        return os.tcgetpgrp(_terminal()) == os.getpgrp()
    except OSError:
        return True


def _terminal_is_there() -> bool:
    """Whether the terminal still exists: SIGCONT also follows the SIGHUP of a closed one."""
    try:
        termios.tcgetattr(_terminal())
    except (OSError, ValueError, termios.error):
        return False
    return True
