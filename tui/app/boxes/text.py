"""TextBox: edits a field whose text has several lines."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from tui.app.boxes.box import Place
from tui.app.boxes.field import DraftBox
from tui.app.widgets.clean_field import CleanArea
from tui.session.questions import EditText


class TextBox(DraftBox):
    """Asks for a text of several lines."""

    KEY, WHAT = "ctrl+s", "text"
    DEFAULT_CSS = """
    TextBox CleanArea { height: 12; max-height: 100%; }
    TextBox.-low CleanArea { height: 8; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+enter", "save", "save", priority=True),
    ]

    def __init__(self, question: EditText, place: Place | None = None) -> None:
        area = CleanArea(question.text, soft_wrap=True, compact=True, show_line_numbers=False)
        super().__init__(question, area, place)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Save a draft with every letter."""
        event.stop()
        self._keep_draft()
