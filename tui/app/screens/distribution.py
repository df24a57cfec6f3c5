"""Distribution: the vault's sources by tier, status, category and month, and the pace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.segment import Segment
from textual.strip import Strip

from tui.app.helping import Helped, bind_commands
from tui.app.screens.whole import WholeScreen
from tui.app.widgets.line_view import LineView, strip_of
from tui.session.questions import ShowStatistics
from tui.triage.drawing import Line
from tui.triage.stats import Stats

_LOOKS = {"title": "line--headline", "quiet": "line--dim"}
"""The picture's colours that have another name on the screen."""

KEYS = (("j k", "scroll"),), (("?", "help"), ("space", "page"), ("g G", "top, bottom"))
"""Its keys before those for undo and redo, and after them."""


class Picture(LineView):
    """The picture, drawn for the width of the screen."""

    def __init__(self) -> None:
        super().__init__(id="picture")
        self._lines: list[Line] = []
        self.empty_text = "Counting…"

    def show(self, lines: list[Line]) -> None:
        """Show other lines, scrolled to the same place if it still exists."""
        self._lines = lines
        self.set_line_count(len(lines))
        self.refresh()

    def page(self, pages: float) -> None:
        """Scroll by a page, or a part of one; a line stays in sight."""
        lines = max(1, int(abs(pages) * (self.text_height - 1)))
        self.scroll_by_lines(lines if pages > 0 else -lines)

    def render_line(self, y: int) -> Strip:
        """Draw line `y` of the view."""
        if not self._lines:
            return self.empty_line(y)
        width, ground = self.text_width, self.ground
        at = y + self.first_line
        if at >= len(self._lines) or not self._lines[at]:
            return Strip.blank(width, ground)
        segments = [
            Segment(text, ground + self.look(_LOOKS.get(colour, f"line--{colour}")))
            for text, colour in self._lines[at]
        ]
        return strip_of([*segments, Segment(" ", ground)], width)


class DistributionScreen(Helped, WholeScreen[Picture]):
    """Tiers against their targets, statuses, categories, months, and the pace."""

    DEFAULT_CSS = """
    DistributionScreen > Container { max-width: 136; }
    """
    help_name = "distribution"
    help_prose = ("All sources by tier, status, category", "and month, and how fast you decide.")
    ACTIONS: ClassVar[Mapping[str, tuple[str, str]]] = {
        "board.distribution": ("dismiss(None)", "back"),
        "undo.undo": ("undo", "undo"),
        "undo.redo": ("redo", "redo"),
    }

    def __init__(self, question: ShowStatistics) -> None:
        super().__init__(Picture(), ())
        signs = bind_commands(self, question.keymap, self.ACTIONS)
        turning = ((signs[id], id.removeprefix("undo.")) for id in ("undo.undo", "undo.redo"))
        self.show_keys((*KEYS[0], *(one for one in turning if one[0]), *KEYS[1]))
        self._question = question
        self._stats: Stats | None = None

    def show_stats(self, stats: Stats) -> None:
        """Show these figures."""
        self._stats = stats
        self._draw()

    def action_undo(self) -> None:
        """Undo as in the queue: what the toast in sight tells, else the newest change."""
        self._question.undo()

    def action_redo(self) -> None:
        """Redo as in the queue."""
        self._question.redo()

    def _draw(self) -> None:
        if self._stats is not None and self.is_attached:
            self._view.show(self._question.draw(self._stats, self._view.text_width - 1))

    def on_resize(self) -> None:
        """Draw again for the new size, once the layout knows it."""
        self.call_after_refresh(self._draw)
