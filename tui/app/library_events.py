"""LibraryEvents: what systems other than Linux tell of a folder, by way of watchfiles."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from threading import Event

from watchfiles import watch

from tui.app.inotify import Told
from tui.vault.source import SUFFIX


class LibraryEvents:
    """The events of all that is below a folder, as ``Inotify`` gives them.

    These systems watch what is below a folder by themselves. The library does not say when
    events were lost, so after many of them everything is to be looked at.
    """

    def __init__(self, root: Path, grouped: float, quiet: float, many: int, most: float) -> None:
        """A wait ends after ``most`` seconds; the others are as for ``Inotify``.

        Raises OSError and RuntimeError.
        """
        self._many = many
        self._stop = Event()
        self._events = watch(
            root,
            watch_filter=None,
            debounce=round(1_000 * grouped),
            step=round(1_000 * quiet),
            stop_event=self._stop,
            rust_timeout=round(1_000 * most),
            yield_on_timeout=True,
            raise_interrupt=False,
            ignore_permission_denied=True,
        )

    def close(self) -> None:
        """Watch no more."""
        self._events.close()

    def wake(self) -> None:
        """End a ``wait`` in another thread."""
        self._stop.set()

    def watch(self, folders: Iterable[str]) -> None:
        """Nothing: all folders are watched."""

    def wait(self, seconds: float) -> Told:  # noqa: ARG002 - the library waits as long as it was told
        """What happens. Raises OSError and RuntimeError."""
        paths = {path for _, path in next(self._events, ())}
        return Told(paths, len(paths) > self._many or any(map(_may_be_folder, paths)))


def _may_be_folder(path: str) -> bool:
    """Whether it is a folder, or may have been one, or cannot be read."""
    if path.endswith(SUFFIX) and "\ufffd" not in path:
        return os.path.isdir(path)  # noqa: PTH112 - see below
    return os.path.isdir(path) or not os.path.lexists(path)  # noqa: PTH112 - lexists has no other
