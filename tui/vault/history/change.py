"""Change: what one user action did to which files, and its JSON form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from tui.vault.header.edit import MISSING, Missing
from tui.vault.header.parse import typed_again
from tui.vault.header.typed import Typed


class FieldRecord(NamedTuple):
    """One field's value before and after; MISSING when it was not in the header."""

    field: str
    before: Any
    after: Any


ABSENT = ""
"""The digest of a file that does not exist."""


class Patch(NamedTuple):
    """The lines of a file that a change replaced."""

    start: int
    """Offset from the start of the file, in code points."""
    before: str
    after: str
    digest_before: str
    digest_after: str
    """SHA-256 of the file's bytes, before and after; ABSENT when it did not exist."""


class FileRecord(NamedTuple):
    """What a change did to one file."""

    name: str
    fields: tuple[FieldRecord, ...]
    patch: Patch
    repaired: bool = False
    """Whether it repaired a broken header before it set the fields."""


class Change(NamedTuple):
    """One user action on one or many sources: the unit of undo."""

    id: str
    label: str
    time: datetime
    files: tuple[FileRecord, ...]
    undone: bool = False
    by: str = ""
    """The script, agent or person that made it; empty when nobody was named."""
    why: str = ""
    """The reason given for it, or empty."""
    proposals: tuple[Mapping[str, Any], ...] = ()
    """The proposals that it took or refused, as they were stored, each with its ``answer``."""
    others: int = 0
    """In the history of one file: how many other files it changed."""

    def only(self, files: Sequence[FileRecord]) -> Change:
        """The same change of these files alone."""
        names = {record.name for record in files}
        proposals = tuple(each for each in self.proposals if each.get("source") in names)
        return self._replace(files=tuple(files), proposals=proposals)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the changed sources."""
        return tuple(record.name for record in self.files)

    @property
    def fields(self) -> frozenset[str]:
        """The changed fields of all its sources."""
        return frozenset(item.field for record in self.files for item in record.fields)


class Commit(NamedTuple):
    """One commit that changed a file."""

    id: str
    time: datetime
    by: str
    subject: str
    name: str
    """The file's path in the repository, then."""
    before: str
    """The id of the file's text before it; zeros when there was none."""
    after: str
    fields: tuple[FieldRecord, ...] | None = None
    """The fields it changed; None when they are unknown."""
    hash: str = ""
    """SHA-256 of the file's text after it, empty when that is unknown."""


def together(label: str, changes: Sequence[Change]) -> Change:
    """Changes of one author as one; ``changes`` are newest first. Each file is in it once."""
    newest = changes[0]
    files = {record.name: record for change in reversed(changes) for record in change.files}
    return newest._replace(label=label, files=tuple(files.values()))


def last_value(changes: Sequence[Change], field: str) -> Any:
    """The last value a field was set to; ``changes`` are oldest first. None when it never was."""
    for change in reversed(changes):
        for record in change.files if not change.undone else ():
            for item in record.fields:
                if item.field == field and not isinstance(item.after, Missing):
                    return item.after
    return None


def new_name(fields: Sequence[FieldRecord]) -> tuple[str, str] | None:
    """The old and new name of a field, if the change renamed it.

    Only a rename removes one field and adds another.
    """
    gone = [field.field for field in fields if isinstance(field.after, Missing)]
    come = [field.field for field in fields if isinstance(field.before, Missing)]
    return (gone[0], come[0]) if len(gone) == len(come) == 1 else None


def dump_change(change: Change) -> dict[str, Any]:
    """The change as JSON data."""
    return {
        "id": change.id,
        # Right after the id, where ``entries`` looks for it; left out if empty, as it mostly is.
        **({"by": change.by} if change.by else {}),
        "label": change.label,
        "time": change.time.isoformat(),
        **({"why": change.why} if change.why else {}),
        **({"proposals": list(change.proposals)} if change.proposals else {}),
        "files": [
            {
                "name": record.name,
                "fields": [
                    [item.field, dump_value(item.before), dump_value(item.after)]
                    for item in record.fields
                ],
                "patch": [
                    record.patch.start,
                    record.patch.before,
                    record.patch.after,
                    record.patch.digest_before,
                    record.patch.digest_after,
                ],
                **({"repaired": True} if record.repaired else {}),
            }
            for record in change.files
        ],
    }


def load_change(entry: dict[str, Any]) -> Change:
    """Load a change from the data of ``dump_change``.

    Raises KeyError, TypeError or ValueError when it is malformed.
    """
    files = tuple(map(load_record, entry["files"]))
    time = datetime.fromisoformat(entry["time"])
    by, why = (str(entry.get(key, "")) for key in ("by", "why"))
    proposals = tuple(each for each in entry.get("proposals", ()) if isinstance(each, dict))
    return Change(str(entry["id"]), str(entry["label"]), time, files, False, by, why, proposals)


def load_record(record: dict[str, Any]) -> FileRecord:
    """Load one file of a change. Raises as ``load_change`` does."""
    return FileRecord(
        name=str(record["name"]),
        fields=tuple(
            FieldRecord(name, load_value(before), load_value(after))
            for name, before, after in record["fields"]
        ),
        patch=Patch(*record["patch"]),
        repaired=record.get("repaired") is True,
    )


def dump_value(value: Any) -> Any:
    """``value`` as JSON data; types that JSON lacks become a map with one key."""
    if isinstance(value, Missing):
        return {"missing": True}
    if isinstance(value, Typed):
        return {"typed": str(value)}
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return {"clock": value.isoformat()}
    if isinstance(value, list | tuple):
        return [dump_value(item) for item in value]
    if isinstance(value, dict):
        return {"map": [[dump_value(key), dump_value(item)] for key, item in value.items()]}
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return {"text": repr(value)}


def load_value(value: Any) -> Any:
    """The value of JSON data that ``dump_value`` made."""
    if isinstance(value, list):
        return [load_value(item) for item in value]
    if not isinstance(value, dict):
        return value
    kind, held = next(iter(value.items()))
    if kind == "missing":
        return MISSING
    if kind == "typed":
        return typed_again(held)
    if kind == "datetime":
        return datetime.fromisoformat(held)
    if kind == "date":
        return date.fromisoformat(held)
    if kind == "clock":
        return time.fromisoformat(held)
    if kind == "map":
        return {load_value(key): load_value(item) for key, item in held}
    return held
