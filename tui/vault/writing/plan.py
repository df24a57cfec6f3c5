"""Plan edits: the new text of each file, before any is written."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tui.display import short
from tui.errors import Conflict, EditRefused, SluiceError
from tui.vault.disk.contents import LIMIT, MOST, decode, encode
from tui.vault.disk.storage import Snapshot, read_snapshot
from tui.vault.header.edit import MISSING, Missing, Value
from tui.vault.header.lines import LINE
from tui.vault.header.syntax import Syntax, syntax_of
from tui.vault.header.typed import same_value
from tui.vault.history.change import FieldRecord, FileRecord, Patch
from tui.vault.progress import Progress
from tui.vault.reading.in_text import inline_field
from tui.vault.reading.one_file import quoted_title, read_header
from tui.vault.rule import BUILT_IN, Rule
from tui.vault.source import Source, one_form
from tui.vault.writing.prove import as_read, change_text
from tui.vault.writing.revert import born, digest, is_birth, make_patch, shown


class FieldEdit(NamedTuple):
    """One field of one source to set."""

    source: Source
    """The source as the user saw it: the field must still have the same value."""
    field: str
    value: Value | Missing
    """MISSING removes the field."""
    noted: bool = False
    """Whether it is noted even if the file has the value already: a person confirmed it."""

    def sets(self, field: str) -> bool:
        """Whether it gives a value to this field, in whatever Unicode form its name is."""
        is_value = self.value is not MISSING and self.value is not None
        return is_value and bool(field) and one_form(self.field) == one_form(field)


Turn = Callable[[str | None, FileRecord, Rule], str | None]
"""Undoes or redoes a change of a file's text; the rule names its title."""
Check = Callable[[Source, bytes], object]
"""Raises Conflict when a source, with the bytes of its file, is not as the user saw it."""


class NewFile(NamedTuple):
    """A file to be created."""

    name: str
    text: str

    def record(self) -> FileRecord:
        """Its record for the journal."""
        return born(self.name, self.text)


class Removal(NamedTuple):
    """A file to be deleted, because the change that created it is undone."""

    name: str
    snapshot: Snapshot


class FileDiff(NamedTuple):
    """The effect of a change on a file."""

    name: str
    before: str
    after: str


def edited_name(edit: FieldEdit | FileDiff) -> str:
    """The name of the source that an edit or a repair is of."""
    return edit.name if isinstance(edit, FileDiff) else edit.source.name


class Planned(NamedTuple):
    """A file to be written."""

    name: str
    snapshot: Snapshot
    after: str
    fields: tuple[FieldRecord, ...]
    repaired: bool = False
    """Whether it repairs the header, too."""

    @property
    def is_note(self) -> bool:
        """Whether the file stays as it is: the journal only notes something about it."""
        return encode(self.after) == self.snapshot.data

    def record(self) -> FileRecord:
        """Its record for the journal."""
        if self.is_note:
            return noted(self.name, self.fields, self.snapshot.data)
        patch = make_patch(decode(self.snapshot.data), self.after)
        return FileRecord(self.name, self.fields, patch, self.repaired)


def plan_changes(
    root: Path,
    edits: Sequence[FieldEdit | FileDiff],
    progress: Progress | None = None,
    left_out: dict[str, SluiceError] | None = None,
    check: Check | None = None,
) -> list[Planned]:
    """Plan the files for the edits; for the same field the last value wins.

    A diff is a repair: it comes first, in a file that still has the text before it, and the edits
    of its source expect the repaired text. ``check`` gets each edited file as it is before its
    repair.
    Files that already have the values are skipped, unless these are noted. Raises EditRefused,
    StorageError or Conflict (as ``check`` may), which name the source; if ``left_out`` is given,
    such files are added to it and the others are planned.
    """
    if left_out is not None:
        left_out.clear()
    by_name: dict[str, dict[str, FieldEdit]] = {}
    repairs: dict[str, FileDiff] = {}
    for edit in edits:
        of_file = by_name.setdefault(edited_name(edit), {})
        if isinstance(edit, FileDiff):
            repairs[edit.name] = edit
        else:
            of_file[edit.field] = edit
    plan: dict[Path, Planned] = {}
    for count, (name, group) in enumerate(by_name.items()):
        if progress is not None:
            progress.step(count, len(by_name))
        try:
            item = _plan_file(root, name, group, check, repairs.get(name))
        except SluiceError as error:
            error.file = error.file or name
            if left_out is None:
                raise
            left_out[name] = error
            continue
        if item is None:
            continue
        other = plan.setdefault(item.snapshot.path, item)
        if other.after != item.after:
            raise EditRefused(
                f"The change would give one file two values, as {other.name} and as {name}; "
                "change only one of them."
            )
    return list(plan.values())


def _plan_file(
    root: Path,
    name: str,
    edits: dict[str, FieldEdit],
    check: Check | None,
    repair: FileDiff | None,
) -> Planned | None:
    snapshot = read_snapshot(root, name)
    text = decode(snapshot.data)
    current, problem, body = read_header(text)
    if check is not None and edits:
        source = next(iter(edits.values())).source
        check(source._replace(fields=current, problem=problem), snapshot.data)
    repairs = repair is not None and text == repair.before != repair.after
    if repair is not None and repairs:
        text = repair.after
        current, problem, body = read_header(text)
    records = []
    changes: dict[str, Value | Missing] = {}
    syntax = syntax_of(text)
    values = _held(syntax, edits)
    for field, edit in edits.items():
        held = current.get(field, MISSING)
        seen = _seen(syntax, edit.source.fields.get(field, MISSING))
        wanted = as_read(values[field])
        if problem is None and same_value(held, wanted):
            if edit.noted:
                records.append(FieldRecord(field, held, held))
            continue
        if problem is None and edit.source.problem is None and not same_value(held, seen):
            raise Conflict(
                f"{edit.source.quoted_title}: another program changed {field} to {shown(held)}, "
                f"so sluice did not {_verb(edit, seen)} {shown(wanted)}."
            )
        if isinstance(held, Missing):
            _refuse_inline(edit.source, text, field, body)
        records.append(FieldRecord(field, held, wanted))
        changes[field] = values[field]
    if not records and not repairs:
        return None
    rule = next(iter(edits.values())).source.rule if edits else BUILT_IN
    try:
        after = change_text(text, changes) if changes else text
    except SluiceError as error:
        title = next(iter(edits.values())).source.quoted_title
        raise type(error)(f"{title}: {error}") from error
    return planned(name, snapshot, after, rule, tuple(records))._replace(repaired=repairs)


def _verb(edit: FieldEdit, seen: Value | Missing) -> str:
    """What an edit would have done."""
    return "confirm" if edit.noted and same_value(seen, as_read(edit.value)) else "write"


def _refuse_inline(source: Source, text: str, field: str, body: int) -> None:
    """Raise EditRefused when the body has the field as a ``name::`` line."""
    at = inline_field(text, field, body)
    if at is not None:
        line = len(LINE.findall(text[:at])) + 1
        raise EditRefused(
            f"{source.quoted_title}: {short(field)} is in line {line} of the text, written with "
            "::; sluice changes YAML and TOML headers only."
        )


def _seen(syntax: Syntax, value: Any) -> Any:
    """A value as shown, which may be one that is not saved yet, as the header will have it."""
    try:
        return syntax.held(value)
    except EditRefused:
        return value


def _held(syntax: Syntax, edits: Mapping[str, FieldEdit]) -> dict[str, Value | Missing]:
    """The values of the edits as the header can hold them. Raises EditRefused."""
    values = {}
    for field, edit in edits.items():
        try:
            values[field] = syntax.held(edit.value)
        except EditRefused as error:
            raise EditRefused(f"{edit.source.quoted_title}: {error}") from error
    return values


def _turned(text: str | None, record: FileRecord, turn: Turn, rule: Rule) -> str | None:
    try:
        return turn(text, record, rule)
    except EditRefused as error:
        raise EditRefused(f"{quoted_title(record.name, text or '', rule)}: {error}") from error


def noted(name: str, fields: tuple[FieldRecord, ...], data: bytes) -> FileRecord:
    """The record of a file that stays as it is."""
    now = digest(data)
    return FileRecord(name, fields, Patch(0, "", "", now, now))


def planned(
    name: str, snapshot: Snapshot, after: str, rule: Rule, fields: tuple[FieldRecord, ...] = ()
) -> Planned:
    """Plan to write ``after``. Raises EditRefused when it would be too large to read again."""
    # A character takes at most four bytes.
    if 4 * len(after) > MOST and len(encode(after)) > MOST:
        raise EditRefused(
            f"{quoted_title(name, after, rule)} would be larger than {LIMIT}; use an editor."
        )
    return Planned(name, snapshot, after, fields)


def plan_turn(
    root: Path,
    records: Sequence[FileRecord],
    turn: Turn,
    rule: Rule,
    progress: Progress | None = None,
) -> list[Planned | NewFile | Removal]:
    """Plan the files for undoing or redoing a change with ``turn``.

    Raises EditRefused, Conflict or StorageError, which name the source.
    """
    plan: list[Planned | NewFile | Removal] = []
    for count, record in enumerate(records):
        if progress is not None:
            progress.step(count, len(records))
        is_there = not is_birth(record) or os.path.lexists(root / record.name)
        try:
            snapshot = read_snapshot(root, record.name) if is_there else None
            text = decode(snapshot.data) if snapshot else None
            after = _turned(text, record, turn, rule)
        except SluiceError as error:
            error.file = error.file or record.name
            raise
        if after == text:
            continue
        if after is None:
            if snapshot is not None:
                plan.append(Removal(record.name, snapshot))
        elif snapshot is None:
            plan.append(NewFile(record.name, after))
        else:
            plan.append(planned(record.name, snapshot, after, rule, record.fields))
    return plan
