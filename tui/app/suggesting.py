"""Suggester: learns in a thread, and shows what is suggested for the source under the cursor."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from tui.app import garbage
from tui.errors import QueryError
from tui.state.log import tell_fault
from tui.suggest.taking import news

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.app.screens.triage import TriageScreen
    from tui.suggest.suggestions import Suggestions
    from tui.vault.source import Source

_SLICE, _PAUSE = 0.004, 0.004
"""Seconds spent on learning at a time, and then left to the keyboard."""
_SETTLED = 0.3
"""Seconds between two exclusions of what was learnt from garbage collection."""
_QUIET, _REST = 5.0, 10
"""Seconds without a change before learning from scratch; at least ``_REST`` times its duration."""


class Suggester:
    """Suggests for one screen."""

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen
        self._learner = screen.desk.learner
        self._learner.in_background = True
        self._learner.judge.on_asked = lambda: screen.call_later(self._go_on)
        self._working = False
        self._longest = 0.0
        """The longest time that learning took, in seconds."""
        self._quiet: Timer | None = None
        """Runs until everything is learnt from scratch again."""
        self._shown: Source | None = None
        self._coming = False
        """Whether an answer for the panes is pending."""
        self._fault = ""
        """The error after which nothing is learnt or suggested."""

    # Learning

    def start(self) -> None:
        """Learn from the vault, which has just been read."""
        self._screen.desk.lookup.on_note = self._note
        self._learner.begin_anew()
        self._go_on()

    def _note(self, name: str) -> None:
        self._learner.note(name)
        self._go_on()

    def _go_on(self) -> None:
        if self._working or self._screen.loader.busy or not self._learner.has_work or self._fault:
            return
        self._working = True
        self._screen.run_worker(self._learn, thread=True, group="suggest", exit_on_error=False)

    def _learn(self) -> None:
        worker = get_current_worker()
        began = settled = time.monotonic()
        try:
            end = settled + _SLICE
            for _ in self._learner.steps():
                if time.monotonic() < end:
                    continue
                if worker.is_cancelled:
                    return
                if end > settled + _SETTLED:
                    garbage.let_go()
                    garbage.keep()
                    settled = end
                time.sleep(_PAUSE)
                self._screen.sluice.give_way()
                end = time.monotonic() + _SLICE
        except Exception as error:
            self._give_up(error)
            return
        finally:
            self._working = False
            self._longest = max(self._longest, time.monotonic() - began)
        self._screen.app.call_from_thread(self._show_learnt)

    def _show_learnt(self) -> None:
        """Show what was learnt."""
        self.show(self._screen.current)
        if self._learner.judge.unanswered:
            self._learner.judge.unanswered = False
            self._renew()
        self._go_on()
        self._learn_anew_later()

    def _learn_anew_later(self) -> None:
        """Learn from scratch once nothing changes for a while, as the next start would."""
        if self._quiet is not None:
            self._quiet.stop()
        if self._learner.is_stale:
            wait = max(_QUIET, _REST * self._longest)
            self._quiet = self._screen.set_timer(wait, self._learn_anew)

    def _learn_anew(self) -> None:
        if self._learner.is_stale and not self._working:
            self._learner.begin_anew()
            self._go_on()

    def _renew(self) -> None:
        """Renew a queue of doubtful categories, now that more sources are judged."""
        screen = self._screen
        if screen.loader.busy or not self._is_asked_for():
            return
        if not screen.worklist.looking_up:
            screen.worklist.renew()
        name = screen.current.name if screen.current else ""
        screen.refresh_queue(name, screen.queue.cursor or 0, screen.queue.first_row)

    def _is_asked_for(self) -> bool:
        """Whether the queue shows sources with doubtful categories."""
        worklist, lookup = self._screen.worklist, self._screen.desk.lookup
        try:
            conditions = lookup.parse(worklist.words or worklist.view_query).conditions
        except QueryError:
            return False
        return any(
            condition.kind == "has" and any(value.text == "doubt" for value in condition.values)
            for condition in conditions
        )

    # Answers

    @property
    def refusal(self) -> str:
        """Why there are no suggestions; empty when there may be some."""
        return self._fault or self._learner.refusal

    def of(self, source: Source) -> Suggestions | None:
        """The suggestions for a source; None until something is learnt."""
        if self._fault:
            return None
        try:
            return self._learner.of(source)
        except Exception as error:
            self._give_up(error)
            return None

    def _give_up(self, error: Exception) -> None:
        """Turn suggestions off: an error in them must not end the app."""
        self._fault = f"Suggestions are off. {tell_fault(error)}"

    def sureness(self, names: Iterable[str]) -> dict[str, float]:
        """How probable each source's category is, as far as known."""
        return self._learner.sureness(names)

    # In the panes

    def show(self, source: Source | None) -> None:
        """Show the suggestions for the source, after everything else."""
        before, self._shown = self._shown, source
        if before is None or source is None or before.name != source.name:
            self._screen.category.suggest(None)
            self._screen.status.suggest(None)
        if source is not None and not self._coming:
            self._coming = True
            self._screen.call_after_refresh(self._answer)

    def _answer(self) -> None:
        self._coming = False
        source, screen = self._shown, self._screen
        if source is None:
            return
        found, schema = self.of(source), screen.desk.schema
        screen.category.suggest(news(source, schema.category, found.category) if found else None)
        screen.status.suggest(news(source, schema.tier, found.tier) if found else None)
