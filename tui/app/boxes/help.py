"""HelpBox: every key, in two columns where the screen is wide enough."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.app.boxes.picker import Picker
from tui.session.option import Option
from tui.session.questions import ShowHelp

TWO_FROM = 100
"""Cells of a screen from which there are two columns."""


class HelpBox(Picker):
    """Returns the chosen command; while nothing is typed, → and ← go to the other column."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "aside(1)", "right column", show=False, priority=True),
        Binding("left", "aside(-1)", "left column", show=False, priority=True),
    ]
    widest = 116

    def __init__(self, question: ShowHelp) -> None:
        super().__init__(question)

    @property
    def is_in_two(self) -> bool:
        """Whether there are two columns."""
        return self.app.size.width >= TWO_FROM and not self._typed.strip()

    def beside(self, option: Option) -> str:
        """The command's id, and its meaning where the columns have no room for that."""
        meaning = option.note if self.is_in_two else ""
        return " · ".join(filter(None, (meaning, option.id)))

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Leave → and ← to the field once something is typed."""
        return action != "aside" or self.is_in_two

    def action_aside(self, by: int) -> None:
        """Move the cursor to the other column."""
        self._list.move_aside(by)
