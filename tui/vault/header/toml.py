"""Read a TOML header: its fields, and what is wrong in a broken one."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from itertools import islice
from typing import Any

from tui.errors import HeaderError
from tui.vault.header.bomb import MAX_DEPTH, MAX_NODES, TOO_DEEP, is_deep
from tui.vault.header.lines import LINE
from tui.vault.header.parse import BOM, MAX_BITS, typed_again
from tui.vault.header.toml_places import Lost, count_dots, find_places
from tui.vault.header.typed import Typed, as_typed, meaning

_FENCE = re.compile(r"\+\+\+[ \t]*(?:\r\n|\n|\r)")
_END_FENCE = re.compile(r"(?:^|(?<=\r))\+\+\+[ \t]*(?=[\r\n]|\Z)", re.MULTILINE)
_AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_NAME = r"""(?:[\w-]+|"[^"\r\n]*"|'[^'\r\n]*')"""
_FIELD_LINE = re.compile(rf"[ \t]*({_NAME})[ \t]*([=:])[ \t]*(.*)$")
_TABLE_LINE = re.compile(
    rf"\[{{1,2}}[ \t]*{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*[ \t]*\]{{1,2}}[ \t]*(?:#|$)"
)
_STARTS = re.compile(r"""["'\[{]|[+-]?\d|(?:true|false|[+-]?inf|[+-]?nan)\b""")
_OPEN_QUOTE = re.compile(r"""\"{3}|'{3}|=[ \t]*'[^'\r]*\r?$""")
_OPEN_BRACKET = re.compile(r"=[ \t]*[\[{]")
_REMEMBERED = 64 * 1024
"""Longest header to keep in the cache, in characters."""
_MOST_LINES = 5_000
"""Lines of a broken header to read."""


def find_toml(text: str) -> tuple[int, int, int] | None:
    """The start and end of the TOML between ``+++`` lines, and the start of the body."""
    opening = _FENCE.match(text, 1 if text.startswith(BOM) else 0)
    closing = opening and _END_FENCE.search(text, opening.end())
    if opening is None or closing is None:
        return None
    body = closing.end()
    body += 2 if text.startswith("\r\n", body) else int(body < len(text))
    return opening.end(), closing.start(), body


def opens_toml(text: str) -> bool:
    """Whether a text starts with ``+++`` and a field."""
    opening = _FENCE.match(text, 1 if text.startswith(BOM) else 0)
    below = LINE.match(text, opening.end()) if opening else None
    return below is not None and opens_field(below[0])


def opens_field(line: str) -> bool:
    """Whether a field starts on a line."""
    found = _FIELD_LINE.match(line.rstrip("\r\n"))
    return found is not None and found[2] == "="


def read_toml(header: str, first_line: int = 2) -> dict[str, Any]:
    """Parse a header's TOML into fields. ``first_line`` is its first line's number in the file.

    Raises HeaderError with the line in the file.
    """
    try:
        return dict((_parse_again if len(header) <= _REMEMBERED else _parse)(header))
    except UnicodeEncodeError as error:
        line = first_line + header.count("\n", 0, error.start)
        raise HeaderError(f"line {line} of the header has bytes that are not UTF-8", line) from (
            error
        )
    except RecursionError as error:
        raise HeaderError(TOO_DEEP, first_line) from error
    except ValueError as error:
        at, why = _fault(header, str(error))
        line = first_line + at
        raise HeaderError(f"line {line} cannot be read: {why}", line) from error


def _parse(header: str) -> dict[str, Any]:
    if not header.isascii():
        header.encode()
    _refuse_bomb(header)
    fields = tomllib.loads(header)
    if is_deep(fields):
        raise RecursionError
    _refuse_long(fields)
    try:
        places = find_places(header).fields
    except Lost:
        # A rare form: its values are shown as TOML reads them.
        return fields
    for place in places:
        if not place.is_dotted:
            written = header[slice(*place.value)]
            fields[place.name] = _as_typed(header, written, fields[place.name], place.array)
    return fields


_parse_again = lru_cache(maxsize=4)(_parse)
"""A change reads the same header several times: to plan, edit, verify and store it."""


def _refuse_bomb(header: str) -> None:
    """Raise RecursionError for names with so many parts that ``tomllib`` would need gigabytes."""
    if header.count(".") > MAX_DEPTH:
        most, total = count_dots(header)
        if most > MAX_DEPTH or total > MAX_NODES:
            raise RecursionError


def _refuse_long(fields: dict[str, Any]) -> None:
    """Raise ValueError for a number too long to print."""
    waiting: list[Any] = [fields]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict | list):
            waiting += value.values() if isinstance(value, dict) else value
        elif isinstance(value, int) and value.bit_length() > MAX_BITS:
            raise ValueError("a number is too long")


def _as_typed(header: str, written: str, value: Any, array: Any) -> Any:
    """The value as typed, see ``Typed``; also the items of a list."""
    if isinstance(value, list) and array is not None and len(array.items) == len(value):
        texts = [header[start:end] for start, end in array.items]
        return [_scalar(text, item) for text, item in zip(texts, value, strict=True)]
    return _scalar(written, value)


def _scalar(written: str, value: Any) -> Any:
    if isinstance(value, str | dict | list):
        return value
    typed = as_typed(written, value)
    return typed if not isinstance(typed, Typed) or _is_restored(typed) else value


def _is_restored(typed: Typed) -> bool:
    """Whether a stored ``Typed`` is read again with the same value, which is read as YAML."""
    try:
        again = typed_again(str(typed))
    except HeaderError:
        return False
    same_type = type(meaning(again)) is type(typed.value)
    return isinstance(again, Typed) and same_type and bool(again.value == typed.value)


_REASONS = (
    ("Cannot overwrite", "a name appears twice"),
    ("Cannot declare", "a table appears twice"),
    ("Cannot mutate", "a table in braces cannot get more fields"),
    ("Cannot redefine", "a name appears twice"),
    ("Unescaped", "a backslash in double quotes must be doubled"),
    ("Unterminated", "an opening quote is never closed"),
    ("Expected \"'", "an opening quote is never closed"),
    ("Unclosed", "a bracket is never closed"),
    ("Invalid hex", "a backslash in double quotes must be doubled"),
    ("Escaped character", "a backslash in double quotes must be doubled"),
    ("Invalid date", "it is not a valid date"),
    ("Duplicate inline", "a name appears twice"),
    ("a number is too long", "a number is too long"),
    ("Exceeds the limit", "a number is too long"),
)
"""The parser's words, and plain ones."""


def _fault(header: str, said: str) -> tuple[int, str]:
    """The faulty line, counted from 0, when the parser stops, and the reason."""
    found = _AT.search(said)
    lines = header.split("\n")
    at = int(found[1]) - 1 if found and found[1] else max(len(lines) - 2, 0)
    if said.startswith(("Illegal character", "Found invalid character")):
        # The parser notices an open quote at the line's end.
        opened = "'\\n'" in said
        why = "an opening quote is never closed" if opened else "TOML forbids control characters"
        return at, why
    if at < len(lines) and "\r" in lines[at].removesuffix("\r"):
        return at, "TOML does not end lines with a carriage return alone"
    why = next((plain for words, plain in _REASONS if said.startswith(words)), "")
    if found and not found[1] and why.startswith("an opening quote"):
        at = _above(_OPEN_QUOTE, lines, at)
    elif why.startswith("a bracket"):
        at = _above(_OPEN_BRACKET, lines, at)
    return at, why or _explain(lines[at] if at < len(lines) else "")


def _above(pattern: re.Pattern[str], lines: list[str], at: int) -> int:
    """The nearest line from ``at`` upwards with the pattern, else ``at``."""
    return next((number for number in range(at, -1, -1) if pattern.search(lines[number])), at)


def _explain(line: str) -> str:
    """Why a line is not TOML."""
    bare = line.strip("\r\n")
    found = _FIELD_LINE.match(bare)
    if found is None:
        return "it is not a field such as name = value"
    if found[2] == ":":
        return "TOML needs = between a name and its value"
    if not found[3] or found[3].startswith("#"):
        return "the value is missing"
    if not _STARTS.match(found[3]):
        return "text needs quotes"
    return "it is not valid TOML"


def salvage_toml(header: str) -> dict[str, Any]:
    """The fields of a broken header: each as TOML if possible, else as text."""
    fields: dict[str, Any] = {}
    for chunk in _chunks(header):
        try:
            fields.update(read_toml("\n".join(chunk)))
        except HeaderError:
            found = _FIELD_LINE.match(chunk[0])
            if found:
                name = found[1].strip("\"'")
                fields[name] = found[3].strip().strip("\"'")
    return fields


def _chunks(header: str) -> list[list[str]]:
    """A header's lines, grouped by field, up to the first table."""
    chunks: list[list[str]] = []
    for line in islice(LINE.findall(header), _MOST_LINES):
        bare = line.rstrip("\r\n")
        if _TABLE_LINE.match(bare):
            break
        if _FIELD_LINE.match(bare):
            chunks.append([bare])
        elif chunks:
            chunks[-1].append(bare)
    return chunks
