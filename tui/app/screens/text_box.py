"""TextBox: edits a field whose text has several lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import TextArea

from tui.app.screens.edit_box import DraftBox
from tui.app.widgets.clean_field import CleanArea


class TextBox(DraftBox):
    """Asks for a text of several lines, which the field may show with other line breaks."""

    DEFAULT_CSS = """
    TextBox CleanArea { height: 12; max-height: 100%; }
    TextBox.-low CleanArea { height: 8; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+enter", "save", "save", priority=True),
    ]

    def __init__(
        self,
        heading: str,
        text: str,
        *,
        meaning: str,
        save: Callable[[str], bool],
        keep: Callable[[str], object],
        draft: str = "",
    ) -> None:
        super().__init__(heading, key="ctrl+s", what="text", save=save, keep=keep, draft=draft)
        self._meaning = meaning
        self._field = CleanArea(text, soft_wrap=True, compact=True, show_line_numbers=False)
        self.opened = self._field.text

    def fields(self) -> Iterable[Widget]:
        """The field."""
        return (self._field,)

    def on_mount(self) -> None:
        """Show the draft, if there is one."""
        if self._draft:
            self.put(self._draft)
        self._field.move_cursor(self._field.document.end)
        self.set_focus(self._field)
        self.tell(self._meaning)

    @property
    def text(self) -> str:
        """The text in the field."""
        return self._field.text

    def put(self, text: str) -> None:
        """Replace the text, as an edit: the field's own undo can go back to the one before."""
        self._field.replace(text, (0, 0), self._field.document.end)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Save a draft with every letter."""
        event.stop()
        self.keep(self.text)
