"""Viewer: which view is open, its order, and the place in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass
from threading import Lock

from tui.desk import Desk
from tui.display import clean
from tui.errors import QueryError, SluiceError
from tui.search.filters import asks_for_duplicates
from tui.session.flow.finder import Finder, takes_long
from tui.session.flow.marker import Marker
from tui.session.model.board import Board
from tui.session.model.rows import SourceRow
from tui.session.model.views import Views
from tui.session.model.worklist import Found
from tui.session.model.writing import Writing
from tui.session.ports import IsStopped, Panes, Tell, Threads
from tui.state.place import Place
from tui.state.views import View
from tui.triage.order import Order
from tui.vault.source import Source


@dataclass(eq=False)
class Viewer:
    """Opens and sorts views, and remembers the place in each.

    ``leave`` keeps what is half written, ``forget`` drops the lookup. Up to ``merged`` sources are
    sorted while the vault is read. The place is saved ``later`` seconds after a move.
    """

    _desk: Desk
    _views: Views
    _board: Board
    _marker: Marker
    _finder: Finder
    _writing: Writing
    _panes: Panes
    _threads: Threads
    _tell: Tell
    _: KW_ONLY
    leave: Callable[[], object]
    forget: Callable[[], object]
    merged: int
    later: float

    def __post_init__(self) -> None:
        self._file = self._views.places
        self._worklist = self._board.worklist
        self._wanted: Place | None = self._file.of(self._worklist.view)
        """The place to return to once it is read; None when it was found or given up."""
        self._here: tuple[str, int] | None = None
        """The last source under the cursor outside lookups, and its row."""
        self._writes_later = False
        self._unwritten: dict[str, object] = {}
        self._lock = Lock()
        self._complained = False

    @property
    def current(self) -> View:
        """The open view, as it is shown now."""
        worklist = self._worklist
        order = worklist.order
        return View(worklist.view, worklist.view_query, order.text if order else "")

    # Opening and sorting

    def open(self, name: str) -> None:
        """Open a view, renewed, at the place where it was left; ends a lookup."""
        view = self._views.named(name)
        if view is None:
            return
        self.leave()
        self._keep_place()
        self._wanted = None
        order = self._views.order_of(view)
        self.forget()
        # The marks belong to the old queue.
        self._marker.clear()
        self._worklist.changed.clear()
        is_long = takes_long(self._desk, view.query, order)
        self._finder.ask(
            lambda: self._worklist.names_of(view.query, order),
            lambda found: self._show(view, order, found),
            self._refused,
            takes_long=is_long,
            # The next keys are for its sources, unless nobody would wait that long.
            holds_keys=not is_long,
        )
        if self._finder.working:
            # No key must change a source of the old view.
            self._board.rows.say_when_empty(f"Opening {clean(name)}…")
            self._board.rows.show([], None)
        self._panes.show("queue")

    def _show(self, view: View, order: Order | None, found: Found) -> None:
        worklist = self._worklist
        worklist.open(view.name, view.query, order, found)
        # They may have changed since their names were worked out.
        for source in self._desk.vault.known(worklist.changed):
            worklist.look_again(source)
        place = self._file.of(view.name)
        self._here = None
        if worklist.looking_up:
            # Somebody began to search meanwhile.
            self._board.refresh(self._board.rows.here)
        else:
            self._board.refresh(place.source, place.row)
        self.note_move()
        self._keep_place()
        self._write()

    def _refused(self, error: SluiceError) -> None:
        if len(self._board.rows):
            self._tell.say(str(error), "error")
            return
        # Nothing is shown: fall back to the first view, which always exists.
        first = next(iter(self._desk.schema.views.values()))
        if self._worklist.view != first.name:
            self.open(first.name)
        self._tell.say(str(error), "error")

    def sort_by(self, order: Order, row: int | None = None) -> None:
        """Sort the view; the cursor stays on its source, or goes to a row."""
        asked_at, is_long = self._board.current, takes_long(self._desk, "", order)
        self._finder.ask(
            lambda: self._worklist.sorted_names(order),
            lambda names: self._show_sorted(
                order, names, row if self._board.current is asked_at else None
            ),
            lambda error: self._tell.say(str(error), "error"),
            takes_long=self._worklist.size > self.merged or is_long,
            holds_keys=not is_long,
        )

    def _show_sorted(self, order: Order, names: list[str], row: int | None) -> None:
        changed = self._worklist.order is None or self._worklist.order.text != order.text
        self._worklist.take_order(order, names)
        if row is not None and not self._worklist.looking_up:
            self._board.refresh(row=row, first_row=None if row else 0)
        elif not self._worklist.looking_up:
            self._board.refresh(self._board.rows.here)
        if changed:
            kept = self._file.of(self._worklist.view)
            self._file.keep(self._worklist.view, kept._replace(sort=order.text))
            self.note_move()
            self._keep_place()
            self._write()

    # While the vault is read

    def show_read(self, sources: Sequence[Source]) -> None:
        """Show sources that were just read, in their places."""
        worklist = self._worklist
        rows = worklist.extend(sources)
        if worklist.looking_up:
            return
        if worklist.order is None or worklist.size > self.merged:
            # That many are sorted once, when all are read.
            self._board.rows.extend(rows)
        elif rows:
            self._show_merged(worklist.order)
        if self._wanted is not None and any(
            isinstance(row, SourceRow) and row.source.name == self._wanted.source for row in rows
        ):
            name, self._wanted = self._wanted.source, None
            self._board.go_to(name)

    def _show_merged(self, order: Order) -> None:
        worklist = self._worklist
        worklist.take_order(order, worklist.sorted_names(order))
        rows = worklist.rows()
        if self._wanted is not None:
            # The cursor has not moved yet: show the top.
            self._board.rows.show(rows, 0, first_row=0)
            return
        name = self._board.rows.here
        names = [row.source.name if isinstance(row, SourceRow) else "" for row in rows]
        self._board.rows.renew(rows, names.index(name) if name in names else 0)

    def touched(self) -> None:
        """The user pressed a key: from now on only the user moves the cursor."""
        self._wanted = None

    def all_read(self) -> None:
        """Sort or reopen the view, now that every source has been read."""
        worklist = self._worklist
        view = self._views.named(worklist.view)
        wanted, self._wanted = self._wanted, None
        if view is not None and (worklist.order or self._must_reopen(view.query)):
            self._sort_or_reopen(view, wanted)
        elif wanted is not None and wanted.source and not worklist.looking_up:
            self._board.rows.move_to(wanted.row)
        self.note_move()

    def _must_reopen(self, query: str) -> bool:
        try:
            return asks_for_duplicates(self._desk.lookup.parse(query).conditions)
        except QueryError:
            return True

    def _sort_or_reopen(self, view: View, wanted: Place | None) -> None:
        # A field to sort by may have been unknown until now.
        order, worklist = self._views.order_of(view), self._worklist
        must_reopen = self._must_reopen(view.query)
        if worklist.looking_up or self._writing:
            # The finder answers the lookup, and opening a view would close what is being written.
            self._threads.run(lambda _: self._renew_behind(view, order), "sort")
        elif must_reopen:
            self.open(view.name)
        elif order is not None:
            self.sort_by(order, None if wanted is None else wanted.row)

    def _renew_behind(self, view: View, order: Order | None) -> None:
        """Find the view's sources while a lookup is shown or an insight is written."""
        with suppress(QueryError):
            found = self._worklist.names_of(view.query, order)
            self._threads.back(self._take_behind, view, order, found)

    def _take_behind(self, view: View, order: Order | None, found: Found) -> None:
        worklist = self._worklist
        if worklist.view != view.name:
            return
        worklist.take_more(found)
        worklist.take_order(order, found.names)
        if not worklist.looking_up:
            self._board.refresh(self._board.rows.here)

    # Remembering

    def note_move(self) -> None:
        """Remember the source under the cursor; saves it a little later."""
        cursor = self._board.rows.cursor
        if self._worklist.looking_up or cursor is None or self._board.rows.current is None:
            return
        if cursor:
            # While the vault is read, only the user moves the cursor.
            self._wanted = None
        here = self._board.rows.here, cursor
        if here == self._here or self._wanted is not None:
            return
        self._here = here
        if not self._writes_later:
            self._writes_later = True
            self._threads.after(self.later, self._write)

    def take_views(self, saved: Mapping[str, View], changed: str, now: str = "") -> None:
        """Use other saved views: the view ``changed`` is now called ``now``, or deleted."""
        worklist = self._worklist
        self._views.take_saved(saved)
        if changed == worklist.view and now:
            worklist.rename_view(now)
        for name in {changed, now} - {""}:
            # Use its own order again.
            self._file.keep(name, self._file.of(name)._replace(sort=None))
        self._file.open(worklist.view)
        view = self._views.named(worklist.view)
        if view is None or worklist.looking_up:
            self._write()
        elif (view.query, self._views.order_of(view)) != (worklist.view_query, worklist.order):
            self.open(view.name)
        self._board.outdate("figures")

    def _keep_place(self) -> None:
        view = self._worklist.view
        place = self._file.of(view)
        if self._here is not None:
            name, row = self._here
            # Done sources are not in the view when it is opened again.
            rows = map(self._board.rows.row_of, self._worklist.done)
            above = sum(1 for other in rows if other is not None and other < row)
            place = place._replace(source=name, row=max(0, row - above))
        if self._wanted is None:
            self._file.keep(view, place)

    def _write(self) -> None:
        self._writes_later = False
        self._keep_place()
        self._unwritten = self._file.as_json()
        self._threads.run(self._bring_to_disk, "place")

    def _bring_to_disk(self, _: IsStopped) -> None:
        with self._lock:
            fault = self._file.write(self._unwritten)
        if fault and not self._complained:
            self._complained = True
            self._threads.back(self._tell.report, fault)

    def stop(self) -> None:
        """Save the place, as sluice ends."""
        self._keep_place()
        with self._lock:
            self._unwritten = self._file.as_json()
            self._file.write(self._unwritten)
