"""Telling: shows the session's sentences as toasts, and its work in the progress line."""

from __future__ import annotations

from tui.app.toasts import ToastApp
from tui.app.widgets.bars import ProgressLine
from tui.display import clean
from tui.session.ports import Kind

SECONDS = {"information": 3.0, "warning": 6.0, "error": 9.0}
"""Seconds that a toast stays, by its kind."""


class Teller:
    """Says things beside the queue."""

    def __init__(self, app: ToastApp, progress: ProgressLine) -> None:
        self._app = app
        self._quiet = False
        self.show_work = progress.show_work
        self.end_work = progress.end_work

    def say(self, sentence: str, kind: Kind = "information") -> None:
        """Show a toast; it replaces the ones about success."""
        if self._quiet and kind == "information":
            self._app.drop_information()
            return
        said = clean(sentence, 600)
        self._app.notify(said, severity=kind, timeout=SECONDS[kind], markup=False)

    def drop(self, sentence: str = "") -> None:
        """Remove a sentence that is no longer true, or all news."""
        if sentence:
            self._app.drop_toast(sentence)
        else:
            self._app.drop_information()

    def hush(self, quiet: bool) -> None:
        """Show no news until this is called again."""
        self._quiet = quiet
