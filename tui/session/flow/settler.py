"""Settler: shows changed sources, and restores them when the change fails."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from tui.session.flow.outside import OutsideChanges
from tui.session.model.board import Board
from tui.session.model.writing import Writing
from tui.triage.pace import Move, Moves
from tui.vault.source import Source
from tui.vault.vault import Vault


class Unsaved(NamedTuple):
    """What the board shows of a change that is not saved yet."""

    made_done: frozenset[str]
    """The sources whose rows it dimmed."""
    moves: frozenset[Move]
    """What it added to the pace."""


@dataclass(eq=False)
class Settler:
    """Shows changed sources on the board."""

    _vault: Vault
    _board: Board
    _writing: Writing
    _moves: Moves
    _outside: OutsideChanges

    def settle(
        self,
        sources: Iterable[Source],
        moved: Collection[str],
        asked: datetime,
        *,
        snoozed: Collection[str] = (),
        more: bool = False,
        late: bool = False,
    ) -> Unsaved:
        """Show the sources of a change requested at ``asked``; ``moved`` changed their status.

        Those in ``snoozed`` got a day until which they are snoozed, and had none.

        If the source under the cursor is done now, the cursor moves on, but not while ``more``
        sources of the change follow. A change that is shown ``late`` does not move the cursor
        while an insight is being written.
        """
        board, worklist = self._board, self._board.worklist
        sources, done_now, made_done = list(sources), set[str](), set[str]()
        for source in sources:
            was_done = source.name in worklist.done
            leaves = source.name in snoozed and worklist.desk.is_snoozed(source)
            if worklist.settle(source, leaves or source.name in moved):
                done_now.add(source.name)
            if not was_done and source.name in worklist.done:
                made_done.add(source.name)
        moves = frozenset((asked, source.name) for source in sources if source.name in moved)
        self._moves.add(moves)
        board.show_changed(*sources)
        stays = more or (late and self._writing)
        if not stays and board.here in done_now:
            board.advance()
        return Unsaved(frozenset(made_done), moves)

    def go_on(self, names: Collection[str]) -> None:
        """Move the cursor on if it is on one of these sources and that one is done."""
        here = self._board.here
        if not self._writing and here in names and here in self._board.worklist.done:
            self._board.advance()

    def snoozed_again(self, names: Collection[str]) -> None:
        """Show that sources are snoozed, though their files stay the same."""
        self.settle(self._vault.known(names), (), datetime.now(UTC), snoozed=names)

    def woken(self, names: Collection[str]) -> None:
        """Show sources again that are no longer snoozed, as a change of ours woke them."""
        worklist, field = self._board.worklist, self._board.worklist.desk.schema.roles.snoozed
        fresh = [
            source
            for source in self._vault.known(names)
            if field and source.key(field) in source.fields
        ]
        if not fresh:
            return
        came = [worklist.take_in(source) for source in fresh]
        if any(came):
            self._board.renew({source.name: source for source in fresh}, self._board.rows.here)
        else:
            self._board.show_changed(*fresh)

    def bring_back(self, names: Collection[str], shown: Unsaved | None) -> None:
        """Show sources as their files are; the cursor stays where it is."""
        worklist, names = self._board.worklist, dict.fromkeys(names)
        if shown is not None:
            self._moves.drop(move for move in shown.moves if move[1] in names)
            for name in shown.made_done.intersection(names):
                worklist.unsettle(name)
        fresh = self._vault.known(names)
        for source in fresh:
            worklist.take_in(source)
        self._board.show_changed(*fresh)
        # Another program may have written them, which may be why the change failed.
        if len(names) == 1:
            self._outside.take_at_once(*names)
        else:
            self._outside.take(list(names))
