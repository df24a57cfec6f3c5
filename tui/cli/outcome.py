"""What a command changed, as JSON: one object a source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tui.cli.output import write_json
from tui.desk import Desk
from tui.errors import SluiceError
from tui.records import outcome_record
from tui.vault.disk.contents import decode, encode
from tui.vault.disk.storage import read_snapshot
from tui.vault.history.change import Change, FieldRecord, FileRecord
from tui.vault.reading.one_file import read_header, source_from
from tui.vault.source import Source, Stamp
from tui.vault.vault import FileDiff
from tui.vault.writing.revert import digest, fields_between, is_birth, made_again, turned_back


def write_change(desk: Desk, change: Change, *, undone: bool = False) -> None:
    """An object for each source of a change that was made, or undone."""
    for record in change.files:
        fields = fields_of(desk, record, undone=undone)
        _write(desk, record.name, fields, change.id, _added(desk, record))


def write_preview(desk: Desk, diffs: Iterable[FileDiff]) -> None:
    """An object for each source that would change."""
    for diff in diffs:
        new = None if diff.before else _read(desk, diff.name, diff.after)
        _write(desk, diff.name, fields_of_texts(diff.before, diff.after), None, new)


def write_same(desk: Desk, names: Iterable[str]) -> None:
    """An object for each source that is already as asked."""
    for name in names:
        _write(desk, name, (), None)


def write_refused(desk: Desk, refused: Mapping[str, SluiceError]) -> None:
    """An object for each source that cannot be changed."""
    for name, error in refused.items():
        path, source = desk.vault.root / name, desk.vault.find(name) or desk.vault.look(name)
        write_json(outcome_record(path, source, refused=str(error)))


def fields_of(desk: Desk, record: FileRecord, *, undone: bool) -> list[FieldRecord]:
    """The fields that a change gave other values, in the file as it is now.

    None are known where a repaired file was changed again since.
    """
    fields = list(record.fields or _fields_of_lines(desk, record, undone=undone))
    if undone:
        return [FieldRecord(each.field, each.after, each.before) for each in fields]
    return fields


def fields_of_texts(before: str, after: str) -> list[FieldRecord]:
    """The fields that differ between two texts of a file."""
    return fields_between(read_header(before)[0], read_header(after)[0])


def _fields_of_lines(desk: Desk, record: FileRecord, *, undone: bool) -> Sequence[FieldRecord]:
    """The same of a change that the journal keeps as lines only: a new file, or a repair."""
    if is_birth(record):
        return fields_of_texts("", record.patch.after)
    try:
        text = decode(read_snapshot(desk.vault.root, record.name).data)
    except SluiceError:
        return ()
    patch = record.patch
    if digest(encode(text)) != (patch.digest_before if undone else patch.digest_after):
        return ()
    if undone:
        return fields_of_texts(text, made_again(text, record) or "")
    return fields_of_texts(turned_back(text, record) or "", text)


def _added(desk: Desk, record: FileRecord) -> Source | None:
    """The source that the change brought into being, which may be gone again."""
    return _read(desk, record.name, record.patch.after) if is_birth(record) else None


def _read(desk: Desk, name: str, text: str) -> Source | None:
    return source_from(desk.vault.root, name, text, Stamp(0, 0, 0), desk.vault.rule)


def _write(
    desk: Desk,
    name: str,
    fields: Sequence[FieldRecord],
    change: str | None,
    source: Source | None = None,
) -> None:
    source = source or desk.vault.find(name) or desk.vault.look(name)
    write_json(outcome_record(desk.vault.root / name, source, fields, change=change))
