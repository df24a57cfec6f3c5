"""Samples: the samples that a rapid pass can ask about, one for each field that passes ask for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tui.desk import Desk
from tui.session.flow.accepter import Accepter
from tui.session.flow.suggester import Suggester
from tui.session.model.board import Board
from tui.session.ports import Ask, Tell
from tui.session.work.sample import Sample, name_of, sampled
from tui.triage.passes import Pass


@dataclass(eq=False)
class Samples:
    """Draws samples, and goes on with the one of the same group that is not finished."""

    _desk: Desk
    _board: Board
    _suggester: Suggester
    _accepter: Accepter
    _ask: Ask
    _tell: Tell

    def __post_init__(self) -> None:
        self._drawn: dict[str, Sample] = {}
        """The last one for each field, by its name."""

    def rows(self) -> list[tuple[str, str, str]]:
        """The name, the label and the words of each, for a picker."""
        rows, size = self._board.rows, self._desk.schema.sample.size
        sources = self._board.marked_sources if rows.marked else rows.sources
        found = []
        for name, asks in self._asked.items():
            field = self._desk.schema.fields[asks.ask]
            count = sum(1 for one in sources if not one.problem and field.value_in(one))
            # Which of them a person confirmed is in the journal, which takes longer to read.
            words = f"{min(size, count):,} of up to {count:,}, drawn at random"
            word = self._desk.schema.roles.word_for(field.name)
            found.append((name, asks.name, words if count else f"no source here has a {word}"))
        return found

    @property
    def _asked(self) -> dict[str, Pass]:
        """What is asked: the first pass that asks for a field has the answers."""
        found = dict[str, Pass]()
        for one in self._desk.schema.passes.values():
            if one.ask and (name := name_of(one.ask)) not in found:
                found[name] = sampled(one, self._desk.schema.roles.word_for(one.ask))
        return found

    def make(self, name: str) -> Sample:
        """The sample with that name."""
        known = self._drawn.get(name)
        if known is not None and known.goes_on_with(self._names):
            return known
        drawn = Sample(
            self._asked[name],
            self._desk,
            self._board,
            self._suggester,
            self._ask,
            self._accepter,
            self._tell,
        )
        self._drawn[name] = drawn
        return drawn

    @property
    def _names(self) -> Collection[str]:
        rows = self._board.rows
        return rows.marked or [source.name for source in rows.sources]
