"""TextBox: a field's text of several lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import TextArea

from tui.app.screens.edit_box import EditBox
from tui.app.widgets.clean_field import CleanArea


class TextBox(EditBox):
    """Asks for a text; leaves when ``save`` took it, and keeps a draft when it is left."""

    DEFAULT_CSS = """
    TextBox CleanArea { height: 12; max-height: 100%; }
    TextBox.-low CleanArea { height: 8; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+enter", "save", "save", priority=True),
        Binding("escape", "dismiss(None)", "keep the draft", priority=True),
        Binding("ctrl+r", "restore", "the text it has", priority=True),
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
        super().__init__(heading, "ctrl+s saves · esc keeps the draft")
        self._text = text
        self._meaning = meaning
        self._save = save
        self._keep = keep
        self._draft = draft
        self._field = CleanArea(text, soft_wrap=True, compact=True, show_line_numbers=False)
        self._opened = self._field.text
        """The text as the field shows it: it has line breaks of its own."""

    def parts(self) -> tuple[Widget, ...]:
        """The field."""
        return (self._field,)

    def on_mount(self) -> None:
        """Show the draft that was kept."""
        if self._draft:
            self.head(f"{self._heading} · draft", "ctrl+s saves · ctrl+r the text it has")
            self._put(self._draft)
        self._field.move_cursor(self._field.document.end)
        self.set_focus(self._field)
        self.tell(self._meaning)

    def _put(self, text: str) -> None:
        # An edit, and no new text: the field's own undo goes back to what was there.
        self._field.replace(text, (0, 0), self._field.document.end)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep every letter on disk."""
        event.stop()
        text = self._field.text
        self._keep("" if text == self._opened else text)

    def action_save(self) -> None:
        """Take the text. Untouched it is not written: the field shows it in its own way."""
        text = self._field.text
        if text == self._opened:
            self._keep("")
            self.dismiss(None)
        else:
            self.finish(lambda: self._save(text))

    def action_restore(self) -> None:
        """Put the text that the field has in the place of what was typed."""
        self._put(self._opened)
