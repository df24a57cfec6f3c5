"""Toasts: report what no key has caused, one at a time."""

from __future__ import annotations

from collections import deque

from textual.notifications import Notification, Notify
from textual.timer import Timer

from tui.app.faults import FaultApp

LOOK = 0.2
"""Seconds between two looks whether the next toast may be shown."""


class ToastApp(FaultApp):
    """An app that shows one toast at a time, and none while somebody is typing."""

    def __init__(self, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._waiting = deque[Notification]()
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
        """The toasts shown and those waiting, oldest first."""
        return [*self.toasts, *self._waiting]

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
        super().clear_notifications()

    def drop_toast(self, sentence: str) -> None:
        """Remove a toast that is no longer true."""
        self._waiting = deque(toast for toast in self._waiting if toast.message != sentence)
        for toast in self.toasts:
            if toast.message == sentence:
                self.remove_toast(toast)

    def _look(self) -> None:
        """Show the next toast if its turn has come; take it down while somebody is typing."""
        if not self.screen_stack:
            # The app is closing.
            return
        if self.is_in_field or self.is_in_box:
            for toast in self.toasts:
                self.remove_toast(toast)
                self._waiting.appendleft(toast)
        elif self._waiting and not self.toasts:
            toast = self._waiting.popleft()
            # Its time begins now.
            self.add_toast(
                Notification(
                    toast.message, toast.title, toast.severity, toast.timeout, markup=False
                )
            )
        if not self.reports:
            if self._looking is not None:
                self._looking.stop()
                self._looking = None
        elif self._looking is None:
            self._looking = self.set_interval(LOOK, self._look)
