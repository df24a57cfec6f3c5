"""Change a file's text, and verify that nothing else differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import yaml

from tui.display import short
from tui.errors import EditRefused, HeaderError
from tui.vault.header.edit import MISSING, Missing, Value
from tui.vault.header.lines import newline_at
from tui.vault.header.parse import BOM
from tui.vault.header.syntax import Header, header_of
from tui.vault.header.typed import same_value
from tui.vault.source import one_form


def as_read(value: Value | Missing) -> Any:
    """``value`` as read back from a header."""
    return list(value) if isinstance(value, tuple) else value


def change_text(text: str, changes: Mapping[str, Value | Missing]) -> str:
    """``text`` with the header's fields set to ``changes``; MISSING removes a field.

    A text without a header gets one. Raises EditRefused when the header cannot be read, or
    when another field, the order of the fields or the body would also change.
    """
    if header_of(text) is None:
        added = not all(isinstance(value, Missing) for value in changes.values())
        return change_text(_with_header(text), changes) if added else text
    found, before = _read(text)
    header = text[found.start : found.end]
    expected, changed = dict(before), header
    newline = newline_at(text, 0, "\n")
    for field, new in changes.items():
        value = found.syntax.held(new)
        if same_value(expected.get(field, MISSING), as_read(value)):
            continue
        try:
            changed = found.syntax.change(changed, field, value, newline)
        except (HeaderError, yaml.YAMLError) as error:
            raise EditRefused(f"The change to {field} would break the header.") from error
        if isinstance(value, Missing):
            expected.pop(field, None)
        else:
            expected[field] = as_read(value)
    # Parse only the changed field's lines if that is reliable, else the whole header.
    only = next(iter(changes)) if len(changes) == 1 else None
    after = found.syntax.read_within(header, changed, only) if only is not None else None
    return _proven(text, found, changed, (before, expected), after)


def changed_fields(
    fields: Mapping[Any, Any], changes: Mapping[str, Value | Missing]
) -> dict[Any, Any]:
    """The fields with ``changes`` applied; MISSING ones are removed."""
    after = {**fields, **{name: as_read(value) for name, value in changes.items()}}
    return {name: value for name, value in after.items() if not isinstance(value, Missing)}


def _read(text: str) -> tuple[Header, dict[Any, Any]]:
    """The header's place and its fields. Raises EditRefused when it cannot be read."""
    found = header_of(text)
    if found is None:
        raise EditRefused(f"Unreadable header; {_advice(text)}.")
    try:
        return found, found.syntax.read(text[found.start : found.end])
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


def _proven(
    text: str,
    header: Header,
    changed: str,
    fields: tuple[dict[Any, Any], dict[Any, Any]],
    after: dict[Any, Any] | None = None,
) -> str:
    """``text`` with its header replaced by ``changed``, verified.

    ``fields`` has the fields before and the expected ones, ``after`` those of ``changed`` if they
    are known. Raises EditRefused when it does not read as expected.
    """
    before, expected = fields
    result = text[: header.start] + changed + text[header.end :]
    again = header_of(result)
    end = header.start + len(changed)
    where_it_was = again is not None and (again.start, again.end) == (header.start, end)
    if again is None or not where_it_was or result[again.end :] != text[header.end :]:
        raise EditRefused("The change would move the header's end, so nothing was changed.")
    try:
        after = header.syntax.read(changed) if after is None else after
    except HeaderError as error:
        raise EditRefused(f"The change would break the header ({error}).") from error
    if not header.syntax.agree(after, expected, before):
        wrong = [
            str(key)
            for key in {**expected, **after}
            if not same_value(after.get(key, MISSING), expected.get(key, MISSING))
        ]
        said = ", ".join(wrong) or "the order of the fields"
        raise EditRefused(f"The change would not read back correctly ({said}); use an editor.")
    return result


def rename_text(text: str, old: str, new: str) -> str:
    """``text`` with a field of its header renamed in place.

    Raises EditRefused when a field of that name, or one that looks like it, exists, and as
    ``change_text`` does.
    """
    found, before = _read(text)
    wanted = one_form(new).casefold()
    for name in before:
        if name != old and isinstance(name, str) and one_form(name).casefold() == wanted:
            raise EditRefused(f"It already has {short(name)}; remove one of the two first.")
    header = text[found.start : found.end]
    try:
        changed = found.syntax.rename(header, old, new)
    except (HeaderError, yaml.YAMLError) as error:
        raise EditRefused(f"The new name of {short(old)} would break the header.") from error
    return _proven(text, found, changed, (before, renamed(before, old, new)))


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
    found = header_of(text)
    if found is None or not old:
        return None
    header = text[found.start : found.end]
    at = start - found.start
    above = text[start : found.start]
    if above and old.startswith(above) and new.startswith(above):
        # The lines of the first field come with the fence above them.
        old, new, at = old.removeprefix(above), new.removeprefix(above), 0
    if at < 0 or not header.startswith(old, at):
        at = header.find(old) if header.count(old) == 1 else -1
    if at < 0 or (at and header[at - 1] not in "\r\n"):
        return None
    changed = header[:at] + new + header[at + len(old) :]
    try:
        before = found.syntax.read(header)
        return _proven(text, found, changed, (before, expect(before)))
    except (EditRefused, HeaderError):
        return None
