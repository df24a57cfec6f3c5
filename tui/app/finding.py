"""Finder: answers slow questions in a thread; only the newest answer counts."""

from __future__ import annotations

from collections.abc import Callable
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any, TypeVar

from tui.errors import SluiceError
from tui.state.log import tell_fault

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

AT_ONCE = 10_000
"""Sources up to which a question is answered at once, within one frame.

Measured: a keystroke's lookup takes 1 to 4 ms of CPU there, and 10 to 40 among 100,000.
"""
Answer = TypeVar("Answer")


class Finder:
    """Answers the questions of one screen, at once or in a thread.

    A new question replaces the one that waits, and drops the answer being worked out.
    """

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen
        self._changed = Condition()
        self._ticket = 0
        self._asked: tuple[int, Callable[[], Any], Callable[[Any], None]] | None = None
        self._thread: Thread | None = None
        self.working = False
        """Whether an answer is pending."""

    def ask(
        self,
        question: Callable[[], Answer],
        take: Callable[[Answer], None],
        refused: Callable[[SluiceError], None],
        *,
        takes_long: bool = False,
    ) -> None:
        """Call ``take`` with the question's answer, or ``refused`` with its error.

        What ``takes_long`` is answered in the thread however few sources there are.
        """
        self.forget()
        if self._screen.desk.vault.count <= AT_ONCE and not takes_long:
            try:
                answer = question()
            except SluiceError as error:
                refused(error)
            else:
                take(answer)
            return

        def settle(found: Answer | SluiceError) -> None:
            if isinstance(found, SluiceError):
                refused(found)
            else:
                take(found)

        with self._changed:
            self._asked = (self._ticket, question, settle)
            self.working = True
            self._changed.notify()
        if self._thread is None:
            self._thread = Thread(target=self._run, name="finder", daemon=True)
            self._thread.start()

    def forget(self) -> None:
        """Drop the pending question: something newer is shown."""
        with self._changed:
            self._ticket += 1
            self._asked = None
            self.working = False

    def _run(self) -> None:
        while True:
            with self._changed:
                while self._asked is None:
                    self._changed.wait()
                ticket, question, settle = self._asked
                self._asked = None
            self._screen.call_later(self._deliver, ticket, settle, self._answer(question))

    @staticmethod
    def _answer(question: Callable[[], Any]) -> Any:
        """The answer, or its error."""
        try:
            return question()
        except SluiceError as error:
            return error
        except Exception as error:
            return SluiceError(tell_fault(error))

    def _deliver(self, ticket: int, settle: Callable[[Any], None], found: Any) -> None:
        if ticket == self._ticket:
            self.working = False
            settle(found)
