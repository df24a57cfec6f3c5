"""RepairBox: shows the lines that a repair changes, and asks whether to make it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.app.screens.box import hint
from tui.app.themes import rich_colour
from tui.checks.file_repair import FileRepair
from tui.display import clean
from tui.vault.lines import LINE
from tui.vault.revert import make_patch

_MOST_LINES = 200
_MOST_TEXT = 2_000
"""Characters of a line that are shown."""


class RepairBox(ModalScreen[FileRepair | None]):
    """The removed and added lines; returns the repair to make, or None when it is closed.

    ``other`` is the repair that keeps the other value of a duplicate field.
    """

    DEFAULT_CSS = """
    RepairBox { align: center middle; background: $background 60%; }
    RepairBox:nocolor { background: transparent; }
    RepairBox > Vertical {
        width: 100; max-width: 92%; height: auto; max-height: 90%;
        border: round $border-focus; border-title-color: $accent; border-title-style: bold;
        border-subtitle-color: $text-dim;
        background: $surface; padding: 0 1;
    }
    RepairBox VerticalScroll { height: auto; max-height: 100%; }
    RepairBox #done { color: $text-dim; height: auto; margin-bottom: 1; }
    RepairBox #lines { height: auto; }
    RepairBox > ToastRack { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "make", "repair"),
        Binding("s", "switch", "switch the value"),
        Binding("escape,q", "dismiss(None)", "back"),
        Binding("j,down", "scroll(1)", "down"),
        Binding("k,up", "scroll(-1)", "up"),
    ]

    def __init__(self, title: str, repair: FileRepair, other: FileRepair | None) -> None:
        super().__init__()
        self._heading = title
        self._repair = repair
        self._other = other

    def compose(self) -> ComposeResult:
        """The repair in words, above the lines it changes."""
        with Vertical() as box:
            box.border_title = Text(f"repair · {clean(self._heading, 60)}")
            if self._other:
                keys = "enter repairs · s switches"
                hint(box, f"{keys} to the other value · esc closes", f"{keys} · esc")
            else:
                hint(box, "enter repairs · esc closes")
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

    def action_scroll(self, lines: int) -> None:
        """Scroll a repair that is longer than the box."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def _changed(repair: FileRepair) -> Iterator[tuple[str, str]]:
    """The removed (-) and added (+) lines, in the file's order."""
    patch = make_patch(repair.before, repair.after)
    old, new = LINE.findall(patch.before), LINE.findall(patch.after)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (("-", line.rstrip("\r\n")) for line in old[i1:i2])
            yield from (("+", line.rstrip("\r\n")) for line in new[j1:j2])
