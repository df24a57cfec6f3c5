"""Repairer: shows what a repair would change, and makes it."""

from __future__ import annotations

from dataclasses import dataclass

from tui.checks.file_repair import FileRepair, find_repair
from tui.desk import Desk
from tui.errors import SluiceError
from tui.session.flow.outside import OutsideChanges
from tui.session.flow.saver import Save, Saver
from tui.session.keys.keymap import Keymap
from tui.session.model.board import Board
from tui.session.ports import Ask, Panes, Tell
from tui.session.questions import ConfirmRepair
from tui.session.work.hints import may_interrupt
from tui.vault.history.change import Change
from tui.vault.source import Source
from tui.vault.vault import FileDiff


@dataclass(eq=False)
class Repairer:
    """Shows what a repair would change, and makes it."""

    _desk: Desk
    _board: Board
    _outside: OutsideChanges
    _saver: Saver
    _keymap: Keymap
    _panes: Panes
    _ask: Ask
    _tell: Tell

    def start(self) -> None:
        """Show the repair of the source under the cursor, once all is on disk."""
        source, waits = self._board.current, self._saver.busy

        def show() -> None:
            if source is not None and (not waits or may_interrupt(self._panes)):
                self._show(source)

        self._saver.when_idle(show)

    def _show(self, source: Source) -> None:
        """Show a source's repair, or say why there is none."""
        desk = self._desk
        try:
            text = desk.vault.read_text(source)
        except SluiceError as error:
            self._tell.say(str(error), "error")
            return
        repair = find_repair(desk.schema, source, text, "header")
        if repair.done:
            other = find_repair(desk.schema, source, text, "line") if repair.doubled else None
            self._ask.ask(ConfirmRepair(source.title, repair, other), self._make)
            return
        problem = repair.refusal or desk.problem_of(source)
        if problem is None:
            self._tell.say("This source has no problem.")
            return
        line = f" at line {source.problem.line}" if source.problem else ""
        edit = self._keymap.hint("go.edit", f"opens your editor{line}.")
        self._tell.say(f"No safe repair: {problem}. {edit}".rstrip(), "warning")

    def _make(self, repair: FileRepair | None) -> None:
        """Write the repair and show the source."""
        if repair is None:
            return
        desk, diff = self._desk, FileDiff(repair.name, repair.before, repair.after)

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
            self._tell.say(self._saver.named(error, repair.name), "error")

        self._saver.put(
            Save(lambda: desk.repair("repair", [diff]), done, failed, about=repair.name)
        )
