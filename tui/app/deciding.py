"""Decider: a change from the key to the screen at once, and to the file behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tui.app.outside import AWAY
from tui.app.saving import Save, named
from tui.app.settling import Settler, Shown
from tui.errors import EditRefused, JournalError, NothingToUndo, SluiceError, UnknownSource
from tui.triage.bulk import BulkPlan, Make, plan_each
from tui.triage.pace import moves_in
from tui.vault.change import Change
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

__all__ = ["Decider", "Make"]

MANY = 5
"""From so many sources on, what a change would do is shown before it is made."""


def _nothing() -> None:
    """What is done where nothing is to be done."""


class Request:
    """What a deciding key asks for."""

    def __init__(
        self,
        make: Make,
        sources: Sequence[Source],
        kept: Callable[[], object],
        lost: Callable[[], object],
        marked: Sequence[str],
    ) -> None:
        self.make = make
        self.sources = sources
        self.kept = kept
        """Called when all of it is on disk."""
        self.lost = lost
        """Called when it could not be brought there, or is not wanted after all."""
        self.marked = marked
        """The names of the marks it is about; empty when it is not about marks."""


class Decider:
    """Makes, repeats and takes back changes for one screen."""

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen
        self._settler = Settler(screen)
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
        """Change all marked sources, else the one under the cursor, or those in ``about``.

        Returns whether it is on its way, or asked about first; however many sources it is
        about, it is one change. Marks are cleared when it is on its way. ``kept`` is called
        when it is on disk; ``lost`` when it could not be brought there or is not wanted.
        """
        screen = self._screen
        sources = screen.targets if about is None else list(about)
        if not sources:
            return False
        if screen.outside.away:
            screen.say(AWAY, "error")
            return False
        marked = screen.marker.names if about is None else []
        request = Request(make, sources, kept, lost, marked)
        if screen.saver.unseen:
            # An undo before it may change these very sources: it is worked out after that.
            screen.saver.put(self._late(request))
            self._accepted(request)
            return True
        plan = plan_each(make, screen.desk.schema, sources)
        if not plan.changed and not plan.same:
            self._refused(plan)
            return False
        self._accepted(request)
        self._begin(plan, request)
        return True

    def _accepted(self, request: Request) -> None:
        self._last = request.make
        if request.marked:
            self._screen.marker.clear()

    def _begin(self, plan: BulkPlan, request: Request) -> None:
        """Show a change as made, and hand it over to be made."""
        screen, proposal = self._screen, plan.proposal
        names = [source.name for source in plan.changed or plan.same]
        about = names[0] if len(names) == 1 else ""
        shown: Shown | None = None

        def failed(error: SluiceError) -> None:
            self._settler.bring_back(names, shown)
            screen.marker.put_back(request.marked)
            request.lost()
            screen.say(named(error, about), "error")

        save = Save(
            lambda: self._commit(plan),
            failed=failed,
            kept=request.kept,
            about=about,
            edits=proposal.edits,
            shown=True,
        )
        screen.saver.put(save)
        # One whose file is gone keeps its row for a while, and fails.
        fresh = screen.desk.vault.known(names) if plan.changed else []
        if fresh:
            shown = self._settler.settle(fresh, plan.moved(screen.desk.schema.roles.status))
        self._tell(plan, request)

    def _commit(self, plan: BulkPlan) -> Change:
        change = self._screen.desk.commit(plan.proposal)
        self._pass_over = False
        return change

    def _late(self, request: Request) -> Save:
        """A change that is worked out, made, and only then shown."""
        screen, made = self._screen, list[BulkPlan]()
        names = [source.name for source in request.sources]
        about = names[0] if len(names) == 1 else ""

        def work() -> Change:
            found = [source for name in names if (source := screen.desk.vault.look(name))]
            if not found:
                raise UnknownSource(f"{names[0]} is gone, so it was not changed.")
            plan = plan_each(request.make, screen.desk.schema, found)
            if not plan.changed and not plan.same:
                raise _refusal_of(plan)
            made.append(plan)
            return self._commit(plan)

        def done(change: Change) -> None:
            status = screen.desk.schema.roles.status
            fresh = screen.desk.vault.known(change.names)
            if fresh:
                self._settler.settle(fresh, made[0].moved(status))
            self._tell(made[0], request)

        def failed(error: SluiceError) -> None:
            request.lost()
            screen.say(named(error, about), "error")

        return Save(work, done, failed, request.kept, about)

    def _refused(self, plan: BulkPlan) -> None:
        """Say why, and show the files as they are now: someone else may have changed them."""
        for source, _ in plan.refused[:MANY]:
            self.take_in(source.name)
        self._screen.say(str(_refusal_of(plan)), "error")

    def take_in(self, name: str) -> None:
        """Read a source again and show it as it is now."""
        self._screen.outside.take_at_once(name)

    def _tell(self, plan: BulkPlan, request: Request) -> None:
        proposal = plan.proposal
        said = [proposal.label if plan.changed else f"{proposal.label} already"]
        if len(request.sources) > 1:
            count = len(plan.changed or plan.same)
            said.append(f"{count:,} source{'s' if count != 1 else ''}")
        if plan.refused:
            said.append(plan.refusal)
        if proposal.warnings:
            said.append(" ".join(proposal.warnings))
        kind = "warning" if plan.refused or proposal.warnings else "information"
        self._screen.say(" · ".join(said), kind)

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
        if verb == "Undid":
            came = [source.name for source in fresh if screen.worklist.reopen(source)]
        else:
            came = [source.name for source in fresh if self._comes_back(source)]
            for source in fresh:
                screen.worklist.settle(source, status in change.fields)
        if came:
            screen.refresh_queue(came[0])
        screen.show_changed(*fresh)
        # Who went on meanwhile stays there; an undo before this one is not the person.
        if now in (here, self._brought_to):
            screen.go_to(change.names[0])
            self._brought_to = screen.current.name if screen.current else ""
        about = f"{len(change.names)} sources"
        if len(change.names) == 1:
            about = fresh[0].title if fresh else change.names[0]
        screen.say(f"{verb}: {change.label} · {about}")

    def _comes_back(self, source: Source) -> bool:
        """Whether a source whose adding was made again gets a row of its own again."""
        screen = self._screen
        return screen.queue.row_of(source.name) is None and screen.worklist.take_in(source)


def _refusal_of(plan: BulkPlan) -> SluiceError:
    """Why nothing is left of a change: the sentence of the one source, or of all."""
    errors = [error for _, error in plan.refused]
    if len({str(error) for error in errors}) == 1:
        return errors[0]
    return EditRefused(f"None of the {len(errors):,} marked sources can be changed: {plan.causes}.")
