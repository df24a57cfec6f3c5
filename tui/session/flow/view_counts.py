"""ViewCounts: how many sources each view has, counted beside the keys."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass
from itertools import islice
from typing import NamedTuple

from tui.desk import Desk
from tui.errors import QueryError
from tui.search.filters import Test, asks_the_journal
from tui.search.query import Query
from tui.session.model.board import Board
from tui.session.model.reading import ReadingState
from tui.session.model.views import Views
from tui.session.option import SLOTS
from tui.session.ports import IsStopped, Threads, Timer
from tui.session.update import ViewTab
from tui.state.views import View

UNKNOWN, INVALID = "…", "!"
"""The counts of a view that is not counted yet, and of one whose query is invalid."""
_FRAME = 1 / 60
"""Seconds until changed sources are counted again: what a key did is drawn first."""
_SLICE, _PAUSE = 200, 0.002
"""Sources tested at a time, and the seconds then left to the keyboard."""
_OPEN, _PROBLEMS, _WORK, _REST = range(4)
"""How early a view goes from a row without room: the open one never, problems late."""


class _Asked(NamedTuple):
    """A view, and what is needed to count it."""

    view: View
    query: Query | None
    """None for an invalid query."""
    rank: int

    @property
    def is_plain(self) -> bool:
        """Whether each source tells by itself whether the view has it."""
        return self.query is not None and not (
            self.query.words
            or any(one.kind in ("body", "phrase") for one in self.query.conditions)
            or any(map(asks_the_journal, self.query.conditions))
            or self.asks_for("duplicate")
            or self.asks_for("doubt")
        )

    def asks_for(self, state: str) -> bool:
        """Whether the query has ``has:`` with this state."""
        return self.query is not None and any(
            one.kind == "has" and any(value.text == state for value in one.values)
            for one in self.query.conditions
        )


@dataclass(eq=False)
class ViewCounts:
    """Counts the sources of every view once, and then only what changes.

    ``find`` gives a source as the screen shows it. What needs all sources is counted again
    ``later`` seconds after a change. Duplicates are looked for in a vault of at most ``few``
    sources; in a larger one they are counted once somebody has asked for them.
    """

    _desk: Desk
    _views: Views
    _board: Board
    _reading: ReadingState
    _threads: Threads
    _: KW_ONLY
    at_once: int
    later: float
    few: int

    def __post_init__(self) -> None:
        self._asked: list[_Asked] = []
        self._plain: list[_Asked] = []
        self._found: dict[str, int] = {}
        """The plain views that have each source: a bit for each view."""
        self._counts: dict[str, int] = {}
        """The known counts by the views' names."""
        self._changed: dict[str, None] = {}
        """Sources that changed since they were counted."""
        self._is_counted = self._is_counting = False
        self._failed = False
        """Whether counting all ended with an error."""
        self._recounts = False
        """Whether the changed sources are about to be counted."""
        self._timer: Timer | None = None
        self._late_runs = False
        self._watcher: Callable[[], bool] | None = None

    # What is shown

    @property
    def tabs(self) -> list[ViewTab]:
        """Every view with its key and its count; one that is often empty only if it is not."""
        if not self._asked:
            self._learn_views()
        now = self._board.worklist.view
        tabs = []
        for at, asked in enumerate(self._asked):
            name = asked.view.name
            key = SLOTS[at] if at < len(SLOTS) else ""
            rank, count = _OPEN if name == now else asked.rank, self.of(asked.view)
            if name != now and count in ("0", UNKNOWN) and self._views.is_often_empty(asked.view):
                continue
            tabs.append(ViewTab(key, name, count, name == now, rank))
        if not any(tab.is_open for tab in tabs):
            # The view of a notebook.
            tabs.append(ViewTab("", now, f"{self._board.worklist.size:,}", True, _OPEN))
        if self._is_counted and any(self._may_be_counted(one) for one in self._late_unknown()):
            self._count_late_soon()
        return tabs

    def of(self, view: View) -> str:
        """The number of a view's sources, as it is shown."""
        asked = next((one for one in self._asked if one.view == view), None)
        if asked is None:
            return UNKNOWN
        if asked.query is None:
            return INVALID
        if not view.query.strip() and not self._reading.busy:
            return f"{self._desk.vault.count:,}"
        count = self._counts.get(view.name)
        return UNKNOWN if count is None else f"{count:,}"

    @property
    def is_busy(self) -> bool:
        """Whether something is being counted, or about to be."""
        counts = self._is_counting or self._recounts or self._late_runs
        return counts or self._timer is not None

    def watch(self, on_change: Callable[[], bool]) -> None:
        """Have a function called now and with every new count, as long as it returns True.

        It takes the place of the one before.
        """
        self._watcher = on_change if on_change() else None

    def _show(self) -> None:
        self._board.outdate("figures")
        if self._watcher is not None and not self._watcher():
            self._watcher = None

    def _late_unknown(self) -> Iterator[_Asked]:
        return (
            one
            for one in self._asked
            if not one.is_plain and one.query is not None and one.view.name not in self._counts
        )

    # When to count

    def start(self) -> None:
        """Count every view: all sources have been read, or the views are others."""
        self._desk.lookup.tell(self.note)
        self._learn_views()
        self._is_counted, self._is_counting, self._failed = False, True, False
        self._changed.clear()
        self._threads.run(self._count_all, "counts", exclusive=True)

    def note(self, name: str) -> None:
        """Count a source again soon: it is new, changed or gone."""
        self._changed[name] = None
        if self._is_counting:
            return
        if self._is_counted:
            self._recount_soon()
        elif self._failed:
            self.start()

    def learnt(self) -> None:
        """Count again what depends on what was learnt."""
        if any(one.asks_for("doubt") for one in self._asked):
            self._count_late_soon()

    def _learn_views(self) -> None:
        before = {one.view for one in self._asked}
        self._asked = [_Asked(view, *self._read(view)) for view in self._views.all.values()]
        same = {one.view.name for one in self._asked if one.view in before}
        self._counts = {name: count for name, count in self._counts.items() if name in same}
        self._plain = [one for one in self._asked if one.is_plain]

    def _read(self, view: View) -> tuple[Query | None, int]:
        try:
            query = self._desk.lookup.parse(view.query)
        except QueryError:
            return None, _REST
        states = [
            value.text for one in query.conditions if one.kind == "has" for value in one.values
        ]
        if "problem" in states:
            return query, _PROBLEMS
        is_end = self._views.is_about_status(query) and not self._views.is_emptied(view.query)
        return query, _REST if is_end else _WORK

    # Plain views

    def _count_all(self, is_stopped: IsStopped) -> None:
        """In a thread: count; after an error, which is told, a later change counts again."""
        try:
            self._test_all(is_stopped)
        except Exception:
            self._threads.later(self._count_failed)
            raise

    def _count_failed(self) -> None:
        self._is_counting, self._failed = False, True

    def _test_all(self, is_stopped: IsStopped) -> None:
        """Test every source against every plain view."""
        found, counts = dict[str, int](), [0] * len(self._plain)
        plain, tests = self._plain, self._tests(self._plain)
        rest = iter(self._desk.vault.sources)
        while part := list(islice(rest, _SLICE)):
            if is_stopped():
                return
            self._threads.give_way()
            for source in part:
                bits = 0
                for at, test in enumerate(tests):
                    if test is not None and test(source):
                        bits |= 1 << at
                        counts[at] += 1
                found[source.name] = bits
            time.sleep(_PAUSE)
        self._desk.keep_snoozes()
        self._threads.back(self._take_all, plain, found, counts)

    def _tests(self, views: Sequence[_Asked]) -> list[Test | None]:
        return [self._test(one) for one in views]

    def _test(self, asked: _Asked) -> Test | None:
        """A test as the queue makes it; None for a view without one."""
        lookup, query, is_snoozed = self._desk.lookup, asked.view.query, self._desk.is_snoozed
        try:
            test, leaves_out = lookup.test(query), lookup.leaves_out_snoozed(query)
        except QueryError:
            # A field that no source has any more.
            return None
        if not leaves_out:
            return test
        return lambda source: test(source) and not is_snoozed(source)

    def _take_all(self, plain: list[_Asked], found: dict[str, int], counts: Sequence[int]) -> None:
        if plain is not self._plain:
            # Others are being counted.
            return
        self._is_counting = False
        self._found, self._is_counted = found, True
        self._counts |= {one.view.name: count for one, count in zip(plain, counts, strict=True)}
        self._show()
        self._recount_soon()
        self._count_late_soon()

    def _recount_soon(self) -> None:
        if self._changed and self._is_counted and not self._recounts:
            self._recounts = True
            # Not once the next frame is drawn: below a box none is.
            self._threads.after(_FRAME, self._recount)

    def _recount(self) -> None:
        """Test the changed sources, some in a frame."""
        self._recounts = False
        if not self._is_counted:
            return
        names = list(islice(self._changed, self.at_once))
        tests, find = self._tests(self._plain), self._desk.vault.find
        for name in names:
            del self._changed[name]
            before, source, bits = self._found.pop(name, 0), find(name), 0
            if source is not None:
                for at, test in enumerate(tests):
                    if test is not None and test(source):
                        bits |= 1 << at
                self._found[name] = bits
            for at, one in enumerate(self._plain):
                self._counts[one.view.name] += (bits >> at & 1) - (before >> at & 1)
        self._show()
        self._recount_soon()
        self._count_late_soon()

    # Views that need all sources

    def _count_late_soon(self) -> None:
        """Count the other views once nothing has changed for a while."""
        if all(one.is_plain or one.query is None for one in self._asked):
            return
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._threads.after(self.later, self._start_late)

    def _start_late(self) -> None:
        self._timer = None
        if self._reading.busy or not self._is_counted:
            return
        if self._late_runs:
            self._count_late_soon()
            return
        late = [one for one in self._asked if not one.is_plain and self._may_be_counted(one)]
        if late:
            self._late_runs = True
            self._threads.run(lambda stopped: self._count_late(late, stopped), "late counts")

    def _may_be_counted(self, asked: _Asked) -> bool:
        """Whether a view can be counted without work that only opening it is worth."""
        if asked.query is None:
            return False
        if asked.asks_for("doubt") and not self._desk.learner.judge.is_complete:
            return False
        return (
            not asked.asks_for("duplicate")
            or self._desk.vault.count <= self.few
            or self._desk.duplicates.is_ready
        )

    def _count_late(self, late: Sequence[_Asked], is_stopped: IsStopped) -> None:
        """In a thread: count views whole."""
        counts = dict[str, int]()
        try:
            for asked in late:
                if is_stopped():
                    return
                if asked.asks_for("duplicate"):
                    self._desk.duplicates.prepare()
                counted = self._whole(asked, is_stopped)
                if counted is not None:
                    counts[asked.view.name] = counted
        finally:
            self._late_runs = False
        self._threads.back(self._take_late, counts)

    def _whole(self, asked: _Asked, is_stopped: IsStopped) -> int | None:
        """The number of a view's sources; None when that is not known."""
        if asked.query is None:
            return None
        test = self._test(asked)
        if test is None:
            return None
        if asked.query.words:
            self._threads.give_way()
            return len(self._desk.matching(asked.view.query))
        count, rest = 0, iter(self._desk.vault.sources)
        while part := list(islice(rest, _SLICE)):
            if is_stopped():
                return None
            self._threads.give_way()
            count += sum(map(test, part))
            time.sleep(_PAUSE)
        return count

    def _take_late(self, counts: dict[str, int]) -> None:
        known = {one.view.name for one in self._asked if not one.is_plain}
        before = dict(self._counts)
        self._counts |= {name: count for name, count in counts.items() if name in known}
        if self._counts != before:
            self._show()
