"""Which toasts give way to a new one: what went wrong stays to be read, as far as it fits.

Textual promises neither `_notifications`, `_unnotify`, `_refresh_notifications`, `_toast_id` nor
its ToastRack; they stand here only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.text import Text
from textual.notifications import Notification, Notify
from textual.widgets._toast import ToastRack

from tui.app.faults import FaultApp

MOST = 3
"""So many toasts about what went wrong stand at once."""
SIDES = 3
"""Cells of a toast that its text cannot have."""


class ToastApp(FaultApp):
    """Takes away the toasts that give way, whole: what is left of one would cost every key."""

    def on_notify(self, event: Notify) -> None:
        """Take away the toasts that give way to a new one, before Textual shows that."""
        width = int(0.9 * self.size.width) - SIDES

        def lines_of(toast: Notification) -> int:
            return len(Text(toast.message).wrap(self.console, max(1, width)))

        room = self.size.height // 3
        for toast in giving_way(self._notifications, event.notification, lines_of, room):
            self._unnotify(toast, refresh=False)

    def drop_information(self) -> None:
        """Take away toasts about what went well, as they are true no longer."""
        for toast in passing(self._notifications):
            self._unnotify(toast)

    def drop_toast(self, sentence: str) -> None:
        """Take away a toast that is true no longer, whatever it is about."""
        for toast in list(self._notifications):
            if toast.message == sentence:
                self._unnotify(toast)

    def _refresh_notifications(self) -> None:
        """Show the toasts that are true now, and take away what held others.

        Textual takes away a toast that gave way, and leaves the empty widget around it.
        """
        if self.screen_stack:
            shown = {ToastRack._toast_id(toast) for toast in self._notifications}
            for holder in self.screen.query("ToastRack > *"):
                if holder.id not in shown:
                    holder.remove()
        super()._refresh_notifications()


def passing(shown: Iterable[Notification]) -> list[Notification]:
    """Those that any other may take the place of: they tell what went well."""
    return [toast for toast in shown if toast.severity == "information"]


def giving_way(
    shown: Iterable[Notification],
    new: Notification,
    lines_of: Callable[[Notification], int],
    room: int,
) -> list[Notification]:
    """Those of the ``shown``, oldest first, that go for a new one.

    For a failure the oldest ones go that do not fit into ``room`` lines with it; for a
    warning no failure does.
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
