"""Finder: answers slow questions in a thread; only the newest answer counts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Condition, Thread
from typing import Any, TypeVar

from tui.desk import Desk
from tui.errors import QueryError, SluiceError
from tui.search.filters import asks_for_duplicates
from tui.session.flow.calls import nothing
from tui.session.ports import Threads
from tui.state.log import tell_fault
from tui.triage.order import Order
from tui.vault.vault import Vault

FEW = 1_000
"""The most sources among which duplicates are found within a frame."""
Answer = TypeVar("Answer")


@dataclass(eq=False)
class Finder:
    """Answers questions about the vault, at once or in a thread.

    A new question replaces the one that waits, and drops the answer being worked out.

    Up to ``at_once`` sources, a question is answered within the frame that asks it.
    """

    _vault: Vault
    _threads: Threads
    _at_once: int

    def __post_init__(self) -> None:
        self._changed = Condition()
        self._ticket = 0
        self._asked: tuple[int, Callable[[], Any], Callable[[Any], None]] | None = None
        self._thread: Thread | None = None
        self.working = False
        """Whether an answer is pending."""
        self._lets_keys: Callable[[], object] = nothing
        """Lets the keys in that wait for it."""

    def ask(
        self,
        question: Callable[[], Answer],
        take: Callable[[Answer], None],
        refused: Callable[[SluiceError], None],
        *,
        takes_long: bool = False,
        holds_keys: bool = False,
    ) -> None:
        """Call ``take`` with the question's answer, or ``refused`` with its error.

        What ``takes_long`` is answered in the thread however few sources there are. With
        ``holds_keys`` the next keys wait for the answer, or until it is dropped.
        """
        self.forget()
        if self._vault.count <= self._at_once and not takes_long:
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

        if holds_keys:
            self._lets_keys = self._threads.hold_keys()
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
        self._let_keys()

    def _let_keys(self) -> None:
        lets_keys, self._lets_keys = self._lets_keys, nothing
        lets_keys()

    def _run(self) -> None:
        while True:
            with self._changed:
                while self._asked is None:
                    self._changed.wait()
                ticket, question, settle = self._asked
                self._asked = None
            found = self._answer(question)
            # The app may have ended meanwhile.
            with suppress(RuntimeError):
                self._threads.later(self._deliver, ticket, settle, found)

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
        if ticket != self._ticket:
            return
        self.working = False
        # What takes the answer may ask the next question, whose answer other keys await.
        lets_keys, self._lets_keys = self._lets_keys, nothing
        try:
            settle(found)
        finally:
            lets_keys()


def takes_long(desk: Desk, query: str, order: Order | None = None) -> bool:
    """Whether to find and sort sources in a thread even when there are few."""
    if desk.vault.count <= FEW or desk.duplicates.is_ready:
        return False
    try:
        about_duplicates = asks_for_duplicates(desk.lookup.parse(query).conditions)
    except QueryError:
        return False
    return about_duplicates or (order is not None and order.key.takes_long)
