"""Watcher: tells which files of a vault others have changed, from a thread of its own."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Event, Thread

from tui.errors import UnknownSource
from tui.vault.read import stamp_of
from tui.vault.scan import folders_of, is_listed, scan
from tui.vault.source import SUFFIX, Stamp
from tui.vault.vault import Vault

GROUPED, QUIET = 400, 50
"""Milliseconds: events are told together until it is quiet that long, or so many have passed."""
CHECKED = 500
"""Milliseconds without an event after which the vault's folder itself is looked at."""
POLLED, SWEPT = 2.0, 10.0
"""Seconds between two looks at all stamps: where nothing can be watched, and where it can."""
MANY = 100
"""From so many events on, a look at all stamps tells more surely and as fast."""
_FOLDER_BY_FOLDER = sys.platform == "linux"
"""Whether each folder is watched by itself.

Asked to watch all below a folder, the library looks at every file of it first and lets no other
thread run meanwhile: 1.2 s for 100,000. Other systems tell of all below a folder by themselves.
"""
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
        since: float,
        on_change: Callable[[list[str]], object],
        on_away: Callable[[bool], object],
    ) -> None:
        self._vault = vault
        self._root = vault.root
        self._since = since
        """When the vault's files were listed: those that came later are news."""
        self._on_change = on_change
        self._on_away = on_away
        self._stop = Event()
        self._polls = on_network_disk(vault.root)
        self._seen: dict[str, Look] = {}
        """Markdown files that are no sources, as they were when they were looked at."""
        self._thread = Thread(target=self._run, name="watcher", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the thread to end; it does within a blink, and nothing waits for it."""
        self._stop.set()

    def join(self) -> None:
        """Wait until the thread has ended."""
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                if _identity(self._root) is None:
                    self._wait_for_return()
                elif self._polls:
                    self._poll()
                else:
                    self._watch()
            except FileNotFoundError:
                # A folder went before it was watched; the others are listed anew.
                self._stop.wait(QUIET / 1_000)
            except (OSError, RuntimeError):
                # Too many watches, or a system that has none: then without them.
                self._polls = _identity(self._root) is not None

    def _wait_for_return(self) -> None:
        self._on_away(True)
        while not self._stop.wait(CHECKED / 1_000):
            if _identity(self._root) is not None:
                self._on_away(False)
                return

    def _watch(self) -> None:
        """Tell what the system tells, until the folder is another one or has other folders."""
        from watchfiles import watch  # noqa: PLC0415 - in the thread: the first frame came before

        here, due = _identity(self._root), 0.0
        folders, whole = self._folders()
        for events in watch(
            *folders,
            watch_filter=None,
            recursive=whole,
            debounce=GROUPED,
            step=QUIET,
            stop_event=self._stop,
            rust_timeout=CHECKED,
            yield_on_timeout=True,
            raise_interrupt=False,
            ignore_permission_denied=True,
        ):
            if _identity(self._root) != here:
                return
            paths = [path for _, path in events]
            if time.monotonic() >= due or len(paths) > MANY or self._is_vague(paths):
                due = time.monotonic() + self._sweep(SWEPT)
                if self._folders() != (folders, whole):
                    return
            else:
                names = sorted({self._name_of(path) for path in paths})
                self._tell([name for name in names if is_listed(self._root, name)])

    def _folders(self) -> tuple[set[str], bool]:
        """The folders to watch, and whether all that is below them is watched too."""
        if _FOLDER_BY_FOLDER:
            folders = set(folders_of(self._root))
            # The library takes no folder whose name is not text; inside another one it does.
            if all(map(_is_text, folders)):
                return folders, False
        return {str(self._root)}, True

    def _poll(self) -> None:
        """Look at all stamps again and again, until the folder is another one."""
        here = _identity(self._root)
        while _identity(self._root) == here:
            if self._stop.wait(self._sweep(POLLED)):
                return

    def _sweep(self, rest: float) -> float:
        """Tell of every file that differs from what is known; the seconds to rest then."""
        began = time.monotonic()
        self._tell(self._all_names())
        # From now on whatever was not there before is news.
        self._since = 0.0
        return max(rest, SHARE * (time.monotonic() - began))

    def _all_names(self) -> Iterator[str]:
        """The names of all files there are, then of the sources whose file is gone."""
        listed = set()
        for name in scan(self._root):
            listed.add(name)
            yield name
        for source in self._vault.sources:
            if source.name not in listed:
                yield source.name

    def _tell(self, names: Iterable[str]) -> None:
        news = [name for name in names if self._is_news(name)]
        if news and _identity(self._root) is not None:
            self._on_change(news)

    def _is_news(self, name: str) -> bool:
        try:
            known = self._vault.get(name).stamp
        except UnknownSource:
            known = None
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
        return status.st_ctime >= self._since

    def _is_vague(self, paths: Iterable[str]) -> bool:
        """Whether more may have happened than these paths say: to a folder, or unreadably."""
        return any(
            "\ufffd" in path or Path(path).is_dir() or self._was_folder(path)
            for path in paths
            if not self._is_hidden(path)
        )

    def _was_folder(self, path: str) -> bool:
        name = self._name_of(path)
        return not name.endswith(SUFFIX) and any(
            source.name.startswith(f"{name}/") for source in self._vault.sources
        )

    def _is_hidden(self, path: str) -> bool:
        return any(part.startswith((".", "_")) for part in self._name_of(path).split("/"))

    def _name_of(self, path: str) -> str:
        """The file's name in the vault; empty for the vault's own folder."""
        return path[len(str(self._root)) :].lstrip(os.sep).replace(os.sep, "/")


def _is_text(path: str) -> bool:
    """Whether a path can be written in UTF-8."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
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
