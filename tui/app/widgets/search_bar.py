"""SearchBar: where a lookup is typed; the hits follow every letter in the same frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from tui.app.widgets.clean_field import clean_strip


class SearchBar(Input):
    """A line for words and filters."""

    DEFAULT_CSS = """
    SearchBar {
        border: none; height: 1; padding: 0; width: 1fr; background: $panel; color: $foreground;
    }
    SearchBar:focus { border: none; background-tint: transparent 0%; }
    SearchBar > .input--placeholder, SearchBar > .input--suggestion { color: $text-dim; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down,tab", "to_hits", "to the hits"),
        Binding("escape", "clear_search", "clear"),
    ]

    class Done(Message):
        """The typing is done: the hits are wanted."""

    class Cleared(Message):
        """The search is given up."""

    def __init__(self, on_query: Callable[[str], None]) -> None:
        self._on_query = on_query
        super().__init__(placeholder="/ words, or field:value", id="search", select_on_focus=False)

    def _watch_value(self, value: str) -> None:
        super()._watch_value(value)
        # Called here and not by Input.Changed: a message would cost a frame or two.
        if self.is_mounted:
            self._on_query(value)

    def render_line(self, y: int) -> Strip:
        """Draw the line; what was pasted may hold anything."""
        return clean_strip(super().render_line(y))

    def action_to_hits(self) -> None:
        """Say that the typing is done."""
        self.post_message(self.Done())

    def action_clear_search(self) -> None:
        """Say that the search is given up."""
        self.post_message(self.Cleared())
