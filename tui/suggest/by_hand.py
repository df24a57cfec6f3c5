"""Which values a person set: what the undo journal tells, and other programs' edits of one file.

A person set what was set through sluice and not taken back, with whichever key or command. What
stood there before, as a script guessed it, is a guess again once it stands there again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from tui.errors import JournalError
from tui.state.files import read_json, write_json
from tui.vault.change import Change, FileRecord, new_name
from tui.vault.edit import MISSING
from tui.vault.journal import Journal
from tui.vault.read import read_header
from tui.vault.revert import is_birth
from tui.vault.source import Source

MANY = 5
"""From so many files that another program changed at once on, it was no person."""
KEPT = 5_000
"""Edits of other programs that are remembered: the newest."""


class _Step(NamedTuple):
    """A value that was set, by which change."""

    change: str
    before: str
    after: str


class ByHand:
    """Knows which values of some fields a person set.

    ``expects`` tells whether a field is about to be written, ``captured`` which of its values a
    capture sets by itself. Edits of other programs are remembered in ``file``; whoever deletes
    it loses no decision.
    """

    def __init__(
        self,
        journal: Journal,
        expects: Callable[[str, str], bool],
        fields: Collection[str],
        captured: Callable[[str], Collection[str]],
        file: Path,
    ) -> None:
        self._journal = journal
        self._expects = expects
        self._fields = fields
        self._captured = captured
        self._file = file
        self._known: set[str] = set()
        self._steps: dict[tuple[str, str], list[_Step]] = {}
        """By source and field: how it was set, oldest first."""
        self._standing: frozenset[str] = frozenset()
        self._place: tuple[int, int] | None = None
        self._writes = -1
        self._busy = False
        self._seen: dict[tuple[str, str], tuple[str, str]] | None = None
        """By source and field: what another program changed first, and into what last."""
        self._unkept = False

    # Reading the journal

    def catch_up(self) -> None:
        """Take in what the journal has that it had not the last time."""
        for _ in self.reading():
            pass

    def reading(self) -> Iterator[None]:
        """Take in what the journal has that it had not, a change at a time."""
        if self._busy:
            return
        self._busy = True
        try:
            yield from self._read()
        except JournalError:
            # Whoever wants to undo is told; what is known of it stays.
            return
        finally:
            self._busy = False

    def _read(self) -> Iterator[None]:
        writes, place = self._journal.writes, self._journal.place()
        if place != self._place:
            fresh: list[Change] = []
            for change in reversed(self._journal.changes()):
                if change.id in self._known:
                    break
                fresh.append(change)
                yield
            for change in reversed(fresh):
                self._take_in(change)
                yield
            self._standing, self._place = self._journal.standing(), place
        self._writes = writes

    def _take_in(self, change: Change) -> None:
        self._known.add(change.id)
        for record in change.files:
            for field, before, after in self._values(record):
                if field in self._fields:
                    steps = self._steps.setdefault((record.name, field), [])
                    steps.append(_Step(change.id, _plain(before), _plain(after)))

    def _values(self, record: FileRecord) -> Iterator[tuple[str, Any, Any]]:
        if not is_birth(record):
            # A field that only got another name holds what it held.
            yield from () if new_name(record.fields) else record.fields
            return
        fields = read_header(record.patch.after)[0]
        for field in self._fields:
            value = fields.get(field, MISSING)
            if _plain(value) not in self._captured(field):
                yield field, MISSING, value

    # Edits of other programs

    def saw(self, pairs: Sequence[tuple[Source, Source]]) -> None:
        """Take in files that another program changed at once: as they were, and as they are."""
        changed = [
            (after.name, field, _plain(old), _plain(new))
            for before, after in pairs
            for field in self._fields
            if _plain(old := before.fields.get(field)) != _plain(new := after.fields.get(field))
        ]
        if not changed or len({name for name, *_ in changed}) >= MANY:
            return
        self.catch_up()
        seen = self._edits
        for name, field, old, new in changed:
            first, _ = seen.pop((name, field), (old, ""))
            steps = self._steps.get((name, field), ())
            # A command of ours, or its undo, in another process.
            ours = any(new in (step.before, step.after) for step in steps)
            if not ours and new != first:
                seen[name, field] = first, new
            self._unkept = True

    @property
    def _edits(self) -> dict[tuple[str, str], tuple[str, str]]:
        if self._seen is None:
            kept = read_json(self._file).get("edits")
            rows = [row for row in kept if _is_edit(row)] if isinstance(kept, list) else []
            self._seen = {(name, field): (old, new) for name, field, old, new in rows}
        return self._seen

    def keep(self) -> None:
        """Remember the edits of other programs for the next start."""
        if not self._unkept:
            return
        self._unkept = False
        edits = [[*key, *edit] for key, edit in list(self._edits.items())[-KEPT:]]
        with suppress(OSError):
            # Without the file they are known until the end of this one.
            write_json(self._file, {"edits": edits})

    # Answers

    def holds(self, source: Source, field: str) -> bool:
        """Whether a person set the value that the source has; never of an empty one."""
        held = _plain(source.fields.get(field))
        if not held or field not in self._fields:
            return False
        if self._expects(source.name, field):
            return True
        if self._writes != self._journal.writes:
            self.catch_up()
        key = source.name, field
        steps = [s for s in self._steps.get(key, ()) if s.change in self._standing]
        if steps:
            return held == steps[-1].after or held != steps[0].before
        return key in self._edits and held == self._edits[key][1]


def _plain(value: Any) -> str:
    """A value as it is compared; empty for none, and for a list without items."""
    if value is None or value is MISSING:
        return ""
    if isinstance(value, list | tuple):
        return "\n".join(map(_plain, value))
    return str(value)


def _is_edit(row: object) -> bool:
    return isinstance(row, list) and len(row) == 4 and all(isinstance(part, str) for part in row)
