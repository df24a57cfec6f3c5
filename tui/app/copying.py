"""Copier: a text to every clipboard there is, and the truth about it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.app.clipboard import copy_to_system, copy_to_tmux
from tui.app.screens.copy_box import CopyBox
from tui.display import clean

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

SHOWN = 60
"""How many characters of what was copied a toast repeats."""
LARGEST_OSC52 = 56_000
"""Bytes of text that common terminals take by OSC 52: 75 kB in base64, xterm's limit."""


class Copier:
    """Copies for one screen; the slow mechanisms run in a thread."""

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen

    def copy(self, text: str, what: str) -> None:
        """Copy ``text`` by every mechanism and say which took it."""
        sent = self._send_to_terminal(text)
        screen = self._screen

        def work() -> None:
            taken = [
                name
                for name, mechanism in (("tmux", copy_to_tmux), ("clipboard", copy_to_system))
                if mechanism(text)
            ]
            screen.app.call_from_thread(self._tell, text, what, taken, sent)

        screen.run_worker(work, thread=True, exit_on_error=False, group="copy")

    def _send_to_terminal(self, text: str) -> bool:
        """Whether the text went out as OSC 52; whether it arrived, nobody can tell."""
        app = self._screen.app
        # What a command line can hand over as text may hold bytes that are none.
        sendable = text.encode("utf-8", "replace").decode("utf-8")
        if app.is_headless or len(sendable.encode()) > LARGEST_OSC52:
            return False
        app.copy_to_clipboard(sendable)
        return True

    def _tell(self, text: str, what: str, taken: list[str], sent: bool) -> None:
        shown = clean(text, SHOWN + 1)
        shown = f"{shown[:SHOWN]}…" if len(shown) > SHOWN else shown
        if taken:
            self._screen.say(f"Copied {what}: {shown}")
        elif sent and os.environ.get("TERM", "") not in ("linux", "dumb"):
            self._screen.say(f"Sent {what} to the terminal's clipboard: {shown}")
        else:
            why = f"No clipboard took the {what}; select it here."
            self._screen.app.push_screen(CopyBox(text, why))
