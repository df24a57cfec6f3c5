"""JournalView: keeps a view that asks the undo journal up to date with what is decided.

Whether a value is confirmed may be known only there, so it is known once a change is saved.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from tui.desk import Desk
from tui.errors import JournalError, QueryError
from tui.search.filters import asks_the_journal
from tui.session.flow.settler import Settler
from tui.session.flow.view_counts import ViewCounts
from tui.session.model.board import Board
from tui.session.ports import IsStopped, Threads
from tui.vault.history.change import Change

_PART = 50
"""Sources to look at before the keys have a turn."""
_PAUSE = 0.004


@dataclass(eq=False)
class JournalView:
    """Looks again which sources of a change the view has, and which the lookup finds."""

    _desk: Desk
    _board: Board
    _settler: Settler
    _view_counts: ViewCounts
    _threads: Threads

    def note(self, change: Change) -> None:
        """A change is on disk, or undone, or redone."""
        worklist = self._board.worklist
        for name in change.names:
            self._view_counts.note(name)
        if change.names and any(map(self._asks, (worklist.view_query, worklist.words))):
            self._threads.run(lambda stopped: self._read(change.names, stopped), "confirmed")

    def _asks(self, query: str) -> bool:
        try:
            return any(map(asks_the_journal, self._desk.lookup.parse(query).conditions))
        except QueryError:
            return False

    def _read(self, names: Sequence[str], is_stopped: IsStopped) -> None:
        """In a thread: read the journal, which may be long."""
        with suppress(JournalError):
            self._desk.confirmed.now()
            if not is_stopped():
                self._threads.back(lambda: self._threads.start(self._look(names), "confirmed"))

    async def _look(self, names: Sequence[str]) -> None:
        """Give the sources rows, or dim them, some at a time."""
        board, worklist = self._board, self._board.worklist
        view, is_more = worklist.view, False
        if self._asks(worklist.view_query):
            rest = iter(self._desk.vault.known(names))
            while part := list(islice(rest, _PART)):
                for source in part:
                    is_more |= worklist.look_again(source)
                await self._threads.pause(_PAUSE)
                if worklist.view != view:
                    return
        if is_more or self._asks(worklist.words):
            board.renew({}, board.rows.here)
        else:
            board.rows.recolour(names)
        board.outdate("figures")
        if len(names) == 1:
            self._settler.go_on(names)
