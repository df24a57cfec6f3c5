"""Job control: ctrl+z stops the app for the shell, and `fg` draws its screen anew."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from textual.app import App


class Job:
    """The app as a job of the shell that started it."""

    def __init__(self, app: App[None], stop: Callable[[], object]) -> None:
        """Have SIGTSTP do what ctrl+z does, which is ``stop``, and SIGCONT draw the screen."""
        self._app = app
        self._continued = 0
        """How many SIGCONT are known of that the loop has not told yet."""
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTSTP, stop)
        loop.add_signal_handler(signal.SIGCONT, self._go_on)

    def stop(self) -> bool:
        """Give the terminal back and stop until the shell goes on; whether there is a shell."""
        with self._app.suspend(), _shells() as continued:
            _stop()
            while continued and not _has_terminal():
                _stop()
            self._continued = len(continued)
        return self._continued > 0

    def _go_on(self) -> None:
        """Take the terminal again after a stop that gave no notice."""
        if self._continued:
            self._continued -= 1
        elif _terminal_is_there():
            with self._app.suspend(), _shells() as continued:
                while not _has_terminal():
                    _stop()
                self._continued = len(continued)


@contextmanager
def _shells() -> Iterator[list[int]]:
    """SIGTSTP as it is for every program, and a list that grows by each SIGCONT."""
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


def _stop() -> None:
    """Stop, as ctrl+z stops every program of the job; nothing is stopped without a shell."""
    os.killpg(os.getpgrp(), signal.SIGTSTP)


def _terminal() -> int:
    return sys.__stdin__.fileno() if sys.__stdin__ else 0


def _has_terminal() -> bool:
    """Whether the terminal is ours now, and not the shell's or another job's."""
    try:
        return os.tcgetpgrp(_terminal()) == os.getpgrp()
    except OSError:
        return True


def _terminal_is_there() -> bool:
    """Whether the terminal is not gone: SIGCONT follows the SIGHUP of a closed one."""
    try:
        termios.tcgetattr(_terminal())
    except (OSError, ValueError, termios.error):
        return False
    return True
