"""Toasts: report what no key has caused, one at a time."""

from __future__ import annotations

from collections import deque
from time import monotonic

from textual.notifications import Notification, Notify
from textual.timer import Timer

from tui.app.faults import FaultApp
from tui.display import cells, fit

MARGIN = 8
"""Cells of a screen's width that a toast leaves."""
LOOK = 0.2
"""Seconds between two looks whether the next toast may be shown."""


class ToastApp(FaultApp):
    """An app that shows one toast at a time, and none while somebody is typing."""

    def __init__(self, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._waiting = deque[Notification]()
        self._current: Notification | None = None
        """The toast that is shown, whole."""
        self._unread = ""
        """What of it is to be shown after the row in sight."""
        self._since = 0.0
        """When its row in sight was shown."""
        self._looking: Timer | None = None

    @property
    def is_in_field(self) -> bool:
        """Whether a text field has the keyboard."""
        return self.takes_text()

    @property
    def is_in_box(self) -> bool:
        """Whether a box has the keyboard."""
        return False

    @property
    def reports(self) -> list[Notification]:
        """The toast shown and those waiting, oldest first, each whole."""
        return [*([self._current] if self._current else ()), *self._waiting]

    def read_toast(self, seconds: float) -> str:
        """The toast in sight, if its last row has been there for so long; else empty."""
        if self._current is None or self._unread or not self.toasts:
            return ""
        return self._current.message if monotonic() - self._since >= seconds else ""

    def on_notify(self, event: Notify) -> None:
        """Have a toast wait for its turn; Textual would show it at once."""
        event.prevent_default()
        new = event.notification
        if all(new.message != toast.message for toast in self.reports):
            self._waiting.append(new)
            self._look()

    def clear_notifications(self) -> None:
        """Remove all toasts, those that wait as well."""
        self._waiting.clear()
        self._current, self._unread = None, ""
        super().clear_notifications()

    def drop_toast(self, sentence: str) -> None:
        """Remove a toast that is no longer true."""
        self._waiting = deque(toast for toast in self._waiting if toast.message != sentence)
        if self._current is not None and self._current.message == sentence:
            self._current, self._unread = None, ""
            self._take_down()

    def _take_down(self) -> None:
        for toast in self.toasts:
            self.remove_toast(toast)

    def _look(self) -> None:
        """Show the next row if its turn has come; take it down while somebody is typing."""
        if not self.screen_stack:
            # The app is closing.
            return
        if self.is_in_field or self.is_in_box:
            self._take_down()
            if self._current is not None:
                self._waiting.appendleft(self._current)
                self._current, self._unread = None, ""
        elif not self.toasts:
            self._show_next()
        if not self.reports:
            if self._looking is not None:
                self._looking.stop()
                self._looking = None
        elif self._looking is None:
            self._looking = self.set_interval(LOOK, self._look)

    def _show_next(self) -> None:
        """Show a row of the toast that was begun, else the first of the next one."""
        words = self._unread
        if not words:
            self._current = self._waiting.popleft() if self._waiting else None
            words = self._current.message if self._current else ""
        if self._current is None:
            return
        row, self._unread = first_row(words, self.size.width - MARGIN)
        # Its time begins now.
        self._since = monotonic()
        self.add_toast(
            Notification(row, "", self._current.severity, self._current.timeout, markup=False)
        )


def first_row(sentence: str, width: int) -> tuple[str, str]:
    """What of a sentence fits into a row, and the rest, both with dots where it was cut."""
    if cells(sentence) <= width:
        return sentence, ""
    head, rest = "", sentence.split(" ")
    while rest and cells(f"{head} {rest[0]}") <= width:
        head = f"{head} {rest.pop(0)}".lstrip()
    if not head:
        return fit(sentence, max(1, width)), ""
    return f"{head}…", f"…{' '.join(rest)}"
