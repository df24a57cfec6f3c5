"""ProposalNews: shows what others propose while the app is open, and what is proposed no longer."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass
from itertools import islice

from tui.desk import Desk
from tui.errors import QueryError, StorageError
from tui.search.filters import asks_for_proposals
from tui.session.flow.slices import PAUSE, in_slices
from tui.session.flow.view_counts import ViewCounts
from tui.session.model.board import Board
from tui.session.model.reading import ReadingState
from tui.session.ports import IsStopped, Tell, Threads
from tui.state.log import tell_fault
from tui.triage.pending import Pending


@dataclass(eq=False)
class ProposalNews:
    """Looks every ``later`` seconds whether the file with proposals has changed.

    It is read in a thread, which also works out what can be taken: a key never waits for that.
    """

    _desk: Desk
    _board: Board
    _view_counts: ViewCounts
    _reading: ReadingState
    _threads: Threads
    _tell: Tell
    _: KW_ONLY
    later: float

    def __post_init__(self) -> None:
        self._proposals = self._desk.proposals
        self._proposals.hold()
        self._shown = self._seen = self._proposals.pending
        """What rows and counts show; what the source under the cursor shows."""
        self._reads = self._works = False

    # Looking

    def start(self) -> None:
        """Look now, and from now on."""
        self.look()
        self._threads.after(self.later, self.start)

    def look(self) -> None:
        """Read the file if it has changed."""
        if not self._reads and self._proposals.is_new:
            self._reads = True
            self._threads.run(self._read, "proposals")

    def _read(self, _: IsStopped) -> None:
        """In a thread: read the file."""
        sentence = ""
        try:
            self._proposals.renew()
        except StorageError as error:
            sentence = str(error)
        except Exception as error:
            sentence = tell_fault(error)
        self._threads.back(self._take, sentence)

    def _take(self, sentence: str) -> None:
        self._reads = False
        if sentence:
            self._tell.report(sentence, "error")

    def rename(self, old: str, new: str) -> None:
        """Follow a file that was renamed."""
        if self._proposals.pending.is_for(old):
            self._threads.run(lambda _: self._move(old, new), "proposals")

    def _move(self, old: str, new: str) -> None:
        with suppress(StorageError):
            # If this fails, they are found by the file's version and id.
            self._proposals.rename(old, new)
        self._threads.back(self.come)

    # Showing

    def come(self) -> None:
        """Show what is proposed now; once an event, before anything is drawn."""
        pending = self._proposals.pending
        if pending is not self._seen:
            self._seen = pending
            self._board.outdate("proposed", "asked")
        if pending is not self._shown and not self._works and not self._reading.busy:
            self._works = True
            before = self._shown
            self._threads.run(lambda stopped: self._compare(before, pending, stopped), "proposals")

    def _compare(self, before: Pending, after: Pending, is_stopped: IsStopped) -> None:
        """In a thread: find the sources for which something else is proposed than before."""
        find, changed = self._desk.vault.find, list[str]()
        try:
            for name in in_slices({*before.names, *after.names}, self._threads, is_stopped):
                if (source := find(name)) is not None and before.of(source) != after.of(source):
                    changed.append(name)
        except Exception as error:
            self._threads.back(self._tell.report, tell_fault(error), "error")
        if is_stopped():
            return
        self._threads.back(self._show, after, changed)

    def _show(self, pending: Pending, changed: Sequence[str]) -> None:
        self._shown, self._works = pending, False
        board = self._board
        board.rows.recolour(changed)
        for name in changed:
            self._view_counts.note(name)
        if not changed:
            return
        if self._is_asked_for(board.worklist.view_query):
            self._threads.start(self._let_in(changed), "proposals")
        elif self._is_asked_for(board.worklist.words):
            board.renew({}, board.here)

    def _is_asked_for(self, query: str) -> bool:
        try:
            return any(map(asks_for_proposals, self._desk.lookup.parse(query).conditions))
        except QueryError:
            return False

    async def _let_in(self, names: Sequence[str]) -> None:
        """Give the sources rows in the view, or dim them, some at a time."""
        board, known = self._board, self._desk.vault.known(names)
        worklist = board.worklist
        view, rest, is_more = worklist.view, iter(known), False
        while part := list(islice(rest, 50)):
            for source in part:
                is_more |= worklist.look_again(source)
            await self._threads.pause(PAUSE)
            if worklist.view != view:
                return
        if is_more or worklist.looking_up:
            board.renew({}, board.rows.here)
        else:
            board.rows.recolour(names)
        board.outdate("figures")
