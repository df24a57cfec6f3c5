"""Watcher: tells which files of a vault others have changed, from a thread of its own."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread
from typing import Protocol

from tui.app.inotify import Inotify, Told
from tui.vault.read import stamp_of
from tui.vault.scan import folders_of, is_listed, scan
from tui.vault.source import Stamp
from tui.vault.vault import Vault

GROUPED, QUIET = 0.4, 0.05
"""Seconds: events are told together until it is quiet that long, or so many have passed."""
CHECKED = 0.5
"""Seconds without an event after which the vault's folder itself is looked at."""
POLLED, SWEPT = 2.0, 10.0
"""Seconds between two looks at all stamps: where nothing can be watched, and where it can."""
MANY = 100
"""When something happened to more files, a look at all stamps tells as surely and as fast."""
EASE = 4
"""While files change without end, a look at all is followed by a rest this many times as long."""
SHARE = 20
"""A look at all stamps takes no more than one part in this many of the time."""
NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "9p", "vboxsf", "drvfs"}
    | {"fuse.sshfs", "fuse.rclone", "fuse.glusterfs"}
)
"""Disks that do not tell what other machines write to them."""

Look = tuple[Stamp, int]
"""A file's stamp, and when its stamp or rights changed last."""


class Watcher:
    """Compares stamps where something happened, so that our own writes go unnoticed.

    What it cannot watch it looks through now and then. ``on_change`` gets names,
    ``on_away`` whether the vault's folder is gone; both are called in the thread.
    """

    def __init__(
        self,
        vault: Vault,
        on_change: Callable[[list[str]], object],
        on_away: Callable[[bool], object],
    ) -> None:
        self._vault = vault
        self._root = vault.root
        self._on_change = on_change
        self._on_away = on_away
        self._stop = Event()
        self._polls = on_network_disk(vault.root)
        self._here: tuple[int, int] | None = _identity(vault.root)
        self._events: Events | None = None
        self._seen: dict[str, Look] = {}
        """Markdown files that are no sources, as they were when they were looked at."""
        self._thread = Thread(target=self._run, name="watcher", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the thread to end; it does within a blink, and nothing waits for it."""
        self._stop.set()
        if self._events is not None:
            self._events.wake()

    def join(self) -> None:
        """Wait until the thread has ended."""
        self._thread.join()

    @property
    def is_there(self) -> bool:
        """Whether the vault's folder is the one that is watched, and not another in its place."""
        return self._here is not None and _identity(self._root) == self._here

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                if not self._arrive():
                    self._wait_for_return()
                elif self._polls:
                    self._poll()
                else:
                    self._watch()
            except (OSError, RuntimeError):
                # Too many watches, or a system that has none: then without them.
                self._polls = self._polls or self.is_there
                self._stop.wait(CHECKED)

    def _arrive(self) -> bool:
        """Whether the vault's folder is there; from now on it is the one that is watched."""
        found = _identity(self._root)
        # What is left in the place of a disk that was taken away is an empty folder.
        if found != self._here and self._vault.count and _is_empty(self._root):
            found = None
        self._here = found
        return found is not None

    def _wait_for_return(self) -> None:
        self._on_away(True)
        while not self._stop.wait(CHECKED):
            if self._arrive():
                # What was told while it was away may have been passed over.
                self._seen.clear()
                self._on_away(False)
                return

    def _watch(self) -> None:
        """Tell what the system tells, until the folder is another one."""
        with closing(open_events(self._root)) as events:
            self._events = events
            events.watch(folders_of(self._root))
            # Files may have changed before they were watched.
            owed, rested, due = True, time.monotonic() + CHECKED, 0.0
            while not self._stop.is_set() and self.is_there:
                now = time.monotonic()
                if (owed and now >= rested) or now >= due > 0:
                    events.watch(folders_of(self._root))
                    took = self._sweep()
                    now = time.monotonic()
                    owed, rested, due = False, now + EASE * took, now + max(SWEPT, SHARE * took)
                told = events.wait(min(CHECKED, max(rested - now, 0.0)) if owed else CHECKED)
                owed = owed or told.vague
                if not told.vague and self.is_there:
                    self._tell_paths(told.paths)

    def _tell_paths(self, paths: Iterable[str]) -> None:
        names = map(self._name_of, paths)
        self._tell(name for name in names if is_listed(self._root, name))

    def _poll(self) -> None:
        """Look at all stamps again and again, until the folder is another one."""
        while self.is_there:
            took = self._sweep()
            if self._stop.wait(max(POLLED, SHARE * took)):
                return

    def _sweep(self) -> float:
        """Tell of every file that differs from what is known; how many seconds that took."""
        began = time.monotonic()
        self._tell(self._all_names())
        return time.monotonic() - began

    def _all_names(self) -> Iterator[str]:
        """The names of all files there are, then of the sources whose file is gone."""
        known = self._vault.names
        listed = set()
        for name in scan(self._root):
            listed.add(name)
            yield name
        yield from (name for name in known if name not in listed)

    def _tell(self, names: Iterable[str]) -> None:
        # A file's old and new name stand near each other: its counts change at one time.
        news = sorted(name for name in names if self._is_news(name))
        if news and self.is_there:
            self._on_change(news)

    def _is_news(self, name: str) -> bool:
        source = self._vault.find(name)
        known = source.stamp if source else None
        try:
            status = os.stat(f"{self._root}{os.sep}{name}")  # noqa: PTH116 - 100,000 times
        except OSError:
            self._seen.pop(name, None)
            return known is not None
        stamp = stamp_of(status)
        if known is not None:
            return stamp != known
        look = (stamp, status.st_ctime_ns)
        if self._seen.get(name) == look:
            return False
        self._seen[name] = look
        return self._vault.passed_over.get(name) != stamp

    def _name_of(self, path: str) -> str:
        """The file's name in the vault; empty for the vault's own folder."""
        return path[len(str(self._root)) :].lstrip(os.sep).replace(os.sep, "/")


class Events(Protocol):
    """What a system tells of folders."""

    def watch(self, folders: Iterable[str]) -> None:
        """Watch these folders."""

    def wait(self, seconds: float) -> Told:
        """What happens in some seconds."""

    def wake(self) -> None:
        """End a ``wait`` in another thread."""

    def close(self) -> None:
        """Watch no more."""


def open_events(root: Path) -> Events:
    """What this system tells of a folder. Raises OSError and RuntimeError."""
    if sys.platform == "linux":
        return Inotify(GROUPED, QUIET, MANY)
    from tui.app.library_events import LibraryEvents  # noqa: PLC0415 - in the thread

    return LibraryEvents(root, GROUPED, QUIET, MANY, CHECKED)


def _is_empty(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is None
    except OSError:
        return True


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another of its name; None when it is not there."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if folder.is_dir() else None


def on_network_disk(folder: Path, table: Path = Path("/proc/self/mounts")) -> bool:
    """Whether a folder is on a disk that other machines write to unseen, as far as can be told."""
    try:
        lines = table.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return False
    kinds: dict[str, str] = {}
    for line in lines:
        _, point, kind, *_ = line.split(" ")
        kinds[point.replace("\\040", " ")] = kind
    around = (str(parent) for parent in (folder, *folder.parents))
    return next((kinds[point] for point in around if point in kinds), "") in NETWORK
