"""The kinds of arguments that tools take: how each is described, and how it is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tui.display import counted, listed, short
from tui.errors import ValueRefused
from tui.vault.history.author import read_author_name, read_reason

LONGEST_TEXT = 10_000
"""Most characters of a value."""
LONGEST_NAME = 1_000
"""Most characters of a query, a field or a reference."""
_LARGEST = 1e300
MOST_SOURCES = 100
"""Most sources that one call changes."""
MOST_VALUES = 50
"""Most fields of one call, and most items of one value."""

Typed = tuple[tuple[str, str], ...]
"""Fields and values, each as typed."""


class Kind(NamedTuple):
    """One kind of argument."""

    schema: Mapping[str, Any]
    """How JSON Schema describes it."""
    read: Callable[[str, Any], Any]
    """Gives the value for an argument's name and what was sent. Raises ValueRefused."""


def text(longest: int = LONGEST_NAME) -> Kind:
    """Text, which may be empty."""
    return Kind(
        {"type": "string", "maxLength": longest},
        lambda name, given: _text(name, given, longest),
    )


def number(least: int, most: int) -> Kind:
    """A whole number."""

    def read(name: str, given: Any) -> int:
        if not isinstance(given, int) or isinstance(given, bool) or not least <= given <= most:
            raise ValueRefused(f"{name} must be a whole number from {least:,} to {most:,}.")
        return given

    return Kind({"type": "integer", "minimum": least, "maximum": most}, read)


def _flag(name: str, given: Any) -> bool:
    if not isinstance(given, bool):
        raise ValueRefused(f"{name} must be true or false.")
    return given


def texts(most: int, *, or_one: bool = False) -> Kind:
    """A list of texts; with ``or_one``, a text alone is fine too."""
    each = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}
    many = {"type": "array", "items": each, "minItems": 1, "maxItems": most}

    def read(name: str, given: Any) -> tuple[str, ...]:
        items = [given] if or_one and isinstance(given, str) else given
        if not isinstance(items, list) or not items:
            raise ValueRefused(f"{name} must be a list of texts.")
        if len(items) > most:
            raise ValueRefused(f"{name} has {len(items):,} items, and at most {most:,} at once.")
        found = tuple(_text(name, item, LONGEST_NAME) for item in items)
        if not all(item.strip() for item in found):
            raise ValueRefused(f"{name} contains an empty text.")
        return found

    return Kind({"anyOf": [each, many]} if or_one else many, read)


def _author(name: str, given: Any) -> str:
    return read_author_name(_text(name, given, LONGEST_NAME))


def _reason(name: str, given: Any) -> str:
    typed = _text(name, given, LONGEST_TEXT)
    return read_reason(typed) if typed.strip() else ""


_ONE = {"type": ["string", "number", "boolean", "null"]}
_ITEMS = {"type": "array", "items": {"type": "string"}, "maxItems": MOST_VALUES}


def _fields(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "type": "object",
        "additionalProperties": value,
        "minProperties": 1,
        "maxProperties": MOST_VALUES,
    }


def _values(name: str, given: Any) -> Typed:
    """Fields with the text to set; an empty one clears."""
    return tuple((field, _written(field, value)) for field, value in _pairs(name, given))


def _wanted(name: str, given: Any) -> Typed:
    """Fields with the value that each must still have."""
    return tuple(
        (field, json.dumps(_many(field, value), ensure_ascii=False))
        if isinstance(value, list)
        else (field, _scalar(field, value))
        for field, value in _pairs(name, given)
    )


def _items(name: str, given: Any) -> Typed:
    """Fields with the items of each, one pair for one item."""
    found: list[tuple[str, str]] = []
    for field, value in _pairs(name, given):
        items = _many(field, value if isinstance(value, list) else [value])
        if not all(item.strip() for item in items):
            raise ValueRefused(f"{short(field)}: an item cannot be empty.")
        found += ((field, item) for item in items)
    return tuple(found)


def _pairs(name: str, given: Any) -> list[tuple[str, Any]]:
    if not isinstance(given, dict) or not given:
        raise ValueRefused(f'{name} must be an object such as {{"field": "value"}}.')
    if len(given) > MOST_VALUES:
        raise ValueRefused(f"{name} has {len(given):,} fields, and at most {MOST_VALUES} at once.")
    for field in given:
        if not field.strip() or len(field) > LONGEST_NAME:
            raise ValueRefused(f"{name}: a field's name must be 1 to {LONGEST_NAME:,} characters.")
    return list(given.items())


def _written(field: str, value: Any) -> str:
    if not isinstance(value, list):
        return _scalar(field, value)
    # Quoted, so that each item stays the text that it is.
    quoted = (json.dumps(item, ensure_ascii=False) for item in _many(field, value))
    return f"[{', '.join(quoted)}]"


def _many(field: str, value: list[Any]) -> list[str]:
    if len(value) > MOST_VALUES:
        count = f"{len(value):,} items, and at most {MOST_VALUES} at once"
        raise ValueRefused(f"{short(field)} has {count}.")
    return [_scalar(field, item) for item in value]


def _scalar(field: str, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return ""
    if isinstance(value, int | float):
        # Python writes no digits of longer ones, and JSON has neither NaN nor infinity.
        if not abs(value) < _LARGEST:
            raise ValueRefused(f"{short(field)}: the number is too large; send it as text.")
        return json.dumps(value)
    if isinstance(value, str):
        return _text(field, value, LONGEST_TEXT)
    raise ValueRefused(
        f"{short(field)}: a value must be text, a number, true, false, null or a list of texts."
    )


def _text(name: str, given: Any, longest: int) -> str:
    if not isinstance(given, str):
        raise ValueRefused(f"{short(name)} must be text.")
    if len(given) > longest:
        most = counted(longest, "character")
        raise ValueRefused(f"{short(name)} has at most {most}, not {len(given):,}.")
    return given


FLAG = Kind({"type": "boolean"}, _flag)
REFS = texts(MOST_SOURCES)
AUTHOR = Kind({"type": "string", "minLength": 1, "maxLength": 80}, _author)
REASON = Kind({"type": "string", "maxLength": 1_000}, _reason)
VALUES = Kind(_fields({"anyOf": [_ONE, _ITEMS]}), _values)
WANTED = Kind(_fields({"anyOf": [_ONE, _ITEMS]}), _wanted)
ITEMS = Kind(_fields({"anyOf": [{"type": "string", "minLength": 1}, _ITEMS]}), _items)


def read_arguments(
    kinds: Mapping[str, Kind], required: tuple[str, ...], given: Mapping[str, Any]
) -> dict[str, Any]:
    """The arguments of a call; null is the same as none. Raises ValueRefused."""
    if unknown := [name for name in given if name not in kinds]:
        raise ValueRefused(f"There is no argument {short(unknown[0])}; use {listed(list(kinds))}.")
    sent = {name: value for name, value in given.items() if value is not None}
    if missing := [name for name in required if name not in sent]:
        raise ValueRefused(f"It needs {' and '.join(missing)}.")
    return {name: kinds[name].read(name, value) for name, value in sent.items()}
