"""QueueList: the sources to triage, one line or two each, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.cache import LRUCache
from textual.strip import Strip

from tui.app.widgets.line_view import LineView
from tui.app.widgets.row_painter import RowFacts, RowForm, RowPainter, RowState, Spans
from tui.session.model.rows import DividerRow, Row, RowChanges, Rows, SourceRow, first_kept

KEPT_ROWS = 512
"""Rows whose strips are cached: some screens around the cursor."""


class QueueList(LineView):
    """Draws the rows and the cursor; ``on_pick`` gets the row that was clicked."""

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
        rows: Rows,
        facts: RowFacts,
        *,
        spans: Callable[[str, str], Spans],
        on_pick: Callable[[int], object],
        on_one_line: tuple[int, int] = (160, 190),
        id: str | None = None,
    ) -> None:
        """On screens of so many cells as ``on_one_line`` says first, a row is one line.

        From the second number on it includes the creator.
        """
        self.rows = rows
        self._facts = facts
        self._on_pick = on_pick
        self._one_line, self._with_creator = on_one_line
        self._row_lines = 2
        self._painter = RowPainter(facts, spans, self.look)
        self._strips: LRUCache[tuple[int, RowForm, RowState], tuple[Strip, ...]] = LRUCache(
            KEPT_ROWS
        )
        super().__init__(id=id)

    @property
    def row_lines(self) -> int:
        """The lines of a row."""
        return self._row_lines

    @property
    def first_row(self) -> int:
        """The row at the top of the view."""
        return self.first_line // self._row_lines

    @property
    def page_rows(self) -> int:
        """The rows in sight."""
        return max(1, self.text_height // self._row_lines)

    @property
    def title_room(self) -> int:
        """The cells of a title: a longer one is cut."""
        return self._painter.title_room(self._form(self.text_width))

    def draw(self, changes: RowChanges) -> None:
        """Draw what changed of the rows."""
        self._keep_time()
        if changes.words:
            self._take_words()
        self._fit_rows()
        if changes.replaced is not None:
            self._replace(changes, changes.replaced)
        elif changes.added is not None:
            self.set_line_count(len(self.rows) * self._row_lines)
            if changes.added * self._row_lines < self.first_line + self.text_height:
                self.refresh()
        if changes.redrawn:
            self._strips.clear()
        self._refresh_changed(changes)
        if changes.follow:
            by = (self.rows.cursor or 0) - (changes.cursor or 0)
            self.scroll_to_line(self.first_line + by * self._row_lines)
        if changes.reveal:
            self._reveal_cursor()

    def _keep_time(self) -> None:
        """Count ages from the current hour."""
        before, now = self._painter.now, self.rows.now
        if (now.date(), now.hour) != (before.date(), before.hour):
            self._painter.now = now
            self._redraw_all()

    def _redraw_all(self) -> None:
        self._strips.clear()
        self.refresh()

    def _take_words(self) -> None:
        if self.rows.lit != self._painter.query:
            self._painter.query = self.rows.lit
            self._redraw_all()
        ages = self.rows.days, self.rows.tell_waits
        if ages != (self._painter.days, self._painter.tell_waits):
            self._painter.days, self._painter.tell_waits = ages
            self._redraw_all()
        if self.rows.empty_text != self.empty_text:
            self.empty_text = self.rows.empty_text

    def _replace(self, changes: RowChanges, old: Sequence[Row]) -> None:
        """Draw new rows, and scroll so that what somebody reads keeps its place."""
        first, kept = self.first_line, changes.kept
        if changes.calmly and not (kept and self._is_in_sight(kept[0])):
            kept = first_kept(old, self.first_row, self.rows.all)
        self._strips.clear()
        self.set_line_count(len(self.rows) * self._row_lines)
        if changes.first_row is not None:
            self.scroll_to_line(changes.first_row * self._row_lines)
        elif kept is not None:
            before, after = kept
            self.scroll_to_line((after - before) * self._row_lines + first)
        self.refresh()

    def _refresh_changed(self, changes: RowChanges) -> None:
        """Redraw the rows in sight that changed."""
        rows = set(changes.redrawn)
        if changes.cursor != self.rows.cursor:
            rows |= {row for row in (changes.cursor, self.rows.cursor) if row is not None}
        in_sight = self._in_sight
        if changes.recoloured:
            for index in in_sight:
                source = self.rows.source_at(index)
                if source is not None and source.name in changes.recoloured:
                    rows.add(index)
        for index in rows:
            if index in in_sight:
                self.refresh_lines(index * self._row_lines, self._row_lines)

    @property
    def _in_sight(self) -> range:
        last = (self.first_line + self.text_height - 1) // self._row_lines
        return range(self.first_row, min(last + 1, len(self.rows)))

    def _is_in_sight(self, row: int) -> bool:
        """Whether a line of a row is in sight."""
        first = self.first_line
        return first - self._row_lines < row * self._row_lines < first + self.text_height

    def _reveal_cursor(self) -> None:
        """Scroll by half a page if the cursor is out of sight.

        Most moves then repaint two rows, and few the whole list.
        """
        if self.rows.cursor is None:
            return
        top, height, first = self.rows.cursor * self._row_lines, self.text_height, self.first_line
        if top < first or top + min(self._row_lines, height) > first + height:
            self.scroll_to_line(top - height // (2 * self._row_lines) * self._row_lines)

    # Drawing

    def forget_strips(self) -> None:
        """Drop the cached strips."""
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        if not len(self.rows):
            return self.empty_line(y)
        width, ground = self.text_width, self.ground
        index, line = divmod(y + self.first_line, self._row_lines)
        if index >= len(self.rows):
            return Strip.blank(width, ground)
        row = self.rows[index]
        state, form = self._state_of(index, row), self._form(width)
        key = (index, form, state)
        strips = self._strips.get(key)
        if strips is None:
            if isinstance(row, DividerRow):
                strips = self._painter.divider(row, form, ground)
            else:
                strips = self._painter.source(row, form, state, ground)
            self._strips[key] = strips
        return strips[line]

    def _form(self, width: int) -> RowForm:
        screen = self.screen.size.width
        return RowForm(width, screen, self._row_lines, screen >= self._with_creator)

    def _state_of(self, index: int, row: Row) -> RowState:
        at = self.rows.cursor
        if not isinstance(row, SourceRow):
            return RowState(cursor=False, focused=False, marked=False, done=False, news="")
        name, done = row.source.name, self.rows.is_dimmed(row.source.name)
        return RowState(
            cursor=index == at,
            focused=index == at and self.has_keyboard,
            marked=name in self.rows.marked,
            done=done,
            news="" if done else self._facts.news_of(row.source),
        )

    # Events

    def on_resize(self) -> None:
        """Keep the place and the cursor in sight, also where rows become taller or lower."""
        self._fit_rows()
        self.set_line_count(len(self.rows) * self._row_lines)
        self._reveal_cursor()

    def _fit_rows(self) -> None:
        """Give a row one line or two: a second one only where there is something to say in it."""
        is_single = self.screen.size.width >= self._one_line
        if not is_single and len(self.rows):
            is_single = not self._painter.has_columns
        first, lines = self.first_row, 1 if is_single else 2
        if lines == self._row_lines:
            return
        self._row_lines = lines
        self._strips.clear()
        self.set_line_count(len(self.rows) * lines)
        self.scroll_to_line(first * lines)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Report the row under the pointer."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = (offset.y + self.first_line) // self._row_lines
        if self.rows.source_at(index) is not None:
            self._on_pick(index)
