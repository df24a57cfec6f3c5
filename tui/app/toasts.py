"""Which toasts give way to a new one: what went wrong stays to be read, as far as it fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.notifications import Notification

MOST = 3
"""So many toasts about what went wrong stand at once."""


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
