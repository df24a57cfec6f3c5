"""Course: what a rapid pass asks about which sources, and what its answers do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from time import monotonic

from tui.desk import Desk
from tui.session.flow.decider import Make
from tui.session.flow.saver import Save
from tui.session.flow.suggester import Suggester
from tui.session.model.board import Board
from tui.session.model.rows import SourceRow
from tui.session.ports import Ask
from tui.session.questions import ShowSummary
from tui.triage import changes
from tui.triage.passes import Answer, Pass
from tui.triage.round import Round
from tui.vault.source import Source

KEPT = "unchanged"
"""The name of the answer that keeps the value."""
CERTAINTY = "certainty"
"""The order that has to be learnt."""
PATIENCE = 3.0
"""Seconds that a pass in that order waits until it is known."""


@dataclass(eq=False)
class Course:
    """The course that a pass of the schema takes. Others override what they do differently."""

    asks: Pass
    """The question. Its answers are those of the field it asks for, and its own."""
    _desk: Desk
    _board: Board
    _suggester: Suggester
    _ask: Ask

    takes_long = False
    """Whether its sources are always found in a thread."""
    moves_on = True
    """Whether a source whose status changes while it is in hand is finished."""
    enters = "keep"
    """What enter does, for the key bar."""

    def __post_init__(self) -> None:
        self._begun = monotonic()

    @property
    def name(self) -> str:
        """What tells it from the other courses."""
        return self.asks.name

    # Which sources

    @property
    def waits(self) -> bool:
        """Whether its order is not known yet, but may be in a moment."""
        is_learnt = self.asks.sort.removeprefix("-") == CERTAINTY
        return is_learnt and self._suggester.has_work and monotonic() < self._begun + PATIENCE

    def find(self) -> Callable[[], list[str]]:
        """How to find the names of its sources; the function that it returns may take long."""
        rows = self._board.rows
        below = (row for row in rows.all[rows.cursor or 0 :] if isinstance(row, SourceRow))
        names = list(rows.marked) or [row.source.name for row in below]
        return lambda: self._among(names)

    def _among(self, shown: list[str]) -> list[str]:
        """The sources of the pass among those shown; if there are none, all of its sources."""
        found = self._desk.matching(self.asks.find)
        known = {source.name for source in found}
        names = [name for name in shown if name in known] or [source.name for source in found]
        if not self.asks.sort:
            return names
        order = self._desk.orders.read(self.asks.sort, found)
        return [source.name for source in order.sort(self._desk.vault.known(names))]

    def begin(self, names: list[str]) -> Round[Save]:
        """Ask about these sources, in this order."""
        return Round(names)

    @property
    def without_sources(self) -> Sequence[str]:
        """What to say when it finds none, a sentence per line."""
        find = self.asks.find
        none = f"Nothing matches {find}" if find else "There are no sources"
        return (f"No sources left in the pass {self.asks.name}", none)

    def wants(self, _: Source) -> bool:
        """Whether there is still something to ask about a source."""
        return True

    @property
    def is_stale(self) -> bool:
        """Whether there is something else to ask about the source in hand, or nothing more."""
        return False

    @property
    def sentence(self) -> str:
        """What it asks about the source in hand alone; empty where the question says it."""
        return ""

    # What its answers do

    def show(self, source: Source | None) -> None:
        """Another source is in hand, or none."""

    @property
    def answers(self) -> Sequence[Answer]:
        """The answers about the source in hand."""
        return self.asks.answers

    @property
    def keeping(self) -> Answer:
        """The answer that keeps the value."""
        return Answer("", KEPT, (), self.asks.then, self.asks.ask)

    def change(self, answer: Answer) -> Make:
        """The change that an answer makes."""
        return lambda schema, sources: changes.answer(schema, sources, date.today(), answer)

    def told(self, source: Source, answer: Answer) -> str:
        """What the summary counts an answer as."""
        if not answer.keeps:
            return answer.name
        return self._desk.schema.fields[answer.keeps].value_in(source) or answer.name

    def notes(self, _: Answer) -> bool:
        """Whether an answer only notes something, and writes no file."""
        return False

    @property
    def commands(self) -> Mapping[str, Answer]:
        """The answers that commands give, where they do something else in other courses."""
        return {}

    def skip(self) -> None:
        """The source in hand is skipped."""

    def unskip(self) -> None:
        """The source that was skipped last is in hand again."""

    # The end

    def end(self, done: Round[Save], run: Callable[[Course], object]) -> None:
        """Show the results; ``run`` runs a course, such as the same pass again."""
        schema = self._desk.schema
        targets = schema.targets if self.asks.ask == schema.roles.tier else {}
        question = ShowSummary(self.asks.name, done.summary(), targets)
        self._ask.ask(question, lambda goes_on: run(replace(self)) if goes_on else None)
