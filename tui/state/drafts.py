"""Drafts: unfinished texts, kept until they are saved or emptied."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from time import time_ns
from typing import NamedTuple

from tui.flock import still_there, try_lock
from tui.private import open_file, replacing
from tui.reasons import failed
from tui.state.files import as_json, read_json, sweep

MOST_HELD = 50
"""Maximum number of files to hold open; the system allows a few hundred."""


class Draft(NamedTuple):
    """One draft, as stored in its file."""

    source: str
    """The name it is stored under."""
    text: str
    time: int = 0
    """When it was written, in nanoseconds; 0 in older files."""


class Drafts:
    """The drafts of one vault in one running app.

    Each draft has its own file, locked while the app that wrote it runs, so apps do not touch
    each other's drafts. The next app can continue the drafts of one that has ended.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        sweep(folder)
        self._own: dict[str, _Held] = {}
        """This app's files by draft name, the last written at the end."""
        self._asked: set[str] = set()
        """The names for which this app has asked for or saved a draft."""
        self._unwritten: dict[str, str] = {}
        """Drafts that could not be written; they last as long as this object."""
        self.error = ""
        """Why the last draft could not be written; empty when it was."""

    def own(self, name: str) -> str:
        """This app's draft for a source; empty when it has none."""
        if name in self._unwritten:
            return self._unwritten[name]
        return self._own[name].read() if name in self._own else ""

    def get(self, name: str) -> str:
        """The draft for a source: this app's, else any; empty when there is none."""
        if name in self._unwritten:
            return self._unwritten[name]
        return self.own(name) or next((draft.text for _, draft in self._all(name)), "")

    def take(self, name: str) -> str:
        """The draft to continue: this app's, else the oldest one that no running app holds.

        It then belongs to this app. Empty when there is none.
        """
        self._asked.add(name)
        held = self._own.get(name)
        if name in self._unwritten or (held is not None and held.is_ours()):
            return self.own(name)
        self._own.pop(name, None)
        for path, _ in self._all(name):
            held = _Held.of(path)
            if held is not None:
                self._hold(name, held)
                return held.text
        return ""

    def put(self, name: str, text: str) -> bool:
        """Save a draft, or delete it when the text is empty; on failure ``error`` says why.

        This affects this app's draft. Without one, deleting affects the draft that ``take``
        would return.
        """
        if not text and name not in self._asked:
            self.take(name)
        self._asked.add(name)
        try:
            if text:
                self._hold(name, self._written(name, Draft(name, text, time_ns())))
            else:
                self._drop(name)
        except OSError as error:
            self._unwritten[name] = text
            self.error = (
                f"The draft lasts only until you quit: cannot write to {self._folder} "
                f"{failed(error, 'write')}"
            )
            return False
        self._unwritten.pop(name, None)
        self.error = ""
        return True

    def rename(self, old: str, new: str) -> None:
        """Move all drafts of a name to another one, next to existing drafts."""
        if text := self.own(old):
            if self.own(new):
                self._move(old, new)
            elif self.put(new, text):
                self.put(old, "")
        for path, draft in self._all(old):
            held = _Held.of(path)
            if held is not None:
                self._leave(draft._replace(source=new, text=held.text), instead_of=held)

    def _move(self, old: str, new: str) -> None:
        """Move this app's draft to a name where this app already has one; it waits there."""
        draft = Draft(new, self.own(old), time_ns())
        held = self._own.pop(old, None)
        self._unwritten.pop(old, None)
        self._leave(draft, instead_of=held)

    def _leave(self, draft: Draft, instead_of: _Held | None) -> None:
        """Put a draft in the place of another, free to take; on failure nothing changes."""
        with contextlib.suppress(OSError):
            self._written("", draft).let_go()
            if instead_of is not None:
                instead_of.path.unlink(missing_ok=True)

    def names(self) -> frozenset[str]:
        """List the names of the sources that have a draft."""
        drafts = {draft.source: draft.text for _, draft in self._all()} | self._unwritten
        return frozenset(name for name, text in drafts.items() if text)

    def let_go(self) -> None:
        """Release the drafts to the next app; this one can still delete untaken ones."""
        for held in self._own.values():
            held.let_go()

    # Files

    def _written(self, name: str, draft: Draft) -> _Held:
        """Write the draft to this app's file for that name, or to a new one. Raises OSError."""
        held = self._own.get(name)
        if held is None or not held.is_ours():
            # A hash, because a source's name may be too long for a file name.
            number = int.from_bytes(os.urandom(6))
            held = _Held(self._folder / f"{_digest(draft.source)}.{number}.json")
        held.write(draft)
        return held

    def _drop(self, name: str) -> None:
        held = self._own.get(name)
        if held is not None and held.is_ours():
            held.path.unlink(missing_ok=True)
            held.let_go()
        self._own.pop(name, None)

    def _hold(self, name: str, held: _Held) -> None:
        self._own.pop(name, None)
        self._own[name] = held
        if len(self._own) > MOST_HELD:
            for other in list(self._own.values())[:-MOST_HELD]:
                other.let_go()

    def _all(self, name: str = "") -> list[tuple[Path, Draft]]:
        """The drafts of a name, or of all names, with their files; oldest first."""
        start = _digest(name) if name else ""
        try:
            files = os.listdir(self._folder)  # noqa: PTH208 - at each move of the cursor
        except OSError:
            return []
        paths = [self._folder / file for file in files if file.startswith(start)]
        drafts = ((path, _read(path)) for path in paths if path.suffix == ".json")
        found = [
            (path, draft)
            for path, draft in drafts
            if draft is not None and draft.text and name in ("", draft.source)
        ]
        return sorted(found, key=lambda each: (each[1].time, each[0]))


class _Held:
    """A draft's file, locked by this app."""

    def __init__(self, path: Path, text: str = "", descriptor: int | None = None) -> None:
        self.path = path
        self.text = text
        """The text that this app last wrote or read."""
        self._descriptor = descriptor

    @classmethod
    def of(cls, path: Path) -> _Held | None:
        """Lock the file at ``path``; None when a running app holds it or it is gone."""
        try:
            descriptor = open_file(path, os.O_RDWR)
        except OSError:
            return None
        held = cls(path, "", descriptor)
        draft = _read(path) if _locked(descriptor) and still_there(descriptor, path) else None
        if draft is None:
            held.let_go()
            return None
        held.text = draft.text
        if os.name == "nt":
            # On Windows nobody can replace or remove an open file.
            held.let_go()
        return held

    def read(self) -> str:
        """Its text, unless it was released and taken by another app since."""
        draft = _read(self.path)
        is_ours = draft is not None and (self._descriptor is not None or draft.text == self.text)
        return draft.text if draft is not None and is_ours else ""

    def is_ours(self) -> bool:
        """Whether nobody took or moved it since it was released; locks it again."""
        if self._descriptor is not None:
            return still_there(self._descriptor, self.path)
        other = _Held.of(self.path)
        if other is None or other.text != self.text:
            return False
        self._descriptor, other._descriptor = other._descriptor, None
        return True

    def write(self, draft: Draft) -> None:
        """Write the draft atomically. Raises OSError."""
        with replacing(self.path) as file:
            # The new file is locked before anyone can find it.
            descriptor = os.dup(file.fileno()) if os.name != "nt" else None
            new = _Held(self.path, draft.text, descriptor)
            if descriptor is not None:
                _locked(descriptor)
            file.write(as_json(draft._asdict()))
        self.let_go()
        self.text, self._descriptor, new._descriptor = draft.text, new._descriptor, None

    def let_go(self) -> None:
        """Release the lock."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def __del__(self) -> None:
        """Release the lock when the object is no longer used."""
        with contextlib.suppress(OSError):
            self.let_go()


def _locked(descriptor: int) -> bool:
    """Lock the file; True also on systems without file locks."""
    try:
        return try_lock(descriptor)
    except OSError:
        return True


def _read(path: Path) -> Draft | None:
    value = read_json(path)
    source, text, time = value.get("source"), value.get("text"), value.get("time", 0)
    if isinstance(source, str) and isinstance(text, str):
        return Draft(source, text, time if isinstance(time, int) else 0)
    return None


def _digest(name: str) -> str:
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
