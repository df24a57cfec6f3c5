"""CopyBox: a text that no clipboard accepted, selected so that the terminal can copy it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from tui.app.boxes.box import Box
from tui.app.widgets.clean_field import CleanArea
from tui.display import clean_lines
from tui.session.questions import CopyByHand


class CopyBox(Box[None]):
    """Shows the text, selected."""

    DEFAULT_CSS = """
    CopyBox CleanArea { height: auto; max-height: 16; border: none; background: $surface; }
    CopyBox Static { color: $text-dim; }
    """
    widest = 80
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "dismiss(None)", "back")]

    def __init__(self, question: CopyByHand) -> None:
        super().__init__("copy it yourself", "esc closes")
        self._why = question.why
        self._area = CleanArea(clean_lines(question.text), read_only=True)

    def parts(self) -> ComposeResult:
        """The reason above the text."""
        yield Static(self._why, markup=False)
        yield self._area

    def on_mount(self) -> None:
        """Select the text."""
        self.set_focus(self._area)
        self._area.select_all()
