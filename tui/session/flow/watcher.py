"""Watcher: a thread that reports the files in a vault that other programs changed."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import KW_ONLY, dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Protocol

from tui.session.flow.inotify import Inotify, Told
from tui.state.log import tell_fault
from tui.vault.disk.contents import stamp_of
from tui.vault.reading.scan import folders_of, is_listed, scan
from tui.vault.rule import Rule
from tui.vault.source import Stamp
from tui.vault.vault import Vault

GROUPED, QUIET = 0.4, 0.05
"""Seconds: events are grouped for at most ``GROUPED``, or until ``QUIET`` without one."""
MANY = 100
"""The most files that are checked one by one; for more, all stamps are as fast to check."""
EASE = 4
"""While files keep changing, the pause after a full check, in multiples of its duration."""
SHARE = 20
"""Full checks take at most one part in this many of the time."""
NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "9p", "vboxsf", "drvfs"}
    | {"fuse.sshfs", "fuse.rclone", "fuse.glusterfs"}
)
"""File systems that do not report what other machines write."""

Look = tuple[Stamp, int]
"""A file's stamp, and when its inode last changed (ctime, in nanoseconds)."""


@dataclass(eq=False)
class Watcher:
    """Compares the stamps of changed files, so that sluice's own writes are not reported.

    Files without events are checked regularly. ``on_change`` gets names, ``on_away`` whether
    the vault's folder is gone; both are called in the thread. After ``checked`` seconds without an
    event it checks the vault's folder itself; it compares all stamps after ``polled`` seconds
    where there are no events, else after ``swept``.
    """

    _vault: Vault
    _on_change: Callable[[list[str]], object]
    _on_away: Callable[[bool], object]
    _: KW_ONLY
    checked: float
    polled: float
    swept: float

    def __post_init__(self) -> None:
        self._root = self._vault.root
        self._stop = Event()
        self._polls = on_network_disk(self._vault.root)
        self._here: tuple[int, int] | None = _identity(self._vault.root)
        self._events: Events | None = None
        self._seen: dict[str, Look] = {}
        """Markdown files that are not sources, as of their last check."""
        self._thread = Thread(target=self._run, name="watcher", daemon=True)

    def start(self) -> None:
        """Start watching."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the thread to end, without waiting for it."""
        self._stop.set()
        if self._events is not None:
            self._events.wake()

    def join(self) -> None:
        """Wait until the thread has ended."""
        self._thread.join()

    @property
    def is_there(self) -> bool:
        """Whether the vault's folder is still the watched one, and not another in its place."""
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
            except Exception as error:
                # Too many watches, or a system without any: check regularly instead.
                if not isinstance(error, OSError | RuntimeError):
                    tell_fault(error)
                self._polls = self._polls or self.is_there
                self._stop.wait(self.checked)

    def _arrive(self) -> bool:
        """Whether the vault's folder exists; if so, it is watched from now on."""
        found = _identity(self._root)
        # A disk that was unmounted leaves an empty folder in its place.
        if found != self._here and self._vault.count and _is_empty(self._root):
            found = None
        self._here = found
        return found is not None

    def _wait_for_return(self) -> None:
        self._on_away(True)
        while not self._stop.wait(self.checked):
            if self._arrive():
                # Changes reported while it was away may have been ignored.
                self._seen.clear()
                self._on_away(False)
                return

    def _watch(self) -> None:
        """Report the system's events until the folder is replaced."""
        with closing(open_events(self._root, self.checked, self._vault.rule)) as events:
            self._events = events
            events.watch(folders_of(self._root, self._vault.rule))
            # Files may have changed before they were watched.
            owed, rested, due = True, time.monotonic() + self.checked, 0.0
            while not self._stop.is_set() and self.is_there:
                now = time.monotonic()
                if (owed and now >= rested) or now >= due > 0:
                    events.watch(folders_of(self._root, self._vault.rule))
                    took = self._sweep()
                    now = time.monotonic()
                    owed, rested, due = (
                        False,
                        now + EASE * took,
                        now + max(self.swept, SHARE * took),
                    )
                told = events.wait(
                    min(self.checked, max(rested - now, 0.0)) if owed else self.checked
                )
                owed = owed or told.vague
                if not told.vague and self.is_there:
                    self._tell_paths(told.paths)

    def _tell_paths(self, paths: Iterable[str]) -> None:
        names = map(self._name_of, paths)
        self._tell(name for name in names if is_listed(self._root, name, self._vault.rule))

    def _poll(self) -> None:
        """Check all stamps regularly, until the folder is replaced."""
        while self.is_there:
            took = self._sweep()
            if self._stop.wait(max(self.polled, SHARE * took)):
                return

    def _sweep(self) -> float:
        """Report every changed file; returns the seconds this took."""
        began = time.monotonic()
        self._tell(self._all_names())
        return time.monotonic() - began

    def _all_names(self) -> Iterator[str]:
        """The names of all files, then those of sources whose files are gone."""
        known = self._vault.names
        listed = set()
        for name in scan(self._root, rule=self._vault.rule):
            listed.add(name)
            yield name
        yield from (name for name in known if name not in listed)

    def _tell(self, names: Iterable[str]) -> None:
        # In order, so that the old and new name of a file are shown together.
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
            return known is not None and not self._vault.is_own(name, None)
        stamp = stamp_of(status)
        if stamp == known or self._vault.is_own(name, stamp):
            return False
        if known is not None:
            return True
        look = (stamp, status.st_ctime_ns)
        if self._seen.get(name) == look:
            return False
        self._seen[name] = look
        return self._vault.passed_over.get(name) != stamp

    def _name_of(self, path: str) -> str:
        """The file's name in the vault; empty for the vault's own folder."""
        return path[len(str(self._root)) :].lstrip(os.sep).replace(os.sep, "/")


class Events(Protocol):
    """A system's events for folders."""

    def watch(self, folders: Iterable[str]) -> None:
        """Watch these folders."""

    def wait(self, seconds: float) -> Told:
        """Wait for events, at most so many seconds."""

    def wake(self) -> None:
        """End a ``wait`` in another thread."""

    def close(self) -> None:
        """Stop watching."""


def open_events(root: Path, most: float, rule: Rule) -> Events:
    """This system's events for a folder, waited for at most so many seconds.

    Raises OSError and RuntimeError.
    """
    if sys.platform == "linux":
        start = len(f"{root}{os.sep}")
        return Inotify(GROUPED, QUIET, MANY, lambda path: rule.enters(path[start:]))
    from tui.session.flow.library_events import LibraryEvents  # noqa: PLC0415 - in the thread

    return LibraryEvents(root, GROUPED, QUIET, MANY, most)


def _is_empty(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is None
    except OSError:
        return True


def _identity(folder: Path) -> tuple[int, int] | None:
    """What identifies a folder apart from its name; None when it does not exist."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if folder.is_dir() else None


def on_network_disk(folder: Path, table: Path = Path("/proc/self/mounts")) -> bool:
    """Whether a folder is on a disk that does not report other machines' writes."""
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
