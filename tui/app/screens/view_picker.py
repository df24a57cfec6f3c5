"""ViewPicker: choose a view to open, edit or delete."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical

from tui.app.option import Option
from tui.app.screens.box import hint
from tui.app.screens.picker import Picker, PickerList


class ViewPicker(Picker):
    """Returns the name of the view to open; edits and deletions are reported at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+e", "edit", "edit", priority=True),
        Binding("ctrl+d,delete", "delete", "delete", priority=True),
    ]

    def __init__(
        self,
        choices: Sequence[Option],
        current: str,
        saved: Callable[[], Collection[str]],
        on_edit: Callable[[str], None],
        on_delete: Callable[[str], None],
    ) -> None:
        super().__init__("views", choices, current=current)
        self._saved = saved
        self._on_edit = on_edit
        self._on_delete = on_delete

    def on_mount(self) -> None:
        """Show the keys that only this picker has."""
        hint(
            self.query_one(Vertical),
            "enter or a key opens · ctrl+e edits · ctrl+d deletes · esc closes",
            "ctrl+e edits · ctrl+d deletes · esc",
        )

    def renew(self, choices: Sequence[Option]) -> None:
        """Offer these choices, and keep the cursor on the same view."""
        under = self._under_cursor
        self._choices = list(choices)
        self._slots.clear()
        self._slots.update((choice.slot, choice) for choice in choices if choice.slot)
        self._show(self._typed)
        values = [choice.value for choice in self._shown]
        if under is not None and under.value in values:
            self.query_one(PickerList).highlighted = values.index(under.value)

    def take_counts(self, choices: Sequence[Option]) -> None:
        """Offer the same views with their counts; what was said about one stays."""
        under, asked = self._under_cursor, self._asked
        is_said = under is not None and under not in self._choices
        self.renew(choices)
        self._asked = asked
        if under is not None and is_said:
            self._note(under.note)

    def complain(self, sentence: str) -> None:
        """Show why an action failed, in place of the choice's note."""
        self._note(sentence)

    @property
    def _under_cursor(self) -> Option | None:
        index = self.query_one(PickerList).highlighted
        return self._shown[index] if index is not None and index < len(self._shown) else None

    def _note(self, sentence: str) -> None:
        under = self._under_cursor
        if under is not None:
            self._shown[self._shown.index(under)] = replace(under, note=sentence)
            self._repaint()

    def action_edit(self) -> None:
        """Edit the view under the cursor."""
        if (under := self._under_cursor) is not None:
            self._on_edit(under.value)

    def action_delete(self) -> None:
        """Delete the view under the cursor, after asking."""
        under = self._under_cursor
        if under is None:
            return
        if under.value not in self._saved():
            self._note("Cannot be deleted; only your saved views can")
        elif self._asked != under.value:
            self._asked = under.value
            self._note("ctrl+d again deletes it")
        else:
            self._asked = ""
            self._on_delete(under.value)

    def action_move(self, rows: int) -> None:
        """Move the cursor, and drop a question about the view left behind."""
        if self._asked:
            self._asked = ""
            self.renew(self._choices)
        super().action_move(rows)
