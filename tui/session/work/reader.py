"""Reader: shows a source in full screen, and the statistics of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from tui.desk import Desk
from tui.errors import JournalError
from tui.session.flow.saver import Saver
from tui.session.last_body import LastBody
from tui.session.model.worklist import Worklist
from tui.session.ports import Ask, IsStopped, OpenBox, Tell, Threads
from tui.session.questions import Fresh, ReadSource, ShowStatistics, Statistics
from tui.triage.picture import picture_of
from tui.triage.stats import stats_of
from tui.vault.source import Source


@dataclass(eq=False)
class Reader:
    """Keeps what it shows up to date while other programs write."""

    _desk: Desk
    _worklist: Worklist
    _bodies: LastBody
    _saver: Saver
    _threads: Threads
    _ask: Ask
    _tell: Tell

    def __post_init__(self) -> None:
        self._box: OpenBox | None = None
        self._name = ""
        """The source that the box shows."""
        self._statistics: OpenBox | None = None

    def read(self, source: Source) -> None:
        """Show a source in full screen."""
        self._name = source.name
        body, words = self._bodies.of(source), self._worklist.lit
        self._box = self._ask.ask(ReadSource(source, body, words))

    def show_statistics(self) -> None:
        """Show the distribution: now, and again once the latest decisions are in the journal."""
        self._statistics = self._ask.ask(ShowStatistics(partial(picture_of, self._desk.schema)))
        self._count()
        if self._saver.busy:
            self._saver.when_idle(self._count)

    def take(self, fresh: Mapping[str, Source]) -> None:
        """Show changed sources, by their names."""
        box, source = self._box, fresh.get(self._name)
        if box is not None and box.is_on_top and source is not None:
            box.show(Fresh(source, self._bodies.of(source)))
        if self._statistics is not None and self._statistics.is_on_top:
            self._count()

    def _count(self) -> None:
        """Count the sources as they are now, in a thread."""
        box, sources = self._statistics, self._desk.vault.sources
        if box is not None and box.is_open:
            self._threads.run(partial(self._count_in, box, sources), "stats", exclusive=True)

    def _count_in(self, box: OpenBox, sources: Sequence[Source], is_stopped: IsStopped) -> None:
        schema, today = self._desk.schema, date.today()
        try:
            stats = stats_of(schema, sources, self._desk.vault.log(), today)
        except JournalError as error:
            self._threads.back(self._tell.say, str(error), "warning")
            stats = stats_of(schema, sources, (), today)
        if not is_stopped():
            self._threads.back(box.show, Statistics(stats))
