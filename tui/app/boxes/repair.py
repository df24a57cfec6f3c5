"""RepairBox: shows the lines that a repair changes, and asks whether to make it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tui.app.boxes.box import Box
from tui.app.themes import rich_colour
from tui.app.widgets.scrolling import LINES
from tui.checks.file_repair import FileRepair
from tui.display import clean
from tui.session.questions import ConfirmRepair
from tui.vault.header.lines import LINE
from tui.vault.writing.revert import make_patch

_MOST_LINES = 200
_MOST_TEXT = 2_000
"""Characters of a line that are shown."""


class RepairBox(Box[FileRepair | None]):
    """The removed and added lines; returns the repair to make, or None when it is closed."""

    DEFAULT_CSS = """
    RepairBox > Vertical { width: 100; }
    RepairBox #done { color: $text-dim; margin-bottom: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "make", "repair"),
        Binding("s", "switch", "switch the value"),
        Binding("escape,q", "dismiss(None)", "back"),
        *LINES,
    ]

    def __init__(self, question: ConfirmRepair) -> None:
        keys = ["enter repairs · esc closes"]
        if question.other:
            switch = "enter repairs · s switches"
            keys = [f"{switch} to the other value · esc closes", f"{switch} · esc"]
        super().__init__(f"repair · {clean(question.title, 60)}", *keys)
        self._repair = question.repair
        self._other = question.other

    def parts(self) -> ComposeResult:
        """The repair in words, above the lines it changes."""
        with VerticalScroll(can_focus=False):
            yield Static(id="done", markup=False)
            yield Static(id="lines", markup=False)

    def on_mount(self) -> None:
        """Show the repair."""
        self._show()

    def _show(self) -> None:
        done = "\n".join(clean(sentence, _MOST_TEXT) for sentence in self._repair.done)
        self.query_one("#done", Static).update(Text(done))
        variables = self.app.theme_variables
        colours = {"-": rich_colour(variables, "error"), "+": rich_colour(variables, "success")}
        shown = Text()
        for count, (symbol, line) in enumerate(_changed(self._repair)):
            if count == _MOST_LINES:
                shown.append("… more lines")
                break
            shown.append(f"{symbol} {clean(line, _MOST_TEXT)}\n", colours[symbol])
        shown.rstrip()
        self.query_one("#lines", Static).update(shown)

    def action_make(self) -> None:
        """Return the repair."""
        self.dismiss(self._repair)

    def action_switch(self) -> None:
        """Show the repair that keeps the other value of the duplicate field."""
        if self._other is not None:
            self._repair, self._other = self._other, self._repair
            self._show()


def _changed(repair: FileRepair) -> Iterator[tuple[str, str]]:
    """The removed (-) and added (+) lines, in the file's order."""
    patch = make_patch(repair.before, repair.after)
    old, new = LINE.findall(patch.before), LINE.findall(patch.after)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (("-", line.rstrip("\r\n")) for line in old[i1:i2])
            yield from (("+", line.rstrip("\r\n")) for line in new[j1:j2])
