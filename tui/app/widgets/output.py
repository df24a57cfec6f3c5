"""OutputView: the output of a program, wrapped as it arrives."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from rich.segment import Segment
from textual.strip import Strip

from tui.app.widgets.line_view import LineView, strip_of
from tui.app.widgets.wrapping import wrap
from tui.display import clean_lines

TAKEN_AT_ONCE = 4_000
"""Rows that are wrapped in one go, so that keys are not held up."""


class OutputView(LineView):
    """Lines of text, each as many rows as it needs."""

    DEFAULT_CSS = """
    OutputView { background: $surface; scrollbar-background: $surface; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        self._rows: list[str] = []
        self._wrapped = 0
        """How many lines are already wrapped into rows."""
        self._wrapped_for = 0
        super().__init__(id=id)

    def take(self, lines: Sequence[str]) -> bool:
        """Show these lines, which continue those of the last call; whether all are shown.

        One call wraps a limited number: call it again until it returns True.
        """
        width = self.text_width
        if width != self._wrapped_for:
            self._rows, self._wrapped, self._wrapped_for = [], 0, width
        until = len(self._rows) + TAKEN_AT_ONCE
        before = self._wrapped
        for line in islice(lines, before, None):
            if len(self._rows) >= until:
                break
            text = clean_lines(line)
            self._rows += (text[start:end] for start, end in wrap(text, width))
            self._wrapped += 1
        if self._wrapped != before:
            self.set_line_count(len(self._rows))
            self.refresh()
        return self._wrapped == len(lines)

    def render_line(self, y: int) -> Strip:
        """Draw one row of the view."""
        row = self.first_line + y
        if not self._rows:
            return self.empty_line(y)
        if row >= len(self._rows):
            return Strip.blank(self.text_width, self.ground)
        return strip_of([Segment(self._rows[row], self.ground)], self.text_width)
