"""Searcher: from the search bar to the hits, and back to where one was."""

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
"""Changed sources up to which rows are brought up to date within the frame that shows them."""
FIRST, MANY = 300, 3_000
"""From so many hits on, the first so many are shown before the others are looked at."""
_AGAIN = 0.2
"""Seconds until bodies that were read are shown, when something else comes first."""
_EDGES = 4
"""Cells beside what is said below the bar."""


class Searcher:
    """Looks up for one screen what is typed into its search bar."""

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen
        self._place: tuple[str, int] | None = None
        """The source under the cursor and the row at the top when the search began."""

    def start(self) -> None:
        """Put the keys into the search bar; remember the place."""
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
        """Look up as if this had been typed, and go to the hits."""
        self.start()
        self._screen.search.value = words
        self.finish()

    def look_up(self, words: str) -> None:
        """Show the hits, the best one under the cursor."""
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
            # The hits come later, what is said about the text does not.
            self.tell()

    def _show_hits(self, hits: Sequence[Hit]) -> None:
        """Show the first hits at once, and all of a frequent word's after them."""
        screen = self._screen
        many = len(hits) > MANY
        rows = screen.worklist.rows_of(hits[:FIRST] if many else hits)
        screen.show_rows(screen.worklist.bring_up(rows, places_of(rows)), first_row=0)
        if many:
            self._ask(lambda: screen.worklist.rows_of(hits), best=True)

    def _ask(self, question: Callable[[], list[Row]], *, best: bool = False) -> None:
        """Have rows worked out in a thread, and shown where the person is by then.

        For who is still typing then, ``best`` has the cursor on the best of them.
        """

        def answer() -> tuple[list[Row], dict[str, int]]:
            rows = question()
            return rows, places_of(rows)

        self._screen.finder.ask(
            answer, lambda found: self._show_late(*found, best=best), lambda _: self.tell()
        )

    def _ask_anew(self, *, best: bool = False) -> None:
        """Ask for all rows as they are now."""
        self._screen.worklist.changed.clear()
        self._ask(self._screen.worklist.rows, best=best)

    def _show_late(self, rows: list[Row], places: dict[str, int], *, best: bool) -> None:
        """Show rows that were asked for a while ago; the cursor and what was decided stay."""
        screen, queue = self._screen, self._screen.queue
        changed = screen.worklist.changed
        missed = (name for name in changed if name not in places)
        if len(changed) > AT_ONCE or any(queue.row_of(name) is not None for name in missed):
            # Sources came in meanwhile, or very many changed.
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
        """Say below the bar what is wrong, or how the filter being typed may go on."""
        screen = self._screen
        offered = self._offered()
        screen.search.offer(offered)
        error = self._error(screen.worklist.words)
        # What the completion would put right is not wrong yet.
        if error and not (offered.texts and not self._error(offered.texts[0])):
            screen.show_complaint(error)
        elif screen.outside.away:
            screen.show_complaint(AWAY)
        else:
            row = _in_a_row(offered.shown, screen.size.width - _EDGES)
            screen.show_complaint(row or self._unread() or self._doubt(), hint=True)

    def _offered(self) -> Completion:
        """What the filter at the cursor may become."""
        screen, bar = self._screen, self._screen.search
        if screen.focused is not bar or not bar.typed_at_end or not bar.value:
            return Completion()
        offered = screen.desk.completer.complete(bar.value)
        if offered.uncounted and not screen.loader.busy:
            self._count(offered.uncounted)
        return offered

    def _error(self, words: str) -> str:
        """What stops a query from being understood, once the vault's fields are known."""
        if not words or self._screen.loader.busy:
            return ""
        try:
            self._screen.desk.lookup.parse(words)
        except QueryError as error:
            return str(error)
        return ""

    def show_bodies_read(self) -> None:
        """Show what is found in bodies that were read since the query was typed."""
        screen = self._screen
        bodies = screen.desk.lookup.bodies
        if not bodies.unread or screen.loader.busy:
            return
        if screen.finder.working:
            # The hits of what was typed come first, with the cursor on the best of them.
            screen.set_timer(_AGAIN, self.show_bodies_read)
            return
        bodies.unread = 0
        if not screen.worklist.looking_up:
            screen.worklist.renew()
        self._ask_anew()

    def _unread(self) -> str:
        """How far the bodies are read that the query asks about."""
        screen = self._screen
        if not screen.worklist.looking_up or screen.loader.busy:
            return ""
        bodies, total = screen.desk.lookup.bodies, screen.desk.vault.count
        left = max(bodies.left, bodies.unread)
        read = max(total - left, 0)
        return f"Reading bodies… {read:,} of {total:,}" if bodies.unread else ""

    def _doubt(self) -> str:
        """What may be wrong with a query that finds nothing."""
        screen = self._screen
        if not screen.worklist.looking_up or screen.queue.rows or screen.loader.busy:
            return ""
        conditions = screen.desk.lookup.parse(screen.worklist.words).conditions
        return doubt(conditions, screen.desk.completer.names)

    def _count(self, field: str) -> None:
        """Count the values in use in a thread, and show them when that is done."""
        screen = self._screen

        def count() -> None:
            screen.desk.completer.count(field)
            if not get_current_worker().is_cancelled:
                screen.app.call_from_thread(self.tell)

        screen.run_worker(count, thread=True, exclusive=True, group="values", exit_on_error=False)

    def finish(self) -> None:
        """Leave the bar for the hits."""
        if self._screen.finder.working:
            # What is pressed next is about the hits: they must be there.
            self._screen.refresh_queue(first_row=0)
        self._screen.set_focus(self._screen.queue)
        self.tell()

    def clear(self) -> None:
        """Leave the lookup and come back to the place where it began."""
        screen = self._screen
        screen.noter.leave()
        here = (screen.current.name, None) if screen.current else ("", None)
        name, first_row = self._place or here
        self.forget()
        screen.refresh_queue(name, first_row=first_row)
        screen.set_focus(screen.queue)

    def forget(self) -> None:
        """Drop the lookup and the place."""
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
