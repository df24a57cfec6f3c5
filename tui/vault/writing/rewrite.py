"""Plan changes that set no field: prepared texts, and renamed fields."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from tui.errors import Conflict, SluiceError
from tui.vault.disk.contents import decode
from tui.vault.disk.storage import read_snapshot
from tui.vault.header.edit import MISSING
from tui.vault.history.change import FieldRecord
from tui.vault.reading.one_file import read_again, read_header
from tui.vault.rule import Rule
from tui.vault.source import Source, key_in
from tui.vault.writing.plan import Check, FileDiff, Planned, planned
from tui.vault.writing.prove import rename_text


def plan_rewrites(root: Path, diffs: Sequence[FileDiff], rule: Rule) -> list[Planned]:
    """Plan to write ``diffs``; files that already match are skipped.

    Raises Conflict when a file no longer has the old text of its diff, and StorageError when it
    cannot be read.
    """
    plan: dict[Path, Planned] = {}
    for diff in diffs:
        snapshot = read_snapshot(root, diff.name)
        if decode(snapshot.data) != diff.before:
            raise Conflict(
                f"Another program just changed {diff.name}, so sluice repaired nothing; try again."
            )
        # Two names of the same file have the same text and get the same repair.
        if diff.after != diff.before:
            plan[snapshot.path] = planned(diff.name, snapshot, diff.after, rule)
    return list(plan.values())


def plan_renames(
    root: Path,
    names: Sequence[str],
    old: str,
    new: str,
    left_out: dict[str, SluiceError],
    rule: Rule,
    check: Check | None = None,
) -> list[Planned]:
    """Plan to rename the field ``old`` to ``new``; files without it are skipped.

    A file that refuses is added to ``left_out``, and so is one that ``check`` refuses.
    """
    left_out.clear()
    plan: dict[Path, Planned] = {}
    for name in names:
        try:
            item = _renamed(root, name, old, new, rule, check)
        except SluiceError as error:
            left_out[name] = error
            continue
        if item is not None:
            plan.setdefault(item.snapshot.path, item)
    return list(plan.values())


def _begins_a_line(name: str, header: str) -> bool:
    """Whether a broken header has the field, maybe on the unreadable line."""
    return re.search(rf"^[\"']?{re.escape(name)}[\"']?[ \t]*:", header, re.MULTILINE) is not None


def _renamed(
    root: Path, name: str, old: str, new: str, rule: Rule, check: Check | None
) -> Planned | None:
    snapshot = read_snapshot(root, name)
    text = decode(snapshot.data)
    fields, problem, body = read_header(text)
    key = key_in(fields, old)
    if key == new or (key not in fields and not (problem and _begins_a_line(old, text[:body]))):
        return None
    if check is not None:
        source = Source(root, name, {}, "", None, snapshot.stamp, (), rule)
        check(read_again(source, text), snapshot.data)
    after = rename_text(text, key, new)
    value = fields.get(key)
    records = FieldRecord(key, value, MISSING), FieldRecord(new, MISSING, value)
    return planned(name, snapshot, after, rule, records)
