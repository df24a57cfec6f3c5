"""Signals: the app ends in order, even when its terminal is gone."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable

from textual.app import App

PATIENCE = 3.0
"""Seconds that the app has to end; then it saves everything and exits."""


def end_in_order(app: App[None], save: Callable[[], object]) -> None:
    """Let SIGTERM and SIGHUP end ``app`` with the exit code that shells give them.

    ``save`` waits until every change is on disk, if the app does not end.
    """
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, _end, app, save, number)


def _end(app: App[None], save: Callable[[], object], number: int) -> None:
    code = 128 + number
    # Writing to a terminal that is gone can block for ever.
    cut_short = threading.Timer(PATIENCE, _cut_short, (save, code))
    cut_short.daemon = True
    cut_short.start()
    app.exit(return_code=code)


def _cut_short(save: Callable[[], object], code: int) -> None:
    save()
    os._exit(code)
