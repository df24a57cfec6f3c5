"""ScreenText: the text of the source under the cursor, for the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app.screens.layout import TriageLayout


class ScreenText:
    """The preview of one screen, and the screen as the reader that it becomes."""

    def __init__(self, screen: TriageLayout) -> None:
        self._screen = screen
        self._preview = preview = screen.preview
        self.ask = screen.ask_phrase
        self.forget = preview.forget_search
        self.point = preview.point
        self.move = preview.move_cursor
        self.mark = preview.mark_line
        self.stretch = preview.stretch_marks
        self.drop = preview.drop_marks
        self.drop_all = preview.drop_work
        self.take_quote = preview.take_quote

    def fill_screen(self) -> None:
        """Show the text in place of the queue."""
        self._screen.read(True)
        self._screen.set_focus(self._preview)

    def leave_screen(self) -> None:
        """Show the queue again."""
        self._screen.read(False)
        self._screen.set_focus(self._screen.queue)

    @property
    def is_searched(self) -> bool:
        """Whether words are searched for."""
        return self._preview.is_searched

    @property
    def has_quote(self) -> bool:
        """Whether something is marked or selected or under the cursor."""
        return self._preview.has_quote

    @property
    def has_cursor(self) -> bool:
        """Whether there is a cursor on the lines."""
        return self._preview.has_cursor
