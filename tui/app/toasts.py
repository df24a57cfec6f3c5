"""Which toasts a new one replaces: errors stay as long as they fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.text import Text
from textual.notifications import Notification, Notify

from tui.app.faults import FaultApp

MOST = 3
"""The most warnings and errors shown at once."""
SIDES = 3
"""Cells of a toast's width that are not for its text."""


class ToastApp(FaultApp):
    """An app that removes the toasts a new one replaces."""

    def on_notify(self, event: Notify) -> None:
        """Remove the toasts that a new one replaces, before Textual shows it."""
        width = int(0.9 * self.size.width) - SIDES

        def lines_of(toast: Notification) -> int:
            return len(Text(toast.message).wrap(self.console, max(1, width)))

        room = self.size.height // 3
        for toast in giving_way(self.toasts, event.notification, lines_of, room):
            self.remove_toast(toast, refresh=False)

    def drop_information(self) -> None:
        """Remove information toasts, which are no longer true."""
        for toast in passing(self.toasts):
            self.remove_toast(toast)

    def drop_toast(self, sentence: str) -> None:
        """Remove a toast that is no longer true, of any kind."""
        for toast in self.toasts:
            if toast.message == sentence:
                self.remove_toast(toast)


def passing(shown: Iterable[Notification]) -> list[Notification]:
    """The toasts that any other may replace: information."""
    return [toast for toast in shown if toast.severity == "information"]


def giving_way(
    shown: Iterable[Notification],
    new: Notification,
    lines_of: Callable[[Notification], int],
    room: int,
) -> list[Notification]:
    """The ``shown`` toasts, oldest first, that a new one replaces.

    An error replaces the oldest ones that do not fit into ``room`` lines with it; a warning
    replaces no error.
    """
    shown = list(shown)
    gone = passing(shown)
    if new.severity == "information":
        return gone
    count, lines, full = 1, lines_of(new), False
    for toast in reversed([toast for toast in shown if toast not in gone]):
        if toast.message == new.message:
            gone.append(toast)
            continue
        count, lines = count + 1, lines + lines_of(toast)
        full = full or count > MOST or lines > room
        if full and (toast.severity == "warning" or new.severity == "error"):
            gone.append(toast)
    return gone
