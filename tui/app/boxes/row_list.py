"""RowList: rows of one line under a cursor, which the keys of the field above it move."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.binding import Binding
from textual.widgets import OptionList

MOVES = (
    Binding("down,ctrl+n,tab", "move(1)", "next", show=False),
    Binding("up,ctrl+p,shift+tab", "move(-1)", "previous", show=False),
    Binding("pagedown", "move(8)", "page down", show=False),
    Binding("pageup", "move(-8)", "page up", show=False),
)
"""The keys of a box that move the cursor of its list."""


class RowList(OptionList, can_focus=False, inherit_bindings=False):
    """The rows; without any it takes no room."""

    DEFAULT_CSS = """
    RowList {
        height: auto; max-height: 20; border: none; background: $surface; padding: 0;
        scrollbar-size-vertical: 1;
    }
    RowList > .option-list--option { padding: 0; }
    """

    def __init__(self) -> None:
        super().__init__(markup=False, id="choices")

    def show(self, lines: Sequence[Text], cursor: int | None) -> None:
        """Show other rows, with the cursor on one of them or on none."""
        self.clear_options()
        self.add_options(lines)
        self.display = bool(lines)
        if lines and cursor is not None:
            self.highlighted = min(cursor, len(lines) - 1)

    def repaint(self, lines: Sequence[Text]) -> None:
        """Draw the same rows with other words or colours."""
        for index, line in enumerate(lines):
            self.replace_option_prompt_at_index(index, line)

    def move(self, rows: int, *, around: bool = False) -> None:
        """Move the cursor; with ``around`` the first row comes after the last."""
        last = self.option_count - 1
        if last < 0:
            return
        now = self.highlighted
        at = (0 if rows > 0 else -1) if now is None else now + rows
        self.highlighted = at % (last + 1) if around and abs(rows) == 1 else min(max(at, 0), last)
