"""Told: what others changed, in one sentence for each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from tui.display import counted, listed, short
from tui.triage.meant import value_text
from tui.triage.moment import signed
from tui.triage.schema import Schema
from tui.triage.status import status_in
from tui.vault.header.edit import Missing
from tui.vault.history.change import ABSENT, Change, FileRecord, new_name
from tui.vault.history.news import Fresh
from tui.vault.writing.revert import is_note

NAMED = 3
"""How many fields a sentence names."""
OTHER = "Another sluice"
"""Whoever gave no name: an app in another window, or a command."""


class Told(NamedTuple):
    """What one of the others did."""

    sentence: str
    """Without a full stop, as a hint may follow: ``importer set tier on 14 sources``."""
    ids: tuple[str, ...]
    """The changes, newest first, as ``Desk.undo_each`` undoes them; empty if that is done."""
    by: str = ""
    """The name they gave."""


def tell(schema: Schema, fresh: Fresh, title: Callable[[str], str]) -> list[Told]:
    """A sentence for each name that made changes, and one if some were undone.

    ``title`` gives a source's title by its name.
    """
    by_name: dict[str, list[Change]] = {}
    for change in fresh.made:
        by_name.setdefault(change.by, []).append(change)
    told = []
    for by, changes in by_name.items():
        ids = tuple(change.id for change in reversed(changes))
        names = tuple(dict.fromkeys(name for change in changes for name in change.names))
        deed = _deed(schema, [file for change in changes for file in change.files])
        said = f"{short(by) or OTHER} {deed.format(_sources(names, title))}"
        # The parts of another reason are told in the list of changes.
        whys = {change.why for change in changes}
        told.append(Told(signed("", said, short(whys.pop()) if len(whys) == 1 else ""), ids, by))
    if fresh.undone:
        what = counted(len(fresh.undone), "change")
        if len(fresh.undone) == 1:
            what = f"“{short(fresh.undone[0].label)}”"
        told.append(Told(f"{OTHER} undid {what}", ()))
    return told


def _sources(names: Sequence[str], title: Callable[[str], str]) -> str:
    return f"“{short(title(names[0]))}”" if len(names) == 1 else counted(len(names))


def _deed(schema: Schema, files: Sequence[FileRecord]) -> str:
    """What was done to the files, with ``{}`` for which sources these are."""
    deeds = {_deed_of(schema, file) for file in files}
    if len(deeds) == 1:
        return deeds.pop()
    if all(deed.startswith("moved ") for deed in deeds):
        return "moved {}"
    # Changes of the same sources in several fields, or of each in its own.
    plain = all(
        file.fields and new_name(file.fields) is None and not is_note(file) for file in files
    )
    return _set(schema, files) if plain else "changed {}"


def _deed_of(schema: Schema, file: FileRecord) -> str:
    if file.patch.digest_before == ABSENT:
        return "added {}"
    if is_note(file):
        is_refusal = not file.fields
        return "refused proposals for {}" if is_refusal else _set(schema, [file], "confirmed")
    if not file.fields:
        return "repaired {}"
    if (names := new_name(file.fields)) is not None:
        return _safe(f"renamed {short(names[0])} to {short(names[1])} in ") + "{}"
    status = schema.roles.status
    after = {item.field: item.after for item in file.fields}
    if status in after and after.keys() <= {status, *schema.flow.stamps.values()}:
        return "moved {}" + _safe(f" to {status_in(schema, after[status])}")
    if after.keys() == {schema.roles.snoozed}:
        day = value_text(after[schema.roles.snoozed]) if not _is_gone(after) else ""
        return "snoozed {}" + _safe(f" until {short(day)}") if day else "ended the snooze of {}"
    if after.keys() == {schema.roles.confirmed}:
        return "confirmed values of {}"
    return _set(schema, [file])


def _is_gone(after: Mapping[str, Any]) -> bool:
    return all(isinstance(value, Missing) for value in after.values())


def _set(schema: Schema, files: Sequence[FileRecord], verb: str = "set") -> str:
    fields = dict.fromkeys(item.field for file in files for item in file.fields)
    if len(fields) > 1:
        # Which of the others are confirmed says nothing new.
        fields.pop(schema.roles.confirmed, None)
    names = [schema.roles.word_for(field) for field in fields]
    what = listed(names) if len(names) <= NAMED else counted(len(names), "field")
    return _safe(f"{verb} {what} on ") + "{}"


def _safe(text: str) -> str:
    """A part of a format; a field's name may contain braces."""
    return text.replace("{", "{{").replace("}", "}}")
