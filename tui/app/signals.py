"""Signals: the app ends in order, also when its terminal is gone."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import termios
import threading
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app.app import SluiceApp

PATIENCE = 3.0
"""Seconds that an ending app has before it is cut short, once all it knows is on disk."""


def end_in_order(app: SluiceApp) -> None:
    """Let SIGTERM and SIGHUP end ``app`` with the exit code that shells give them."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, _end, app, number)
    _guard_continue()


def _end(app: SluiceApp, number: int) -> None:
    code = 128 + number
    # Writing to a terminal that is gone can block for ever.
    cut_short = threading.Timer(PATIENCE, _cut_short, (app, code))
    cut_short.daemon = True
    cut_short.start()
    app.exit(return_code=code)


def _cut_short(app: SluiceApp, code: int) -> None:
    app.saving_ends()
    os._exit(code)


def _guard_continue() -> None:
    """Keep Textual from starting its screen again on a terminal that is gone.

    The system sends SIGCONT after the SIGHUP of a closed terminal, and Textual takes it
    for the end of a ctrl+z.
    """
    restart = signal.getsignal(signal.SIGCONT)

    def go_on(number: int, frame: FrameType | None) -> None:
        try:
            termios.tcgetattr(sys.__stdin__.fileno() if sys.__stdin__ else 0)
        except (OSError, ValueError, termios.error):
            return
        if callable(restart):
            restart(number, frame)

    signal.signal(signal.SIGCONT, go_on)
