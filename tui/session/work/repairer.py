"""Repairer: shows what a repair would change, and makes it."""

from __future__ import annotations

from dataclasses import dataclass

from tui.checks.file_repair import FileRepair
from tui.desk import Desk
from tui.errors import SluiceError
from tui.session.flow.outside import OutsideChanges
from tui.session.flow.repairs import Repairs
from tui.session.flow.saver import Save, Saver
from tui.session.keys.keymap import Keymap
from tui.session.model.board import Board
from tui.session.ports import Panes, Tell
from tui.session.work.hints import may_interrupt
from tui.vault.history.change import Change
from tui.vault.source import Source


@dataclass(eq=False)
class Repairer:
    """Shows what a repair would change, and makes it."""

    _desk: Desk
    _board: Board
    _outside: OutsideChanges
    _saver: Saver
    _repairs: Repairs
    _keymap: Keymap
    _panes: Panes
    _tell: Tell

    def start(self) -> None:
        """Show the repair of the source under the cursor, once all is on disk."""
        source, waits = self._board.current, self._saver.busy

        def show() -> None:
            if source is not None and (not waits or may_interrupt(self._panes)):
                self._show(source)

        # The next keys are for what it opens.
        self._saver.when_idle(show, holds_keys=True)

    def _show(self, source: Source) -> None:
        """Show a source's repair, or say why there is none."""
        desk = self._desk
        try:
            repair = desk.repair_of(source)
        except SluiceError as error:
            self._tell.say(self._saver.named(error, source.name), "error")
            return
        if repair.done:
            self._repairs.confirm(source, repair, "", self._make)
        elif repair.refusal or desk.problem_of(source):
            refusal = self._repairs.refusal(source, repair)
            said, *shorter = self._repairs.forms(refusal, str(refusal))
            self._tell.say(said, "warning", *shorter)
        else:
            self._tell.say("This source has no problem.", "warning")

    def _make(self, repair: FileRepair | None) -> None:
        """Write the repair and show the source."""
        if repair is None:
            return
        desk, diff = self._desk, repair.diff

        def done(_change: Change) -> None:
            fresh = desk.vault.find(repair.name)
            if fresh is None:
                return
            self._board.worklist.settle(fresh, moved=False)
            self._board.show_changed(fresh)
            left = desk.problem_of(fresh)
            undo = self._keymap.hint("undo.undo", "undoes it")
            done = " · ".join(filter(None, ("Repaired", undo)))
            self._tell.say(f"Repaired, but another problem remains: {left}" if left else done)

        def failed(error: SluiceError) -> None:
            self._outside.take_at_once(repair.name)
            self._tell.report(self._saver.named(error, repair.name), "error")

        self._saver.put(
            Save(lambda: desk.repair("repair", [diff]), done, failed, about=repair.name)
        )
