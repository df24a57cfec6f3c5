"""ViewPicker: choose a view to open, edit or delete."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.app.boxes.picker import Picker
from tui.session.option import Option
from tui.session.questions import PickOne, PickView


class ViewPicker(Picker):
    """Returns the name of the view to open; edits and deletions are reported at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+e", "edit", "edit", priority=True),
        Binding("ctrl+d,delete", "delete", "delete", priority=True),
    ]

    def __init__(self, question: PickView) -> None:
        super().__init__(PickOne("views", question.options, current=question.current))
        self._views = question

    def _hints(self) -> list[str]:
        """The keys that only this picker has, too."""
        return [
            "enter or a key opens · ctrl+e edits · ctrl+d deletes · esc closes",
            "ctrl+e edits · ctrl+d deletes · esc",
        ]

    def renew(self, options: Sequence[Option]) -> None:
        """Offer these options, and keep the cursor on the same view."""
        under = self._under_cursor
        self._options = list(options)
        self._slots.clear()
        self._slots.update((option.slot, option) for option in options if option.slot)
        self._show(self._typed)
        values = [option.value for option in self._shown]
        if under is not None and under.value in values:
            self._list.go_to(values.index(under.value))

    def take_counts(self, options: Sequence[Option]) -> None:
        """Offer the same views with their counts; what was said about one stays."""
        under, asked = self._under_cursor, self._asked
        is_said = under is not None and under not in self._options
        self.renew(options)
        self._asked = asked
        if under is not None and is_said:
            self.complain(under.note)

    def complain(self, sentence: str, _part: str = "") -> None:
        """Show why an action failed, in place of the option's note."""
        if (under := self._under_cursor) is not None:
            self._note(under, sentence)

    def action_edit(self) -> None:
        """Edit the view under the cursor."""
        if (under := self._under_cursor) is not None:
            self._views.on_edit(under.value)

    def action_delete(self) -> None:
        """Delete the view under the cursor, after asking."""
        under = self._under_cursor
        if under is None:
            return
        if under.value not in self._views.saved():
            self._note(under, "Cannot be deleted; only your saved views can")
        elif self._asked != under.value:
            self._asked = under.value
            self._note(under, "ctrl+d again deletes it")
        else:
            self._asked = ""
            self._views.on_delete(under.value)

    def action_move(self, rows: int) -> None:
        """Move the cursor, and drop a question about the view left behind."""
        if self._asked:
            self._asked = ""
            self.renew(self._options)
        super().action_move(rows)
