"""The session's threads and timers, run by Textual."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from textual.screen import Screen
from textual.timer import Timer
from textual.worker import get_current_worker

from tui.app.key_order import KeyOrderApp
from tui.app.textual_private import call_after
from tui.session.ports import IsStopped, Result


class TextualThreads:
    """Runs work of one screen. ``enter`` calls a function and draws what it changed."""

    def __init__(
        self, app: KeyOrderApp, screen: Screen[None], enter: Callable[..., object]
    ) -> None:
        self._app = app
        self._screen = screen
        self._enter = enter
        self.give_way = app.give_way
        self.hold_keys = app.hold_keys

    def run(
        self, work: Callable[[IsStopped], object], group: str, *, exclusive: bool = False
    ) -> None:
        """Run work in a thread; if ``exclusive``, what runs in its group is no longer wanted."""
        # A thread of the pool keeps its last worker, which must not keep what the work knows,
        # such as a box.
        todo = [work]

        def run() -> None:
            worker = get_current_worker()
            todo.pop()(lambda: worker.is_cancelled)

        self._screen.run_worker(
            run, thread=True, exclusive=exclusive, group=group, exit_on_error=False
        )

    def back(self, call: Callable[..., object], *arguments: object) -> None:
        """From a thread: call a function where keys are answered, and wait for its end.

        Raises RuntimeError once the app has ended.
        """
        self._app.call_from_thread(self._enter, call, *arguments)

    def later(self, call: Callable[..., object], *arguments: object) -> None:
        """Call a function where keys are answered, soon; any thread may ask for it."""
        self._screen.call_later(self._enter, call, *arguments)

    def after(self, seconds: float, call: Callable[[], object]) -> Timer:
        """Call a function in so many seconds."""
        return call_after(self._screen, seconds, partial(self._enter, call))

    def next_frame(self, call: Callable[[], object]) -> None:
        """Call a function once what changed is on the screen."""
        self._screen.call_after_refresh(self._enter, call)

    def start(self, work: Coroutine[Any, Any, None], group: str) -> None:
        """Run work in turns with the keys; it pauses by ``pause``."""
        self._screen.run_worker(self._in_turns(work), group=group, exit_on_error=False)

    async def _in_turns(self, work: Coroutine[Any, Any, None]) -> None:
        await work
        self._enter(_nothing)

    async def answer(self, work: Callable[[], Result]) -> Result:
        """The result of a function that runs in a thread."""
        return await asyncio.to_thread(work)

    async def pause(self, seconds: float) -> None:
        """Draw what changed, and leave so many seconds to the keys."""
        self._enter(_nothing)
        await asyncio.sleep(seconds)


def _nothing() -> None:
    """Change nothing: what has changed before is drawn."""
