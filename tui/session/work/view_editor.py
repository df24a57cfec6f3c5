"""ViewEditor: opens, saves, edits, deletes and sorts views."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tui.desk import Desk
from tui.display import clean
from tui.errors import QueryError, SettingsError
from tui.search.doubt import doubt
from tui.session.flow.view_counts import ViewCounts
from tui.session.keys.command import Actions
from tui.session.keys.keymap import Keymap
from tui.session.model.views import Views
from tui.session.model.worklist import Worklist
from tui.session.option import SLOTS, Option
from tui.session.ports import Ask, IsStopped, OpenBox, Tell, Threads
from tui.session.questions import (
    Complaint,
    CountedOptions,
    EditView,
    Fault,
    Options,
    PickOne,
    PickView,
)
from tui.session.work.viewer import Viewer
from tui.state.config import Config
from tui.state.views import View, name_fault
from tui.triage.order import NAME

_SUGGESTED = 30
"""Characters of a name made from a query."""


@dataclass(eq=False)
class ViewEditor:
    """The boxes about views."""

    _desk: Desk
    _worklist: Worklist
    _views: Views
    _counts: ViewCounts
    _viewer: Viewer
    _keymap: Keymap
    _threads: Threads
    _ask: Ask
    _tell: Tell

    @property
    def actions(self) -> Actions:
        """What its keys do, by the commands' ids."""
        return {
            "find.view": self.pick,
            "find.save_view": self.save,
            "find.sort": self.pick_sort,
        }

    def pick(self) -> None:
        """Ask for a view and open it."""

        def chosen(name: str | None) -> None:
            if name is not None:
                self._viewer.open(name)

        picker = self._ask.ask(
            PickView(
                self._options(),
                self._worklist.view,
                lambda: self._views.saved,
                lambda name: self._edit(picker, name),
                lambda name: self._delete(picker, name),
            ),
            chosen,
        )
        self._counts.watch(lambda: self._show_counts(picker))

    def _options(self) -> list[Option]:
        options = []
        for index, view in enumerate(self._views.all.values()):
            slot = SLOTS[index] if index < len(SLOTS) else ""
            count = self._counts.of(view)
            options.append(Option(view.name, view.name, view.query, slot=slot, number=count))
        return [*options, *self._of_notebooks()]

    def _of_notebooks(self) -> Iterator[Option]:
        """The views of the notebooks, below all others."""
        shelf = self._desk.shelf
        for view, (name, sources) in zip(
            self._views.of_notebooks.values(), shelf.members(), strict=True
        ):
            purpose = shelf.settings.purpose_of(name)
            yield Option(view.name, view.name, purpose, number=f"{len(sources):,}")

    def _show_counts(self, picker: OpenBox) -> bool:
        """Show the counts of now; returns whether the picker is still there."""
        if picker.is_open:
            picker.show(CountedOptions(self._options()))
        return picker.is_open

    def _renew(self, picker: OpenBox) -> None:
        picker.show(Options(self._options()))

    def _edit(self, picker: OpenBox, name: str) -> None:
        """Edit a view; editing a built-in one saves a view that overrides it."""
        view = self._views.named(name)
        if view is not None:
            old = name if name in self._views.saved else ""
            title = f"edit {clean(name, 40)}"
            self._open_box(title, view, old, lambda _: self._renew(picker), editing=True)

    def save(self) -> None:
        """Ask for a name and save the search as a view, else the open view."""
        current, words = self._viewer.current, self._worklist.words.strip()
        view = current
        if words:
            # Only a view of duplicates can sort them side by side.
            offered = {key.name for key in self._desk.orders.offered}
            sort = current.sort if current.sort.removeprefix("-") in offered else ""
            view = View(self._name_of(words), words, sort)

        def saved(view: View | None) -> None:
            if view is not None:
                hint = self._keymap.sequel("find.view", "opens it")
                self._tell.say(f"Saved the view {view.name}.{hint}")

        self._open_box("save view", view, "", saved, editing=False)

    def _open_box(
        self,
        title: str,
        view: View,
        old: str,
        saved: Callable[[View | None], object],
        *,
        editing: bool,
    ) -> None:
        """The box that edits a view and saves it, replacing the saved view ``old``."""

        def replaces(name: str) -> bool:
            return name in self._views.all and not (editing and name == view.name)

        def save(made: View) -> None:
            from tui.state import saved_views  # noqa: PLC0415 - few keys save a view

            def done(config: Config) -> None:
                changed = view.name if editing else made.name
                self._viewer.take_views(config.views, changed, made.name)
                self._counts.start()
                box.close(made)

            folders = self._desk.folders
            self._write(
                lambda: saved_views.save_view(folders, made, old),
                done,
                lambda sentence: box.show(Complaint(sentence, "name")),
            )

        question = EditView(title, view, self._fault, replaces, save, suggests=not editing)
        box = self._ask.ask(question, saved)

    def _delete(self, picker: OpenBox, name: str) -> None:
        from tui.state import saved_views  # noqa: PLC0415 - see above

        def done(config: Config) -> None:
            self._viewer.take_views(config.views, name)
            self._counts.start()
            self._renew(picker)

        folders = self._desk.folders
        self._write(
            lambda: saved_views.remove_view(folders, name),
            done,
            lambda sentence: picker.show(Complaint(sentence)),
        )

    def _write(
        self,
        change: Callable[[], Config],
        done: Callable[[Config], None],
        failed: Callable[[str], None],
    ) -> None:
        """Change the saved views in a thread; ``done`` is called once it is on disk.

        Keys wait for it: they are for what is open once the box is closed.
        """
        ended = self._threads.hold_keys()

        def work(_: IsStopped) -> None:
            try:
                config = change()
            except SettingsError as error:
                self._threads.back(failed, str(error))
            else:
                self._threads.back(done, config)
            finally:
                ended()

        self._threads.run(work, "views")

    def _fault(self, view: View) -> Fault | None:
        """What is wrong with a typed view."""
        desk = self._desk
        if fault := name_fault(view.name):
            return "name", fault
        try:
            query = desk.lookup.parse(view.query)
        except QueryError as error:
            return "query", str(error)
        if not view.query.isprintable():
            return "query", "A query must be one line of text."
        if unlikely := doubt(query.conditions, desk.completer.names):
            return "query", unlikely
        try:
            if view.sort:
                desk.orders.read(view.sort, desk.vault.sources)
        except QueryError as error:
            return "sort", str(error)
        return None

    def _name_of(self, words: str) -> str:
        """A name for a query: its words and the values of its filters."""
        try:
            query = self._desk.lookup.parse(words)
        except QueryError:
            return ""
        values = [value.text for condition in query.conditions for value in condition.values]
        name = clean(" ".join([query.words, *values]).strip(), _SUGGESTED).strip()
        return name if not name_fault(name) else ""

    @property
    def refusal_to_sort(self) -> str | None:
        """Why the queue cannot be sorted now."""
        if self._worklist.looking_up:
            sort = self._keymap.hint("find.sort", "sorts the view")
            then = f", then {sort}" if sort else ""
            return f"Matches stay best first; esc clears the search{then}."
        return None

    def pick_sort(self) -> None:
        """Ask what to sort by; choosing the present order reverses it."""
        orders, order = self._desk.orders, self._worklist.order
        now = orders.read(NAME) if order is None else order
        options = []
        for number, key in enumerate(orders.offered, 1):
            words = key.first
            if key.name == now.key.name:
                words = f"{now.arrow} {now.words} · again: {now.turned().words}"
            options.append(Option(key.name, key.label, note=words, slot=str(number)))

        def chosen(name: str | None) -> None:
            if name == now.key.name:
                self._viewer.sort_by(now.turned())
            elif name is not None:
                self._viewer.sort_by(orders.read(name))

        self._ask.ask(PickOne("sort by", options, current=now.key.name), chosen)
