"""FieldBox: edits a field on one line; DraftBox is what it shares with TextBox."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui.app.boxes.box import Place
from tui.app.boxes.edit import EditBox
from tui.app.widgets.clean_field import CleanArea, LineField
from tui.session.questions import EditLine


class DraftBox(EditBox):
    """Asks for a text; closes when it is accepted. Leaving it may keep a draft."""

    KEY: ClassVar[str]
    """The key that saves."""
    WHAT: ClassVar[str]
    """What is saved, in a word."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "leave", priority=True),
        Binding("ctrl+r", "restore", "restore what is saved", priority=True),
    ]

    def __init__(
        self, question: EditLine, field: LineField | CleanArea, place: Place | None
    ) -> None:
        keys = f"{self.KEY} saves · {'esc keeps the draft' if question.keep else 'esc closes'}"
        restores = f"{self.KEY} saves · ctrl+r restores"
        heading = f"{question.heading} · draft" if question.draft else question.heading
        super().__init__(
            heading,
            *([f"{restores} the saved {self.WHAT}", restores] if question.draft else [keys]),
            leaves_first=question.leaves_first,
            place=place,
        )
        self._question = question
        self._field = field
        self._opened = self._text
        """The saved text as the field shows it, with the field's line breaks."""

    @property
    def _text(self) -> str:
        field = self._field
        return field.value if isinstance(field, LineField) else field.text

    def fields(self) -> Iterable[Widget]:
        """The field."""
        return (self._field,)

    def on_mount(self) -> None:
        """Show the draft, if there is one, and what the text means."""
        self._put(self._question.draft or self._text)
        self.set_focus(self._field)
        self._show()

    def _put(self, text: str) -> None:
        field = self._field
        if isinstance(field, LineField):
            field.value = text
            field.cursor_position = len(text)
            return
        if text != field.text:
            # As an edit: the field's own undo can go back to the text before.
            field.replace(text, (0, 0), field.document.end)
        field.move_cursor(field.document.end)

    def _show(self) -> None:
        found = self._question.judge(self._text)
        if not found.fits:
            self.tell(found.sentence, "!", "error")
        elif found.meant:
            self.tell(found.sentence, "→", "foreground")
        else:
            self.tell(found.sentence)

    def _keep_draft(self) -> None:
        if self._question.keep is not None:
            self._question.keep("" if self._text == self._opened else self._text)

    def action_save(self) -> None:
        """Save the text, unless it is invalid. If it is unchanged, write nothing."""
        text = self._text
        if text == self._opened and not self._question.takes_unchanged:
            self._keep_draft()
            self.dismiss(None)
        elif self._question.judge(text).fits:
            self.finish(lambda: self._question.save(text))

    def action_restore(self) -> None:
        """Replace the typed text with the saved one."""
        self._put(self._opened)


class FieldBox(DraftBox):
    """Asks for a value on one line, and shows below it what the typed text becomes."""

    KEY, WHAT = "enter", "value"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "save", "save", priority=True),
    ]

    def __init__(self, question: EditLine, place: Place | None = None) -> None:
        super().__init__(question, LineField(question.text, self._typed, question.hint), place)

    def _typed(self, _text: str) -> None:
        self._keep_draft()
        self._show()
