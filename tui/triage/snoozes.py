"""Snoozes: which sources are snoozed now.

A source is snoozed from the change that sets its day until that day, or until its file changes.
The header has the day only. What the file's bytes were then is remembered outside the vault, as a
digest. Without it, as in a fresh clone, the bytes at first sight count.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple

from tui.days import written_days
from tui.errors import SluiceError
from tui.state.files import read_json, write_json
from tui.triage.fields import only_item
from tui.vault.disk.locks import locked
from tui.vault.disk.storage import read_snapshot
from tui.vault.source import Source, Stamp
from tui.vault.writing.revert import digest

_NEVER = Stamp(-1, -1, -1)
"""The stamp of no file: the next look compares the bytes."""
_Key = tuple[str, str]
"""A source's name and the day it is snoozed until."""


class _Seen(NamedTuple):
    """What is known of a source that is snoozed until some day."""

    digest: str
    """Of the file's bytes when it was snoozed."""
    stamp: Stamp
    """The version of the file that was last compared with it."""
    same: bool
    """Whether that version had the same bytes."""


class Snoozes:
    """Knows which sources are snoozed; ``field`` has the day, and is empty if the vault has none.

    ``file`` stores the digests. Deleting it loses no decision: sources that had changed since they
    were snoozed stay snoozed until their day.
    """

    def __init__(self, root: Path, file: Path, field: str) -> None:
        self._root = root
        self._file = file
        self._field = field
        self._known: dict[_Key, _Seen] | None = None
        self._read = 0
        """When the file last changed that was read, in nanoseconds."""
        self._fresh: dict[_Key, _Seen] = {}
        """What is not in the file yet."""
        self._begun = set[_Key]()
        """What of it was begun here."""
        self._lock = RLock()
        """Held for a moment by who adds to these, reads the file, or takes them to save them."""

    def value_of(self, source: Source) -> Any:
        """What the source's header has for the day; None when there is nothing."""
        return only_item(source.fields.get(source.key(self._field))) if self._field else None

    def day_of(self, source: Source) -> date | None:
        """The day in the source's header; None when there is none."""
        days = written_days(self.value_of(source))
        return days and days[0]

    def until(self, source: Source, today: date) -> date | None:
        """The day until which a source is snoozed; None when it is not, or no longer."""
        day = self.day_of(source)
        return day if day is not None and day > today and self._sleeps(source, day) else None

    def is_woken(self, source: Source, today: date) -> bool:
        """Whether the source was snoozed until a day to come, and has changed since."""
        day = self.day_of(source)
        return day is not None and day > today and not self._sleeps(source, day)

    def _sleeps(self, source: Source, day: date) -> bool:
        key = source.name, day.isoformat()
        seen = self._seen.get(key)
        if seen is not None and not seen.same:
            # Another sluice may have snoozed it again.
            self._catch_up()
            seen = self._seen.get(key)
        if seen is not None and seen.stamp == source.stamp:
            return seen.same
        try:
            snapshot = read_snapshot(self._root, source.name)
        except SluiceError:
            # Too large, or gone: only the day counts.
            return True
        now = digest(snapshot.data)
        # A thread that has just written the file may have put the digest meanwhile.
        with self._lock:
            seen = self._seen.setdefault(key, _Seen(now, snapshot.stamp, same=True))
            self._put(key, _Seen(seen.digest, snapshot.stamp, same=now == seen.digest))
        return now == seen.digest

    def begin(self, name: str, value: Any, written: str = "") -> None:
        """Compare a source with its file as it is now, until the day that ``value`` stands for.

        ``written`` is the digest of the file as it was just written, if that is known.
        """
        days = written_days(value)
        stamp = _NEVER
        if not written:
            with suppress(SluiceError):
                snapshot = read_snapshot(self._root, name)
                written, stamp = digest(snapshot.data), snapshot.stamp
        if days is not None and written:
            key = name, days[0].isoformat()
            with self._lock:
                self._begun.add(key)
                self._put(key, _Seen(written, stamp, same=True))

    # The file

    @property
    def _seen(self) -> dict[_Key, _Seen]:
        known = self._known
        if known is None:
            with self._lock:
                if (known := self._known) is None:
                    self._read = _changed(self._file)
                    known = self._known = _loaded(self._file)
        return known

    def _catch_up(self) -> None:
        """Take in what another sluice has saved since the file was read."""
        with self._lock:
            changed = _changed(self._file)
            if changed != self._read:
                self._read = changed
                self._seen.update(_joined(_loaded(self._file), self._fresh, self._begun))

    def _put(self, key: _Key, seen: _Seen) -> None:
        with self._lock:
            self._seen[key] = self._fresh[key] = seen

    def keep(self, today: date) -> None:
        """Save what was learnt, for the next start; days that are over are dropped."""
        if not self._fresh:
            return
        # Another thread may be learning more: it stays until this is in the file.
        with self._lock:
            fresh, begun = self._fresh.copy(), self._begun.copy()
        # Another sluice may have saved other sources. A failure costs a look at the files only.
        with suppress(OSError, SluiceError), locked(self._file.with_suffix(".lock")):
            known = _joined(_loaded(self._file), fresh, begun)
            rows = [
                [*key, seen.digest, *seen.stamp, seen.same]
                for key, seen in known.items()
                if key[1] > today.isoformat()
            ]
            write_json(self._file, {"snoozed": rows})
        with self._lock:
            self._fresh = {key: s for key, s in self._fresh.items() if fresh.get(key) is not s}
            self._begun = {key for key in self._begun if key in self._fresh}


def _joined(
    known: dict[_Key, _Seen], fresh: dict[_Key, _Seen], begun: set[_Key]
) -> dict[_Key, _Seen]:
    """What the file has, with what was learnt here since.

    Where another sluice has begun a snooze again, that is newer than a comparison here.
    """
    return known | {
        key: seen
        for key, seen in list(fresh.items())
        if key in begun or key not in known or known[key].digest == seen.digest
    }


def _changed(file: Path) -> int:
    """When a file last changed, in nanoseconds; 0 without it."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def _loaded(file: Path) -> dict[_Key, _Seen]:
    rows = read_json(file).get("snoozed")
    known: dict[_Key, _Seen] = {}
    for row in rows if isinstance(rows, list) else ():
        match row:
            case [str(name), str(day), str(held), int(size), int(mtime), int(inode), bool(same)]:
                known[name, day] = _Seen(held, Stamp(size, mtime, inode), same)
    return known
