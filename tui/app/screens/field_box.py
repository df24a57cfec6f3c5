"""FieldBox: edits a field on one line, and shows below it what the typed text becomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui.app.screens.edit_box import EditBox, LineField


class Judgement(NamedTuple):
    """What sluice makes of a typed text."""

    sentence: str
    fits: bool = True
    meant: bool = False
    """Whether the sentence says what the text becomes, not only what the field is for."""


class FieldBox(EditBox):
    """Asks for a value; closes when ``save`` accepts it. Leaving it keeps a draft."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "save", "save", priority=True),
        Binding("escape", "dismiss(None)", "leave", priority=True),
        Binding("ctrl+r", "restore", "restore the saved value", priority=True),
    ]

    def __init__(
        self,
        heading: str,
        text: str,
        *,
        judge: Callable[[str], Judgement],
        save: Callable[[str], bool],
        keep: Callable[[str], object] | None = None,
        draft: str = "",
        hint: str = "",
    ) -> None:
        esc = "esc keeps the draft" if keep else "esc closes"
        super().__init__(heading, f"enter saves · {esc}")
        self._opened = text
        self._judge = judge
        self._save = save
        self._keep = keep
        self._draft = draft
        self._field = LineField(draft or text, self._typed, hint)

    def parts(self) -> tuple[Widget, ...]:
        """The field."""
        return (self._field,)

    def on_mount(self) -> None:
        """Show what the text means before anything is typed."""
        self._field.cursor_position = len(self._field.value)
        self.set_focus(self._field)
        if self._draft:
            keys = "enter saves · ctrl+r restores"
            self.head(f"{self._heading} · draft", f"{keys} the saved value", keys)
        self._show(self._field.value)

    def _typed(self, text: str) -> None:
        if self._keep is not None:
            self._keep("" if text == self._opened else text)
        self._show(text)

    def _show(self, text: str) -> None:
        found = self._judge(text)
        if not found.fits:
            self.tell(found.sentence, "!", "error")
        elif found.meant:
            self.tell(found.sentence, "→", "foreground")
        else:
            self.tell(found.sentence)

    def action_save(self) -> None:
        """Save the text, unless it is invalid."""
        text = self._field.value
        if text == self._opened:
            if self._keep is not None:
                self._keep("")
            self.dismiss(None)
        elif self._judge(text).fits:
            self.finish(lambda: self._save(text))

    def action_restore(self) -> None:
        """Replace the typed text with the saved value."""
        self._field.value = self._opened
        self._field.cursor_position = len(self._opened)
