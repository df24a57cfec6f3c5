"""Values that a person set, from the undo journal and other programs' edits of single files.

Every value set through sluice and not undone counts as set by a person, unless a script gave its
name; so does one that a person chose though it was there. After an undo, the old value counts as
a script's guess again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import Any, NamedTuple

from tui.errors import JournalError
from tui.state.files import read_json, write_json
from tui.vault.header.edit import MISSING
from tui.vault.history.change import Change, FileRecord, new_name
from tui.vault.history.journal import Journal
from tui.vault.reading.one_file import read_header
from tui.vault.source import Source
from tui.vault.writing.revert import is_birth

MANY = 5
"""If another program changes this many files at once, it was not a person."""
KEPT = 5_000
"""Number of other programs' edits to remember, newest first."""


class _Step(NamedTuple):
    """A value and the change that set it."""

    change: str
    before: str
    after: str
    by: str = ""
    """The name that a script gave; empty for a person."""


class ByHand:
    """Knows which values of the given fields a person set; any thread may ask.

    ``expects`` says whether a write of a field is pending, ``captured`` which values a capture
    sets by itself, ``listed`` which fields a source's header lists as confirmed. Other programs'
    edits are saved in ``file``; deleting it loses no decision.
    """

    def __init__(
        self,
        journal: Journal,
        expects: Callable[[str, str], bool],
        fields: Collection[str],
        captured: Callable[[str], Collection[str]],
        listed: Callable[[Source], Collection[str]],
        file: Path,
    ) -> None:
        self._journal = journal
        self._expects = expects
        self._fields = fields
        self._captured = captured
        self._listed = listed
        self._file = file
        self._known: set[str] = set()
        self._steps: dict[tuple[str, str], list[_Step]] = {}
        """The steps of each source and field, oldest first."""
        self._standing = set[str]()
        self._mark: tuple[int, int] | None = None
        """Where the journal ended when it was last asked."""
        self._writes = -1
        self._busy = False
        self._seen: dict[tuple[str, str], tuple[str, str]] | None = None
        """By source and field: the value before other programs' edits, and the last one."""
        self._unkept = False
        self._fresh: dict[str, None] = {}
        self._lock = RLock()
        """Held for a moment: to take in a change, or an edit of another program."""

    # Reading the journal

    def catch_up(self) -> None:
        """Read new entries of the journal."""
        for _ in self.reading():
            pass

    def reading(self) -> Iterator[None]:
        """Read new entries of the journal, one change at a time, unless another thread does."""
        with self._lock:
            if self._busy:
                return
            self._busy = True
        try:
            yield from self._read()
        except JournalError:
            # Undo reports the error; keep what is known so far.
            return
        finally:
            self._busy = False

    def _read(self) -> Iterator[None]:
        writes, journal = self._journal.writes, self._journal
        grown = journal.since(self._mark)
        if grown.entries is None:
            fresh: list[Change] = []
            for change in journal.read(reversed(grown.ids)):
                if change.id in self._known:
                    break
                fresh.append(change)
                yield
            for change in reversed(fresh):
                self._take_in(change)
                yield
            self._standing = set(grown.standing)
        for kind, id in grown.entries or ():
            if kind in ("undo", "void"):
                self._standing.discard(id)
            else:
                self._standing.add(id)
            for change in journal.read([id]) if id not in self._known else ():
                self._take_in(change)
            yield
        self._mark, self._writes = grown.mark, writes

    def _take_in(self, change: Change) -> None:
        with self._lock:
            self._known.add(change.id)
            for record in change.files:
                self._fresh[record.name] = None
                for field, before, after in self._values(record):
                    if field in self._fields:
                        steps = self._steps.setdefault((record.name, field), [])
                        steps.append(_Step(change.id, _plain(before), _plain(after), change.by))

    def _values(self, record: FileRecord) -> Iterator[tuple[str, Any, Any]]:
        if not is_birth(record):
            # A rename does not change the value.
            yield from () if new_name(record.fields) else record.fields
            return
        fields = read_header(record.patch.after)[0]
        for field in self._fields:
            value = fields.get(field, MISSING)
            if _plain(value) not in self._captured(field):
                yield field, MISSING, value

    # Edits of other programs

    def saw(self, pairs: Sequence[tuple[Source, Source]]) -> None:
        """Note files that another program changed at once, given before and after."""
        changed = [
            (after.name, field, _plain(old), _plain(new))
            for before, after in pairs
            for field in self._fields
            if _plain(old := before.fields.get(field)) != _plain(new := after.fields.get(field))
        ]
        if not changed or len({name for name, *_ in changed}) >= MANY:
            return
        self.catch_up()
        with self._lock:
            seen = self._edits
            for name, field, old, new in changed:
                first, _ = seen.pop((name, field), (old, ""))
                steps = self._steps.get((name, field), ())
                # A change or undo by another sluice process.
                ours = any(new in (step.before, step.after) for step in steps)
                if not ours and new != first:
                    seen[name, field] = first, new
            self._unkept = True

    @property
    def _edits(self) -> dict[tuple[str, str], tuple[str, str]]:
        """To be asked for with the lock held."""
        if self._seen is None:
            kept = read_json(self._file).get("edits")
            rows = [row for row in kept if _is_edit(row)] if isinstance(kept, list) else []
            self._seen = {(name, field): (old, new) for name, field, old, new in rows}
        return self._seen

    @property
    def is_unkept(self) -> bool:
        """Whether something is known that is not saved yet."""
        return self._unkept

    def keep(self) -> None:
        """Save other programs' edits for the next start."""
        with self._lock:
            if not self._unkept:
                return
            self._unkept = False
            edits = [[*key, *edit] for key, edit in list(self._edits.items())[-KEPT:]]
        with suppress(OSError):
            # If that fails, they are known only until this process ends.
            write_json(self._file, {"edits": edits})

    @property
    def edits(self) -> dict[tuple[str, str], str]:
        """By source and field: the last value set by hand in another program."""
        with self._lock:
            return {key: value for key, (_, value) in self._edits.items()}

    # Answers

    def holds(self, source: Source, field: str) -> bool:
        """Whether a person set or confirmed the source's value; False for an empty one."""
        held = _plain(source.fields.get(field))
        if not held or field not in self._fields:
            return False
        if self._expects(source.name, field):
            return True
        if self._writes != self._journal.writes:
            self.catch_up()
        steps = self._steps_of(source, field)
        if _is_by_person(held, steps):
            return True
        with self._lock:
            _, edited = self._edits.get((source.name, field), ("", ""))
        if held == edited:
            return True
        return field in self._listed(source) and not _is_theirs(held, steps)

    def is_theirs(self, source: Source, field: str) -> bool:
        """Whether a program that gave its name set the source's value."""
        return _is_theirs(_plain(source.fields.get(field)), self._steps_of(source, field))

    def _steps_of(self, source: Source, field: str) -> Sequence[_Step]:
        steps = self._steps.get((source.name, field), ())
        return [step for step in steps if step.change in self._standing]

    def take_fresh(self) -> Collection[str]:
        """The sources of which the journal had something new since the last call."""
        with self._lock:
            fresh, self._fresh = self._fresh, {}
        return fresh


def _is_by_person(held: str, steps: Sequence[_Step]) -> bool:
    """Whether a person set this value, or another program after a person had set one."""
    if not steps or all(step.by for step in steps):
        return False
    if held == steps[-1].after:
        return not steps[-1].by
    return held != steps[0].before


def _is_theirs(held: str, steps: Sequence[_Step]) -> bool:
    """Whether the value is what a program that gave its name set last."""
    return bool(held and steps and steps[-1].by and held == steps[-1].after)


def _plain(value: Any) -> str:
    """A value for comparison; empty for null and empty lists."""
    if value is None or value is MISSING:
        return ""
    if isinstance(value, list | tuple):
        return "\n".join(map(_plain, value))
    return str(value)


def _is_edit(row: object) -> bool:
    return isinstance(row, list) and len(row) == 4 and all(isinstance(part, str) for part in row)
