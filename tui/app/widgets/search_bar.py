"""SearchBar: the field of a lookup; every letter updates the matches in the same frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tui.app.textual_private import suggest, suggestion
from tui.app.widgets.clean_field import FixedInput

if TYPE_CHECKING:
    from tui.search.complete import Completion

WHAT = "words, or field:value"
"""What to type here; the key that focuses the field goes before it."""


class SearchBar(FixedInput):
    """A field for words and filters."""

    DEFAULT_CSS = """
    SearchBar {
        border: none; height: 1; padding: 0; width: 1fr; background: $panel; color: $foreground;
    }
    SearchBar:focus { border: none; background-tint: transparent 0%; }
    SearchBar > .input--placeholder, SearchBar > .input--suggestion { color: $text-dim; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down,tab", "to_hits", "go to the matches"),
        Binding("escape", "clear_search", "clear"),
    ]

    class Done(Message):
        """The person finished typing and wants the matches."""

    class Cleared(Message):
        """The person left the search."""

    def __init__(self, on_query: Callable[[str, bool], object]) -> None:
        self._on_query = on_query
        self._taken = ""
        """The query after accepting the completion shown at the cursor."""
        self._length = 0
        self.typed_at_end = True
        """Whether the last letter was typed at the end, where a completion continues."""
        super().__init__(placeholder=f"/ {WHAT}", id="search", select_on_focus=False)

    def watch_value(self, value: str) -> None:
        """Look up at once; Textual's own watcher of the value was called before this one."""
        self._taken = ""
        # The cursor is still where it was before the key.
        self.typed_at_end = self.cursor_position >= self._length
        self._length = len(value)
        # Called here and not by Input.Changed: a message would cost a frame or two.
        if self.is_mounted:
            self._on_query(value, self.typed_at_end)

    def offer(self, completion: Completion) -> None:
        """Show at the cursor what the first candidate adds; right and end accept it."""
        ghost = completion.ghost if self.typed_at_end and self.value else ""
        self._taken = completion.texts[0] if ghost else ""
        suggest(self, self.value + ghost if ghost else "")

    def action_cursor_right(self, select: bool = False) -> None:
        """Accept the completion, else move the cursor."""
        if select or not self._take():
            super().action_cursor_right(select)

    def action_end(self, select: bool = False) -> None:
        """Accept the completion, else move the cursor to the end."""
        if select or not self._take():
            super().action_end(select)

    def _take(self) -> bool:
        """Accept the completion; whether there was one."""
        is_free = self.cursor_at_end and self.selection.is_empty
        taken = self._taken if suggestion(self) and is_free else ""
        if taken:
            self.value = taken
            self.cursor_position = len(taken)
        return bool(taken)

    def action_to_hits(self) -> None:
        """Report that the typing is finished."""
        self.post_message(self.Done())

    def action_clear_search(self) -> None:
        """Report that the search was left."""
        self.post_message(self.Cleared())
