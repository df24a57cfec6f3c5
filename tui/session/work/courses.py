"""Courses: what a rapid pass can ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass

from tui.desk import Desk
from tui.session.flow.suggester import Suggester
from tui.session.model.board import Board
from tui.session.option import SLOTS, Option
from tui.session.ports import Ask
from tui.session.work.course import Course
from tui.session.work.proposal_course import ASKS, PROPOSALS, ProposalCourse, count_of
from tui.session.work.proposer import Proposer
from tui.session.work.samples import Samples


@dataclass(eq=False)
class Courses:
    """The courses there are: the passes of the schema, one for proposals, and the samples.

    ``is_saving`` says whether a change is not on disk yet.
    """

    _desk: Desk
    _board: Board
    _suggester: Suggester
    _proposer: Proposer
    _samples: Samples
    _ask: Ask
    _: KW_ONLY
    is_saving: Callable[[], bool]

    def __post_init__(self) -> None:
        self._last = ""
        """The pass of the schema that was started last."""

    def name_after(self, last: Course | None) -> str:
        """The name of the one to start after another one; empty without any.

        In the view of proposals it is theirs, else the last pass of the schema, or the first one.
        """
        is_view = self._board.worklist.view_query == ASKS.find
        if (is_view or (last is not None and last.name == PROPOSALS)) and self._proposed:
            return PROPOSALS
        return self._last or next(iter(self._desk.schema.passes), "")

    @property
    def _proposed(self) -> str:
        """How many proposals there are; empty without any."""
        names = self._desk.proposals.pending.names
        return count_of(self._desk.vault.known(names), self._proposer)

    def options(self) -> list[Option]:
        """All of them, for a picker."""
        rows = [(name, name, one.meaning) for name, one in self._desk.schema.passes.items()]
        if proposed := self._proposed:
            rows.append((PROPOSALS, ASKS.name, proposed))
        rows += self._samples.rows()
        slots = [*SLOTS, *[""] * len(rows)]
        return [Option(*row, slot=slot) for row, slot in zip(rows, slots, strict=False)]

    def make(self, name: str) -> Course:
        """The course with that name."""
        desk, board, suggester, ask = self._desk, self._board, self._suggester, self._ask
        if name == PROPOSALS:
            return ProposalCourse(
                ASKS, desk, board, suggester, ask, self._proposer, is_saving=self.is_saving
            )
        if (asks := desk.schema.passes.get(name)) is None:
            return self._samples.make(name)
        self._last = name
        return Course(asks, desk, board, suggester, ask)
