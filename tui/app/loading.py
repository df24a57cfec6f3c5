"""Loader: reads the vault in a thread while the screen answers keys."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from tui.app import garbage
from tui.display import clean
from tui.errors import JournalError, SluiceError
from tui.state.greeting import Greeting
from tui.state.log import tell_fault
from tui.triage.pace import Move, Moves, moves_in
from tui.vault.history.change import last_value
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen
    from tui.triage.order import Order

BATCH = 100
"""Sources read between two checks of the clock and of the keys."""
SHOWN = 0.1
"""Seconds between two updates of the screen."""
LARGE = 2_000
"""Sources from which a reread is excluded from garbage collection too.

What the screen shows at that moment is excluded with them, for good: 0.2 MB.
"""
INDEXED = 50
"""Sources indexed between two checks for cancellation."""


class Loader:
    """Reads every source of the screen's vault, at the start and on request."""

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen
        self.busy = True
        """Whether the vault is being read."""
        self._began = 0.0

    def start(self) -> None:
        """Read the vault again; a reading under way is cancelled."""
        self.busy = True
        # A file system's clock may be slightly behind.
        self._began = time.time() - 1
        self._screen.run_worker(
            self._work, thread=True, exclusive=True, group="vault", exit_on_error=False
        )

    def _work(self) -> None:
        app, vault = self._screen.app, self._screen.desk.vault
        again = vault.is_read
        try:
            read = self._read_anew() if again else self._read_first()
            if not read:
                return
            moves = self._moves()
        except SluiceError as error:
            app.call_from_thread(self._fail, str(error))
            return
        except Exception:
            # An error in sluice, which is logged; keys must not wait forever.
            app.call_from_thread(
                self._fail, "sluice could not finish reading the vault; see sluice.log."
            )
            raise
        app.call_from_thread(self._finish, moves)
        try:
            self._index()
        except Exception as error:
            # Lookups then index what they need themselves, more slowly.
            tell_fault(error)
        if not get_current_worker().is_cancelled:
            app.call_from_thread(self._screen.body_reader.start)
            app.call_from_thread(self._screen.suggester.start)
        if not again or vault.count >= LARGE:
            garbage.keep()
        _give_back_memory()

    def _read_first(self) -> bool:
        """Read every source and show it at once; returns whether all were read."""
        worker, app, screen = get_current_worker(), self._screen.sluice, self._screen
        unseen: list[Source] = []
        due = 0.0
        for batch in screen.desk.vault.batches(BATCH):
            if worker.is_cancelled:
                return False
            app.give_way()
            unseen += self._seen(batch)
            if time.monotonic() >= due:
                app.call_from_thread(screen.show_read, unseen)
                garbage.keep()
                unseen, due = [], time.monotonic() + SHOWN
        app.call_from_thread(screen.show_read, unseen)
        return not worker.is_cancelled

    def _seen(self, batch: list[Source]) -> list[Source]:
        """The sources, indexed so that lookups find them."""
        lookup = self._screen.desk.lookup
        # Their bodies are read once everything is on the screen.
        lookup.bodies.in_background = True
        lookup.extend(batch)
        return batch

    def _read_anew(self) -> bool:
        """Read every source and show them all at the end; returns whether all were read."""
        worker, app, screen = get_current_worker(), self._screen.sluice, self._screen
        garbage.let_go()
        count = 0
        for batch in screen.desk.vault.batches(BATCH):
            if worker.is_cancelled:
                return False
            app.give_way()
            count += len(batch)
            app.call_from_thread(screen.show_reading, count)
        screen.desk.lookup.replace(screen.desk.vault.sources)
        worklist = screen.worklist
        query, order = worklist.view_query, worklist.order
        app.call_from_thread(self._show_anew, query, order, worklist.names_of(query, order))
        return not worker.is_cancelled

    def _index(self) -> None:
        """Update the index before the first lookup needs it."""
        from tui.search.building import APART, build_apart  # noqa: PLC0415 - after the first frame

        worker, app, desk = get_current_worker(), self._screen.sluice, self._screen.desk
        lookup = desk.lookup

        def build() -> bool:
            return build_apart(
                desk.vault.root,
                desk.cache,
                desk.index_file,
                desk.schema.lookup,
                lambda: not worker.is_cancelled,
            )

        lookup.load()
        if lookup.waiting > APART and build():
            lookup.load(again=True)
        while not worker.is_cancelled and lookup.prepare(INDEXED):
            app.give_way()
        if lookup.is_worth_saving and not worker.is_cancelled:
            if desk.vault.count > APART:
                build()
            else:
                lookup.save()
        if not worker.is_cancelled:
            app.call_from_thread(self._screen.show_indexed)

    def _moves(self) -> list[Move]:
        """Which source moved on when; empty, with a warning, when the journal is unreadable."""
        vault, status = self._screen.desk.vault, self._screen.desk.schema.roles.status
        try:
            vault.journal.trim()
            log = vault.log()
            self._remember(last_value(log, self._screen.desk.schema.roles.category))
            return moves_in(log, status)
        except JournalError as error:
            self._screen.app.call_from_thread(self._screen.say, str(error), "warning")
            return []

    def _remember(self, category: object) -> None:
        """Take the last category from the journal, unless one was set meanwhile."""
        if isinstance(category, str) and not self._screen.decider.last_category:
            self._screen.decider.last_category = category

    def _fail(self, sentence: str) -> None:
        self.busy = False
        self._screen.queue.empty_text = f"Could not read the vault\n{clean(sentence)}"
        self._screen.say(sentence, "error")

    def _show_anew(self, query: str, order: Order | None, names: list[str]) -> None:
        screen = self._screen
        name = screen.current.name if screen.current else ""
        row = screen.queue.cursor or 0
        if (query, order) == (screen.worklist.view_query, screen.worklist.order):
            screen.worklist.take_view(screen.worklist.view, names)
        else:
            screen.worklist.renew()
        screen.refresh_queue(name, row)

    def _finish(self, moves: list[Move]) -> None:
        self.busy = False
        screen = self._screen
        # Decisions made during the reading may not have been in the journal yet.
        began = datetime.fromtimestamp(self._began, UTC)
        own = [move for move in screen.moves if move[0] >= began]
        names = {name for _, name in own}
        known = [move for move in moves if move[0] < began or move[1] not in names]
        screen.moves = Moves(known + own)
        screen.show_all_read()
        self._greet()
        screen.outside.start()

    def _greet(self) -> None:
        """Remember that the welcome was shown; close it if an empty queue needs its room."""
        screen, greeting = self._screen, Greeting(self._screen.desk.state)
        if not screen.queue.rows:
            screen.end_welcome()
        elif greeting.due:
            greeting.given()


def _give_back_memory() -> None:
    """Return the memory that reading and indexing needed, about a tenth of all."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - once, in a thread

        try:
            ctypes.CDLL("libc.so.6").malloc_trim(0)
        except (OSError, AttributeError):
            # Another C library, which manages memory its own way.
            return
