"""Decider: a change from the key to the screen at once, and to the file behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from tui.app.outside import AWAY
from tui.app.saving import Save, named
from tui.errors import JournalError, NothingToUndo, SluiceError, UnknownSource
from tui.triage.changes import Proposal
from tui.triage.pace import moves_in
from tui.triage.schema import Schema
from tui.vault.change import Change
from tui.vault.edit import MISSING
from tui.vault.prove import as_read, same_value
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

Make = Callable[[Schema, Sequence[Source]], Proposal]
"""Works out a change of the sources it is given; raises SluiceError."""


def _nothing() -> None:
    """What is done where nothing is to be done."""


class Shown(NamedTuple):
    """What the screen shows of a change that is not on disk yet."""

    made_done: bool
    """Whether it was the change that dimmed the row."""
    move: tuple[datetime, str] | None
    """What it added to the pace."""


class Decider:
    """Makes, repeats and takes back changes for one screen."""

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen
        self._last: Make | None = None
        self._pass_over = False
        """Whether undo was refused just now: the next one looks further back.

        It belongs to the saver's thread, which knows what came last.
        """
        self._brought_to = ""
        """Where the last undo or redo put the cursor."""
        self.last_category = ""

    def decide(
        self,
        make: Make,
        kept: Callable[[], object] = _nothing,
        lost: Callable[[], object] = _nothing,
        about: Sequence[Source] | None = None,
    ) -> bool:
        """Change the source under the cursor, or that in ``about``; returns whether it is done.

        ``kept`` is called when it is on disk, ``lost`` when it could not be brought there.
        """
        screen = self._screen
        source = about[0] if about else screen.current
        if source is None:
            return False
        if screen.outside.away:
            screen.say(AWAY, "error")
            return False
        if screen.saver.unseen:
            # An undo before it may change this very source: it is worked out after that.
            screen.saver.put(self._late(source, make, kept, lost))
            self._last = make
            return True
        try:
            proposal = make(screen.desk.schema, [source])
        except SluiceError as error:
            self._refused(source, error)
            return False
        self._last = make
        self._begin(source, proposal, kept, lost)
        return True

    def _begin(
        self,
        source: Source,
        proposal: Proposal,
        kept: Callable[[], object],
        lost: Callable[[], object],
    ) -> None:
        """Show a change as made, and hand it over to be made."""
        screen = self._screen
        shown: Shown | None = None

        def failed(error: SluiceError) -> None:
            self._bring_back(source.name, shown)
            lost()
            screen.say(named(error, source.name), "error")

        save = Save(
            lambda: self._commit(proposal),
            failed=failed,
            kept=kept,
            about=source.name,
            edits=proposal.edits,
            shown=True,
        )
        screen.saver.put(save)
        fresh = screen.desk.vault.find(source.name)
        fields = {edit.field for edit in proposal.edits if _differs(source, edit.field, edit.value)}
        # One whose file is gone keeps its row for a while, and fails.
        if fields and fresh is not None:
            shown = self._settle(fresh, fields)
        self._tell(proposal, bool(fields))

    def _commit(self, proposal: Proposal) -> Change:
        change = self._screen.desk.commit(proposal)
        self._pass_over = False
        return change

    def _late(
        self,
        source: Source,
        make: Make,
        kept: Callable[[], object],
        lost: Callable[[], object],
    ) -> Save:
        """A change that is worked out, made, and only then shown."""
        screen, made = self._screen, list[Proposal]()

        def work() -> Change:
            fresh = screen.desk.vault.look(source.name)
            if fresh is None:
                raise UnknownSource(f"{source.name} is gone, so it was not changed.")
            made.append(make(screen.desk.schema, [fresh]))
            return self._commit(made[0])

        def done(change: Change) -> None:
            fresh = screen.desk.vault.find(source.name)
            if change.files and fresh is not None:
                self._settle(fresh, set(change.fields))
            self._tell(made[0], bool(change.files))

        def failed(error: SluiceError) -> None:
            lost()
            screen.say(named(error, source.name), "error")

        return Save(work, done, failed, kept, source.name)

    def _refused(self, source: Source, error: SluiceError) -> None:
        """Say why, and show the file as it is now: someone else may have changed it."""
        self.take_in(source.name)
        self._screen.say(str(error), "error")

    def take_in(self, name: str) -> None:
        """Read a source again and show it as it is now."""
        self._screen.outside.take_at_once(name)

    def _settle(self, fresh: Source, fields: set[str]) -> Shown:
        screen = self._screen
        moved = screen.desk.schema.roles.status in fields
        was_done = fresh.name in screen.worklist.done
        done = screen.worklist.settle(fresh, moved)
        move = (datetime.now(UTC), fresh.name) if moved else None
        if move is not None:
            screen.moves.append(move)
        screen.show_changed(fresh)
        is_done = fresh.name in screen.worklist.done
        if done and screen.current is not None and screen.current.name == fresh.name:
            screen.advance()
        return Shown(is_done and not was_done, move)

    def _tell(self, proposal: Proposal, differs: bool) -> None:
        said = proposal.label if differs else f"{proposal.label} already"
        if proposal.warnings:
            self._screen.say(f"{said} · {' '.join(proposal.warnings)}", "warning")
        else:
            self._screen.say(said)

    def _bring_back(self, name: str, shown: Shown | None) -> None:
        """Show a source as its file is after all; the cursor stays where it is."""
        screen = self._screen
        if shown is not None and shown.move in screen.moves:
            screen.moves.remove(shown.move)
        if shown is not None and shown.made_done:
            screen.worklist.unsettle(name)
        fresh = screen.desk.vault.find(name)
        if fresh is not None:
            screen.worklist.take_in(fresh)
            screen.show_changed(fresh)
        # Others may have written it, and that may be the reason.
        self.take_in(name)

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
        hint = ""

        def work() -> Change:
            nonlocal hint
            skip = self._pass_over
            press = self._screen.keymap.press("undo.undo")
            again = f" {press[0].upper()}{press[1:]} again to undo the one before it."
            hint = "" if skip else again
            self._pass_over = not skip
            change = self._screen.desk.undo(skip=skip)
            self._pass_over = skip
            return change

        self._turn(work, "Undid", lambda: hint)

    def redo(self) -> None:
        """The change undone last made again."""

        def work() -> Change:
            self._pass_over = False
            return self._screen.desk.redo()

        self._turn(work, "Redid", str)

    def _turn(self, turn: Callable[[], Change], verb: str, hint: Callable[[], str]) -> None:
        """Take or make a change after all that are on their way; says what, or why not."""
        screen = self._screen
        moves: list[tuple[datetime, str]] = []
        here = screen.current.name if screen.current else ""

        def work() -> Change:
            change = turn()
            moves.extend(moves_in(screen.desk.vault.log(), screen.desk.schema.roles.status))
            return change

        def done(change: Change) -> None:
            screen.moves = moves
            self._show_turned(change, verb, here)

        def failed(error: SluiceError) -> None:
            can_go_on = not isinstance(error, NothingToUndo | JournalError)
            screen.say(f"{error}{hint()}" if can_go_on else str(error), "error")

        screen.saver.put(Save(work, done, failed))

    def _show_turned(self, change: Change, verb: str, here: str) -> None:
        screen = self._screen
        now = screen.current.name if screen.current else ""
        status = screen.desk.schema.roles.status
        fresh = [source for name in change.names if (source := screen.desk.vault.reread(name))]
        for source in fresh:
            if verb == "Undid":
                if screen.worklist.reopen(source):
                    screen.refresh_queue(source.name)
            else:
                screen.worklist.settle(source, status in change.fields)
            screen.show_changed(source)
        # Who went on meanwhile stays there; an undo before this one is not the person.
        if now in (here, self._brought_to):
            screen.go_to(change.names[0])
            self._brought_to = screen.current.name if screen.current else ""
        about = f"{len(change.names)} sources" if len(fresh) != 1 else fresh[0].title
        screen.say(f"{verb}: {change.label} · {about}")


def _differs(source: Source, field: str, value: object) -> bool:
    return not same_value(source.fields.get(field, MISSING), as_read(value))  # type: ignore[arg-type]
