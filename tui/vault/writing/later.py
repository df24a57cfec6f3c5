"""Later changes of the same fields, over which one name's change is not undone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tui.display import short
from tui.errors import Conflict, SluiceError
from tui.vault.disk.contents import decode
from tui.vault.disk.storage import read_snapshot
from tui.vault.history.change import Change, FieldRecord, FileRecord
from tui.vault.reading.one_file import quoted_title
from tui.vault.rule import Rule
from tui.vault.writing.revert import is_note, shown


class Refused(Exception):
    """A change that can no longer be undone or redone; nothing was written."""

    def __init__(self, error: SluiceError) -> None:
        super().__init__(str(error))
        self.error = error


def named_later(error: SluiceError, change: Change, later: Iterable[Change]) -> SluiceError:
    """The reason why a change of no field was not undone, with the later change that did it.

    That is a file that it added, or lines that it repaired. ``later`` are newest first; nobody
    knows which of several changed those lines, so the newest one is named.
    """
    files = {file.name for file in change.files if file.repaired or not file.fields}
    if not isinstance(error, Conflict) or not files:
        return error
    for other in later:
        for file in other.files:
            if file.name in files and not is_note(file):
                said = Conflict(f"{error}{_named(other, file)}")
                said.file, said.before = error.file, error.before
                return said
    return error


def _named(later: Change, file: FileRecord) -> str:
    who = f" by “{short(later.by)}”" if later.by else ""
    if len(file.fields) != 1:
        return f" The last change since{who}: {short(later.label)}."
    (item,) = file.fields
    values = f"from {shown(item.before)} to {shown(item.after)}"
    return f" The last change since{who} set {short(item.field)} {values}."


def refuse_set_later(root: Path, change: Change, later: Iterable[Change], rule: Rule) -> None:
    """Raise Refused when one of the later changes set one of its fields, to whatever value.

    ``later`` are newest first. Where the value differs by now, undo refuses it anyway. But a person
    may have looked at the value and set the same one: that is theirs.
    """
    mine = {(file.name, item.field): item for file in change.files for item in file.fields}
    for other in later:
        for file in other.files:
            for item in file.fields:
                if (file.name, item.field) in mine:
                    ours = mine[file.name, item.field]
                    raise Refused(Conflict(_sentence(root, file, ours, other, item, rule)))


def _sentence(
    root: Path, file: FileRecord, mine: FieldRecord, later: Change, item: FieldRecord, rule: Rule
) -> str:
    try:
        title = quoted_title(file.name, decode(read_snapshot(root, file.name).data), rule)
    except SluiceError:
        title = quoted_title(file.name, "", rule)
    who = f" by “{short(later.by)}”" if later.by else ""
    then = f"by a later change{who} from {shown(item.before)} to {shown(item.after)}"
    if is_note(file):
        then = f"later confirmed{who}"
    return (
        f"{title}: {short(item.field)} was set to {shown(mine.after)}, and {then}, so sluice did "
        "not undo that."
    )
