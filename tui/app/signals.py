"""Signals: the app ends in order, even when its terminal is gone."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app.app import SluiceApp

PATIENCE = 3.0
"""Seconds that the app has to end; then it saves everything and exits."""


def end_in_order(app: SluiceApp) -> None:
    """Let SIGTERM and SIGHUP end ``app`` with the exit code that shells give them."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, _end, app, number)


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
