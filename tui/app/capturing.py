"""Capturer: adds a source for the URL typed into a box, and shows it."""

from __future__ import annotations

import contextlib
import json
from datetime import date
from typing import TYPE_CHECKING

from tui.address import read_web_address
from tui.app.boxes.capture import CaptureBox, Typed
from tui.app.clipboard import read_from_clipboard
from tui.app.saving import Save
from tui.errors import AddressTaken, SluiceError, ValueRefused
from tui.state.drafts import Drafts
from tui.triage.page import page_of
from tui.vault.history.change import Change

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

LONGEST = 2_000
"""Characters of the longest address that sluice offers."""
WHOLE = "source"
"""The draft's key for both lines together."""
ADDRESS, TITLE = "address", "title"
"""The draft's keys for a single line, as older versions kept them."""


class Capturer:
    """Adds sources for one screen; half-typed text stays on disk as a draft."""

    def __init__(self, screen: TriageScreen, drafts: Drafts) -> None:
        self._screen = screen
        self._drafts = drafts

    def start(self) -> None:
        """Open the box with its draft, or with the address in the clipboard."""
        typed = self._left()
        box = CaptureBox(typed, lambda typed: self._add(box, typed), self._keep)
        self._screen.app.push_screen(box)
        if not typed.address:
            self._screen.run_worker(
                lambda: self._offer(box), thread=True, exit_on_error=False, group="clipboard"
            )

    def _offer(self, box: CaptureBox) -> None:
        """In a thread: offer the address in the clipboard, if there is one."""
        text = read_from_clipboard().strip()
        with contextlib.suppress(ValueRefused):
            if len(text) <= LONGEST and page_of(text):
                address = read_web_address(text)
                self._screen.app.call_from_thread(_offer_to, box, address)

    def _left(self) -> Typed:
        """The draft that was left in the box."""
        try:
            address, title = json.loads(self._drafts.take(WHOLE))
        except (ValueError, TypeError, RecursionError):
            return Typed(self._drafts.take(ADDRESS), self._drafts.take(TITLE))
        return Typed(str(address), str(title))

    def _keep(self, typed: Typed) -> None:
        if not self._drafts.put(WHOLE, json.dumps(typed) if any(typed) else ""):
            self._screen.say(self._drafts.error, "warning")
        elif self._drafts.own(ADDRESS) or self._drafts.own(TITLE):
            self._drafts.put(ADDRESS, "")
            self._drafts.put(TITLE, "")

    def let_go(self) -> None:
        """Release the drafts to other apps: this one ends."""
        self._drafts.let_go()

    def _add(self, box: CaptureBox, typed: Typed) -> None:
        """Write the source and show it; if that is refused, the box stays.

        Keys wait until it is done: they are for the new source, or for the box.
        """
        screen = self._screen
        if screen.loader.busy:
            box.tell("Still loading the vault; press enter again in a moment.")
            return
        texts = {"title": typed.title} if typed.title else {}

        def work() -> Change:
            return screen.desk.add(typed.address, date.today(), texts)

        def done(change: Change) -> None:
            self._keep(Typed())
            _close(box)
            self._show(change.names[0], "Added")

        def failed(error: SluiceError) -> None:
            if isinstance(error, AddressTaken):
                self._keep(Typed())
                _close(box)
                self._show(error.name, "Already here:")
            elif box.is_attached:
                box.tell(str(error))
            else:
                screen.say(str(error), "error")

        ended = screen.sluice.hold_keys()

        def end(answer: Change | SluiceError) -> None:
            if isinstance(answer, Change):
                done(answer)
            else:
                failed(answer)
            ended()

        screen.saver.put(Save(work, end, end, about=typed.address))

    def _show(self, name: str, said: str) -> None:
        """Put the cursor on a source: in the view, else as a match of a lookup."""
        screen = self._screen
        source = screen.desk.vault.find(name) or screen.desk.vault.reread(name)
        if source is None:
            screen.say(f"{said} {name}")
            return
        if screen.worklist.take_in(source) or screen.worklist.looking_up:
            screen.searcher.forget()
            screen.refresh_queue(name)
        if screen.queue.row_of(name) is None and not screen.insights.writing:
            screen.searcher.look_for(source.id or source.stem)
        screen.go_to(name)
        screen.say(f"{said} {source.title} · {source.name}")


def _offer_to(box: CaptureBox, address: str) -> None:
    if box.is_attached:
        box.offer(address)


def _close(box: CaptureBox) -> None:
    if box.is_current:
        box.dismiss(None)
