"""FieldBox: edits a field on one line, and shows below it what the typed text becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui.app.screens.edit_box import DraftBox
from tui.app.widgets.clean_field import LineField


class Judgement(NamedTuple):
    """What sluice makes of a typed text."""

    sentence: str
    fits: bool = True
    meant: bool = False
    """Whether the sentence says what the text becomes, not only what the field is for."""


class FieldBox(DraftBox):
    """Asks for a value on one line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "save", "save", priority=True),
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
        super().__init__(heading, key="enter", what="value", save=save, keep=keep, draft=draft)
        self.opened = text
        self._judge = judge
        self._field = LineField(draft or text, self._typed, hint)

    def fields(self) -> Iterable[Widget]:
        """The field."""
        return (self._field,)

    def on_mount(self) -> None:
        """Show what the text means before anything is typed."""
        self._field.cursor_position = len(self.text)
        self.set_focus(self._field)
        self._show(self.text)

    @property
    def text(self) -> str:
        """The text in the field."""
        return self._field.value

    def put(self, text: str) -> None:
        """Replace the text in the field."""
        self._field.value = text
        self._field.cursor_position = len(text)

    def fits(self, text: str) -> bool:
        """Whether a text can be saved."""
        return self._judge(text).fits

    def _typed(self, text: str) -> None:
        self.keep(text)
        self._show(text)

    def _show(self, text: str) -> None:
        found = self._judge(text)
        if not found.fits:
            self.tell(found.sentence, "!", "error")
        elif found.meant:
            self.tell(found.sentence, "→", "foreground")
        else:
            self.tell(found.sentence)
