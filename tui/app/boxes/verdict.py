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
        count = verdict.missing or min(question.rules.size, verdict.rest)
        hints = [
            "y takes them" if "take" in self._can else "",
            f"r judges {count:,} more" if "more" in self._can else "",
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
        text = Text(self._verdict.sentence, style="bold")
        for line in self._lines():
            text.append("\n").append(line, style=dim)
        if "take" in self._can:
            text.append(f"\n\nTake the other {self._verdict.rest:,}? y", style="bold")
        self.query_one("#verdict", Static).update(text)

    def _lines(self) -> Iterator[str]:
        verdict, rules = self._verdict, self._rules
        if verdict.missing:
            yield "Those not judged count as wrong, since stopping early would be luck."
        if not verdict.is_whole and "take" not in self._can:
            limit = percent_up(rules.most)
            yield f"With more than {limit} of the group possibly wrong, the other {verdict.rest:,}"
            yield "stay guesses. Judging more of them may help; your answers count."
        if self._skipped:
            yield f"{self._skipped:,} skipped: they count neither way and stay guesses."

    def action_choose(self, answer: str) -> None:
        """Do it, if it can be done."""
        if answer in self._can:
            self.dismiss(answer)
