"""RepairBox: what a repair would change, shown before it is made."""

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

from tui.app.themes import rich_colour
from tui.checks.mending import Mending
from tui.display import clean
from tui.vault.lines import LINE
from tui.vault.revert import make_patch

_MOST_LINES = 200
_MOST_TEXT = 2_000
"""A longer line is cut: nobody reads it in a box."""


class RepairBox(ModalScreen[Mending | None]):
    """The lines that go and come; returns the repair to make, or None when it is left.

    ``other`` is the same repair with the other value of a field that the file has twice.
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
        Binding("s", "switch", "the other value"),
        Binding("escape,q", "dismiss(None)", "back"),
        Binding("j,down", "scroll(1)", "down"),
        Binding("k,up", "scroll(-1)", "up"),
    ]

    def __init__(self, title: str, repair: Mending, other: Mending | None) -> None:
        super().__init__()
        self._heading = title
        self._repair = repair
        self._other = other

    def compose(self) -> ComposeResult:
        """What is done, in words, above the lines."""
        with Vertical() as box:
            box.border_title = Text(f"repair · {clean(self._heading, 60)}")
            switch = " · s takes the other value" if self._other else ""
            box.border_subtitle = Text(f"enter repairs{switch} · esc leaves")
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
        for count, (sign, line) in enumerate(_changed(self._repair)):
            if count == _MOST_LINES:
                shown.append("… and more lines")
                break
            shown.append(f"{sign} {clean(line, _MOST_TEXT)}\n", colours[sign])
        shown.rstrip()
        self.query_one("#lines", Static).update(shown)

    def action_make(self) -> None:
        """Let the repair be made."""
        self.dismiss(self._repair)

    def action_switch(self) -> None:
        """Show the repair with the other value of the field that is there twice."""
        if self._other is not None:
            self._repair, self._other = self._other, self._repair
            self._show()

    def action_scroll(self, lines: int) -> None:
        """Scroll a repair that is longer than the box."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def _changed(repair: Mending) -> Iterator[tuple[str, str]]:
    """The lines that go (-) and come (+), in the file's order."""
    patch = make_patch(repair.before, repair.after)
    old, new = LINE.findall(patch.before), LINE.findall(patch.after)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (("-", line.rstrip("\r\n")) for line in old[i1:i2])
            yield from (("+", line.rstrip("\r\n")) for line in new[j1:j2])
