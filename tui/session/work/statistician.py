"""Statistician: shows the distribution of all sources, and keeps it up to date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from tui.desk import Desk
from tui.errors import JournalError
from tui.session.flow.saver import Saver
from tui.session.flow.turner import Turner
from tui.session.keys.keymap import Keymap
from tui.session.ports import Ask, IsStopped, OpenBox, Tell, Threads
from tui.session.questions import ShowStatistics, Statistics
from tui.triage.picture import picture_of
from tui.triage.stats import stats_of
from tui.vault.source import Source


@dataclass(eq=False)
class Statistician:
    """Counts in a thread."""

    _desk: Desk
    _saver: Saver
    _turner: Turner
    _keymap: Keymap
    _threads: Threads
    _ask: Ask
    _tell: Tell

    def __post_init__(self) -> None:
        self._box: OpenBox | None = None

    def show(self) -> None:
        """Show the distribution: now, and again once the latest decisions are in the journal."""
        draw = partial(picture_of, self._desk.schema)
        question = ShowStatistics(
            draw,
            undo=lambda: self._turn(self._turner.undo),
            redo=lambda: self._turn(self._turner.redo),
            keymap=self._keymap,
        )
        self._box = self._ask.ask(question)
        self._count()
        if self._saver.busy:
            self._saver.when_idle(self._count)

    def _turn(self, turn: Callable[[], object]) -> None:
        turn()
        self._saver.when_idle(self._count)

    def count_again(self) -> None:
        """Count again what is shown: sources have changed."""
        if self._box is not None and self._box.is_on_top:
            self._count()

    def _count(self) -> None:
        """Count the sources as they are now, in a thread."""
        box, sources = self._box, self._desk.vault.sources
        if box is not None and box.is_open:
            self._threads.run(partial(self._count_in, box, sources), "stats", exclusive=True)

    def _count_in(self, box: OpenBox, sources: Sequence[Source], is_stopped: IsStopped) -> None:
        schema, today = self._desk.schema, date.today()
        try:
            stats = stats_of(schema, sources, self._desk.vault.log(), today)
            stats = self._desk.with_trust(stats, sources)
        except JournalError as error:
            self._threads.back(self._tell.say, str(error), "warning")
            stats = stats_of(schema, sources, (), today)
        if not is_stopped():
            self._threads.back(box.show, Statistics(stats))
