"""Calls: what to call when something ends or is answered."""

from __future__ import annotations

from collections.abc import Callable

from tui.session.ports import IsStopped, Threads

Back = Callable[..., None]
"""Calls a function where keys are answered, and waits for its end."""


def nothing(*_: object) -> None:
    """Do nothing."""


def then(call: Callable[[], object], after: Callable[[], object]) -> Callable[[], None]:
    """A function that calls the first one, and then the second one, also after an error."""

    def both() -> None:
        try:
            call()
        finally:
            after()

    return both


def unless_stopped(threads: Threads, is_stopped: IsStopped) -> Back:
    """For work in a thread: calls back, unless newer work of its kind was begun there."""

    def back(call: Callable[..., object], *arguments: object) -> None:
        threads.back(lambda: None if is_stopped() else call(*arguments))

    return back
