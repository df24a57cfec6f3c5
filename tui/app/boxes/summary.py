"""SummaryBox: the results of a rapid pass."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tui.app.boxes.box import Box
from tui.app.themes import rich_colour
from tui.app.widgets.scrolling import LINES
from tui.display import cells, clean, fit, percent
from tui.session.questions import ShowSummary

BAR, SHORT = 20, 6
"""Cells of an answer's bar, on a wide and on a narrow screen."""
WIDE = 60
"""Cells of a screen that has room for the long form."""
NEAR = 0.05
"""A share no farther from its target counts as on target."""


class SummaryBox(Box[bool]):
    """Counts and pace of the pass, and the share of each answer beside its target.

    Returns whether to continue the pass.
    """

    widest = 60
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,space", "dismiss(False)", "back"),
        Binding("r", "dismiss(True)", "continue"),
        *LINES,
    ]

    def __init__(self, question: ShowSummary) -> None:
        super().__init__(f"pass summary · {clean(question.name, 40)}", "r continues · esc closes")
        self._summary = question.summary
        self._targets = question.targets

    def parts(self) -> ComposeResult:
        """The figures above the shares."""
        with VerticalScroll(can_focus=False):
            yield Static(id="figures", markup=False)

    def on_mount(self) -> None:
        """Write the text in the theme's colours."""
        variables = self.app.theme_variables
        dim = rich_colour(variables, "text-dim")
        text = Text(self._figures(), style="bold")
        for line in self._shares(rich_colour(variables, "accent"), dim):
            text.append("\n").append_text(line)
        self.query_one("#figures", Static).update(text)

    def _figures(self) -> str:
        summary = self._summary
        words = [f"{summary.done:,} done"]
        if summary.skipped:
            words.append(f"{summary.skipped:,} skipped")
        if summary.seconds_each is not None:
            words.append(f"{summary.seconds_each:.1f} s each")
        words.append(f"{summary.left:,} left")
        return (" · " if self._is_wide else "\n").join(words)

    @property
    def _is_wide(self) -> bool:
        return self.app.size.width >= WIDE

    def _shares(self, accent: str, dim: str) -> Iterator[Text]:
        """A line for each answer: its bar, its share, and its target."""
        counts, done = self._summary.counts, self._summary.done
        names = [*self._targets, *(name for name in counts if name not in self._targets)]
        if not done:
            return
        yield Text("")
        bar, target = (BAR, "target ") if self._is_wide else (SHORT, "")
        widest = min(16, max(cells(clean(name, 40)) for name in names))
        for name in names:
            share = counts.get(name, 0) / done
            filled = round(bar * share)
            line = Text(fit(clean(name, 40), widest) + " ", no_wrap=True)
            line.append("━" * filled, style=accent)
            line.append("─" * (bar - filled), style=dim)
            line.append(f" {counts.get(name, 0):>3,} {percent(share):>5}")
            if name in self._targets:
                line.append(f"  {_compared(share, self._targets[name], target)}", style=dim)
            yield line


def _compared(share: float, target: float, word: str) -> str:
    """Whether a share is on, above or below its target, and the target."""
    symbol = "≈" if abs(share - target) <= NEAR else "▲" if share > target else "▼"
    return f"{symbol} {word}{percent(target)}"
