"""ProposalBox: the schema that sluice proposes for a folder."""

from __future__ import annotations

from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tui.app.boxes.box import Box
from tui.app.themes import rich_colour
from tui.app.widgets.scrolling import LINES
from tui.display import clean
from tui.session.questions import ProposeSchema

_LONGEST = 400
"""The characters of a line that are shown."""
_CERTAINTY = {"open": "a question"}
"""How certain it is, where the word is another one."""


class ProposalBox(Box[str | None]):
    """A line for each role: what was found, and how certain it is.

    Returns "write", "order" or None.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "dismiss('write')", "write the schema"),
        Binding("e", "dismiss('order')", "order the statuses"),
        Binding("escape,q", "dismiss(None)", "leave"),
        *LINES,
    ]

    widest = 96

    def __init__(self, question: ProposeSchema) -> None:
        super().__init__(
            "set up this folder",
            "w writes sluice.yaml · e orders the statuses · j k scroll · esc closes",
            "w writes sluice.yaml · e orders · esc closes",
            "w writes · e orders · esc closes",
            "w writes · e orders · esc",
        )
        self._question = question

    def parts(self) -> ComposeResult:
        """What was found, a line for each role, and what writing does."""
        with VerticalScroll(can_focus=False):
            yield Static(id="found", markup=False)
            yield Static(id="roles", markup=False)
            yield Static(id="promise", markup=False)

    def on_mount(self) -> None:
        """Write the text in the theme's colours."""
        variables = self.app.theme_variables
        dim, accent = rich_colour(variables, "text-dim"), rich_colour(variables, "accent")
        self.query_one("#found", Static).update(Text(clean(self._question.found, _LONGEST)))
        grid = Table.grid(padding=(0, 1), expand=True)
        grid.add_column(no_wrap=True)
        grid.add_column(ratio=1, overflow="fold")
        grid.add_column(no_wrap=True, justify="right")
        for part, text, certainty in self._question.lines:
            is_open = certainty == "open"
            grid.add_row(
                Text(part, style=dim),
                Text(clean(text, _LONGEST)),
                Text(_CERTAINTY.get(certainty, certainty), style=accent if is_open else dim),
            )
        self.query_one("#roles", Static).update(grid)
        promise = "w writes sluice.yaml; no note is changed."
        self.query_one("#promise", Static).update(Text(f"\n{promise}", style=dim))
