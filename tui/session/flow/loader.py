"""Loader: reads the vault in a thread while the screen answers keys."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import UTC, datetime

from tui.desk import Desk
from tui.display import clean
from tui.errors import JournalError, SluiceError
from tui.session.flow import garbage
from tui.session.flow.calls import Back, unless_stopped
from tui.session.model.board import Board
from tui.session.model.memory import Memory
from tui.session.model.reading import ReadingState
from tui.session.model.worklist import Found
from tui.session.ports import IsStopped, Tell, Threads
from tui.state.log import tell_fault
from tui.triage.order import Order
from tui.triage.pace import Move, Moves, moves_in
from tui.vault.history.change import last_value
from tui.vault.source import Source

INDEXED = 50
"""Sources indexed between two checks for cancellation."""


@dataclass(eq=False)
class Loader:
    """Reads every source of the vault, at the start and on request.

    It reads ``batch`` sources at a time, and shows them every ``shown_every`` seconds. What is
    read again of a ``large`` vault is excluded from garbage collection.

    ``on_sources`` gets the sources of a first reading. ``on_read`` is called when all are read,
    ``on_indexed`` when lookups find them, ``at_last`` when nothing is left to do.
    """

    _desk: Desk
    _board: Board
    _reading: ReadingState
    _moves: Moves
    _memory: Memory
    _threads: Threads
    _tell: Tell
    _: KW_ONLY
    batch: int
    shown_every: float
    large: int
    on_sources: Callable[[list[Source]], object]
    on_read: Callable[[], object]
    on_indexed: Callable[[], object]
    at_last: Callable[[], object]

    def __post_init__(self) -> None:
        self._began = 0.0
        self._shown: list[Callable[[], object]] = []
        """What to call once sources are on the screen."""

    def when_shown(self, call: Callable[[], object]) -> None:
        """Call a function once sources are on the screen, or once there are none."""
        if self._reading.busy:
            self._shown.append(call)
        else:
            call()

    def start(self) -> None:
        """Read the vault again; a reading under way is cancelled."""
        self._reading.begin()
        # A file system's clock may be slightly behind.
        self._began = time.time() - 1
        self._threads.run(self._work, "vault", exclusive=True)

    def _work(self, is_stopped: IsStopped) -> None:
        vault, back = self._desk.vault, unless_stopped(self._threads, is_stopped)
        again = vault.is_read
        try:
            reads = self._read_anew if again else self._read_first
            read = reads(is_stopped, back)
            if not read:
                return
            moves = self._moves_made()
        except SluiceError as error:
            back(self._fail, str(error))
            return
        except Exception:
            # An error in sluice, which is logged; keys must not wait forever.
            back(self._fail, "sluice could not finish reading the vault; see sluice.log.")
            raise
        back(self._finish, moves)
        try:
            self._index(is_stopped, back)
        except Exception as error:
            # Lookups then index what they need themselves, more slowly.
            tell_fault(error)
        back(self.at_last)
        if not again or vault.count >= self.large:
            garbage.keep()
        _give_back_memory()

    def _read_first(self, is_stopped: IsStopped, back: Back) -> bool:
        """Read every source and show it at once; returns whether all were read."""
        unseen: list[Source] = []
        due = 0.0
        for batch in self._desk.vault.batches(self.batch):
            if is_stopped():
                return False
            self._threads.give_way()
            unseen += self._seen(batch)
            if time.monotonic() >= due:
                back(self._show_read, unseen)
                garbage.keep()
                unseen, due = [], time.monotonic() + self.shown_every
        back(self._show_read, unseen)
        return not is_stopped()

    def _seen(self, batch: list[Source]) -> list[Source]:
        """The sources, indexed so that lookups find them."""
        lookup, find = self._desk.lookup, self._desk.vault.find
        # Their bodies are read once everything is on the screen.
        lookup.bodies.read_in_background()
        lookup.extend(batch)
        # A key may have changed one since it was read, such as that for undo.
        found = [(source, find(source.name)) for source in batch]
        lookup.extend(now for source, now in found if now is not None and now is not source)
        return batch

    def _read_anew(self, is_stopped: IsStopped, back: Back) -> bool:
        """Read every source and show them all at the end; returns whether all were read."""
        garbage.let_go()
        count = 0
        for batch in self._desk.vault.batches(self.batch):
            if is_stopped():
                return False
            self._threads.give_way()
            count += len(batch)
            back(self._show_count, count)
        self._desk.lookup.replace(lambda: self._desk.vault.sources)
        worklist = self._board.worklist
        query, order = worklist.view_query, worklist.order
        back(self._show_anew, query, order, worklist.names_of(query, order))
        return not is_stopped()

    def _index(self, is_stopped: IsStopped, back: Back) -> None:
        """Update the index before the first lookup needs it."""
        from tui.search.building import APART, build_apart  # noqa: PLC0415 - after the first frame

        desk = self._desk
        lookup = desk.lookup

        def build() -> bool:
            return build_apart(
                desk.vault.root,
                desk.cache,
                desk.index_file,
                desk.schema.lookup,
                lambda: not is_stopped(),
                desk.schema.rule,
            )

        lookup.load()
        if lookup.waiting > APART and build():
            lookup.load(again=True)
        while not is_stopped() and lookup.prepare(INDEXED):
            self._threads.give_way()
        if lookup.is_worth_saving and not is_stopped():
            if desk.vault.count > APART:
                build()
            else:
                lookup.save()
        back(self.on_indexed)

    def _moves_made(self) -> list[Move]:
        """Which source moved on when; empty, with a warning, when the journal is unreadable."""
        vault, roles = self._desk.vault, self._desk.schema.roles
        try:
            vault.journal.trim()
            log = vault.log()
            self._remember(last_value(log, roles.category))
            return moves_in(log, self._desk.schema)
        except JournalError as error:
            self._threads.back(self._tell.report, str(error))
            return []

    def _remember(self, category: object) -> None:
        """Take the last category from the journal, unless one was set meanwhile."""
        if isinstance(category, str) and not self._memory.category:
            self._memory.take_category(category)

    # Where keys are answered

    def _show_read(self, sources: list[Source]) -> None:
        # As they are by now.
        self.on_sources(self._desk.vault.known(source.name for source in sources))
        self._show_count(self._desk.vault.count)
        if sources:
            self._call_shown()

    def _show_count(self, count: int) -> None:
        self._reading.came_to(count)
        self._board.outdate("figures")

    def _fail(self, sentence: str) -> None:
        self._reading.end()
        self._board.rows.say_when_empty(f"Could not read the vault\n{clean(sentence)}")
        self._tell.say(sentence, "error")
        self._call_shown()

    def _call_shown(self) -> None:
        shown, self._shown = self._shown, []
        for call in shown:
            call()

    def _show_anew(self, query: str, order: Order | None, found: Found) -> None:
        board, worklist = self._board, self._board.worklist
        name, row = board.rows.here, board.rows.cursor or 0
        if (query, order) == (worklist.view_query, worklist.order):
            worklist.take_view(worklist.view, found)
        else:
            worklist.renew()
        board.refresh(name, row)

    def _finish(self, moves: list[Move]) -> None:
        self._reading.end()
        # Decisions made during the reading may not have been in the journal yet.
        began = datetime.fromtimestamp(self._began, UTC)
        own = [move for move in self._moves if move[0] >= began]
        names = {name for _, name in own}
        known = [move for move in moves if move[0] < began or move[1] not in names]
        self._moves.replace(known + own)
        self.on_read()
        self._call_shown()


def _give_back_memory() -> None:
    """Return the memory that reading and indexing needed, about a tenth of all."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - once, in a thread

        try:
            ctypes.CDLL("libc.so.6").malloc_trim(0)
        except (OSError, AttributeError):
            # Another C library, which manages memory its own way.
            return
