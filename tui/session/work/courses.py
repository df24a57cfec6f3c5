"""Courses: what a rapid pass can ask."""

from __future__ import annotations

from dataclasses import dataclass

from tui.desk import Desk
from tui.session.flow.suggester import Suggester
from tui.session.model.board import Board
from tui.session.option import Option
from tui.session.ports import Ask
from tui.session.work.course import Course


@dataclass(eq=False)
class Courses:
    """The courses there are: one for each pass of the schema."""

    _desk: Desk
    _board: Board
    _suggester: Suggester
    _ask: Ask

    @property
    def first(self) -> str:
        """The name of the first one; empty without any."""
        return next(iter(self._desk.schema.passes), "")

    def options(self) -> list[Option]:
        """All of them, for a picker."""
        return [
            Option(name, name, note=one.meaning, slot=str(number) if number < 10 else "")
            for number, (name, one) in enumerate(self._desk.schema.passes.items(), 1)
        ]

    def make(self, name: str) -> Course:
        """The course with that name."""
        asks = self._desk.schema.passes[name]
        return Course(asks, self._desk, self._board, self._suggester, self._ask)
