"""Board: the rows of the queue, kept in step with the worklist they come from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Literal

from tui.display import clean
from tui.errors import QueryError
from tui.session.model.cards import Cards
from tui.session.model.pass_state import PassState
from tui.session.model.reader_state import ReaderState
from tui.session.model.rows import Row, Rows, SourceRow, place_beside
from tui.session.model.worklist import Worklist
from tui.session.model.writing import Writing
from tui.vault.source import Source

Part = Literal["source", "suggested", "proposed", "figures", "line", "asked"]
"""What is worked out before a drawing: what preview and panes show, suggestions, proposals,
figures, the line below the search bar, the question of a rapid pass."""
HEADING = 60
"""The characters of a heading, at most."""


class Board:
    """Shows the worklist's rows, and moves the cursor."""

    def __init__(
        self,
        rows: Rows,
        worklist: Worklist,
        writing: Writing,
        cards: Cards,
        *,
        forget: Callable[[], object],
        empty_text: Callable[[], str],
        advances: bool,
    ) -> None:
        """``forget`` drops an answer that is older than what is shown now."""
        self._vault = worklist.desk.vault
        self.rows = rows
        self.worklist = worklist
        self._writing = writing
        self.reader = ReaderState()
        """Whether the source under the cursor is read on the whole screen."""
        self.in_pass = PassState()
        """The rapid pass, if one runs: its source is the one in hand."""
        self.cards = cards
        """The notebooks' board, if it is open: the source of its card is the one in hand."""
        self._forget = forget
        self._empty_text = empty_text
        self._advances = advances
        self._outdated: set[Part] = set()
        self._head()

    @property
    def current(self) -> Source | None:
        """The source in hand: the one that a rapid pass asks about, else that under the cursor.

        The cursor is that of the notebooks' board while it is open, else that of the queue.
        """
        if self.in_pass.is_running:
            return self._vault.find(self.in_pass.name)
        if self.cards.is_open:
            return self._vault.find(self.cards.here)
        return self.rows.current

    @property
    def here(self) -> str:
        """The name of the source in hand; empty without one."""
        if self.in_pass.is_running:
            return self.in_pass.name
        return self.cards.here if self.cards.is_open else self.rows.here

    @property
    def targets(self) -> list[Source]:
        """The sources a deciding key changes: the marked ones, else the one in hand."""
        if self.takes_marked:
            return self.marked_sources
        current = self.current
        return [current] if current else []

    @property
    def takes_marked(self) -> bool:
        """Whether a deciding key changes the marked sources: a reader decides about the text."""
        return bool(self.rows.marked) and not self.reader.is_open

    @property
    def marked_sources(self) -> list[Source]:
        """The marked sources in the queue's order, hidden ones last."""
        found = self._vault.known(self.rows.marked)
        if len(found) < 2:
            return found
        place, last = self.rows.row_of, len(self.rows)

        def where(source: Source) -> tuple[int, str]:
            row = place(source.name)
            return (last if row is None else row, source.name)

        return sorted(found, key=where)

    def outdate(self, *parts: Part) -> None:
        """Have these parts worked out again before the next drawing."""
        self._outdated.update(parts)

    def take_outdated(self) -> set[Part]:
        """The parts to work out again since the last call."""
        outdated, self._outdated = self._outdated, set()
        return outdated

    # Rows

    def show_changed(self, *sources: Source) -> None:
        """Show these sources' new fields wherever they are in sight."""
        self.rows.update(sources)
        self.cards.note(source.name for source in sources)
        here = self.here
        self.outdate("figures")
        if any(source.name == here for source in sources):
            self.outdate("source")

    def refresh(self, name: str = "", row: int = 0, first_row: int | None = None) -> None:
        """Show the worklist's rows, with the cursor on the source ``name``, else on ``row``."""
        self._forget()
        try:
            rows = self.worklist.rows()
        except QueryError:
            self.outdate("line")
        else:
            self.show_rows(rows, name, row, first_row)

    def show_rows(
        self, rows: Sequence[Row], name: str = "", row: int = 0, first_row: int | None = None
    ) -> None:
        """Show these rows, with the cursor on the source ``name``, else on ``row``."""
        self.say_when_empty()
        self.cards.outdate()
        if self._writing and self.rows.cursor is not None:
            # The next letters belong to the field, and must not act as keys.
            rows, name = self._with_written(rows, self.rows.cursor)
        named = (
            index
            for index, shown in enumerate(rows)
            if isinstance(shown, SourceRow) and shown.source.name == name
        )
        # No source has an empty name: do not search 100,000 rows for it.
        cursor = next(named if name else iter(()), min(row, len(rows) - 1)) if rows else None
        self._head()
        self.rows.light(self.worklist.lit)
        self.rows.show(rows, cursor, first_row=first_row)
        self._rows_changed()

    def _with_written(self, rows: Sequence[Row], at: int) -> tuple[Sequence[Row], str]:
        """The rows and the source whose insight is being written, which stays among them."""
        written = self.rows[at]
        if not isinstance(written, SourceRow):
            return rows, ""
        name = written.source.name
        if not any(isinstance(row, SourceRow) and row.source.name == name for row in rows):
            place = place_beside(self.rows.all[:at], rows)
            fresh = self._vault.find(name) or written.source
            rows = [*rows[:place], written._replace(source=fresh), *rows[place:]]
            if not self.worklist.looking_up:
                self.worklist.keep(name)
        return rows, name

    def renew(self, fresh: Mapping[str, Source], name: str) -> None:
        """Show new rows, with the cursor where it was, on the source called ``name``.

        ``fresh`` are changed sources by their names.
        """
        self.cards.outdate()
        old, at = self.rows.all, self.rows.cursor
        try:
            rows = self.worklist.rows()
        except QueryError:
            # The lookup is half typed: its last matches stay.
            rows = [
                row._replace(source=fresh.get(row.source.name, row.source))
                if isinstance(row, SourceRow)
                else row
                for row in old
            ]
        named = (
            index
            for index, row in enumerate(rows)
            if isinstance(row, SourceRow) and row.source.name == name
        )
        cursor = next(named, None)
        if cursor is None and at is not None:
            cursor = place_beside(old[:at], rows)
            row = old[at]
            if isinstance(row, SourceRow):
                row = row._replace(source=fresh.get(name, row.source))
            rows.insert(cursor, row)
        if not rows:
            self.say_when_empty()
        self.rows.renew(rows, cursor if cursor is not None else 0 if rows else None)
        self._rows_changed()

    def say_when_empty(self) -> None:
        """Work out what the queue says when it is empty."""
        self.rows.say_when_empty(self._empty_text())

    def _head(self) -> None:
        """Say above the queue what it shows."""
        worklist = self.worklist
        heading = clean(worklist.heading, HEADING)
        self.rows.head(heading, worklist.days, waits=worklist.is_by_waiting)

    def _rows_changed(self) -> None:
        self.outdate("source", "figures", "line")

    # Cursor

    def advance(self) -> None:
        """Go to the next open source; stay in a lookup, which was about this source."""
        at = self.rows.cursor
        elsewhere = self.in_pass.is_running or self.cards.is_open
        stays = self.worklist.looking_up or elsewhere
        if not self._advances or stays or at is None:
            return
        rows = self.rows.all
        for index in chain(range(at + 1, len(rows)), range(at - 1, -1, -1)):
            row = rows[index]
            if isinstance(row, SourceRow) and row.source.name not in self.worklist.done:
                self.rows.move_to(index)
                return

    def go_to(self, name: str) -> None:
        """Put the cursor on a source, if it has a row or a card and no insight is being written."""
        if self.cards.is_open:
            self.cards.go_to(name)
            return
        row = self.rows.row_of(name)
        if row is not None and not self._writing:
            self.rows.move_to(row)
