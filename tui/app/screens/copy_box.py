"""CopyBox: a text that no clipboard accepted, selected so that the terminal can copy it."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.app.widgets.clean_field import CleanArea
from tui.display import clean_lines


class CopyBox(ModalScreen[None]):
    """Shows the text, selected."""

    DEFAULT_CSS = """
    CopyBox { align: center middle; background: $background 60%; }
    CopyBox:nocolor { background: transparent; }
    CopyBox > Vertical {
        width: 80; max-width: 92%; height: auto; max-height: 80%;
        border: round $border-focus; border-title-color: $accent;
        background: $surface; padding: 0 1;
    }
    CopyBox CleanArea { height: auto; max-height: 16; border: none; background: $surface; }
    CopyBox > ToastRack { display: none; }
    CopyBox Static { color: $text-dim; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "dismiss(None)", "back")]

    def __init__(self, text: str, why: str) -> None:
        super().__init__()
        self._text = text
        self._why = why

    def compose(self) -> ComposeResult:
        """The reason above the text."""
        with Vertical() as box:
            box.border_title = Text("copy it yourself")
            box.border_subtitle = Text("esc closes")
            yield Static(self._why, markup=False)
            yield CleanArea(clean_lines(self._text), read_only=True)

    def on_mount(self) -> None:
        """Select the text."""
        area = self.query_one(CleanArea)
        self.set_focus(area)
        area.select_all()
