"""RowSuggestions: which rows in sight have a suggestion that their source does not have."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import NamedTuple

from tui.desk import Desk
from tui.session.flow.slices import in_slices
from tui.session.flow.suggester import Suggester
from tui.session.model.rows import Rows
from tui.session.ports import IsStopped, Panes, Threads
from tui.session.update import PROPOSED, SUGGESTED
from tui.suggest.suggestions import Suggestions
from tui.suggest.taking import is_offered
from tui.vault.source import Source


class _Judged(NamedTuple):
    """What is known of a source."""

    source: Source
    version: int
    """What had been learnt by then."""
    is_news: bool


@dataclass(eq=False)
class RowSuggestions:
    """Judges the rows in sight in a thread, once nothing has moved for ``rest`` seconds.

    No more than ``kept`` answers stay.
    """

    _desk: Desk
    _rows: Rows
    _suggester: Suggester
    _panes: Panes
    _threads: Threads
    _: KW_ONLY
    rest: float
    kept: int

    def __post_init__(self) -> None:
        self._known: dict[str, _Judged] = {}
        self._asked = 0.0
        """When something unknown was in sight last."""
        self.busy = False
        """Whether the rows in sight will be judged soon, or are being judged."""

    def is_news(self, source: Source) -> bool:
        """Whether something is suggested that a source does not have, as far as known.

        A row asks whenever it is drawn; what is unknown is judged later.
        """
        known = self._known.get(source.name)
        if not self._is_current(known, source):
            self.judge_later()
        return known is not None and known.source is source and known.is_news

    def sign(self, source: Source) -> str:
        """The symbol of what is proposed for a source, else of what is suggested; or nothing."""
        if self._desk.proposals.of(source):
            return PROPOSED
        return SUGGESTED if self.is_news(source) else ""

    def _is_current(self, known: _Judged | None, source: Source) -> bool:
        version = self._suggester.version
        # Nothing is learnt at version 0: there is nothing to judge by.
        return not version or (
            known is not None and known.source is source and known.version == version
        )

    def judge_later(self) -> None:
        """Judge the rows in sight soon: the keys come first."""
        self._asked = time.monotonic()
        if not self.busy:
            self.busy = True
            self._threads.after(self.rest, self._begin)

    def _begin(self) -> None:
        wait = self.rest - (time.monotonic() - self._asked)
        if wait > 0:
            self._threads.after(wait, self._begin)
        elif sources := self._unknown():
            self._threads.run(lambda is_stopped: self._judge(sources, is_stopped), "rows")
        else:
            self.busy = False

    def _unknown(self) -> list[Source]:
        """The open sources in sight of which nothing is known."""
        rows, first = self._rows, self._panes.first_row
        in_sight = map(rows.source_at, range(first, first + self._panes.page_rows + 1))
        return [
            source
            for source in in_sight
            if source is not None
            and not rows.is_dimmed(source.name)
            and not self._is_current(self._known.get(source.name), source)
        ]

    def _judge(self, sources: Sequence[Source], is_stopped: IsStopped) -> None:
        """In a thread: find what is suggested for the sources."""
        try:
            version = self._suggester.version
            asked = in_slices(sources, self._threads, is_stopped)
            found = [(source, self._suggester.glance(source)) for source in asked]
            if is_stopped():
                return
            self._threads.back(self._take, found, version)
        except Exception:
            # It is told; the next rows are judged nevertheless.
            self._threads.later(self._end)
            raise

    def _end(self) -> None:
        self.busy = False

    def _take(self, found: Sequence[tuple[Source, Suggestions | None]], version: int) -> None:
        changed = []
        for source, suggestions in found:
            before = self._known.pop(source.name, None)
            news = suggestions is not None and is_offered(
                self._desk.schema, source, self._desk.learner.opened(source, suggestions)
            )
            self._known[source.name] = _Judged(source, version, news)
            if news != (before is not None and before.is_news):
                changed.append(source.name)
        # Those in sight stay, or they would be judged forever.
        most = max(self.kept, self._panes.page_rows + 1)
        while len(self._known) > most:
            del self._known[next(iter(self._known))]
        self._rows.recolour(changed)
        self.busy = False
        if self._unknown():
            # Others came into sight, or more was learnt.
            self.judge_later()
