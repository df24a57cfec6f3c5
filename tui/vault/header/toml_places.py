"""Where the fields of a TOML header are: names, values and the items of arrays.

``tomllib`` reads the values but not their places. Only the fields above the first table are
found; those in tables are not a header's own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

STRING = (
    r'"""(?:[^"\\]++|\\[\s\S]|"{1,2}+(?!"))*+"{3,5}'
    r"|'''(?:[^']++|'{1,2}+(?!'))*+'{3,5}"
    r'|"(?:[^"\\\r\n]++|\\[^\r\n])*+"'
    r"|'[^'\r\n]*+'"
)
"""A string in one of the four kinds of quotes."""
_NAME = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\r\n]++|\\[^\r\n])*+"|'[^'\r\n]*+')"""
_PART = re.compile(_NAME)
_KEY = re.compile(rf"{_NAME}(?:[ \t]*+\.[ \t]*+{_NAME})*+")
_EQUALS = re.compile(r"[ \t]*+=[ \t]*+")
_STRING = re.compile(STRING)
_BARE = re.compile(r"\d{4}-\d\d-\d\d [\d:.]+(?:[Zz]|[+-]\d\d:\d\d)?|[^\s,\[\]{}#\"'=]++")
"""A value without quotes; a date may have its time behind a space."""
_TOKEN = re.compile(
    rf"(?P<comment>#[^\r\n]*+)|(?P<space>[ \t\r\n]++)|(?P<open>[\[{{])|(?P<close>[\]}}])"
    rf"|(?P<comma>,)|{STRING}|[^\s\"'#\[\]{{}},]++"
)
BLANK = re.compile(r"(?:[ \t\r\n]++|#[^\r\n]*+)*+")
"""Blank lines and comments."""
_REST = re.compile(r"[ \t]*+(?:#[^\r\n]*+)?(?:\r\n|\n|\Z)")
_MARKED = re.compile(r"[\"']")


class Lost(Exception):
    """The fields were not found; the header is not TOML."""


class Array(NamedTuple):
    """The inside of an array."""

    items: tuple[tuple[int, int], ...]
    """The start and end of each item."""
    commas: tuple[int, ...]
    has_comments: bool


class Place(NamedTuple):
    """The place of a field in a header."""

    name: str
    """Its name, or the first part of a dotted one."""
    is_dotted: bool
    key: tuple[int, int]
    value: tuple[int, int]
    end: int
    """The start of the next line."""
    array: Array | None = None
    """What is in the brackets of an array."""


class Places(NamedTuple):
    """The fields of a header, in order."""

    fields: tuple[Place, ...]
    table: int | None
    """The start of the first table, if there is one."""

    def of(self, name: str) -> list[Place]:
        """The places of a field; a dotted name has several."""
        return [place for place in self.fields if place.name == name]


@lru_cache(maxsize=4)
def find_places(header: str) -> Places:
    """Find the fields above the first table. Raises Lost."""
    fields: list[Place] = []
    at = _skip(BLANK, header, 0)
    while at < len(header) and header[at] != "[":
        place = _field(header, at)
        fields.append(place)
        at = _skip(BLANK, header, place.end)
    return Places(tuple(fields), at if at < len(header) else None)


def _skip(pattern: re.Pattern[str], header: str, at: int) -> int:
    found = pattern.match(header, at)
    if found is None:
        raise Lost
    return found.end()


def _field(header: str, at: int) -> Place:
    key_end = _skip(_KEY, header, at)
    start = _skip(_EQUALS, header, key_end)
    array = None
    if header[start : start + 1] in ("[", "{"):
        end, array = _brackets(header, start)
    else:
        # An unclosed multi-line string must not pass for an empty one.
        is_long = header.startswith(('"""', "'''"), start)
        end = _skip(_STRING if header[start : start + 1] in ("'", '"') else _BARE, header, start)
        if is_long and end < start + 6:
            raise Lost
    first = _PART.match(header, at)
    if first is None:
        raise Lost
    name = name_of(first[0])
    return Place(
        name, first.end() < key_end, (at, key_end), (start, end), _skip(_REST, header, end), array
    )


def name_of(written: str) -> str:
    """A name without its quotes."""
    if not _MARKED.match(written):
        return written
    from tomllib import loads  # noqa: PLC0415 - most names need no quotes

    try:
        return next(iter(loads(f"{written} = 0")))
    except ValueError as error:
        raise Lost from error


def _brackets(header: str, start: int) -> tuple[int, Array | None]:
    """The end of an array or inline table, and what is in an array."""
    items: list[tuple[int, int]] = []
    commas: list[int] = []
    depth, has_comments = 0, False
    first = last = -1
    at = start
    while token := _TOKEN.match(header, at):
        kind, at = token.lastgroup, token.end()
        if kind == "space":
            continue
        if kind == "comment":
            has_comments = True
            continue
        if kind == "open":
            depth += 1
            if depth == 1:
                continue
        elif kind == "close":
            depth -= 1
        ends_item = depth == 0 or (depth == 1 and kind == "comma")
        if not ends_item:
            first, last = (token.start() if first < 0 else first), at
            continue
        if first >= 0:
            items.append((first, last))
            first = -1
        if depth == 0:
            is_array = header[start] == "["
            inside = Array(tuple(items), tuple(commas), has_comments)
            return at, inside if is_array else None
        commas.append(token.start())
    raise Lost


def count_dots(header: str) -> tuple[int, int]:
    """The most dots in one name, and those in all names and numbers; strings do not count."""
    most = run = total = 0
    for token in _TOKEN.finditer(header):
        kind, text = token.lastgroup, token[0]
        if kind == "space":
            run = 0 if "\n" in text else run
        elif kind is not None:
            run = 0
        elif text[0] not in "\"'":
            dots = text.count(".")
            run, total = run + dots, total + dots
            most = max(most, run)
    return most, total
