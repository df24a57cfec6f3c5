"""TextBox: edits a field whose text has several lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import TextArea

from tui.app.screens.edit_box import EditBox
from tui.app.widgets.clean_field import CleanArea


class TextBox(EditBox):
    """Asks for a text; closes when ``save`` accepts it. Leaving it keeps a draft."""

    DEFAULT_CSS = """
    TextBox CleanArea { height: 12; max-height: 100%; }
    TextBox.-low CleanArea { height: 8; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+enter", "save", "save", priority=True),
        Binding("escape", "dismiss(None)", "keep the draft", priority=True),
        Binding("ctrl+r", "restore", "restore the saved text", priority=True),
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
        """The saved text as the field shows it, with the field's line breaks."""

    def parts(self) -> tuple[Widget, ...]:
        """The field."""
        return (self._field,)

    def on_mount(self) -> None:
        """Show the draft, if there is one."""
        if self._draft:
            keys = "ctrl+s saves · ctrl+r restores"
            self.head(f"{self._heading} · draft", f"{keys} the saved text", keys)
            self._put(self._draft)
        self._field.move_cursor(self._field.document.end)
        self.set_focus(self._field)
        self.tell(self._meaning)

    def _put(self, text: str) -> None:
        # As an edit: the field's own undo can go back to the text before.
        self._field.replace(text, (0, 0), self._field.document.end)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Save a draft with every letter."""
        event.stop()
        text = self._field.text
        self._keep("" if text == self._opened else text)

    def action_save(self) -> None:
        """Save the text. If it is unchanged, write nothing: the field may show it differently."""
        text = self._field.text
        if text == self._opened:
            self._keep("")
            self.dismiss(None)
        else:
            self.finish(lambda: self._save(text))

    def action_restore(self) -> None:
        """Replace the typed text with the saved text."""
        self._put(self._opened)
