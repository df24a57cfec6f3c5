"""Copier: copies text to every available clipboard, and says which accepted it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.app.boxes.uncopied import CopyBox
from tui.app.clipboard import copy_to_system, copy_to_tmux
from tui.app.copyable import as_line, as_lines
from tui.display import clean

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

SHOWN = 60
"""How many copied characters a toast shows."""
LARGEST_OSC52 = 56_000
"""Bytes of text that common terminals accept by OSC 52: 75 kB in base64, xterm's limit."""


class Copier:
    """Copies for one screen; slow clipboards run in a thread."""

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen

    def copy(self, text: str, what: str) -> None:
        """Copy a single line: a name, a URL, a title."""
        self.copy_each([text], what)

    def copy_each(self, texts: Sequence[str], what: str) -> None:
        """Copy several texts, one a line."""
        lines = list(map(as_line, texts))
        self._copy("\n".join(lines), what, lines != [text.strip() for text in texts])

    def copy_whole(self, text: str, what: str) -> None:
        """Copy a text with its lines."""
        lines = as_lines(text)
        self._copy(lines, what, lines != text)

    def _copy(self, text: str, what: str, changed: bool) -> None:
        """Copy a safe text to every clipboard and say which accepted it."""
        if not text:
            self._screen.say(f"Nothing to copy: the {what} is blank.", "warning")
            return
        sent = self._send_to_terminal(text)
        screen = self._screen
        what = f"{what} without its control characters" if changed else what

        def work() -> None:
            taken = [
                name
                for name, mechanism in (("tmux", copy_to_tmux), ("clipboard", copy_to_system))
                if mechanism(text)
            ]
            screen.app.call_from_thread(self._tell, text, what, taken, sent)

        screen.run_worker(work, thread=True, exit_on_error=False, group="copy")

    def _send_to_terminal(self, text: str) -> bool:
        """Whether the text was sent by OSC 52; terminals do not say whether it arrived."""
        app = self._screen.app
        if app.is_headless or len(text.encode()) > LARGEST_OSC52:
            return False
        app.copy_to_clipboard(text)
        return True

    def _tell(self, text: str, what: str, taken: list[str], sent: bool) -> None:
        shown = clean(text, SHOWN + 1)
        shown = f"{shown[:SHOWN]}…" if len(shown) > SHOWN else shown
        if taken:
            self._screen.say(f"Copied {what}: {shown}")
        elif sent and os.environ.get("TERM", "") not in ("linux", "dumb"):
            self._screen.say(f"Sent {what} to the terminal's clipboard: {shown}")
        else:
            why = f"No clipboard found; select the {what} here."
            self._screen.app.push_screen(CopyBox(text, why))
