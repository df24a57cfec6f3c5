"""Where a value is written: in its field, in the list that the source has there, or as a tag."""

from __future__ import annotations

import re

from tui.triage.alike import is_single
from tui.triage.field import Field
from tui.triage.fields import in_its_list
from tui.triage.meant import value_text
from tui.vault.header.edit import Value
from tui.vault.header.typed import text_of
from tui.vault.rule import Tagged
from tui.vault.source import Source
from tui.vault.vault import FieldEdit


def placed(source: Source, name: str, value: Value, field: Field | None = None) -> FieldEdit:
    """The edit that gives a field a value, in the form that the source has. None clears it.

    Raises ValueRefused when the field has a list of several items.
    """
    key = source.key(name)
    if field is not None and field.tagged is not None:
        return FieldEdit(source, key, retagged(source, field, value))
    if field is not None and field.is_listed and is_single(value) and not source.has(name):
        return FieldEdit(source, key, (value,))
    return FieldEdit(source, key, in_its_list(source, key, value))


def retagged(source: Source, field: Field, value: Value) -> Value:
    """A source's tags with another value of the field; the other items stay as they are."""
    tagged = field.tagged or Tagged(field.name, "")
    held = source.fields.get(source.key(field.name))
    new = "" if value is None else f"{tagged.prefix}{value_text(value)}"
    if isinstance(held, str):
        return _in_text(held, tagged, field, new)
    items = list(held) if isinstance(held, list | tuple) else []
    at = _place([text_of(item) for item in items], tagged, field)
    if at is not None:
        old = items[at]
        items[at : at + 1] = [_like(text_of(old), new)] if new else []
    elif new:
        items.append(new)
    return tuple(items)


def _place(items: list[str], tagged: Tagged, field: Field) -> int | None:
    """The item to replace: a known value before one that only has the prefix."""
    places = [place for place, item in enumerate(items) if tagged.has(item)]
    known = (place for place in places if field.spelt(tagged.bare(items[place])) in field.values)
    return next(known, places[0] if places else None)


def _like(old: str, new: str) -> str:
    return f"#{new}" if old.startswith("#") and new else new


def _in_text(held: str, tagged: Tagged, field: Field, new: str) -> str:
    """Tags written as text, with one of them replaced."""
    found = list(re.finditer(r"[^\s,]+", held))
    at = _place([each[0] for each in found], tagged, field)
    if at is None:
        comma = ", " if "," in held or len(found) < 2 else " "
        return f"{held}{comma}{new}" if held.strip() and new else held or new
    begin, end = found[at].span()
    return f"{held[:begin]}{_like(found[at][0], new)}{held[end:]}".strip(", ")
