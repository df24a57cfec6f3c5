"""Repair the faulty lines of a broken TOML header, each verified."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tui.display import short
from tui.errors import HeaderError, RepairRefused
from tui.vault.header.lines import LINE, newline_at
from tui.vault.header.syntax import TOML, header_of
from tui.vault.header.toml import opens_field, read_toml, salvage_toml
from tui.vault.header.toml_text import write_toml
from tui.vault.header.typed import same_value

_MOST = 100
"""Maximum number of lines to repair in one header."""
_MOST_TEXT = 128 * 1024
"""Longest header to repair, in characters."""
_LOOKED_AT = 5
"""Number of lines below a header to check for fields that belong into it."""
NOT_CLOSED = f"the header has no closing {TOML.fence} line"
_FIELD = re.compile(
    r"""([ \t]*(?:[A-Za-z0-9_-]+|"[^"\\\r\n]*"|'[^'\r\n]*'))([ \t]*[=:][ \t]*)([^ \t\r\n].*)$"""
)
_COMMENT = re.compile(r"[ \t]#[ \t]")
_OPENS = re.compile(r"""["']{3}|[\[{]""")
"""The start of a value that may go on in other lines."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_WORDS = ("yes", "no", "on", "off", "null", "none", "nil", "inf", "nan")
"""Words that may be something else than text."""


def repair_toml(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Repair a text's header; return the text and what was done, or None if nothing is faulty.

    Raises RepairRefused with the line when there is no safe repair.
    """
    closed = _closed(text) if header_of(text) is None else text
    found = header_of(closed)
    if found is None:
        raise RepairRefused(NOT_CLOSED, 1)
    inner = _repaired(closed[found.start : found.end])
    header, done = inner or (closed[found.start : found.end], ())
    result = closed[: found.start] + header + closed[found.end :]
    again = header_of(result)
    if again is None or (again.start, again.end) != (found.start, found.start + len(header)):
        raise RepairRefused("a repair would move the header's end", 1)
    if closed is not text:
        done = (f"closed the header with {TOML.fence}", *done)
    return (result, done) if done else None


def _closed(text: str) -> str:
    """The text with the closing fence below its fields. Raises RepairRefused if that is unclear."""
    lines = LINE.findall(text[:_MOST_TEXT])
    end = 1
    while end < len(lines) and lines[end].strip():
        end += 1
    below = [line for line in lines[end:] if line.strip()][:_LOOKED_AT]
    fields = [opens_field(line) for line in lines[1:end]]
    # The end is unclear if a later line may belong to a field.
    unsure = any(opens_field(line) or line[0] in " \t[]" for line in below)
    if not fields or not all(fields) or unsure or len(text) > _MOST_TEXT:
        raise RepairRefused(f"{NOT_CLOSED}, and its place is unclear", 1)
    at = sum(map(len, lines[:end]))
    newline = newline_at(text, 0, "\n")
    above = text[:at] if lines[end - 1][-1] in "\r\n" else text[:at] + newline
    return f"{above}{TOML.fence}{newline}{text[at:]}"


def _repaired(header: str) -> tuple[str, tuple[str, ...]] | None:
    """The header with its faulty lines repaired; None if none is faulty."""
    done: list[str] = []
    expected: dict[str, Any] = {}
    known, first = salvage_toml(header), _error(header)
    while (error := _error(header)) is not None:
        is_long = len(done) >= _MOST or len(header) > _MOST_TEXT
        # A byte that is not UTF-8 stays, whatever is around it.
        found = None if is_long or _SURROGATE.search(header) else _without_fault(header, error)
        if found is None:
            raise RepairRefused(str(error), error.line)
        header, said, fields = found
        done.append(said)
        expected.update(fields)
    if first is None:
        return None
    after = read_toml(header)
    for name, value in {**known, **expected}.items():
        if name not in after or not same_value(after[name], value):
            # For example a field in a table, or text that goes on in the next line.
            raise RepairRefused(str(first), first.line)
    return header, tuple(done)


def _error(header: str) -> HeaderError | None:
    try:
        read_toml(header)
    except HeaderError as error:
        return error
    return None


def _without_fault(header: str, error: HeaderError) -> tuple[str, str, dict[str, Any]] | None:
    """The header with its faulty line repaired, what was done, and the field in it.

    None unless the next fault, if there is one, is further down.
    """
    lines = LINE.findall(header)
    at = error.line - 2
    if not 0 <= at < len(lines):
        return None
    bare = lines[at].rstrip("\r\n")
    for line, said in _candidates(bare):
        try:
            fields = read_toml(line)
        except HeaderError:
            continue
        changed = "".join([*lines[:at], line + lines[at][len(bare) :], *lines[at + 1 :]])
        later = _error(changed)
        if later is None or later.line > error.line:
            return changed, f"{said} in line {error.line}", fields
    return None


def _candidates(line: str) -> Iterator[tuple[str, str]]:
    """The line as it may have been intended, with what that changes."""
    found = _FIELD.match(line)
    if found is None:
        return
    name, equals, rest = found.groups()
    noted = _COMMENT.search(rest)
    value = rest[: noted.start() if noted else len(rest)].rstrip(" \t")
    comment = rest[len(value) :]
    said = []
    if ":" in equals:
        equals = " = "
        said.append("replaced : by =")
        yield f"{name}{equals}{value}{comment}", said[0]
    if value.lower() in ("true", "false"):
        done = " and ".join([*said, f"wrote {value} in small letters"])
        yield f"{name}{equals}{value.lower()}{comment}", done
        return
    text = _text_of(value)
    if text is not None:
        done = " and ".join([*said, f"{_what(value, text)} “{short(text)}”"])
        yield f"{name}{equals}{write_toml(text)}{comment}", done


def _text_of(value: str) -> str | None:
    """The text that a faulty value shows, None when that is not certain."""
    quote = value[0]
    if _OPENS.match(value):
        return None
    if quote not in "\"'":
        # A number or a date that TOML cannot read may be a slip of another kind.
        is_text = quote.isalpha() and value.lower() not in _WORDS
        return None if not is_text or re.search(r"[\"'=\[\]{}]", value) else value
    inner = value[1:].removesuffix(quote)
    if not _is_closed(value) and quote in inner:
        return None
    return re.sub(r'\\(["\\])', r"\1", inner) if quote == '"' else inner


def _is_closed(value: str) -> bool:
    return len(value) > 1 and value.endswith(value[0])


def _what(value: str, text: str) -> str:
    """What a repair did to a value."""
    if value[0] not in "\"'":
        return "quoted"
    if not _is_closed(value):
        return "closed the quotes of"
    return "escaped quotes in" if value[0] in text else "escaped backslashes in"
