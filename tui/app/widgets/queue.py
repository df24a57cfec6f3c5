"""QueueList: the sources to triage, two lines each, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.cache import LRUCache
from textual.strip import Strip

from tui.app.widgets.line_view import LineView
from tui.app.widgets.queue_row import (
    ROW_LINES,
    DividerRow,
    Row,
    RowState,
    SourceRow,
)
from tui.app.widgets.queue_rows import QueueRows
from tui.app.widgets.row_painter import RowPainter, Spans

if TYPE_CHECKING:
    from tui.triage.schema import Schema
    from tui.vault.source import Source

KEPT_ROWS = 512
"""Rows whose strips are cached: some screens around the cursor."""


class QueueList(LineView):
    """The rows and the cursor.

    The cursor is always on a source, never on a divider. When a move, a click or new rows
    put it on another source, `on_move` is called directly, so that the preview follows in
    the same frame.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "queue--cursor",
        "queue--cursor-blurred",
        "queue--mark",
    }
    DEFAULT_CSS = """
    QueueList > .queue--cursor { background: $row-cursor; }
    QueueList > .queue--cursor-blurred { background: $row-cursor-blurred; }
    QueueList > .queue--mark { color: $accent; text-style: bold; }
    QueueList:nocolor > .queue--cursor { text-style: reverse; }
    """

    def __init__(
        self,
        schema_of: Callable[[], Schema],
        *,
        problem_of: Callable[[Source], str | None],
        spans: Callable[[str, str], Spans],
        on_move: Callable[[Source | None], None] | None = None,
        id: str | None = None,
    ) -> None:
        self._rows = QueueRows()
        self._reported: Source | None = None
        self._done: frozenset[str] = frozenset()
        self._marked: set[str] = set()
        self._on_move = on_move
        self._painter = RowPainter(schema_of, problem_of, spans, self.look)
        self._strips: LRUCache[tuple[int, int, RowState], tuple[Strip, Strip]] = LRUCache(KEPT_ROWS)
        super().__init__(id=id)

    # Content

    @property
    def rows(self) -> Sequence[Row]:
        """The rows, in order."""
        return self._rows.all

    @property
    def cursor(self) -> int | None:
        """The row under the cursor."""
        return self._rows.cursor

    @property
    def current(self) -> Source | None:
        """The source under the cursor."""
        return self._rows.current

    @property
    def source_count(self) -> int:
        """The number of rows with a source."""
        return self._rows.source_count

    def row_of(self, name: str) -> int | None:
        """The row of the source called ``name``."""
        return self._rows.place_of(name)

    @property
    def first_row(self) -> int:
        """The row at the top of the view; pass it to `show` to return to the same place."""
        return self.first_line // ROW_LINES

    def show(
        self, rows: Iterable[Row], cursor: int | None, *, first_row: int | None = None
    ) -> None:
        """Replace all rows.

        A source that keeps the cursor keeps its line on the screen, unless `first_row` puts
        another row at the top.
        """
        before, line = self.current, (self.cursor or 0) * ROW_LINES - self.first_line
        self._rows.put(rows, None)
        if cursor is not None:
            self._rows.cursor = self._rows.nearest(cursor, 1)
        self._strips.clear()
        self.set_line_count(len(self._rows) * ROW_LINES)
        after = self.current
        if first_row is not None:
            self.scroll_to_line(first_row * ROW_LINES)
        elif self.cursor is not None and before and after and before.name == after.name:
            self.scroll_to_line(self.cursor * ROW_LINES - line)
        self._reveal_cursor()
        self.refresh()
        self._report()

    def extend(self, rows: Sequence[Row]) -> None:
        """Append rows; nothing in sight moves."""
        before = len(self._rows)
        self._rows.add(rows)
        self.set_line_count(len(self._rows) * ROW_LINES)
        if before * ROW_LINES < self.first_line + self.text_height:
            self.refresh()
        self._report()

    def renew(self, rows: Sequence[Row], cursor: int | None) -> None:
        """Replace the rows while a person reads them: as little as possible moves.

        The row under the cursor keeps its line on the screen. With the cursor out of sight,
        the first row in sight that remains does.
        """
        first, last = self.first_line, self.first_line + self.text_height
        at, kept = self.cursor, None
        if at is not None and cursor is not None and first - ROW_LINES < at * ROW_LINES < last:
            kept = at, cursor
        else:
            kept = self._rows.first_kept(self.first_row, rows)
        self._rows.put(rows, cursor)
        self._strips.clear()
        self.set_line_count(len(self._rows) * ROW_LINES)
        if kept is not None:
            before, after = kept
            self.scroll_to_line((after - before) * ROW_LINES + first)
        self.refresh()
        self._report()

    def update_rows(self, sources: Iterable[Source]) -> None:
        """Show the new state of these sources, in the same rows."""
        in_sight = self._in_sight
        changed = False
        for index in self._rows.update(sources):
            changed = True
            if index in in_sight:
                self._refresh_row(index)
            if index == self.cursor:
                self._reported = self.current
        if changed:
            self._strips.clear()

    @property
    def _in_sight(self) -> range:
        last = (self.first_line + self.text_height - 1) // ROW_LINES
        return range(self.first_row, min(last + 1, len(self._rows)))

    def set_done(self, names: Iterable[str]) -> None:
        """Dim the sources with these names, and no others."""
        changed, self._done = self._done ^ frozenset(names), frozenset(names)
        self._refresh_named(changed)

    def mark(self, names: Iterable[str], marked: bool) -> None:
        """Mark or unmark the sources with these names."""
        changed = frozenset(names)
        if marked:
            self._marked |= changed
        else:
            self._marked -= changed
        self._refresh_named(changed)

    def set_query(self, text: str) -> None:
        """Highlight the letters that match this query."""
        if text != self._painter.query:
            self._painter.query = text
            self._strips.clear()
            self.refresh()

    # Cursor

    def move(self, delta: int) -> None:
        """Move the cursor by so many rows, no further than the ends."""
        if delta and len(self._rows):
            start = -1 if self.cursor is None and delta > 0 else self.cursor or 0
            self._move_cursor(self._rows.nearest(start + delta, delta))

    def move_to(self, index: int) -> None:
        """Move the cursor to a row, or to the nearest source."""
        self._move_cursor(self._rows.nearest(index, 1))

    def page(self, pages: float) -> None:
        """Move cursor and view by pages, or parts of one; the cursor keeps its screen line."""
        rows = max(1, self.text_height // ROW_LINES)
        before, line = self.cursor or 0, self.first_line
        self.move(round(rows * pages) or (1 if pages > 0 else -1))
        self.scroll_to_line(line + ((self.cursor or 0) - before) * ROW_LINES)
        self._reveal_cursor()

    def home(self) -> None:
        """Move the cursor to the first source."""
        self.move_to(0)

    def end(self) -> None:
        """Move the cursor to the last source."""
        self.move_to(len(self._rows) - 1)

    def _move_cursor(self, index: int | None) -> None:
        before, self._rows.cursor = self.cursor, index
        if before != index:
            self._refresh_row(before)
            self._refresh_row(index)
        self._reveal_cursor()
        self._report()

    def _reveal_cursor(self) -> None:
        """Scroll by half a page if the cursor is out of sight.

        Most moves then repaint two rows, and few the whole list.
        """
        if self.cursor is None:
            return
        top, height, first = self.cursor * ROW_LINES, self.text_height, self.first_line
        if top < first or top + min(ROW_LINES, height) > first + height:
            self.scroll_to_line(top - height // (2 * ROW_LINES) * ROW_LINES)

    def _report(self) -> None:
        source = self.current
        if source is self._reported:
            return
        self._reported = source
        if self._on_move is not None:
            self._on_move(source)

    # Drawing

    def forget_strips(self) -> None:
        """Drop the cached strips."""
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        if not len(self._rows):
            return self.empty_line(y)
        width, ground = self.text_width, self.ground
        index, line = divmod(y + self.first_line, ROW_LINES)
        if index >= len(self._rows):
            return Strip.blank(width, ground)
        row = self._rows[index]
        state = self._state_of(index, row)
        key = (index, width, state)
        strips = self._strips.get(key)
        if strips is None:
            if isinstance(row, DividerRow):
                strips = self._painter.divider(row, width, ground)
            else:
                strips = self._painter.source(row, width, state, ground)
            self._strips[key] = strips
        return strips[line]

    def _state_of(self, index: int, row: Row) -> RowState:
        name = row.source.name if isinstance(row, SourceRow) else ""
        return RowState(
            cursor=index == self.cursor,
            focused=index == self.cursor and self.has_focus,
            marked=name in self._marked,
            done=name in self._done,
        )

    def _refresh_row(self, index: int | None) -> None:
        if index is not None:
            self.refresh_lines(index * ROW_LINES, ROW_LINES)

    def _refresh_named(self, names: frozenset[str]) -> None:
        """Redraw the rows in sight that show these sources."""
        if not names:
            return
        for index in self._in_sight:
            source = self._rows.source_at(index)
            if source is not None and source.name in names:
                self._refresh_row(index)

    # Events

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.set_line_count(len(self._rows) * ROW_LINES)
        self._reveal_cursor()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row under the pointer."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = (offset.y + self.first_line) // ROW_LINES
        if self._rows.source_at(index) is not None:
            self.move_to(index)
