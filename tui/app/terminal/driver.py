"""TerminalDriver: Textual's driver with sluice's own reader of the terminal."""

from __future__ import annotations

import os
import selectors
import termios
from itertools import zip_longest
from time import monotonic

from textual import constants, events
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

WAIT = 0.1
"""Seconds between two checks whether to stop reading."""
PORTION = 64 * 1024
"""The most bytes read at once."""


MODES = (
    "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h"  # a screen of its own, no cursor, no wrapping, pastes
    "\x1b[?1000h\x1b[?1003h\x1b[?1006h"  # the mouse
)
KEYBOARD = "\x1b[=25;1u"
"""Turns on the kitty keyboard protocol: all keys, distinct, with the text they type."""


class TerminalDriver(LinuxDriver):
    """Reports only what is certainly a key."""

    def start_application_mode(self) -> None:
        """Take over the terminal, and remember its settings."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self._taken = termios.tcgetattr(self.fileno)

    def take_again(self) -> None:
        """Restore the app's terminal settings after the shell changed them; loses no key.

        Raises OSError and termios.error.
        """
        termios.tcsetattr(self.fileno, termios.TCSANOW, self._taken)
        self.write(MODES + ("" if constants.DISABLE_KITTY_KEY else KEYBOARD))
        self.flush()

    def run_input_thread(self) -> None:
        """Read until told to stop. Raises OSError, and EOFError when the terminal is gone."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(WAIT):
                    self._read(selector)

    def _read(self, selector: selectors.BaseSelector) -> None:
        """Read from the first byte on; these imports are not needed before."""
        from tui.app.terminal.reports import Reports  # noqa: PLC0415 - after the first frame
        from tui.app.terminal.splitter import Splitter  # noqa: PLC0415

        reports = Reports()
        splitter = Splitter(reports.is_known, constants.ESCAPE_DELAY)
        while not self.exit_event.is_set():
            ready = selector.select(_patience(splitter.deadline))
            pieces = list(splitter.expire(monotonic()))
            if ready:
                data = os.read(self.fileno, PORTION)
                if not data:
                    raise EOFError("the terminal is gone")
                pieces += splitter.feed(data, monotonic())
            found = [event for piece in pieces for event in reports.read(piece)]
            for event in _last_moves(found):
                self.process_message(event)


def _patience(deadline: float | None) -> float:
    return WAIT if deadline is None else min(WAIT, max(0.0, deadline - monotonic()))


def _last_moves(found: list[Message]) -> list[Message]:
    """The events, with consecutive mouse moves reduced to the last one."""
    return [
        event
        for event, after in zip_longest(found, found[1:])
        if not (isinstance(event, events.MouseMove) and isinstance(after, events.MouseMove))
    ]
