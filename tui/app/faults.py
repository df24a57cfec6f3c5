"""An app and a screen that report unexpected errors in one sentence."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from typing import Any

from textual.screen import Screen
from textual.worker import Worker, WorkerFailed, WorkerState

from tui.app.key_order import KeyOrderApp
from tui.state.folders import user_folders


class FaultApp(KeyOrderApp):
    """Keeps tracebacks off the screen: they quote sources and help no user."""

    def __init__(self, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self.fault = ""
        """The sentence to exit with; empty without an error."""

    def on_mount(self) -> None:
        """Log the errors of tasks that nothing awaits."""
        asyncio.get_running_loop().set_exception_handler(_note_task)

    def note_end(self, error: Exception) -> None:
        """Log the error that ends the app, and keep its sentence."""
        self.fault = _told(error.error if isinstance(error, WorkerFailed) else error)

    def panic(self, *renderables: Any) -> None:  # noqa: ARG002 - Textual's own, a traceback
        """Exit for an error in the thread that reads the keyboard."""
        self.end_for(RuntimeError("sluice can no longer read the keyboard"))


class FaultScreen(Screen[None]):
    """A screen that reports the errors of background work and goes on."""

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Report an error, unless the whole app exits for it."""
        worker = event.worker
        if event.state is WorkerState.ERROR and worker.error and not worker.exit_on_error:
            self.notify(_told(worker.error), severity="error", markup=False)


def _told(error: BaseException) -> str:
    from tui.state.log import tell_fault  # noqa: PLC0415 - on a fault only

    return tell_fault(error)


@contextlib.contextmanager
def quiet_threads() -> Iterator[None]:
    """Log the errors of threads, which Python would print over the screen."""
    before = threading.excepthook
    threading.excepthook = _note_thread
    try:
        yield
    finally:
        threading.excepthook = before


def _note_thread(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None:
        _note(failed.exc_value)


def _note_task(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    error = context.get("exception")
    if isinstance(error, BaseException):
        _note(error)


def _note(error: BaseException) -> None:
    from tui.state.log import note_fault  # noqa: PLC0415 - on a fault only

    # A log that cannot be written must not cause a traceback itself.
    with contextlib.suppress(OSError):
        note_fault(user_folders().state, error)
