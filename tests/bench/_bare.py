"""The peer of the app: bare Textual with the same widgets in the same places, and no vault.

    python -m tests.bench._bare [ROWS] [BODY]

ROWS made-up rows and the text of BODY are there before the first frame; nothing is stored.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

os.environ.setdefault("TEXTUAL_FPS", "120")

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

Row = tuple[str, str]


def made_rows(count: int) -> list[Row]:
    """Rows whose second line is as long as that of a source."""
    return [
        (f"The title of source number {number} of them", f"web  2025-11-{number % 28 + 1:02}  note")
        for number in range(count)
    ]


class Lines(ScrollView, can_focus=True, inherit_bindings=False):
    """Text drawn line by line, cut and not wrapped."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--cursor", "lines--dim", "lines--accent"}
    DEFAULT_CSS = """
    Lines { height: 1fr; overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
    Lines > .lines--cursor { background: $surface; }
    Lines > .lines--dim { color: $text-muted; }
    Lines > .lines--accent { color: $accent; text-style: bold; }
    """
    looks: dict[str, Style]

    def on_mount(self) -> None:
        """Keep the styles, which are costly to ask for."""
        self.looks = {
            name: self.get_component_rich_style(f"lines--{name}", partial=True)
            for name in ("cursor", "dim", "accent")
        }
        self.looks["ground"] = self.rich_style

    def set_length(self, count: int) -> None:
        """Say how many lines there are, without a layout of the screen."""
        size = Size(self.scrollable_content_region.width, count)
        self.set_reactive(Widget.virtual_size, size)
        self._scroll_update(size)

    def put(self, y: int) -> None:
        """Scroll at once."""
        self.scroll_to(y=y, animate=False, immediate=True, force=True)

    def strip(self, parts: Sequence[tuple[str, str]]) -> Strip:
        """Texts with their looks as one line of the view."""
        ground = self.looks["ground"]
        width = self.scrollable_content_region.width
        segments = [Segment(text, ground + self.looks[look]) for text, look in parts]
        return Strip(segments).adjust_cell_length(width, segments[-1].style)


class Queue(Lines):
    """Rows of two lines and a cursor."""

    def __init__(self, rows: list[Row], on_move: Callable[[int], None]) -> None:
        super().__init__(id="queue")
        self.shown = rows
        self.cursor = 0
        self._on_move = on_move

    def on_resize(self) -> None:
        """Say how long the list is."""
        self.set_length(len(self.shown) * 2)

    def show(self, rows: list[Row]) -> None:
        """Other rows."""
        self.shown, self.cursor = rows, 0
        self.set_length(len(rows) * 2)
        self.put(0)
        self.refresh()
        self._on_move(0)

    def move(self, by: int) -> None:
        """The cursor to another row."""
        before, self.cursor = self.cursor, min(max(0, self.cursor + by), len(self.shown) - 1)
        first, height = self.scroll_offset.y, self.scrollable_content_region.height
        for at in (before, self.cursor):
            self.refresh(Region(0, at * 2 - first, self.size.width, 2))
        top = self.cursor * 2
        if top < first or top + 2 > first + height:
            self.put(max(0, top - height // 4 * 2))
        self._on_move(self.cursor)

    def render_line(self, y: int) -> Strip:
        """One line of the view."""
        index, line = divmod(y + self.scroll_offset.y, 2)
        if index >= len(self.shown):
            return self.strip([("", "ground")])
        at = index == self.cursor
        look = "cursor" if at else "dim" if line else "ground"
        return self.strip(
            [("▌" if at else " ", "accent"), ("      ", look), (self.shown[index][line], look)]
        )


class Reader(Lines):
    """A text."""

    def __init__(self, body: str) -> None:
        super().__init__(id="preview")
        self._body = body.splitlines()
        self._head = ""

    def show(self, head: str) -> None:
        """The text under another heading, from its top."""
        self._head = head
        self.put(0)
        self.refresh()

    def on_resize(self) -> None:
        """Say how long the text is."""
        self.set_length(len(self._body) + 2)

    def render_line(self, y: int) -> Strip:
        """One line of the view."""
        number = y + self.scroll_offset.y
        if number < 2:
            return self.strip([("" if number else self._head, "accent")])
        if number - 2 < len(self._body):
            return self.strip([(self._body[number - 2], "ground")])
        return self.strip([("", "ground")])


class Search(Input):
    """A field whose letters narrow the list in the same frame."""

    def __init__(self, on_letters: Callable[[str], None]) -> None:
        self._on_letters = on_letters
        super().__init__(placeholder="/ words", id="search", select_on_focus=False)

    def _watch_value(self, value: str) -> None:
        super()._watch_value(value)
        if self.is_mounted:
            self._on_letters(value.lower())


class BareApp(App[None]):
    """The screen without anything behind it."""

    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = "#queue"
    CSS = """
    Screen { layout: vertical; }
    #top, #keys, #progress, #brand, #count { height: 1; }
    #top, #keys { background: $panel; }
    #brand { width: 26; padding: 0 1; }
    #count { width: 28; padding: 0 1; text-align: right; }
    #search { border: none; height: 1; padding: 0; width: 1fr; background: $panel; }
    #search:focus { border: none; }
    #main { height: 1fr; layout: horizontal; }
    #queue { width: 56%; }
    #side { width: 1fr; layout: vertical; }
    #panes { layout: grid; grid-size: 2 2; grid-rows: 1fr 4; height: 11; }
    #insights { column-span: 2; }
    #queue, #preview, #insights, #category, #status { border: round $primary; }
    #queue:focus, #preview:focus, #category:focus, #status:focus { border: round $accent; }
    #insights:focus-within { border: round $accent; }
    #insights TextArea { display: none; border: none; height: 1fr; }
    #complaint { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", "down"),
        Binding("k,up", "move(-1)", "up"),
        Binding("slash", "search", "search"),
        Binding("space", "scroll(20)", "page"),
        Binding("J", "scroll(1)", "scroll"),
    ]

    def __init__(self, rows: list[Row], body: str) -> None:
        super().__init__()
        self._rows = rows
        self._queue = Queue(rows, self._follow)
        self._reader = Reader(body)
        self._count = Static(f"inbox  {len(rows)} of {len(rows)}", id="count", markup=False)

    def compose(self) -> ComposeResult:
        """The same parts as in sluice."""
        with Horizontal(id="top"):
            yield Static("bare", id="brand")
            yield Search(self._filter)
            yield self._count
        yield Static("", id="complaint")
        with Container(id="main"):
            yield self._queue
            with Container(id="side"):
                yield self._reader
                with Container(id="panes"):
                    with Vertical(id="insights"):
                        yield Lines()
                        yield TextArea(soft_wrap=True, compact=True, show_line_numbers=False)
                    yield Static("", id="category")
                    yield Static("", id="status")
        yield Static("━━━━━━━━━━━━", id="progress")
        yield Static("1-4 tier  c category  i insight  p promote  ? help", id="keys")

    def on_mount(self) -> None:
        """Name the panes."""
        self._queue.border_title = "queue"
        self._reader.border_title = "preview"

    def _follow(self, row: int) -> None:
        rows = self._queue.shown
        self._reader.show(rows[row][0] if rows else "")

    def _filter(self, letters: str) -> None:
        words = letters.split()
        kept = [row for row in self._rows if all(word in row[0].lower() for word in words)]
        self._queue.show(kept)
        self._count.update(f"hits  {len(kept)} of {len(self._rows)}", layout=False)

    def action_move(self, by: int) -> None:
        """The cursor to another row."""
        self._queue.move(by)

    def action_search(self) -> None:
        """The keys into the field."""
        self.query_one(Search).focus()

    def action_scroll(self, lines: int) -> None:
        """The text by so many lines."""
        self._reader.put(self._reader.scroll_offset.y + lines)


def main() -> None:
    """Open it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    body = Path(sys.argv[2]).read_text(encoding="utf-8") if len(sys.argv) > 2 else ""
    BareApp(made_rows(count), body).run()


if __name__ == "__main__":
    main()
