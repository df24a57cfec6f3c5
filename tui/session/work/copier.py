"""Copier: copies text to every available clipboard, and says which accepted it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from tui.display import clean
from tui.session.copyable import as_line, as_lines
from tui.session.ports import Ask, IsStopped, Tell, Threads, World
from tui.session.questions import CopyByHand

SHOWN = 60
"""How many copied characters are shown."""


@dataclass(eq=False)
class Copier:
    """Copies text; slow clipboards run in a thread."""

    _world: World
    _threads: Threads
    _ask: Ask
    _tell: Tell

    def __post_init__(self) -> None:
        self._newest = 0
        """The number of the text that was copied last."""
        self._copying = Lock()
        """Only one thread at a time copies: the last text must be there in the end."""

    def copy(self, text: str, what: str) -> None:
        """Copy a single line: a name, a URL, a title."""
        self.copy_each([text], what)

    def copy_each(self, texts: Sequence[str], what: str, shown: str = "") -> None:
        """Copy several texts, one a line; ``shown`` is said of them in place of their beginning."""
        lines = list(map(as_line, texts))
        self._copy("\n".join(lines), what, lines != [text.strip() for text in texts], shown)

    def copy_whole(self, text: str, what: str) -> None:
        """Copy a text with its lines."""
        lines = as_lines(text)
        self._copy(lines, what, lines != text)

    def _copy(self, text: str, what: str, changed: bool, shown: str = "") -> None:
        """Copy a safe text to every clipboard and say which accepted it."""
        if not text:
            self._tell.say(f"Nothing to copy: the {what} is blank.", "warning")
            return
        sent = self._world.send(text)
        what = f"{what} without its control characters" if changed else what

        self._newest = number = self._newest + 1

        def work(_: IsStopped) -> None:
            with self._copying:
                if number != self._newest:
                    # Another text was copied since, in a thread that was faster.
                    return
                taken = self._world.copy(text)
            self._threads.back(self._report, text, what, shown, taken, sent)

        self._threads.run(work, "copy")

    def _report(self, text: str, what: str, shown: str, taken: list[str], sent: bool) -> None:
        if not shown:
            shown = clean(text, SHOWN + 1)
            shown = f"{shown[:SHOWN]}…" if len(shown) > SHOWN else shown
        if taken:
            self._tell.say(f"Copied {what}: {shown}", "information", f"Copied {what}")
        elif sent and os.environ.get("TERM", "") not in ("linux", "dumb"):
            said = f"Sent {what} to the terminal's clipboard"
            self._tell.say(f"{said}: {shown}", "information", said)
        else:
            self._ask.ask(CopyByHand(text, f"No clipboard found; select the {what} here."))
