"""VerdictBox: what a sample says of its group, and whether to take the rest."""

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
from tui.display import clean
from tui.session.questions import ShowVerdict
from tui.triage.sampling import percent_up


class VerdictBox(Box[str | None]):
    """The verdict in words; returns what to do: "take" the rest, or go on with "more"."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "choose('take')", "take the rest"),
        Binding("r", "choose('more')", "go on"),
        Binding("escape,q,enter,space,n", "dismiss(None)", "back"),
        *LINES,
    ]

    def __init__(self, question: ShowVerdict) -> None:
        verdict = question.verdict
        self._verdict, self._rules, self._skipped = verdict, question.rules, question.skipped
        self._can = set[str]()
        if verdict.accepts(question.rules):
            self._can.add("take")
        if not verdict.is_whole and (verdict.missing or "take" not in self._can):
            self._can.add("more")
        self._more = verdict.missing or min(question.rules.size, verdict.rest)
        hints = [
            "y takes them" if "take" in self._can else "",
            f"r judges {self._more:,} more" if "more" in self._can else "",
            "esc closes",
        ]
        super().__init__(clean(question.name, 40), " · ".join(filter(None, hints)))

    def parts(self) -> ComposeResult:
        """The sentences."""
        with VerticalScroll(can_focus=False):
            yield Static(id="verdict", markup=False)

    def on_mount(self) -> None:
        """Write the text in the theme's colours."""
        dim = rich_colour(self.app.theme_variables, "text-dim")
        verdict = self._verdict
        is_over = not verdict.missing or "take" in self._can
        text = Text()
        text.append(verdict.sentence if is_over else f"{verdict.score} so far", style="bold")
        for line in self._lines():
            text.append(f"\n{line}", style=dim)
        if "take" in self._can:
            text.append(f"\n\nTake the other {verdict.rest:,}? y", style="bold")
        self.query_one("#verdict", Static).update(text)

    def _lines(self) -> Iterator[str]:
        verdict, more = self._verdict, f"r judges {self._more:,} more"
        if "take" in self._can and verdict.missing:
            yield "What was not judged counts as wrong."
        elif "more" in self._can and verdict.missing:
            yield f"{more}; stopping while it looks good would be luck, so all of them are needed."
        elif "more" in self._can:
            limit = percent_up(self._rules.most)
            yield f"The limit is {limit}, so the other {verdict.rest:,} stay guesses."
            yield f"{more}, and the answers so far count."
        if self._skipped:
            each = "counts neither way, and stays a guess"
            many = "count neither way, and stay guesses"
            yield f"{self._skipped:,} skipped: {each if self._skipped == 1 else many}."

    def action_choose(self, answer: str) -> None:
        """Do it, if it can be done."""
        if answer in self._can:
            self.dismiss(answer)
