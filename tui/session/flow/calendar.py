"""Calendar: notices that another day has begun, and shows what that changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime, time, timedelta

from tui.desk import Desk
from tui.display import counted
from tui.errors import SluiceError
from tui.session.model.board import Board
from tui.session.model.reading import ReadingState
from tui.session.model.worklist import Found
from tui.session.ports import IsStopped, Tell, Threads, Timer
from tui.triage.order import Order


@dataclass(eq=False)
class Calendar:
    """Brings sources back whose day has come, while the app is open.

    It looks at the clock with every event, at midnight, and every ``checked`` seconds: a computer
    may have slept meanwhile. ``on_day`` is called when what is shown is that of the new day.
    """

    _desk: Desk
    _board: Board
    _reading: ReadingState
    _threads: Threads
    _tell: Tell
    _: KW_ONLY
    checked: float
    on_day: Callable[[], object]

    def __post_init__(self) -> None:
        self._day = date.today()
        """The day of what is shown."""
        self._timer: Timer | None = None

    def start(self) -> None:
        """Everything has been read, today."""
        self._day = date.today()
        self._wait()

    def stop(self) -> None:
        """Look at the clock no longer."""
        if self._timer is not None:
            self._timer.stop()

    def _wait(self) -> None:
        self.stop()
        now = datetime.now()
        midnight = datetime.combine(now.date() + timedelta(days=1), time())
        left = (midnight - now).total_seconds() + 1
        self._timer = self._threads.after(min(left, self.checked), self._ring)

    def _ring(self) -> None:
        self.look()
        self._wait()

    def look(self) -> None:
        """Notice another day; cheap, as every event calls it."""
        if date.today() != self._day and not self._reading.busy:
            before, self._day = self._day, date.today()
            self._threads.run(lambda stopped: self._find(before, stopped), "day", exclusive=True)

    def _find(self, before: date, is_stopped: IsStopped) -> None:
        """In a thread: find the sources of the view, and count those whose day has come."""
        desk, worklist = self._desk, self._board.worklist
        query, order, today = worklist.view_query, worklist.order, self._day
        field = desk.schema.roles.snoozed
        named = [s for s in desk.vault.sources if field and s.key(field) in s.fields]
        days = map(desk.snoozes.day_of, named) if named else ()
        back = sum(1 for day in days if day is not None and before < day <= today)
        self._threads.give_way()
        try:
            found = worklist.names_of(query, order)
        except SluiceError:
            found = None
        if not is_stopped():
            self._threads.back(self._take, query, order, found, back)

    def _take(self, query: str, order: Order | None, found: Found | None, back: int) -> None:
        board, worklist = self._board, self._board.worklist
        if (query, order) == (worklist.view_query, worklist.order) and found is not None:
            worklist.take_day(found)
            worklist.take_order(order, found.names)
            if not worklist.looking_up:
                board.renew({}, board.rows.here)
        board.outdate("source", "figures")
        self.on_day()
        if back:
            are = "is" if back == 1 else "are"
            self._tell.report(
                f"{counted(back, 'snoozed source')} {are} back: the day has come.", "information"
            )
