"""SummaryBox: what came of a rapid pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.app.themes import rich_colour
from tui.display import cells, clean, fit
from tui.triage.round import Summary

BAR, SHORT = 20, 6
"""Cells of a bar for every answer there was, on a wide and on a narrow screen."""
NEAR = 0.05
"""A share this far from its target is near enough."""


class SummaryBox(ModalScreen[bool]):
    """How many were done, how fast, and how the answers compare with their targets.

    Returns whether the pass is to go on.
    """

    DEFAULT_CSS = """
    SummaryBox { align: center middle; background: $background 60%; }
    SummaryBox:nocolor { background: transparent; }
    SummaryBox > Vertical {
        width: auto; min-width: 38; max-width: 96%; height: auto; max-height: 90%;
        border: round $border-focus; border-title-color: $accent; border-title-style: bold;
        border-subtitle-color: $text-dim;
        background: $surface; padding: 0 1;
    }
    SummaryBox VerticalScroll { height: auto; width: auto; max-height: 100%; }
    SummaryBox Static { height: auto; width: auto; }
    SummaryBox > ToastRack { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,space", "dismiss(False)", "back"),
        Binding("r", "dismiss(True)", "go on"),
        Binding("j,down", "scroll(1)", "down"),
        Binding("k,up", "scroll(-1)", "up"),
    ]

    def __init__(self, name: str, summary: Summary, targets: Mapping[str, float]) -> None:
        super().__init__()
        self._name_of_pass = name
        self._summary = summary
        self._targets = targets

    def compose(self) -> ComposeResult:
        """The figures above the shares."""
        with Vertical() as box:
            box.border_title = Text(f"pass done · {clean(self._name_of_pass, 40)}")
            box.border_subtitle = Text("esc leaves · r goes on")
            with VerticalScroll(can_focus=False):
                yield Static(id="figures", markup=False)

    def on_mount(self) -> None:
        """Write it in the theme's colours."""
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
        apart = " · " if self.app.size.width >= 60 else "\n"
        return apart.join(words)

    def _shares(self, accent: str, dim: str) -> Iterator[Text]:
        """A line an answer: its bar, its share, and the target's."""
        counts, done = self._summary.counts, self._summary.done
        names = [*self._targets, *(name for name in counts if name not in self._targets)]
        if not done:
            return
        yield Text("")
        bar = BAR if self.app.size.width >= 60 else SHORT
        widest = min(16, max(cells(clean(name, 40)) for name in names))
        for name in names:
            share = counts.get(name, 0) / done
            filled = round(bar * share)
            line = Text(fit(clean(name, 40), widest) + " ", no_wrap=True)
            line.append("━" * filled, style=accent)
            line.append("─" * (bar - filled), style=dim)
            line.append(f" {counts.get(name, 0):>3,} {share:>4.0%}")
            if name in self._targets:
                line.append(f"  {_compared(share, self._targets[name])}", style=dim)
            yield line

    def action_scroll(self, lines: int) -> None:
        """Scroll a summary that is longer than the box."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def _compared(share: float, target: float) -> str:
    """How a share stands to its target."""
    if abs(share - target) <= NEAR:
        return f"≈ {target:.0%}"
    return f"{'▲' if share > target else '▼'} {target:.0%}"
