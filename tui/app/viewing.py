"""Viewer: which view is open, its order, and the place in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from rich.text import Text

from tui.app.widgets.queue_row import SourceRow
from tui.app.worklist import Worklist
from tui.display import clean
from tui.errors import QueryError, SluiceError
from tui.search.filters import asks_for_duplicates
from tui.state.place import Place, PlaceFile
from tui.state.views import View
from tui.triage.order import Order
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen
    from tui.state.config import Config

LATER = 2.0
"""Seconds after a move until the place is saved."""
FEW = 1_000
"""The most sources among which duplicates are found within a frame."""
MERGED = 3_000
"""The most sources that are sorted within a frame, repeatedly while the vault is read."""


class Viewer:
    """Opens and sorts views for one screen, and remembers the place in each."""

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen
        desk = screen.desk
        self._file = PlaceFile(desk.state)
        views = self.views
        view = views.get(self._file.view) or next(iter(views.values()))
        self.worklist = Worklist(desk, view.name, view.query, self._order_of(view))
        self._wanted: Place | None = self._file.of(view.name)
        """The place to return to once it is read; None when it was found or given up."""
        self._here: tuple[str, int] | None = None
        """The last source under the cursor outside lookups, and its row."""
        self._writes_later = False
        self._unwritten: dict[str, object] = {}
        self._lock = Lock()
        self._complained = False
        self.show_order()

    @property
    def views(self) -> Mapping[str, View]:
        """All views by name: the schema's, then saved ones, which override them."""
        return {**self._screen.desk.schema.views, **self._screen.config.views}

    @property
    def current(self) -> View:
        """The open view, as it is shown now."""
        worklist = self.worklist
        order = worklist.order
        return View(worklist.view, worklist.view_query, order.text if order else "")

    # Opening and sorting

    def open(self, name: str) -> None:
        """Open a view, renewed, at the place where it was left; ends a lookup."""
        view = self.views.get(name)
        if view is None:
            return
        self._screen.noter.leave()
        self._keep_place()
        self._wanted = None
        screen, order = self._screen, self._order_of(view)
        screen.searcher.forget()
        # The marks belong to the old queue.
        screen.marker.clear()
        screen.finder.ask(
            lambda: self.worklist.names_of(view.query, order),
            lambda names: self._show(view, order, names),
            self._refused,
            takes_long=self.takes_long(view.query, order),
        )
        if screen.finder.working:
            # No key must change a source of the old view.
            screen.queue.empty_text = f"Opening {clean(name)}…"
            screen.queue.show([], None)
        screen.panes.show(screen.queue)

    def _show(self, view: View, order: Order | None, names: list[str]) -> None:
        self.worklist.take_view(view.name, names)
        self.worklist.view_query, self.worklist.order = view.query, order
        place = self._file.of(view.name)
        self._here = None
        self.show_order()
        self._screen.refresh_queue(place.source, place.row)
        self._keep_place()
        self._write()

    def _refused(self, error: SluiceError) -> None:
        screen = self._screen
        if screen.queue.rows:
            screen.say(str(error), "error")
            return
        # Nothing is shown: fall back to the first view, which always exists.
        first = next(iter(screen.desk.schema.views.values()))
        if self.worklist.view != first.name:
            self.open(first.name)
        screen.say(str(error), "error")

    def sort_by(self, order: Order, row: int | None = None) -> None:
        """Sort the view; the cursor stays on its source, or goes to a row."""
        screen = self._screen
        asked_at = screen.current
        screen.finder.ask(
            lambda: self.worklist.sorted_names(order),
            lambda names: self._show_sorted(
                order, names, row if screen.current is asked_at else None
            ),
            lambda error: screen.say(str(error), "error"),
            takes_long=self.worklist.size > MERGED or self.takes_long("", order),
        )

    def _show_sorted(self, order: Order, names: list[str], row: int | None) -> None:
        screen = self._screen
        changed = self.worklist.order is None or self.worklist.order.text != order.text
        self.worklist.take_order(order, names)
        self.show_order()
        if row is not None and not self.worklist.looking_up:
            screen.refresh_queue(row=row, first_row=None if row else 0)
        elif not self.worklist.looking_up:
            screen.refresh_queue(screen.current.name if screen.current else "")
        if changed:
            kept = self._file.of(self.worklist.view)
            self._file.keep(self.worklist.view, kept._replace(sort=order.text))
            self._keep_place()
            self._write()

    def takes_long(self, query: str, order: Order | None = None) -> bool:
        """Whether to open a view in a thread even when there are few sources."""
        desk = self._screen.desk
        if desk.vault.count <= FEW or desk.duplicates.is_ready:
            return False
        try:
            about_duplicates = asks_for_duplicates(desk.lookup.parse(query).conditions)
        except QueryError:
            return False
        return about_duplicates or (order is not None and order.key.takes_long)

    def show_order(self) -> None:
        """Show above the queue what it is sorted by."""
        order = self.worklist.order
        said = f"queue · {order.key.label} {order.arrow}" if order else "queue"
        self._screen.queue.border_title = Text(clean(said, 60))

    def _order_of(self, view: View) -> Order | None:
        kept = self._file.of(view.name).sort
        sort = view.sort if kept is None else kept
        return self._screen.desk.orders.read(sort) if sort else None

    # While the vault is read

    def show_read(self, sources: Sequence[Source]) -> None:
        """Show sources that were just read, in their places."""
        screen, worklist = self._screen, self.worklist
        rows = worklist.extend(sources)
        if worklist.looking_up:
            return
        if worklist.order is None or worklist.size > MERGED:
            # That many are sorted once, when all are read.
            screen.queue.extend(rows)
        elif rows:
            self._show_merged(worklist.order)
        if self._wanted is not None and any(
            isinstance(row, SourceRow) and row.source.name == self._wanted.source for row in rows
        ):
            name, self._wanted = self._wanted.source, None
            screen.go_to(name)

    def _show_merged(self, order: Order) -> None:
        screen, worklist = self._screen, self.worklist
        worklist.take_order(order, worklist.sorted_names(order))
        rows = worklist.rows()
        if self._wanted is not None:
            # The cursor has not moved yet: show the top.
            screen.queue.show(rows, 0, first_row=0)
            return
        name = screen.current.name if screen.current else ""
        names = [row.source.name if isinstance(row, SourceRow) else "" for row in rows]
        screen.queue.renew(rows, names.index(name) if name in names else 0)

    def touched(self) -> None:
        """The user pressed a key: from now on only the user moves the cursor."""
        self._wanted = None

    def all_read(self) -> None:
        """Sort or reopen the view, now that every source has been read."""
        worklist = self.worklist
        view = self.views.get(worklist.view)
        wanted, self._wanted = self._wanted, None
        if view is not None and (worklist.order or self._must_reopen(view.query)):
            self._sort_or_reopen(view, wanted)
        elif wanted is not None and wanted.source and not worklist.looking_up:
            self._screen.queue.move_to(wanted.row)
        self.note_move()

    def _must_reopen(self, query: str) -> bool:
        try:
            return asks_for_duplicates(self._screen.desk.lookup.parse(query).conditions)
        except QueryError:
            return True

    def _sort_or_reopen(self, view: View, wanted: Place | None) -> None:
        # A field to sort by may have been unknown until now.
        order, worklist = self._order_of(view), self.worklist
        must_reopen = self._must_reopen(view.query)
        if worklist.looking_up or self._screen.insights.writing:
            # The finder answers the lookup, and opening a view would close what is being written.
            self._screen.run_worker(
                lambda: self._renew_behind(view, order), thread=True, group="sort"
            )
        elif must_reopen:
            self.open(view.name)
        elif order is not None:
            self.sort_by(order, None if wanted is None else wanted.row)

    def _renew_behind(self, view: View, order: Order | None) -> None:
        """Find the view's sources while a lookup is shown or an insight is written."""
        with suppress(QueryError):
            names = self.worklist.names_of(view.query, order)
            self._screen.app.call_from_thread(self._take_behind, view, order, names)

    def _take_behind(self, view: View, order: Order | None, names: list[str]) -> None:
        worklist, current = self.worklist, self._screen.current
        if worklist.view != view.name:
            return
        worklist.take_more(names)
        worklist.take_order(order, names)
        if not worklist.looking_up:
            self.show_order()
            self._screen.refresh_queue(current.name if current else "")

    # Remembering

    def note_move(self) -> None:
        """Remember the source under the cursor; saves it a little later."""
        screen, cursor = self._screen, self._screen.queue.cursor
        if self.worklist.looking_up or cursor is None or screen.current is None:
            return
        if cursor:
            # While the vault is read, only the user moves the cursor.
            self._wanted = None
        here = screen.current.name, cursor
        if here == self._here or self._wanted is not None:
            return
        self._here = here
        if not self._writes_later:
            self._writes_later = True
            screen.set_timer(LATER, self._write)

    def take_views(self, config: Config, changed: str, now: str = "") -> None:
        """Use changed settings: the view ``changed`` is now called ``now``, or deleted."""
        screen, worklist = self._screen, self.worklist
        screen.config = replace(screen.config, views=config.views)
        if changed == worklist.view and now:
            worklist.view = now
        for name in {changed, now} - {""}:
            # Use its own order again.
            self._file.keep(name, self._file.of(name)._replace(sort=None))
        self._file.view = worklist.view
        view = self.views.get(worklist.view)
        if view is None or worklist.looking_up:
            self._write()
        elif (view.query, self._order_of(view)) != (worklist.view_query, worklist.order):
            self.open(view.name)
        screen.show_figures()

    def _keep_place(self) -> None:
        view = self.worklist.view
        place = self._file.of(view)
        if self._here is not None:
            name, row = self._here
            # Done sources are not in the view when it is opened again.
            rows = map(self._screen.queue.row_of, self.worklist.done)
            above = sum(1 for other in rows if other is not None and other < row)
            place = place._replace(source=name, row=max(0, row - above))
        if self._wanted is None:
            self._file.keep(view, place)

    def _write(self) -> None:
        self._writes_later = False
        self._keep_place()
        self._unwritten = self._file.as_json()
        self._screen.run_worker(
            self._bring_to_disk, thread=True, group="place", exit_on_error=False
        )

    def _bring_to_disk(self) -> None:
        with self._lock:
            fault = self._file.write(self._unwritten)
        if fault and not self._complained:
            self._complained = True
            self._screen.app.call_from_thread(self._screen.say, fault, "warning")

    def stop(self) -> None:
        """Save the place, as the screen closes."""
        self._keep_place()
        with self._lock:
            self._unwritten = self._file.as_json()
            self._file.write(self._unwritten)
