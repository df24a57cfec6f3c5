"""Searcher: shows the matches of the search bar, and returns to where the user was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from tui.app.outside import AWAY
from tui.app.widgets.queue_rows import places_of
from tui.display import cells, clean
from tui.errors import QueryError
from tui.search.complete import Completion
from tui.search.doubt import doubt

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen
    from tui.app.widgets.queue_row import Row
    from tui.search.hits import Hit


AT_ONCE = 5_000
"""The most changed sources whose rows are updated within the frame that shows them."""
FIRST, MANY = 300, 3_000
"""From ``MANY`` matches, the first ones are shown before the others are worked out."""
_AGAIN = 0.2
"""Seconds after which to try again to show bodies that were read."""
_EDGES = 4
"""Cells of padding around the line below the bar."""


class Searcher:
    """Runs the search bar of one screen."""

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen
        self._place: tuple[str, int] | None = None
        """The source under the cursor and the top row when the search began."""

    def start(self) -> None:
        """Focus the search bar; remember the place."""
        screen = self._screen
        screen.noter.leave()
        if not screen.worklist.looking_up and screen.current is not None:
            self._place = (screen.current.name, screen.queue.first_row)
        screen.desk.completer.forget()
        if not screen.loader.busy:
            screen.body_reader.start()
        screen.panes.bring_into_sight(screen.queue)
        screen.set_focus(screen.search)

    def look_for(self, words: str) -> None:
        """Search as if the words had been typed, and go to the matches."""
        self.start()
        self._screen.search.value = words
        self.finish()

    def look_up(self, words: str) -> None:
        """Show the matches, with the cursor on the best one."""
        screen = self._screen
        if words == screen.worklist.words:
            return
        screen.worklist.words = words
        name = "" if screen.worklist.looking_up or self._place is None else self._place[0]
        if not screen.worklist.looking_up:
            screen.refresh_queue(name, first_row=0)
            return
        screen.worklist.changed.clear()
        screen.finder.ask(
            screen.worklist.hits,
            self._show_hits,
            lambda _: self.tell(),
            takes_long=screen.viewer.takes_long(words),
        )
        if screen.finder.working:
            # The matches come later, the line below the bar at once.
            self.tell()

    def _show_hits(self, hits: Sequence[Hit]) -> None:
        """Show the first matches at once; if there are many, all of them a little later."""
        screen = self._screen
        many = len(hits) > MANY
        rows = screen.worklist.rows_of(hits[:FIRST] if many else hits)
        screen.show_rows(screen.worklist.bring_up(rows, places_of(rows)), first_row=0)
        if many:
            self._ask(lambda: screen.worklist.rows_of(hits), best=True)

    def _ask(self, question: Callable[[], list[Row]], *, best: bool = False) -> None:
        """Work out rows in a thread, and show them around the cursor.

        With ``best``, while the user is still typing, the cursor goes to the best match.
        """

        def answer() -> tuple[list[Row], dict[str, int]]:
            rows = question()
            return rows, places_of(rows)

        self._screen.finder.ask(
            answer, lambda found: self._show_late(*found, best=best), lambda _: self.tell()
        )

    def _ask_anew(self, *, best: bool = False) -> None:
        """Work out all rows again."""
        self._screen.worklist.changed.clear()
        self._ask(self._screen.worklist.rows, best=best)

    def _show_late(self, rows: list[Row], places: dict[str, int], *, best: bool) -> None:
        """Show rows from the thread; the cursor and recent decisions stay."""
        screen, queue = self._screen, self._screen.queue
        changed = screen.worklist.changed
        missed = (name for name in changed if name not in places)
        if len(changed) > AT_ONCE or any(queue.row_of(name) is not None for name in missed):
            # New sources came meanwhile, or very many changed.
            self._ask_anew(best=best)
            return
        count = len(rows)
        rows = screen.worklist.bring_up(rows, places)
        if best and screen.focused is screen.search:
            screen.show_rows(rows, first_row=0)
            return
        name, row, first_row = "", queue.cursor or 0, queue.first_row
        if screen.current is not None:
            place = places.get(screen.current.name)
            if place is None or len(rows) < count:
                name = screen.current.name
            else:
                row = place
        screen.show_rows(rows, name, row, first_row)

    def tell(self) -> None:
        """Show errors of the query below the bar, or how to complete its filter."""
        screen = self._screen
        offered = self._offered()
        screen.search.offer(offered)
        error = self._error(screen.worklist.words)
        # An error that the completion would fix is not reported yet.
        if error and not (offered.texts and not self._error(offered.texts[0])):
            screen.show_complaint(error)
        elif screen.outside.away:
            screen.show_complaint(AWAY)
        else:
            row = _in_a_row(offered.shown, screen.size.width - _EDGES)
            screen.show_complaint(row or self._unread() or self._doubt(), hint=True)

    def _offered(self) -> Completion:
        """The completions of the filter at the cursor."""
        screen, bar = self._screen, self._screen.search
        if screen.focused is not bar or not bar.typed_at_end or not bar.value:
            return Completion()
        offered = screen.desk.completer.complete(bar.value)
        if offered.uncounted and not screen.loader.busy:
            self._count(offered.uncounted)
        return offered

    def _error(self, words: str) -> str:
        """Why a query is invalid; empty until the vault has been read."""
        if not words or self._screen.loader.busy:
            return ""
        try:
            self._screen.desk.lookup.parse(words)
        except QueryError as error:
            return str(error)
        return ""

    def show_bodies_read(self) -> None:
        """Show matches in bodies that were read since the query was typed."""
        screen = self._screen
        bodies = screen.desk.lookup.bodies
        if not bodies.unread or screen.loader.busy:
            return
        if screen.finder.working:
            # The matches of the typed words come first, with the cursor on the best.
            screen.set_timer(_AGAIN, self.show_bodies_read)
            return
        bodies.unread = 0
        if not screen.worklist.looking_up:
            screen.worklist.renew()
        self._ask_anew()

    def _unread(self) -> str:
        """How many bodies have been read, if the query asks about bodies."""
        screen = self._screen
        if not screen.worklist.looking_up or screen.loader.busy:
            return ""
        bodies, total = screen.desk.lookup.bodies, screen.desk.vault.count
        left = max(bodies.left, bodies.unread)
        read = max(total - left, 0)
        return f"Reading bodies… {read:,} of {total:,}" if bodies.unread else ""

    def _doubt(self) -> str:
        """What may be wrong with a query without matches."""
        screen = self._screen
        if not screen.worklist.looking_up or screen.queue.rows or screen.loader.busy:
            return ""
        conditions = screen.desk.lookup.parse(screen.worklist.words).conditions
        return doubt(conditions, screen.desk.completer.names)

    def _count(self, field: str) -> None:
        """Count the values in use in a thread, then show them."""
        screen = self._screen

        def count() -> None:
            screen.desk.completer.count(field)
            if not get_current_worker().is_cancelled:
                screen.app.call_from_thread(self.tell)

        screen.run_worker(count, thread=True, exclusive=True, group="values", exit_on_error=False)

    def finish(self) -> None:
        """Go from the bar to the matches."""
        if self._screen.finder.working:
            # The next key is for the matches, which must be there.
            self._screen.refresh_queue(first_row=0)
        self._screen.set_focus(self._screen.queue)
        self.tell()

    def clear(self) -> None:
        """Clear the search and return to where it began."""
        screen = self._screen
        screen.noter.leave()
        here = (screen.current.name, None) if screen.current else ("", None)
        name, first_row = self._place or here
        self.forget()
        screen.refresh_queue(name, first_row=first_row)
        screen.set_focus(screen.queue)

    def forget(self) -> None:
        """Drop the search and the place."""
        self._place = None
        self._screen.worklist.words = ""
        self._screen.search.value = ""


def _in_a_row(candidates: tuple[str, ...], width: int) -> str:
    """As many candidates as fit."""
    shown = ""
    for candidate in candidates:
        longer = f"{shown}   {clean(candidate, 60)}" if shown else clean(candidate, 60)
        if cells(longer) > width:
            break
        shown = longer
    return shown
