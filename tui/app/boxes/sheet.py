"""SheetBox: lines to read, and the keys that act on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.strip import Strip

from tui.app.boxes.box import Box
from tui.app.themes import rich_colour
from tui.app.widgets.line_view import LineView, strip_of
from tui.app.widgets.scrolling import PAGES, Scrolling
from tui.app.widgets.wrapping import wrap
from tui.display import clean
from tui.session.questions import ShowSheet

LONGEST = 600
"""Characters of a line."""


class SheetView(LineView):
    """Coloured lines, wrapped, each with the indent it begins with."""

    DEFAULT_CSS = """
    SheetView { background: $surface; scrollbar-background: $surface; height: auto; }
    """

    def __init__(self) -> None:
        super().__init__(id="sheet")
        self._lines: Sequence[tuple[str, str]] = ()
        self._rows: list[tuple[str, str]] = []

    def show(self, lines: Sequence[tuple[str, str]], width: int) -> int:
        """Show these lines in so many cells; returns the number of rows."""
        self._lines = lines
        self._rows = []
        for line, colour in lines:
            text = clean(line, LONGEST)
            indent = " " * min(width // 2, len(text) - len(text.lstrip(" ")))
            rest = text.lstrip(" ")
            pieces = [rest[a:b] for a, b in wrap(rest, max(1, width - len(indent)))] or [""]
            self._rows += ((indent + piece, colour) for piece in pieces)
        self.set_line_count(len(self._rows))
        self.refresh()
        return len(self._rows)

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        width, at = self.text_width, y + self.first_line
        if at >= len(self._rows):
            return Strip.blank(width, self.ground)
        text, colour = self._rows[at]
        look = self.ground
        if text:
            from rich.style import Style  # noqa: PLC0415 - as the segments

            look = self.ground + Style.parse(rich_colour(self.app.theme_variables, colour))
        return strip_of([Segment(text, look), Segment(" ", self.ground)], width)


class SheetBox(Scrolling[SheetView], Box[None]):
    """Shows the lines; every key that does not scroll goes to the session."""

    widest = 84
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "press('escape')", "back"),
        *(binding for binding in PAGES if "space" not in binding.key),
    ]

    def __init__(self, question: ShowSheet) -> None:
        super().__init__(question.sheet.heading, *question.sheet.hints)
        self._question = question
        self._sheet = question.sheet
        self._view = SheetView()

    def parts(self) -> ComposeResult:
        """The lines."""
        yield self._view

    def on_mount(self) -> None:
        """Take the keyboard, and show the lines."""
        self.set_focus(self._view)
        self._lay()

    def on_resize(self) -> None:
        """Wrap for the new width."""
        super().on_resize()
        if self.is_mounted:
            self._lay()

    def show_sheet(
        self, heading: str, lines: Sequence[tuple[str, str]], hints: Sequence[str]
    ) -> None:
        """Show other lines."""
        self._sheet = self._sheet._replace(heading=heading, lines=lines, hints=hints)
        self.head(heading, *hints)
        self._lay()

    def _lay(self) -> None:
        rows = self._view.show(self._sheet.lines, max(1, self.inner_width - 1))
        height = max(1, min(rows, self.inner_height))
        if self._view.styles.height is None or self._view.styles.height.value != height:
            self._view.styles.height = height

    def action_press(self, key: str) -> None:
        """Hand a key on."""
        self._question.press(key)

    def on_key(self, event: events.Key) -> None:
        """Hand on every key that does not scroll."""
        if event.key in self.active_bindings:
            return
        key = event.character if event.is_printable and event.character else event.key
        event.stop()
        self._question.press(key)

    def on_paste(self, event: events.Paste) -> None:
        """Hand on a pasted text."""
        event.stop()
        if self._question.paste is not None:
            self._question.paste(event.text)
