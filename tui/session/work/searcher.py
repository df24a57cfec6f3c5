"""Searcher: shows the matches of the search bar, and returns to where the user was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass

from tui.desk import Desk
from tui.display import cells, clean
from tui.errors import QueryError, SluiceError
from tui.search.complete import Completion
from tui.search.doubt import doubt
from tui.search.hits import Hit
from tui.session.flow.body_reader import BodyReader
from tui.session.flow.finder import Finder, takes_long
from tui.session.flow.outside import AWAY, OutsideChanges
from tui.session.model.board import Board
from tui.session.model.reading import ReadingState
from tui.session.model.rows import Row, places_of
from tui.session.ports import IsStopped, Panes, Threads
from tui.session.update import SearchLine

_AGAIN = 0.2
"""Seconds after which to try again to show bodies that were read."""
_EDGES = 4
"""Cells of padding around the line below the bar."""


@dataclass(eq=False)
class Searcher:
    """Looks up what is typed into the search bar.

    When there are ``many`` matches, it shows the ``first`` ones before the others. After more than
    ``at_once`` sources have changed, it works out all rows again. ``leave`` ends what is written
    and read.
    """

    _desk: Desk
    _board: Board
    _finder: Finder
    _reading: ReadingState
    _body_reader: BodyReader
    _outside: OutsideChanges
    _panes: Panes
    _threads: Threads
    _: KW_ONLY
    leave: Callable[[], object]
    many: int
    first: int
    at_once: int

    def __post_init__(self) -> None:
        self._worklist = self._board.worklist
        self._typed_at_end = True
        """Whether the last letter was typed at the end, where a completion continues."""
        self._place: tuple[str, int] | None = None
        """The source under the cursor and the top row when the search began."""
        self._counting = set[str]()
        """The fields whose values a thread counts."""

    def start(self) -> None:
        """Focus the search bar; remember the place."""
        self.leave()
        if not self._worklist.looking_up and self._board.current is not None:
            self._place = (self._board.here, self._panes.first_row)
        self._desk.completer.forget()
        if not self._reading.busy:
            self._body_reader.start()
        self._panes.search()

    def look_for(self, words: str) -> None:
        """Search as if the words had been typed, and go to the matches."""
        self.start()
        self._panes.fill_bar(words)
        self.look_up(words)
        self.finish()

    def look_up(self, words: str, at_end: bool = True) -> None:
        """Show the matches, with the cursor on the best one.

        ``at_end`` says whether the last letter was typed at the end.
        """
        self._typed_at_end = at_end
        if words == self._worklist.words:
            return
        self._worklist.look_up(words)
        name = "" if self._worklist.looking_up or self._place is None else self._place[0]
        if not self._worklist.looking_up:
            self._board.refresh(name, first_row=0)
            return
        self._worklist.changed.clear()
        self._finder.ask(
            self._worklist.hits,
            self._show_hits,
            self._refused,
            takes_long=takes_long(self._desk, words),
        )
        if self._finder.working:
            # The matches come later, the line below the bar at once.
            self._board.outdate("line")

    def _refused(self, _: SluiceError) -> None:
        self._outdate_line()

    def _show_hits(self, hits: Sequence[Hit]) -> None:
        """Show the first matches at once; if there are many, all of them a little later."""
        many = len(hits) > self.many
        rows = self._worklist.rows_of(hits[: self.first] if many else hits)
        self._board.show_rows(self._worklist.bring_up(rows, places_of(rows)), first_row=0)
        if many:
            self._ask(lambda: self._worklist.rows_of(hits), best=True)

    def _ask(self, question: Callable[[], list[Row]], *, best: bool = False) -> None:
        """Work out rows in a thread, and show them around the cursor.

        With ``best``, while the user is still typing, the cursor goes to the best match.
        """

        def answer() -> tuple[list[Row], dict[str, int]]:
            rows = question()
            return rows, places_of(rows)

        self._finder.ask(answer, lambda found: self._show_late(*found, best=best), self._refused)

    def _ask_anew(self, *, best: bool = False) -> None:
        """Work out all rows again."""
        self._worklist.changed.clear()
        self._ask(self._worklist.rows, best=best)

    def _show_late(self, rows: list[Row], places: dict[str, int], *, best: bool) -> None:
        """Show rows from the thread; the cursor and recent decisions stay."""
        queue = self._board.rows
        changed = self._worklist.changed
        missed = (name for name in changed if name not in places)
        if len(changed) > self.at_once or any(queue.row_of(name) is not None for name in missed):
            # New sources came meanwhile, or very many changed.
            self._ask_anew(best=best)
            return
        count = len(rows)
        rows = self._worklist.bring_up(rows, places)
        if best and self._panes.focus == "search":
            self._board.show_rows(rows, first_row=0)
            return
        name, row, first_row = "", queue.cursor or 0, self._panes.first_row
        if self._board.current is not None:
            place = places.get(self._board.current.name)
            if place is None or len(rows) < count:
                name = self._board.current.name
            else:
                row = place
        self._board.show_rows(rows, name, row, first_row)

    def line(self) -> SearchLine:
        """The line below the bar: an error of the query, or how to complete its filter."""
        offered = self._offered()
        error = self._error(self._worklist.words)
        # An error that the completion would fix is not reported yet.
        if error and not (offered.texts and not self._error(offered.texts[0])):
            return SearchLine(error, False, offered)
        if self._outside.away:
            return SearchLine(AWAY, False, offered)
        row = _in_a_row(offered.shown, self._panes.width - _EDGES)
        return SearchLine(row or self._unread() or self._doubt(), True, offered)

    def _offered(self) -> Completion:
        """The completions of the filter at the cursor."""
        words = self._worklist.words
        if self._panes.focus != "search" or not self._typed_at_end or not words:
            return Completion()
        offered = self._desk.completer.complete(words)
        if offered.uncounted and not self._reading.busy:
            self._count(offered.uncounted)
        return offered

    def _error(self, words: str) -> str:
        """Why a query is invalid; empty until the vault has been read."""
        if not words or self._reading.busy:
            return ""
        try:
            self._desk.lookup.parse(words)
        except QueryError as error:
            return str(error)
        return ""

    def show_bodies_read(self) -> None:
        """Show matches in bodies that were read since the query was typed."""
        bodies = self._desk.lookup.bodies
        if not bodies.unread or self._reading.busy:
            return
        if self._finder.working:
            # The matches of the typed words come first, with the cursor on the best.
            self._threads.after(_AGAIN, self.show_bodies_read)
            return
        bodies.forget_unread()
        if not self._worklist.looking_up:
            self._worklist.renew()
        self._ask_anew()

    def _unread(self) -> str:
        """How many bodies have been read, if the query asks about bodies."""
        if not self._worklist.looking_up or self._reading.busy:
            return ""
        bodies, total = self._desk.lookup.bodies, self._desk.vault.count
        left = max(bodies.left, bodies.unread)
        read = max(total - left, 0)
        return f"Reading bodies… {read:,} of {total:,}" if bodies.unread else ""

    def _doubt(self) -> str:
        """What may be wrong with a query without matches."""
        if not self._worklist.looking_up or len(self._board.rows) or self._reading.busy:
            return ""
        conditions = self._desk.lookup.parse(self._worklist.words).conditions
        return doubt(conditions, self._desk.completer.names)

    def _count(self, field: str) -> None:
        """Count the values in use in a thread, then show them; once, however much is typed."""
        if field in self._counting:
            return
        self._counting.add(field)

        def count(_: IsStopped) -> None:
            try:
                self._desk.completer.count(field)
            finally:
                self._counting.discard(field)
            self._threads.back(self._outdate_line)

        self._threads.run(count, "completions")

    def _outdate_line(self) -> None:
        self._board.outdate("line")

    def finish(self) -> None:
        """Go from the bar to the matches."""
        if self._finder.working:
            # The next key is for the matches, which must be there.
            self._board.refresh(first_row=0)
        self._panes.show("queue")
        self._board.outdate("line")

    def clear(self) -> None:
        """Clear the search and return to where it began."""
        self.leave()
        here = self._board.here, None
        name, first_row = self._place or here
        self.forget()
        self._board.refresh(name, first_row=first_row)
        self._panes.show("queue")

    def forget(self) -> None:
        """Drop the search and the place."""
        self._finder.forget()
        self._place = None
        self._worklist.look_up("")
        self._panes.fill_bar("")


def _in_a_row(candidates: tuple[str, ...], width: int) -> str:
    """As many candidates as fit."""
    shown = ""
    for candidate in candidates:
        longer = f"{shown}   {clean(candidate, 60)}" if shown else clean(candidate, 60)
        if cells(longer) > width:
            break
        shown = longer
    return shown
