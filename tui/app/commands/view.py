"""Commands about views: open, save, edit, delete and sort them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from tui.app import finding
from tui.app.boxes.picker import Picker
from tui.app.boxes.view import Fault, ViewBox
from tui.app.boxes.view_picker import ViewPicker
from tui.app.commands.command import Command
from tui.app.option import Option
from tui.display import clean
from tui.errors import QueryError, SettingsError
from tui.search.doubt import doubt
from tui.state.config import Config
from tui.state.views import View, name_fault
from tui.triage.order import NAME

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

_SUGGESTED = 30
"""Characters of a name made from a query."""
SLOTS = "1234567890-="
"""The keys of the views in their picker, in the views' order."""


def pick_view(screen: TriageScreen) -> None:
    """Ask for a view and open it."""

    def chosen(name: str | None) -> None:
        if name is not None:
            screen.viewer.open(name)

    picker = ViewPicker(
        _choices(screen, {}),
        screen.worklist.view,
        lambda: screen.config.views,
        lambda name: _edit(screen, picker, name),
        lambda name: _delete(screen, picker, name),
    )
    screen.app.push_screen(picker, chosen)
    # When the picker is there, and its choices can be drawn.
    picker.call_later(_count, screen, picker)


def _choices(screen: TriageScreen, counts: Mapping[str, str]) -> list[Option]:
    choices = []
    for index, view in enumerate(screen.viewer.views.values()):
        slot = SLOTS[index] if index < len(SLOTS) else ""
        note = f"{counts.get(view.name, '')}  {view.query}".strip()
        choices.append(Option(view.name, view.name, note=note, slot=slot))
    return choices


def _count(screen: TriageScreen, picker: ViewPicker) -> None:
    """Count the sources of each view in a thread.

    Not in a large vault: it takes as long as opening every view.
    """
    desk, views = screen.desk, list(screen.viewer.views.values())
    if desk.vault.count > finding.AT_ONCE:
        return

    def count() -> None:
        worker, counts = get_current_worker(), dict[str, str]()
        for view in views:
            if worker.is_cancelled:
                return
            try:
                counts[view.name] = str(len(desk.matching(view.query)))
            except QueryError:
                counts[view.name] = "!"
        if not worker.is_cancelled:
            screen.app.call_from_thread(show, counts)

    def show(counts: Mapping[str, str]) -> None:
        if picker.is_mounted and picker.is_attached:
            picker.take_counts(_choices(screen, counts))

    screen.run_worker(count, thread=True, exclusive=True, group="counts", exit_on_error=False)


def _edit(screen: TriageScreen, picker: ViewPicker, name: str) -> None:
    """Edit a view; editing a built-in one saves a view that overrides it."""
    view = screen.viewer.views.get(name)
    if view is None:
        return

    def saved(_view: View | None) -> None:
        picker.renew(_choices(screen, {}))
        _count(screen, picker)

    old = name if name in screen.config.views else ""
    screen.app.push_screen(_box(screen, f"edit {clean(name, 40)}", view, old, editing=True), saved)


def save_view(screen: TriageScreen) -> None:
    """Ask for a name and save the search as a view, else the open view."""
    current, words = screen.viewer.current, screen.worklist.words.strip()
    view = current
    if words:
        # Only a view of duplicates can sort them side by side.
        offered = {key.name for key in screen.desk.orders.offered}
        sort = current.sort if current.sort.removeprefix("-") in offered else ""
        view = View(_name_of(screen, words), words, sort)

    def saved(view: View | None) -> None:
        if view is not None:
            hint = screen.keymap.sequel("find.view", "opens it")
            screen.say(f"Saved the view {view.name}.{hint}")

    screen.app.push_screen(_box(screen, "save view", view, "", editing=False), saved)


def _box(screen: TriageScreen, title: str, view: View, old: str, *, editing: bool) -> ViewBox:
    """The box that edits a view and saves it, replacing the saved view ``old``."""

    def replaces(name: str) -> bool:
        return name in screen.viewer.views and not (editing and name == view.name)

    def save(made: View, box: ViewBox) -> None:
        from tui.state import saved_views  # noqa: PLC0415 - few keys save a view

        def done(config: Config) -> None:
            screen.viewer.take_views(config, view.name if editing else made.name, made.name)
            if box.is_attached:
                box.dismiss(made)

        folders = screen.desk.folders
        _write(
            screen,
            lambda: saved_views.save_view(folders, made, old),
            done,
            lambda sentence: box.complain("name", sentence),
        )

    return ViewBox(
        title,
        view,
        fault_of=lambda made: _fault(screen, made),
        replaces=replaces,
        save=save,
        suggests=not editing,
    )


def _delete(screen: TriageScreen, picker: ViewPicker, name: str) -> None:
    from tui.state import saved_views  # noqa: PLC0415 - see above

    def done(config: Config) -> None:
        screen.viewer.take_views(config, name)
        if picker.is_attached:
            picker.renew(_choices(screen, {}))
            _count(screen, picker)

    folders = screen.desk.folders
    _write(screen, lambda: saved_views.remove_view(folders, name), done, picker.complain)


def _write(
    screen: TriageScreen,
    change: Callable[[], Config],
    done: Callable[[Config], None],
    failed: Callable[[str], None],
) -> None:
    """Change the saved views in a thread; ``done`` is called once it is on disk.

    Keys wait for it: they are for what is open once the box is closed.
    """
    ended = screen.sluice.hold_keys()

    def work() -> None:
        try:
            config = change()
        except SettingsError as error:
            screen.app.call_from_thread(failed, str(error))
        else:
            screen.app.call_from_thread(done, config)
        finally:
            ended()

    screen.run_worker(work, thread=True, group="views", exit_on_error=False)


def _fault(screen: TriageScreen, view: View) -> Fault | None:
    """What is wrong with a typed view."""
    desk = screen.desk
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


def _name_of(screen: TriageScreen, words: str) -> str:
    """A name for a query: its words and the values of its filters."""
    try:
        query = screen.desk.lookup.parse(words)
    except QueryError:
        return ""
    values = [value.text for condition in query.conditions for value in condition.values]
    name = clean(" ".join([query.words, *values]).strip(), _SUGGESTED).strip()
    return name if not name_fault(name) else ""


def _lookup_is_sorted(screen: TriageScreen) -> str | None:
    """Why the matches of a lookup cannot be sorted."""
    if screen.worklist.looking_up:
        sort = screen.keymap.hint("find.sort", "sorts the view")
        return f"Matches stay best first; esc clears the search{f', then {sort}' if sort else ''}."
    return None


def pick_sort(screen: TriageScreen) -> None:
    """Ask what to sort by; choosing the present order reverses it."""
    orders, order = screen.desk.orders, screen.worklist.order
    now = orders.read(NAME) if order is None else order
    choices = []
    for number, key in enumerate(orders.offered, 1):
        words = key.first
        if key.name == now.key.name:
            words = f"{now.arrow} {now.words} · again: {now.turned().words}"
        choices.append(Option(key.name, key.label, note=words, slot=str(number)))

    def chosen(name: str | None) -> None:
        if name == now.key.name:
            screen.viewer.sort_by(now.turned())
        elif name is not None:
            screen.viewer.sort_by(orders.read(name))

    screen.app.push_screen(Picker("sort by", choices, current=now.key.name), chosen)


COMMANDS = (
    Command("find.view", ("v",), "Views: open, edit, delete", pick_view, bar="view"),
    Command("find.save_view", ("V",), "Save the search or view", save_view),
    Command("find.sort", ("s",), "Sort the view", pick_sort, refusal=_lookup_is_sorted),
)
