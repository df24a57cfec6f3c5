"""Change a file's text, and verify that nothing else differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import yaml

from tui.display import short
from tui.errors import EditRefused, HeaderError
from tui.vault.header.edit import MISSING, Missing, Value, change_field, change_key
from tui.vault.header.lines import newline_at
from tui.vault.header.parse import BOM, HeaderSpan, find_header, read_fields
from tui.vault.header.typed import same_value
from tui.vault.header.within import read_within
from tui.vault.source import one_form


def as_read(value: Value | Missing) -> Any:
    """``value`` as read back from a header."""
    return list(value) if isinstance(value, tuple) else value


def change_text(text: str, changes: Mapping[str, Value | Missing]) -> str:
    """``text`` with the header's fields set to ``changes``; MISSING removes a field.

    A text without a header gets one. Raises EditRefused when the header cannot be read, or
    when another field, the order of the fields or the body would also change.
    """
    if find_header(text) is None:
        added = not all(isinstance(value, Missing) for value in changes.values())
        return change_text(_with_header(text), changes) if added else text
    span, before = _read(text)
    header = text[span.start : span.end]
    expected, changed = dict(before), header
    newline = newline_at(text, 0, "\n")
    for field, value in changes.items():
        if same_value(expected.get(field, MISSING), as_read(value)):
            continue
        try:
            changed = change_field(changed, field, value, newline)
        except (HeaderError, yaml.YAMLError) as error:
            raise EditRefused(f"The change to {field} would break the header.") from error
        if isinstance(value, Missing):
            expected.pop(field, None)
        else:
            expected[field] = as_read(value)
    result = text[: span.start] + changed + text[span.end :]
    # Parse only the changed field's lines if that is reliable, else the whole header.
    after = read_within(header, changed, next(iter(changes))) if len(changes) == 1 else None
    _prove(result, span.start, changed, expected, text[span.end :], after)
    return result


def changed_fields(
    fields: Mapping[Any, Any], changes: Mapping[str, Value | Missing]
) -> dict[Any, Any]:
    """The fields with ``changes`` applied; MISSING ones are removed."""
    after = {**fields, **{name: as_read(value) for name, value in changes.items()}}
    return {name: value for name, value in after.items() if not isinstance(value, Missing)}


def _read(text: str) -> tuple[HeaderSpan, dict[Any, Any]]:
    """The header's place and its fields. Raises EditRefused when it cannot be read."""
    span = find_header(text)
    if span is None:
        raise EditRefused(f"Unreadable header; {_advice(text)}.")
    try:
        return span, read_fields(text[span.start : span.end])
    except HeaderError as error:
        raise EditRefused(f"Broken header: {error}; {_advice(text)}.") from error


def _with_header(text: str) -> str:
    """Add an empty header to a text without one. Raises EditRefused for a broken header."""
    from tui.vault.header.salvage import find_stray_header, has_no_header  # noqa: PLC0415 - rare

    if find_stray_header(text) is not None or not has_no_header(text):
        raise EditRefused(f"Unreadable header; {_advice(text)}.")
    mark = BOM if text.startswith(BOM) else ""
    newline = newline_at(text, 0, "\n")
    return f"{mark}---{newline}---{newline}{text.removeprefix(mark)}"


def _advice(text: str) -> str:
    from tui.vault.repair.propose import advice  # noqa: PLC0415 - for a broken header only

    return advice(text)


def _prove(
    result: str,
    start: int,
    header: str,
    expected: dict[Any, Any],
    rest: str,
    after: dict[Any, Any] | None = None,
) -> None:
    """Raise EditRefused unless ``header`` reads as expected; ``after`` has its fields, if known."""
    span = find_header(result)
    where_it_was = span is not None and (span.start, span.end) == (start, start + len(header))
    if span is None or not where_it_was or result[span.end :] != rest:
        raise EditRefused("The change would move the header's end, so nothing was changed.")
    try:
        after = read_fields(header) if after is None else after
    except HeaderError as error:
        raise EditRefused(f"The change would break the header ({error}).") from error
    if not same_value(after, expected):
        wrong = [
            str(key)
            for key in {**expected, **after}
            if not same_value(after.get(key, MISSING), expected.get(key, MISSING))
        ]
        said = ", ".join(wrong) or "the order of the fields"
        raise EditRefused(f"The change would not read back correctly ({said}); use an editor.")


def rename_text(text: str, old: str, new: str) -> str:
    """``text`` with a field of its header renamed in place.

    Raises EditRefused when a field of that name, or one that looks like it, exists, and as
    ``change_text`` does.
    """
    span, before = _read(text)
    wanted = one_form(new).casefold()
    for name in before:
        if name != old and isinstance(name, str) and one_form(name).casefold() == wanted:
            raise EditRefused(f"It already has {short(name)}; remove one of the two first.")
    header = text[span.start : span.end]
    try:
        changed = change_key(header, old, new)
    except (HeaderError, yaml.YAMLError) as error:
        raise EditRefused(f"The new name of {short(old)} would break the header.") from error
    result = text[: span.start] + changed + text[span.end :]
    _prove(result, span.start, changed, renamed(before, old, new), text[span.end :])
    return result


def renamed(fields: Mapping[Any, Any], old: str, new: str) -> dict[Any, Any]:
    """The fields with one of them renamed in place."""
    return {new if name == old else name: value for name, value in fields.items()}


def swap_lines(
    text: str,
    start: int,
    old: str,
    new: str,
    expect: Callable[[dict[Any, Any]], dict[Any, Any]],
) -> str | None:
    """``text`` with the header's lines ``old`` replaced by ``new``, if the result is as expected.

    ``expect`` gives the expected fields for the current ones. The lines are searched at
    ``start``, their old place, then in the whole header. None when they do not occur exactly
    once, or when anything else would change.
    """
    span = find_header(text)
    if span is None or not old:
        return None
    header = text[span.start : span.end]
    at = start - span.start
    if at < 0 or not header.startswith(old, at):
        at = header.find(old) if header.count(old) == 1 else -1
    if at < 0 or (at and header[at - 1] not in "\r\n"):
        return None
    changed = header[:at] + new + header[at + len(old) :]
    try:
        expected = expect(read_fields(header))
        result = text[: span.start] + changed + text[span.end :]
        _prove(result, span.start, changed, expected, text[span.end :])
    except (EditRefused, HeaderError):
        return None
    return result
