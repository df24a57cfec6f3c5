"""Views: all views by name, and where each was left."""

from __future__ import annotations

from collections.abc import Mapping

from tui.desk import Desk
from tui.errors import QueryError
from tui.search.query import PROPOSAL, Query
from tui.session.option import SLOTS
from tui.state.place import PlaceFile
from tui.state.views import View
from tui.triage.order import Order
from tui.triage.schema import SNOOZED

_NOTEBOOK = "notebook "
"""What the name of a notebook's view begins with."""
_SNOOZED, _PROPOSED = f"has:{SNOOZED}", f"has:{PROPOSAL}"


class Views:
    """The schema's views and the saved ones, which override them."""

    def __init__(self, desk: Desk, saved: Mapping[str, View]) -> None:
        self._desk = desk
        self.saved = saved
        """The saved views by name."""
        self.places = PlaceFile(desk.state)
        """Where each view was left, and which one was open."""

    @property
    def all(self) -> Mapping[str, View]:
        """All views by name: the schema's, then saved ones, which override them.

        Those that are often empty follow the saved ones: they came later, and keys stay.
        """
        views = {**self._desk.schema.views, **self.saved}
        for name in self._desk.schema.views:
            if self.is_often_empty(views[name]):
                views[name] = views.pop(name)
        return views

    @property
    def query_of_snoozed(self) -> str:
        """The query for snoozed sources; empty in a vault without snoozing."""
        return self._desk.schema.query_of_snoozed

    def is_often_empty(self, view: View) -> bool:
        """Whether it is the view of snoozed sources or of proposals, under whatever name.

        Whoever never snoozes, and whose scripts propose nothing, never sees them above the queue.
        """
        return view.query in (self.query_of_snoozed or _SNOOZED, _PROPOSED)

    def key_of_snoozed(self) -> str:
        """The key of the view of snoozed sources in the picker; empty if it has none."""
        slots, asks = zip(SLOTS, self.all.values(), strict=False), self.query_of_snoozed
        return next((slot for slot, view in slots if view.query == asks), "") if asks else ""

    @property
    def of_notebooks(self) -> Mapping[str, View]:
        """A view for each notebook, by a name that no other view has."""
        shelf = self._desk.shelf
        if not shelf.exists:
            return {}
        return {
            view.name: view for view in (self._of_notebook(name) for name in shelf.members().names)
        }

    def _of_notebook(self, name: str) -> View:
        return View(f"{_NOTEBOOK}{name}", self._desk.shelf.query_of(name))

    def named(self, name: str) -> View | None:
        """The view of that name; None when there is none."""
        view = self.all.get(name)
        if view is None and name.startswith(_NOTEBOOK) and self._desk.shelf.exists:
            # Its members may not be read yet.
            return self._of_notebook(name.removeprefix(_NOTEBOOK))
        return view

    def take_saved(self, saved: Mapping[str, View]) -> None:
        """Other views are saved now."""
        self.saved = saved

    @property
    def first(self) -> View:
        """The view that was open last, else the first one."""
        return self.named(self.places.view) or next(iter(self.all.values()))

    def is_about_status(self, query: Query) -> bool:
        """Whether a query asks for sources in some status."""
        return any(
            one.kind == "field"
            and one.field == self._desk.schema.roles.status
            and one.values
            and not one.negated
            for one in query.conditions
        )

    def is_emptied(self, query: str) -> bool:
        """Whether work empties a view: it asks for statuses that sources leave again."""
        schema = self._desk.schema
        try:
            asked = self._desk.lookup.parse(query)
        except QueryError:
            return False
        wanted = [
            schema.status.spelt(value.text)
            for one in asked.conditions
            if one.kind == "field" and one.field == schema.roles.status and not one.negated
            for value in one.values
        ]
        return bool(wanted) and set(wanted) <= set(schema.flow.main[:-1])

    def order_of(self, view: View) -> Order | None:
        """The order of a view: as it was sorted last, else its own."""
        kept = self.places.of(view.name).sort
        sort = view.sort if kept is None else kept
        return self._desk.orders.read(sort) if sort else None
