"""RowList: rows of one line under a cursor, which the keys of the field above it move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.strip import Strip

from tui.app.boxes.columns import GAP, Columns, spans_of
from tui.app.widgets.line_view import LineView, strip_of
from tui.display import cells, clean, fit
from tui.session.option import Option

MOVES = (
    Binding("down,ctrl+n", "move(1)", "next", show=False),
    Binding("up,ctrl+p", "move(-1)", "previous", show=False),
    Binding("pagedown", "move(8)", "page down", show=False),
    Binding("pageup", "move(-8)", "page up", show=False),
)
"""The keys of a box that move the cursor of its list."""
TABS = (
    Binding("tab", "move(1)", "next", show=False),
    Binding("shift+tab", "move(-1)", "previous", show=False),
)
"""More such keys, in boxes where tab goes nowhere else."""
BAR = "▌"
"""The first cell of the row under the cursor."""
_BETWEEN = 2
"""Cells between two columns of rows."""
MOST = 20
"""Rows in sight at once."""


class RowList(LineView, can_focus=False):
    """The rows of a box. One of them is always lit: the one that enter chooses.

    ``on_pick`` gets the index of a row that was clicked, ``on_cursor`` that of the lit one.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--lit", "rows--beside", "rows--prose"}
    DEFAULT_CSS = """
    RowList {
        height: 1; border: none; background: $surface; padding: 0; overflow-y: auto;
        scrollbar-background: $surface; scrollbar-background-hover: $surface;
        scrollbar-background-active: $surface;
    }
    RowList > .rows--lit { background: $accent; color: $background; text-style: bold; }
    RowList > .rows--beside { background: $row-cursor; color: $foreground; }
    RowList > .rows--prose { color: $text-dim; }
    RowList:nocolor > .rows--lit { text-style: bold reverse; }
    """

    def __init__(
        self,
        on_pick: Callable[[int], object],
        on_cursor: Callable[[int], object] = lambda _: None,
        *,
        id: str = "choices",
    ) -> None:
        super().__init__(id=id)
        self._on_pick = on_pick
        self._on_cursor = on_cursor
        self._rows: Sequence[Option] = ()
        self._columns = Columns()
        self._words = ""
        self._at = 0
        self._split = 0
        """The rows of the first column; as many as there are rows if it is the only one."""
        self._tall = 0
        """The rows it has room for, so that filtering does not move what is below it."""
        self.is_lit = True
        """Whether its cursor is shown; of two lists beside each other only one has it."""
        self.nothing = "No match"
        """What it says without rows."""

    # What it shows

    def show(
        self,
        rows: Sequence[Option],
        cursor: int = 0,
        *,
        words: str = "",
        columns: Columns | None = None,
        most: int = MOST,
        in_two: bool = False,
    ) -> None:
        """Show other rows, with the cursor on one of them; ``words`` are lit in their names.

        ``in_two`` puts them side by side in two columns, parted at a heading.
        """
        self._rows, self._words = rows, words
        self._columns = columns or Columns.of(rows)
        self._split = parted(rows) if in_two else len(rows)
        tall = min(most, max(self._tall, self._line_count, 1))
        if tall != self._tall:
            self._tall = tall
            self.styles.height = tall
        self._at = self._nearest(min(max(cursor, 0), max(0, len(rows) - 1)), 1)
        self.set_line_count(self._line_count)
        self._reveal()
        self.refresh()
        self._say()

    @property
    def _line_count(self) -> int:
        return max(self._split, len(self._rows) - self._split)

    def _line_of(self, row: int) -> int:
        return row if row < self._split else row - self._split

    def repaint(self, rows: Sequence[Option]) -> None:
        """Draw as many rows with other words."""
        self._rows = rows
        self.refresh()

    @property
    def texts(self) -> list[str]:
        """The rows as they are drawn."""
        width = self._column_width
        return [
            "".join(text for text, *_ in self._segments(i, width)) for i in range(len(self._rows))
        ]

    @property
    def cursor(self) -> int | None:
        """The row under the cursor; None without rows to choose."""
        return self._at if self._at < len(self._rows) and self._can_be_lit(self._at) else None

    def light(self, is_lit: bool) -> None:
        """Show the cursor, or hide it."""
        self.is_lit = is_lit
        self.refresh()

    # The cursor

    def move(self, rows: int, *, around: bool = False) -> None:
        """Move the cursor; with ``around`` the first row comes after the last."""
        last = len(self._rows) - 1
        if last < 0:
            return
        to = self._at + rows
        to = to % (last + 1) if around and abs(rows) == 1 else min(max(to, 0), last)
        self.go_to(self._nearest(to, 1 if rows > 0 else -1))

    def move_aside(self, by: int) -> None:
        """Move the cursor to the same line of the other column, if there is one."""
        last = len(self._rows) - 1
        if by > 0 and self._at < self._split <= last:
            self.go_to(self._nearest(min(self._at + self._split, last), -1))
        elif by < 0 and self._at >= self._split:
            self.go_to(self._nearest(min(self._at - self._split, self._split - 1), -1))

    def go_to(self, row: int) -> None:
        """Put the cursor on a row."""
        if row != self._at and self._can_be_lit(row):
            self._at = row
            self._reveal()
            self.refresh()
            self._say()

    def _say(self) -> None:
        if self.cursor is not None:
            self._on_cursor(self._at)

    def _can_be_lit(self, row: int) -> bool:
        return 0 <= row < len(self._rows) and not self._rows[row].is_prose

    def _nearest(self, row: int, step: int) -> int:
        """The nearest row that can be lit, at first in the direction of the step."""
        for direction in (step, -step):
            at = row
            while 0 <= at < len(self._rows):
                if not self._rows[at].is_prose:
                    return at
                at += direction
        return row

    def _reveal(self) -> None:
        """Scroll the cursor into sight, with what is said above it."""
        height, at = self._tall, self._line_of(self._at)
        first = self._at - at
        top = self._at
        while top > first and self._rows[top - 1].is_prose and self._at - top < height - 1:
            top -= 1
        if top - first < self.first_line:
            self.scroll_to_line(top - first)
        elif at >= self.first_line + height:
            self.scroll_to_line(at - height + 1)

    def on_click(self, event: events.Click) -> None:
        """Choose the row that was clicked."""
        event.stop()
        row = event.y + self.first_line
        if self._split < len(self._rows) and event.x > self._column_width:
            row += self._split
        elif row >= self._split:
            return
        if self._can_be_lit(row):
            self.go_to(row)
            self._on_pick(row)

    def on_resize(self) -> None:
        """Fit the scrollbar to the new size."""
        self.set_line_count(self._line_count)
        self._reveal()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        width, index = self.text_width, y + self.first_line
        if self._split < len(self._rows):
            return self._beside(index)
        if index < len(self._rows):
            return strip_of(self._segments(index, width), width)
        if not self._rows and y == 0:
            text = f" {fit(self.nothing, max(0, width - 1))}"
            return strip_of([Segment(text, self.ground + self.look("line--dim"))], width)
        return Strip.blank(width, self.ground)

    @property
    def _column_width(self) -> int:
        width = self.text_width
        return (width - _BETWEEN) // 2 if self._split < len(self._rows) else width

    def _beside(self, line: int) -> Strip:
        """A line of two columns."""
        width, last = self._column_width, len(self._rows)
        drawn = list[Segment]()
        for row, is_there in (
            (line, line < self._split),
            (line + self._split, line + self._split < last),
        ):
            drawn += (
                strip_of(self._segments(row, width), width)
                if is_there
                else Strip.blank(width, self.ground)
            )
            drawn.append(Segment(" " * _BETWEEN, self.ground))
        return strip_of(drawn, self.text_width)

    def _segments(self, index: int, width: int) -> list[Segment]:
        option = self._rows[index]
        if option.is_prose:
            return self._prose(option, width)
        ground, columns = self.ground, self._columns.within(width)
        lit = self.is_lit and index == self._at
        fill = self.look("rows--lit")
        beside = ground + self.look("rows--beside") if lit else ground
        base = ground + fill if lit else ground

        def styled(name: str) -> Style:
            return base if lit else ground + self.look(name)

        bar = Segment(BAR, ground + self.look("line--accent")) if lit else Segment(" ", ground)
        segments = [bar]
        if columns.sign:
            segments.append(Segment(fit(option.sign, 1) + " ", styled("line--accent")))
        if columns.key:
            key = fit(clean(option.key), columns.key)
            bold = Style(bold=True)
            segments.append(Segment(f"{key} ", styled("line--accent") + bold))
        segments += self._named(option, columns.name, base, lit)
        segments.append(Segment(" " * columns.gap, base if columns.gap == 1 else beside))
        if columns.number:
            number = fit(clean(option.number), columns.number).strip()
            segments.append(Segment(number.rjust(columns.number), beside + _dim(self, lit)))
        if columns.words > 0:
            gap = " " * GAP if columns.number else ""
            words = f"{gap}{clean(option.note, 300)}"
            while cells(words) > columns.words and " · " in words:
                # Words behind a suggestion: a whole one says more than half of one.
                words = words.rpartition(" · ")[0]
            if cells(words) > columns.words:
                words = fit(words, columns.words)
            segments.append(Segment(words, beside + _dim(self, lit)))
        if lit:
            drawn = sum(cells(text) for text, *_ in segments)
            segments.append(Segment(" " * max(0, width - drawn), beside))
        return segments

    def _named(self, option: Option, width: int, base: Style, lit: bool) -> list[Segment]:
        """The name with its matching letters, and what is said right behind it."""
        label = clean(option.label, 300)
        after = f"  {option.after}" if option.after else ""
        shown = fit(label, width - cells(after)).rstrip() if after else fit(label, width)
        hit = Style(underline=True) if lit else base + self.look("line--hit")
        if option.is_dim and not lit:
            base += self.look("line--faint")
        plain = base + Style(bold=True) if option.is_chosen else base
        coloured = base if lit or not option.colour else base + self.look(f"line--{option.colour}")
        segments, at = list[Segment](), 0
        if option.colour and shown:
            segments.append(Segment(shown[0], coloured))
            at = 1
        for start, end in spans_of(self._words, label):
            if at <= start and end <= len(shown):
                segments.append(Segment(shown[at:start], plain))
                segments.append(Segment(shown[start:end], base + hit if lit else hit))
                at = end
        segments.append(Segment(shown[at:], plain))
        if after:
            rest = max(0, width - cells(shown) - cells(after))
            dim = base if lit else base + self.look("line--dim")
            segments.append(Segment(after + " " * rest, dim))
        return segments

    def _prose(self, option: Option, width: int) -> list[Segment]:
        """A line between the rows: a heading in bold, or words about what follows."""
        look = "line--headline" if option.is_heading else "rows--prose"
        return [Segment(fit(f" {clean(option.label, 300)}", width), self.ground + self.look(look))]


def _dim(view: LineView, lit: bool) -> Style:
    return Style.null() if lit else view.look("line--dim")


def parted(rows: Sequence[Option]) -> int:
    """The rows of the first of two columns: up to the heading that makes them most alike."""
    headings = [at for at, row in enumerate(rows) if row.is_heading and at]
    return min(headings, key=lambda at: max(at, len(rows) - at), default=len(rows))
