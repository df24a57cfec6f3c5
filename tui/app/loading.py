"""Loader: reads the vault in a thread while the screen answers keys."""

from __future__ import annotations

import gc
import time
from datetime import datetime
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from tui.display import clean
from tui.errors import JournalError, SluiceError
from tui.triage.pace import moves_in

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

BATCH = 400
"""Sources that are read between two looks at the keyboard."""
INDEXED = 50
"""Sources that are indexed between two looks at whether to go on."""


class Loader:
    """Reads every source of the screen's vault, at the start and on request."""

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen
        self.busy = True
        """Whether the vault is being read: nothing can be decided until it is there."""
        self._began = 0.0

    def start(self) -> None:
        """Read the vault anew; a reading under way is given up."""
        self.busy = True
        # A file system's clock may be a little behind.
        self._began = time.time() - 1
        self._screen.run_worker(
            self._read, thread=True, exclusive=True, group="vault", exit_on_error=False
        )

    def _read(self) -> None:
        worker, app = get_current_worker(), self._screen.app
        vault = self._screen.desk.vault
        count = 0
        try:
            for batch in vault.batches(BATCH):
                if worker.is_cancelled:
                    return
                count += len(batch)
                app.call_from_thread(self._screen.show_reading, count)
            moves = self._moves()
        except SluiceError as error:
            app.call_from_thread(self._fail, str(error))
            return
        except Exception:
            # A fault of ours: the log gets its place, and the keys must not wait for ever.
            app.call_from_thread(self._fail, "The vault could not be read to its end; see the log.")
            raise
        app.call_from_thread(self._finish, moves)
        # The index before anybody looks for something: the first letter need not wait.
        while not worker.is_cancelled and self._screen.desk.lookup.prepare(INDEXED):
            pass
        # What stays as long as the vault is open need not be looked through for garbage.
        gc.freeze()

    def _moves(self) -> list[tuple[datetime, str]]:
        """When which source moved on; none, said why, where the journal cannot be read."""
        vault, status = self._screen.desk.vault, self._screen.desk.schema.roles.status
        try:
            vault.trim_journal()
            return moves_in(vault.log(), status)
        except JournalError as error:
            self._screen.app.call_from_thread(self._screen.say, str(error), "warning")
            return []

    def _fail(self, sentence: str) -> None:
        self.busy = False
        self._screen.queue.empty_text = f"The vault cannot be read\n{clean(sentence)}"
        self._screen.say(sentence, "error")

    def _finish(self, moves: list[tuple[datetime, str]]) -> None:
        self.busy = False
        screen = self._screen
        screen.moves = moves
        screen.desk.lookup.replace(screen.desk.vault.sources)
        name = screen.current.name if screen.current else ""
        row = screen.queue.cursor or 0
        screen.worklist.open_view(screen.worklist.view)
        screen.refresh_queue(name, row)
        screen.show_keys()
        screen.outside.start(self._began)
