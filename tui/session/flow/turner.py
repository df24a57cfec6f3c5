"""Turner: undoes and redoes changes of any size, and shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tui.desk import Desk
from tui.display import counted
from tui.errors import JournalError, NothingToUndo, SluiceError, Stopped
from tui.session.flow.calls import nothing
from tui.session.flow.others import Others
from tui.session.flow.saver import PAUSE, Save, Saver
from tui.session.keys.keymap import Keymap
from tui.session.model.board import Board
from tui.session.ports import Kind, Tell, Threads
from tui.triage.pace import Moves, moves_in
from tui.triage.said import said_of
from tui.triage.told import Told
from tui.vault.history.change import Change, together
from tui.vault.progress import Progress
from tui.vault.writing.writer import Which


class _Apart(NamedTuple):
    """An undo or redo that is not about the source in hand: the cursor stays."""

    said: Callable[[Change], object]
    """Says what was done."""
    refused: Callable[[str], object] | None = None
    """Gets the reason why not, if that is not said as always."""
    parts: Sequence[Change] = ()
    """The changes that it is made of, if it is several."""


@dataclass(eq=False)
class Turner:
    """Undoes and redoes."""

    _desk: Desk
    _saver: Saver
    _others: Others
    _board: Board
    _moves: Moves
    _keymap: Keymap
    _threads: Threads
    _tell: Tell
    _at_once: int

    def __post_init__(self) -> None:
        self._pass_over = False
        """Whether an undo was just refused, so that the next one skips that change.

        Only the saver's thread uses it, as it knows which change came last.
        """
        self._brought_to = ""
        """Where the last undo or redo put the cursor."""

    def note_change(self) -> None:
        """Take note of a new change: the next undo skips none."""
        self._pass_over = False

    def undo(self) -> None:
        """Undo the newest change, and move the cursor to its source.

        That is the change requested last, even if it is still being saved or has just failed:
        no other is undone in its place. Pressed again after a refusal, it skips the change
        that cannot be undone. What others did is undone while the screen offers that; else what
        they did under a name is skipped.
        """
        told = self._others.take()
        if told is not None:
            self._undo_others(told)
            return
        hint, progress, asked = "", Progress(), self._saver.open

        def work() -> Change:
            nonlocal hint
            meant = _newest(asked)
            id = self._id_of(meant) if meant else ""
            skip = self._pass_over and not id
            press = self._keymap.press("undo.undo")
            again = f" {press[0].upper()}{press[1:]} again to undo the one before it."
            hint = "" if skip else again
            self._pass_over = not skip
            try:
                change = self._desk.undo(Which(id, own=True, skip=skip), progress)
            except NothingToUndo:
                self._pass_over = skip
                raise
            except Stopped:
                hint = self._keymap.sequel("undo.undo", "continues") if progress.done else ""
                self._pass_over = skip
                if meant:
                    meant.skip(skipped=False)
                raise
            self._pass_over = skip
            return change

        self._turn(work, progress, "Undid", lambda: hint)

    def _undo_others(self, told: Told) -> None:
        """Undo all that was told, and say which changes were not undone."""
        progress, refused, undone = Progress(), dict[str, SluiceError](), list[Change]()

        def work() -> Change:
            self._pass_over = False
            undone.extend(self._desk.undo_each(told, refused, progress))
            if not undone:
                raise next(iter(refused.values()))
            return together(told.sentence, undone)

        def said(_: Change) -> None:
            if len(undone) == len(told.ids):
                ways = "redoes" if len(undone) == 1 else "redoes one by one"
                back = self._keymap.hint("undo.redo", ways)
                whole, *shorter = _joined((f"Undid: {told.sentence}", back), ("Undid", back))
                self._tell.say(whole, "information", *shorter)
                return
            why = next((self._saver.named(error, "") for error in refused.values()), "stopped.")
            count = f"Undid {len(undone):,} of {counted(len(told.ids), 'change')}"
            self._tell.say(f"{count}: {why}", "warning")

        self._turn(work, progress, "Undid", str, apart=_Apart(said, parts=undone))

    def undo_that(self, save: Save, stays: Callable[[], object] = nothing) -> None:
        """Undo the change of ``save``, whatever was changed after it.

        ``stays`` is called when it was saved and cannot be undone, which is reported.
        """

        def work() -> Change:
            if save.change is not None and save.was_idle:
                return save.change
            return self._desk.undo(Which(self._id_of(save)))

        self._turn(work, Progress(), "Undid", str, stays)

    def undo_one(
        self, id: str, done: Callable[[Change], object], refused: Callable[[str], object]
    ) -> None:
        """Undo the change with that id, unless a later one set one of its fields.

        The cursor stays. ``done`` gets the change, ``refused`` the reason in a sentence.
        """

        def work() -> Change:
            self._pass_over = False
            return self._desk.undo(Which(id, unless_set_later=True), progress)

        progress = Progress()
        self._turn(work, progress, "Undid", str, apart=_Apart(done, refused))

    def redo_one(
        self, id: str, done: Callable[[Change], object], refused: Callable[[str], object]
    ) -> None:
        """Redo the change with that id, as ``undo_one`` undoes it."""

        def work() -> Change:
            self._pass_over = False
            return self._desk.redo(progress, id)

        progress = Progress()
        self._turn(work, progress, "Redid", str, apart=_Apart(done, refused))

    def redo(self) -> None:
        """Redo the last undone change."""
        progress = Progress()

        def work() -> Change:
            self._pass_over = False
            return self._desk.redo(progress)

        self._turn(work, progress, "Redid", str)

    def _turn(
        self,
        turn: Callable[[], Change],
        progress: Progress,
        verb: str,
        hint: Callable[[], str],
        stays: Callable[[], object] = nothing,
        apart: _Apart | None = None,
    ) -> None:
        """Undo or redo after all changes being saved; says what was done, or why not."""
        here = self._board.here

        def done(change: Change) -> None:
            parts = apart.parts if apart is not None and apart.parts else [change]
            moves = moves_in(parts, self._desk.schema)
            if verb == "Undid":
                self._moves.drop(moves)
            else:
                self._moves.add(moves)
            if not change.files:
                return
            # A cursor that the user moved meanwhile stays; moves by an earlier undo do not count.
            stayed = self._board.here in (here, self._brought_to)
            if len(change.names) <= self._at_once:
                self._show_some(change, change.names, verb)
                end(change, verb, stayed)
            else:
                shown = self._show_in_turns(change, verb, stayed, end)
                self._threads.start(shown, "turn")

        def end(change: Change, verb: str, stayed: bool) -> None:
            if apart is not None:
                apart.said(change)
            else:
                self._end(change, verb, stayed)

        def failed(error: SluiceError) -> None:
            can_go_on = not isinstance(error, NothingToUndo | JournalError)
            kind: Kind = "warning" if isinstance(error, Stopped) else "error"
            why = self._saver.named(error, "")
            if apart is not None and apart.refused is not None:
                apart.refused(why)
            else:
                self._tell.say(f"{why}{hint()}" if can_go_on else why, kind)
            if not isinstance(error, NothingToUndo) and not save.written:
                stays()

        says = "undo" if verb == "Undid" else "redo"
        save = Save(turn, done, failed, progress=progress, says=says, undoable=verb == "Redid")
        self._saver.put(save)

    def _id_of(self, save: Save) -> str:
        """The id of the change to undo. Raises NothingToUndo when it failed."""
        save.skip()
        if save.error is not None and not save.made:
            why = self._saver.named(save.error, save.about)
            raise NothingToUndo(f"Nothing was undone, because the change failed: {why}")
        return save.made

    async def _show_in_turns(
        self, change: Change, verb: str, stayed: bool, end: Callable[[Change, str, bool], object]
    ) -> None:
        """Show a large change's sources in parts, with pauses for keys; then call ``end``."""
        for start in range(0, len(change.names), self._at_once):
            self._show_some(change, change.names[start : start + self._at_once], verb)
            left = self._board.here
            await self._threads.pause(PAUSE)
            stayed &= self._board.here == left
        end(change, verb, stayed)

    def _show_some(self, change: Change, names: Sequence[str], verb: str) -> None:
        board, roles = self._board, self._desk.schema.roles
        fresh = self._desk.vault.known(names)
        if verb == "Undid":
            came = [source.name for source in fresh if board.worklist.reopen(source)]
        else:
            came = [source.name for source in fresh if self._comes_back(source.name)]
            moved = {name for _, name in moves_in([change], self._desk.schema)}
            for source in fresh:
                snoozed = roles.snoozed in change.fields and self._desk.is_snoozed(source)
                board.worklist.settle(source, snoozed or source.name in moved)
        if came:
            board.refresh(board.rows.here or came[0])
        board.show_changed(*fresh)

    def _end(self, change: Change, verb: str, stayed: bool) -> None:
        """Put the cursor on the change's first source, and say what was done."""
        if stayed:
            self._board.go_to(change.names[0])
            self._brought_to = self._board.here
        about = f"{len(change.names):,} sources"
        if len(change.names) == 1:
            source = self._desk.vault.find(change.names[0])
            about = source.title if source else change.names[0]
        records = [record for file in change.files for record in file.fields]
        said = said_of(self._desk.schema, records, change.label)
        other = "undo.redo" if verb == "Undid" else "undo.undo"
        back = self._keymap.hint(other, "redoes" if verb == "Undid" else "undoes")
        whole, *shorter = _joined(
            (f"{verb}: {said.whole}", about, back),
            (f"{verb}: {said.brief}", about, back),
            (f"{verb}: {said.brief}", back),
            (verb, back),
        )
        self._tell.say(whole, "information", *shorter)

    def _comes_back(self, name: str) -> bool:
        """Whether redoing the addition of a source gives it a row again."""
        source = self._desk.vault.find(name)
        if source is None or self._board.rows.row_of(name) is not None:
            return False
        return self._board.worklist.take_in(source)


def _joined(*forms: Sequence[str]) -> list[str]:
    return [" · ".join(filter(None, form)) for form in forms]


def _newest(saves: Sequence[Save]) -> Save | None:
    """The last change with something to undo that no undo has been requested for."""
    return next((s for s in reversed(saves) if s.undoable and not s.was_idle), None)
