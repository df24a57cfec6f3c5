"""LibraryEvents: file events on systems other than Linux, from watchfiles."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from threading import Event

from watchfiles import watch

from tui.session.flow.inotify import Told
from tui.vault.rule import ending_of


class LibraryEvents:
    """The events below a folder, with the interface of ``Inotify``.

    These systems watch subfolders by themselves. The library does not report lost events, so
    after many events all files have to be checked.
    """

    def __init__(self, root: Path, grouped: float, quiet: float, many: int, most: float) -> None:
        """End a wait after ``most`` seconds; the other arguments are those of ``Inotify``.

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
        """Stop watching."""
        self._events.close()

    def wake(self) -> None:
        """End a ``wait`` in another thread."""
        self._stop.set()

    def watch(self, folders: Iterable[str]) -> None:
        """Do nothing: all folders are watched already."""

    def wait(self, seconds: float) -> Told:  # noqa: ARG002 - the library waits as long as it was told
        """The events since the last call. Raises OSError and RuntimeError."""
        paths = {path for _, path in next(self._events, ())}
        return Told(paths, len(paths) > self._many or any(map(_may_be_folder, paths)))


def _may_be_folder(path: str) -> bool:
    """Whether it is a folder, may have been one, or cannot be read."""
    if ending_of(path) and "\ufffd" not in path:
        return os.path.isdir(path)  # noqa: PTH112 - see below
    return os.path.isdir(path) or not os.path.lexists(path)  # noqa: PTH112 - lexists has no other
