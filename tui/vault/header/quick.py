"""Read a plain header several times faster than a YAML parser does, or not at all."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

from tui.errors import HeaderError
from tui.vault.header.bomb import MAX_NODES
from tui.vault.header.parse import typed_again

# YAML takes no name of more than 1,024 letters.
_FIELD = re.compile(r"([A-Za-z_][A-Za-z0-9_-]{0,1000}):(?: +(.*))?")
_ITEM = re.compile(r" *- +(.*)")
_ODD = re.compile(
    "[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Characters for which YAML has rules of its own."""
_QUOTED = re.compile(r"\"[^\"\\]*\"|'[^']*'")
_TEXT = re.compile(r"[^\W\d_](?:[^:#]|:(?! |$)|(?<! )#)*")
"""Text that begins with a letter, without what would end it."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WHOLE = re.compile(r"0|[1-9]\d{0,8}")
_NAMED = frozenset({"y", "n", "yes", "no", "true", "false", "on", "off", "null"})
"""Words that are not text."""
_FLOW = frozenset("[]{}\"'#:&*!|>%@`?")


class _NotPlain(Exception):
    """The header needs a parser."""


def quick_fields(header: str) -> dict[str, Any] | None:
    """The fields of a header, as YAML reads them; None if it is not plain enough to say."""
    # Whether it has too many values says the parser. A line has a name and a value, or an item.
    if _ODD.search(header) or 2 * header.count("\n") + header.count(",") > MAX_NODES:
        return None
    try:
        return _fields(header)
    except _NotPlain:
        return None


def _fields(header: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    name, items, indent, is_open = "", list[Any](), -1, False
    for line in header.split("\n"):
        field = _FIELD.fullmatch(line)
        if field is not None:
            name, text = field.groups()
            if name in fields or name.lower() in _NAMED:
                raise _NotPlain
            fields[name] = _value(text.rstrip(" ")) if text else None
            items, indent, is_open = [], -1, not (text or "").strip(" ")
        elif (item := _ITEM.fullmatch(line)) is not None:
            at = line.index("-")
            if is_open and not items:
                fields[name], indent = items, at
            if not is_open or at != indent:
                raise _NotPlain
            items.append(_item(item[1].rstrip(" ")))
        elif line.strip(" "):
            raise _NotPlain
    return fields


def _value(text: str) -> Any:
    """A value on the line of its name."""
    if text == "[]":
        return []
    if text[:1] != "[":
        return _scalar(text) if text else None
    parts = [part.strip(" ") for part in text[1:-1].split(",")]
    if text[-1] != "]" or "" in parts or not _FLOW.isdisjoint(text[1:-1]):
        raise _NotPlain
    return [_scalar(part) for part in parts]


def _item(text: str) -> Any:
    if not text or text[0] in "[-":
        raise _NotPlain
    return _scalar(text)


def _scalar(text: str) -> Any:
    if _QUOTED.fullmatch(text):
        return text[1:-1]
    if _TEXT.fullmatch(text) and text.lower() not in _NAMED:
        return text
    return _typed(text)


@lru_cache(maxsize=10_000)
def _typed(text: str) -> Any:
    """A number, a yes or no, a day or a time."""
    if _WHOLE.fullmatch(text):
        return int(text)
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        if text[0].isalnum() and ": " not in text and " #" not in text and text[-1] != ":":
            return typed_again(text)
    except (ValueError, HeaderError):
        pass
    raise _NotPlain
