"""Copier: copies text to every available clipboard, and says which accepted it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from tui.display import clean
from tui.session.copyable import as_line, as_lines
from tui.session.ports import Ask, IsStopped, Tell, Threads, World
from tui.session.questions import CopyByHand

SHOWN = 60
"""How many copied characters a toast shows."""


@dataclass(eq=False)
class Copier:
    """Copies text; slow clipboards run in a thread."""

    _world: World
    _threads: Threads
    _ask: Ask
    _tell: Tell

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
            self._tell.say(f"Nothing to copy: the {what} is blank.", "warning")
            return
        sent = self._world.send(text)
        what = f"{what} without its control characters" if changed else what

        def work(_: IsStopped) -> None:
            self._threads.back(self._report, text, what, self._world.copy(text), sent)

        self._threads.run(work, "copy")

    def _report(self, text: str, what: str, taken: list[str], sent: bool) -> None:
        shown = clean(text, SHOWN + 1)
        shown = f"{shown[:SHOWN]}…" if len(shown) > SHOWN else shown
        if taken:
            self._tell.say(f"Copied {what}: {shown}")
        elif sent and os.environ.get("TERM", "") not in ("linux", "dumb"):
            self._tell.say(f"Sent {what} to the terminal's clipboard: {shown}")
        else:
            self._ask.ask(CopyByHand(text, f"No clipboard found; select the {what} here."))
