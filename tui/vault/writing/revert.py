"""Undo or redo a change in a file that may have changed since."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, partial
from importlib import import_module
from typing import Any

from tui.display import QUOTED, short
from tui.errors import Conflict
from tui.vault.disk.contents import encode
from tui.vault.header.edit import MISSING, Missing, Value
from tui.vault.header.lines import line_start
from tui.vault.header.parse import find_header
from tui.vault.header.typed import same_value
from tui.vault.history.change import ABSENT, FieldRecord, FileRecord, Patch, new_name
from tui.vault.reading.one_file import quoted_title, read_header
from tui.vault.rule import BUILT_IN, Rule
from tui.vault.writing.prove import change_text, changed_fields, rename_text, renamed, swap_lines


def digest(data: bytes) -> str:
    """The SHA-256 of a file's bytes, as hex."""
    return str(_sha256()(data).hexdigest())


@cache
def _sha256() -> Callable[[bytes], Any]:
    """Python's own SHA-256, or OpenSSL's if that is already loaded, as in the app.

    OpenSSL's is five times as fast, but takes longer to load than a whole change.
    """
    for name in () if "hashlib" in sys.modules else ("_sha2", "_sha256"):
        with suppress(ImportError):
            own: Callable[[bytes], Any] = import_module(name).sha256
            return own
    from hashlib import sha256  # noqa: PLC0415 - see above

    return sha256


def make_patch(before: str, after: str) -> Patch:
    """The lines from the first to the last difference between two texts."""
    start = _common(before, after, min(len(before), len(after)), 0)
    start = line_start(before, start)
    tail = _common(before, after, min(len(before), len(after)) - start, -1)
    # Extend to whole lines, which can be found again when others have moved.
    if tail:
        line_break = before.find("\n", len(before) - tail - 1)
        tail = len(before) - line_break - 1 if line_break >= 0 else 0
    if start and start + tail in (len(before), len(after)):
        # Include the line above added or removed lines, to find their place again.
        start = line_start(before, start - (2 if before.endswith("\r\n", 0, start) else 1))
    return Patch(
        start,
        before[start : len(before) - tail],
        after[start : len(after) - tail],
        digest(encode(before)),
        digest(encode(after)),
    )


def _common(one: str, other: str, limit: int, side: int) -> int:
    """The number of equal characters at the start (0) or end (-1) of two texts, up to ``limit``.

    A binary search, since comparing slices is cheap and a body may have megabytes.
    """
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if side == 0:
            same = one[low:middle] == other[low:middle]
        else:
            ends = len(one) - low, len(other) - low
            same = one[len(one) - middle : ends[0]] == other[len(other) - middle : ends[1]]
        low, high = (middle, high) if same else (low, middle - 1)
    return low


def fields_between(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> list[FieldRecord]:
    """The fields that differ between two headers."""
    pairs = ((name, old.get(name, MISSING), new.get(name, MISSING)) for name in {**old, **new})
    return [FieldRecord(*pair) for pair in pairs if not same_value(pair[1], pair[2])]


def born(name: str, text: str) -> FileRecord:
    """The journal's record of a new file."""
    return FileRecord(name, (), Patch(0, "", text, ABSENT, digest(encode(text))))


def is_birth(record: FileRecord) -> bool:
    """Whether the change created the file."""
    return record.patch.digest_before == ABSENT


def is_note(record: FileRecord) -> bool:
    """Whether the change only noted something, and wrote nothing.

    That is values confirmed, or proposals refused if there are no fields.
    """
    patch = record.patch
    return patch.digest_before == patch.digest_after != ABSENT


def turned_back(text: str | None, record: FileRecord, rule: Rule = BUILT_IN) -> str | None:
    """The file's text with the change undone; unchanged if it is already undone.

    None means a file that does not exist, and is only possible if the change created it.
    Raises Conflict when someone else has changed one of its fields since.
    """
    patch = record.patch
    if text is None or is_birth(record):
        said = "has changed since you added it, so sluice did not remove it"
        _refuse_changed(text, record, rule, said)
        return None
    mirrored = Patch(
        patch.start, patch.after, patch.before, patch.digest_after, patch.digest_before
    )
    fields = [FieldRecord(field.field, field.after, field.before) for field in record.fields]
    return _turned(text, record, mirrored, fields, rule, "undo")


def _refuse_changed(text: str | None, record: FileRecord, rule: Rule, said: str) -> None:
    """Raise Conflict when a file created by a change has different content now."""
    if text is not None and digest(encode(text)) != record.patch.digest_after:
        raise Conflict(
            f"{quoted_title(record.name, text, rule)} {said}; check it and delete it yourself."
        )


def made_again(text: str | None, record: FileRecord, rule: Rule = BUILT_IN) -> str | None:
    """The file's text with an undone change redone. Raises Conflict as ``turned_back`` does."""
    if text is None or is_birth(record):
        _refuse_changed(text, record, rule, "exists again and differs, so sluice did not add it")
        return record.patch.after
    return _turned(text, record, record.patch, list(record.fields), rule, "redo")


def _turned(
    text: str, record: FileRecord, patch: Patch, fields: list[FieldRecord], rule: Rule, verb: str
) -> str:
    name, now = record.name, digest(encode(text))
    if now == patch.digest_after:
        return text
    if now == patch.digest_before:
        end = patch.start + len(patch.before)
        return text[: patch.start] + patch.after + text[end:]
    if not fields or record.repaired:
        # One of the two headers is broken: only its lines can be found again.
        return _swapped(text, name, patch, rule, verb)
    end = patch.start + len(patch.before)
    made_header = find_header(patch.before) is not None and find_header(patch.after) is None
    if made_header and text.startswith(patch.before, patch.start):
        # The change added the header, so undo removes it.
        return text[: patch.start] + patch.after + text[end:]
    current, _, _ = read_header(text)
    if (names := new_name(fields)) is not None:
        return _renamed(text, current, name, patch, names, rule, verb)
    changes: dict[str, Value | Missing] = {}
    for field in fields:
        held = current.get(field.field, MISSING)
        if same_value(held, field.after) or same_value(field.before, field.after):
            # It is so already, or it was only noted.
            continue
        if not same_value(held, field.before):
            raise Conflict(
                f"{quoted_title(name, text, rule)}: {field.field} is now {shown(held)}, no longer "
                f"{shown(field.before)}, so sluice did not {verb} the change."
            )
        changes[field.field] = _settable(field.after)
    if not changes:
        return text
    expect = partial(changed_fields, changes=changes)
    swapped = swap_lines(text, patch.start, patch.before, patch.after, expect)
    return swapped or change_text(text, changes)


def _renamed(
    text: str,
    current: Mapping[Any, Any],
    name: str,
    patch: Patch,
    names: tuple[str, str],
    rule: Rule,
    verb: str,
) -> str:
    """The text with a field renamed back, whatever its value is now."""
    old, new = names
    if old not in current:
        if new in current:
            return text
        raise Conflict(
            f"{quoted_title(name, text, rule)} no longer has {short(old)}, so sluice did not "
            f"{verb} the change."
        )
    expect = partial(renamed, old=old, new=new)
    swapped = None
    if new not in current:
        swapped = swap_lines(text, patch.start, patch.before, patch.after, expect)
    return swapped or rename_text(text, old, new)


def _swapped(text: str, name: str, patch: Patch, rule: Rule, verb: str) -> str:
    """The text with a repair's lines swapped; unchanged if that was already done."""
    from tui.vault.writing.moved_lines import swap_again  # noqa: PLC0415 - for a repair only

    swapped = swap_again(text, patch.before, patch.after, patch.start)
    if swapped is not None:
        return swapped
    if swap_again(text, patch.after, patch.before, patch.start) is not None:
        return text
    raise Conflict(
        f"{quoted_title(name, text, rule)}: the repaired lines have changed since, so sluice "
        f"did not {verb} the repair."
    )


def _settable(value: Any) -> Value | Missing:
    return tuple(value) if isinstance(value, list) else value


def shown(value: Any) -> str:
    """A value for an error sentence."""
    if isinstance(value, Missing):
        return "missing"
    if value is None:
        return "empty"
    if isinstance(value, list | tuple):
        return f"“{short(', '.join(map(short, value[:QUOTED])))}”"
    return f"“{short(value)}”"
