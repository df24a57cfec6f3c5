"""Decider: a change from the key to the file, and what the screen shows of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.errors import JournalError, NothingToUndo, SluiceError
from tui.triage.changes import Proposal
from tui.triage.pace import moves_in
from tui.triage.schema import Schema
from tui.vault.change import Change
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

Make = Callable[[Schema, Sequence[Source]], Proposal]
"""Works out a change of the sources it is given; raises SluiceError."""


class Decider:
    """Makes, repeats and takes back changes for one screen."""

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen
        self._last: Make | None = None
        self._pass_over = False
        """Whether undo was refused just now: the next one looks further back."""
        self.last_category = ""

    def decide(self, make: Make) -> bool:
        """Change the source under the cursor; returns whether it is on disk."""
        source = self._screen.current
        if source is None:
            return False
        desk = self._screen.desk
        try:
            proposal = make(desk.schema, [source])
            change = desk.commit(proposal)
        except SluiceError as error:
            self._refused(source, error)
            return False
        self._last, self._pass_over = make, False
        self._settle(change, source)
        said = f"{proposal.label} already" if not change.files else proposal.label
        if proposal.warnings:
            self._screen.say(f"{said} · {' '.join(proposal.warnings)}", "warning")
        else:
            self._screen.say(said)
        return True

    def _refused(self, source: Source, error: SluiceError) -> None:
        """Say why, and show the file as it is now: someone else may have changed it."""
        self.take_in(source.name)
        self._screen.say(str(error), "error")

    def take_in(self, name: str) -> None:
        """Read a source again and show it as it is now."""
        self._screen.outside.take_at_once(name)

    def _settle(self, change: Change, source: Source) -> None:
        screen = self._screen
        status = screen.desk.schema.roles.status
        fresh = screen.desk.vault.get(source.name)
        moved = status in change.fields
        done = screen.worklist.settle(fresh, moved)
        if moved:
            screen.moves += moves_in([change], status)
        screen.show_changed(fresh)
        if done:
            screen.advance()

    def repeat(self) -> None:
        """The last change made again, on the source under the cursor."""
        if self._last is None:
            self._screen.say("Nothing was changed yet that could be repeated.")
        else:
            self.decide(self._last)

    def undo(self) -> None:
        """The newest change taken back, and its source under the cursor.

        Pressed again after it was refused, it passes over what cannot be taken back.
        """
        skip, desk = self._pass_over, self._screen.desk
        hint = "" if skip else " Press u again to undo the one before it."
        done = self._turn(lambda: desk.undo(skip=skip), "Undid", hint)
        self._pass_over = skip if done else not skip

    def redo(self) -> None:
        """The change undone last made again."""
        self._pass_over = False
        self._turn(self._screen.desk.redo, "Redid", "")

    def _turn(self, turn: Callable[[], Change], verb: str, hint: str) -> bool:
        """Whether ``turn`` took or made a change; says what, or why not."""
        screen = self._screen
        try:
            change = turn()
        except (NothingToUndo, JournalError) as error:
            screen.say(str(error), "error")
            return False
        except SluiceError as error:
            screen.say(f"{error}{hint}", "error")
            return False
        status = screen.desk.schema.roles.status
        screen.moves = moves_in(screen.desk.vault.log(), status)
        fresh = [source for name in change.names if (source := screen.desk.vault.reread(name))]
        for source in fresh:
            if verb == "Undid":
                if screen.worklist.reopen(source):
                    screen.refresh_queue(source.name)
            else:
                screen.worklist.settle(source, status in change.fields)
            screen.show_changed(source)
        screen.go_to(change.names[0])
        about = f"{len(change.names)} sources" if len(fresh) != 1 else fresh[0].title
        screen.say(f"{verb}: {change.label} · {about}")
        return True
