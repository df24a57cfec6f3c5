"""Capturer: adds a source for the URL typed into a box, and shows it."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from datetime import date

from tui.address import read_web_address
from tui.desk import Desk
from tui.errors import AddressTaken, SluiceError, ValueRefused
from tui.session.flow.saver import Save, Saver
from tui.session.model.reading import ReadingState
from tui.session.ports import Ask, OpenBox, Tell, Threads, World
from tui.session.questions import AddSource, Complaint, CopiedAddress, TypedSource
from tui.session.work.going import Going
from tui.state.drafts import Drafts
from tui.triage.page import page_of
from tui.vault.history.change import Change

LONGEST = 2_000
"""Characters of the longest address that sluice offers."""
WHOLE = "source"
"""The draft's key for both lines together."""
ADDRESS, TITLE = "address", "title"
"""The draft's keys for a single line, as older versions kept them."""


@dataclass(eq=False)
class Capturer:
    """Adds sources; half-typed text stays on disk as a draft."""

    _desk: Desk
    _reading: ReadingState
    _going: Going
    _saver: Saver
    _drafts: Drafts
    _world: World
    _threads: Threads
    _ask: Ask
    _tell: Tell

    def start(self) -> None:
        """Open the box with its draft, or with the address in the clipboard."""
        typed = self._left()
        box = self._ask.ask(AddSource(typed, lambda typed: self._add(box, typed), self._keep))
        if not typed.address:
            self._threads.run(lambda _: self._offer(box), "clipboard")

    def _offer(self, box: OpenBox) -> None:
        """In a thread: offer the address in the clipboard, if there is one."""
        text = self._world.copied().strip()
        with contextlib.suppress(ValueRefused):
            if len(text) <= LONGEST and page_of(text):
                self._threads.back(box.show, CopiedAddress(read_web_address(text)))

    def _left(self) -> TypedSource:
        """The draft that was left in the box."""
        try:
            address, title = json.loads(self._drafts.take(WHOLE))
        except (ValueError, TypeError, RecursionError):
            return TypedSource(self._drafts.take(ADDRESS), self._drafts.take(TITLE))
        return TypedSource(str(address), str(title))

    def _keep(self, typed: TypedSource) -> None:
        if not self._drafts.put(WHOLE, json.dumps(typed) if any(typed) else ""):
            self._tell.report(self._drafts.error)
        elif self._drafts.own(ADDRESS) or self._drafts.own(TITLE):
            self._drafts.put(ADDRESS, "")
            self._drafts.put(TITLE, "")

    def let_go(self) -> None:
        """Release the drafts to other apps: this one ends."""
        self._drafts.let_go()

    def _add(self, box: OpenBox, typed: TypedSource) -> None:
        """Write the source and show it; if that is refused, the box stays.

        Keys wait until it is done: they are for the new source, or for the box.
        """
        if self._reading.busy:
            box.show(Complaint("Still loading the vault; press enter again in a moment."))
            return
        texts = {self._desk.schema.roles.title: typed.title} if typed.title else {}

        def work() -> Change:
            return self._desk.add(typed.address, date.today(), texts)

        def done(change: Change) -> None:
            self._keep(TypedSource())
            box.close()
            self._show(change.names[0], "Added")

        def failed(error: SluiceError) -> None:
            if isinstance(error, AddressTaken):
                self._keep(TypedSource())
                box.close()
                self._show(error.name, "Already here:")
            elif box.is_open:
                box.show(Complaint(str(error)))
            else:
                self._tell.say(str(error), "error")

        ended = self._threads.hold_keys()

        def end(answer: Change | SluiceError) -> None:
            if isinstance(answer, Change):
                done(answer)
            else:
                failed(answer)
            ended()

        self._saver.put(Save(work, end, end, about=typed.address))

    def _show(self, name: str, said: str) -> None:
        """Put the cursor on a source: in the view, else as a match of a lookup."""
        source = self._going.go_to(name)
        self._tell.say(f"{said} {source.title} · {source.name}" if source else f"{said} {name}")
