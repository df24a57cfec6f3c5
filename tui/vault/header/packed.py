"""A compact form of header fields: headers share their names, and repeated values.

A vault of 100,000 sources has two million values. As dicts they take 5 kB a source, packed a
tenth of that. Packed values consist of types that ``marshal`` can write.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from tui.errors import HeaderError
from tui.vault.header.parse import typed_again
from tui.vault.header.typed import Typed

_MARK = "\0"
"""Marks a text that encodes another value; in YAML such a text needs an escape."""
_DAY, _TIME, _TEXT, _TUPLE, _TYPED, _CLOCK = "\0d", "\0t", "\0s", "\0u", "\0y", "\0c"
_DIGIT = re.compile(r"\d")
_REPEATED = 32
"""Texts up to this length without digits are likely to repeat in many headers."""


_PARTED = (tuple, dict)
"""The packed types of lists and maps."""


class _Shape:
    """The field names of a header, in order; shared by all headers with the same ones."""

    __slots__ = ("names", "places")

    def __init__(self, names: tuple[Any, ...]) -> None:
        self.names = names
        self.places = {name: place for place, name in enumerate(names)}


_SHAPES: dict[tuple[Any, ...], _Shape] = {}


class PackedFields(Mapping[Any, Any]):
    """A header's fields, read-only. Lists and maps are returned as copies."""

    __slots__ = ("_shape", "_values")

    def __init__(self, names: tuple[Any, ...], values: tuple[Any, ...]) -> None:
        shape = _SHAPES.get(names)
        if shape is None:
            shape = _SHAPES[names] = _Shape(names)
        self._shape = shape
        self._values = values

    @property
    def packed(self) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """The names and the packed values, from which the fields can be rebuilt."""
        return self._shape.names, self._values

    @property
    def parted(self) -> list[Any]:
        """The names of fields with a list or a map."""
        names = self._shape.names
        return [
            name for name, value in zip(names, self._values, strict=True) if type(value) in _PARTED
        ]

    def __getitem__(self, name: Any) -> Any:
        return _unpack(self._values[self._shape.places[name]])

    def get(self, name: Any, default: Any = None) -> Any:
        """The field's value, or ``default`` when there is none."""
        place = self._shape.places.get(name)
        return default if place is None else _unpack(self._values[place])

    def __contains__(self, name: object) -> bool:
        return name in self._shape.places

    def __iter__(self) -> Iterator[Any]:
        return iter(self._shape.names)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PackedFields):
            return self._shape is other._shape and self._values == other._values
        return Mapping.__eq__(self, other)

    __hash__ = None  # type: ignore[assignment]  # as for every map

    def __repr__(self) -> str:
        return f"PackedFields({dict(self)!r})"


def are_known(names: tuple[Any, ...]) -> bool:
    """Whether a header with these names has been packed."""
    return names in _SHAPES


def pack(fields: Mapping[Any, Any]) -> PackedFields:
    """Pack the fields."""
    names = tuple(sys.intern(name) if type(name) is str else name for name in fields)
    return PackedFields(names, tuple(map(_pack, fields.values())))


def _pack(value: Any) -> Any:
    kind = type(value)
    if kind is str:
        if value.startswith(_MARK):
            return _TEXT + value
        short = len(value) <= _REPEATED and not _DIGIT.search(value)
        return sys.intern(value) if short else value
    if kind is Typed:
        return sys.intern(_TYPED + value)
    if kind is date:
        return sys.intern(_DAY + value.isoformat())
    if kind is datetime:
        return _TIME + value.isoformat()
    if kind is time:
        return _CLOCK + value.isoformat()
    if kind is list:
        # A tuple is smaller, and an empty one takes no space.
        return tuple(map(_pack, value))
    if kind is tuple:
        return (_TUPLE, *map(_pack, value))
    if kind is dict:
        return {_pack(key): _pack(item) for key, item in value.items()}
    if kind is set:
        return {_pack(item) for item in value}
    return value


def _unpack(value: Any) -> Any:
    kind = type(value)
    if kind is str:
        return value if value[:1] != _MARK else _unmarked(value)
    if kind is tuple:
        if value and value[0] == _TUPLE:
            return tuple(map(_unpack, value[1:]))
        return [_unpack(item) for item in value]
    if kind is dict:
        return {_unpack(key): _unpack(item) for key, item in value.items()}
    if kind is set:
        return {_unpack(item) for item in value}
    return value


def _unmarked(text: str) -> Any:
    mark, rest = text[:2], text[2:]
    try:
        if mark == _DAY:
            return date.fromisoformat(rest)
        if mark == _TYPED:
            return typed_again(rest)
        if mark == _CLOCK:
            return time.fromisoformat(rest)
        return datetime.fromisoformat(rest) if mark == _TIME else rest
    except (ValueError, HeaderError):
        # Not a packed value: the file it came from is damaged.
        return rest
