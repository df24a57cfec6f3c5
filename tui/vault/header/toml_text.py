"""Write a value as TOML."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, time
from typing import Any

from tui.errors import EditRefused
from tui.vault.header.typed import Typed, meaning

_SPECIAL = re.compile(
    '[\\\\"\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]'
)
_SPECIAL_LONG = re.compile(
    '\\\\|"(?="")|"\\Z|'
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
"""What needs an escape in a long string: line breaks and tabs do not."""
_NAMED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b"}
_BITS = 63
"""The bits of an integer that every TOML reader accepts."""
_BARE_NAME = re.compile(r"[A-Za-z0-9_-]+")


def write_name(name: str) -> str:
    """A field's name, in quotes if it needs them."""
    return name if _BARE_NAME.fullmatch(name) else write_toml(name)


def write_toml(value: Any, old: str = "", newline: str = "\n") -> str:
    """``value`` as TOML, in the style of ``old``, the text it replaces. Raises EditRefused."""
    if isinstance(value, Typed):
        return str(value)
    if isinstance(value, str):
        return _write_text(value, old, newline)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return _write_moment(value, old)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, int | float):
        return repr(value)
    raise EditRefused("sluice cannot rewrite the list or table in this value; use an editor.")


def _write_moment(value: datetime, old: str) -> str:
    """A date with a time; between them a space if the old value has one there."""
    written = value.isoformat(" " if old[10:11] == " " else "T")
    is_utc = value.utcoffset() is not None and not value.utcoffset()
    return written.removesuffix("+00:00") + "Z" if is_utc and old[-1:] != "0" else written


def _write_text(text: str, old: str, newline: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise EditRefused(
            "The text has bytes that are not UTF-8, which TOML does not allow; retype it."
        ) from error
    is_literal = old.startswith("'")
    if "\n" in text and old.startswith(('"""', "'''")):
        is_sound = "'''" not in text and not text.endswith("'")
        if is_literal and is_sound and not _SPECIAL_LONG.search(re.sub(r'[\\"]', "", text)):
            return _lines("'''", text, newline)
        return _lines('"""', _SPECIAL_LONG.sub(_escape, text), newline)
    if is_literal and "'" not in text and not _SPECIAL.search(re.sub(r'[\\"]', "", text)):
        return f"'{text}'"
    return '"' + _SPECIAL.sub(_escape, text) + '"'


def _lines(quotes: str, text: str, newline: str) -> str:
    """A long string; TOML ignores the line break after its opening quotes."""
    inner = f"\n{text}".replace("\n", newline)
    return f"{quotes}{inner}{quotes}"


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return _NAMED.get(match[0]) or (f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")


def as_held(value: Any) -> Any:
    """A value as TOML can hold it. Raises EditRefused for nothing in a list.

    Text that only YAML reads as a number, yes or no, or a date becomes what it means.
    """
    if isinstance(value, tuple | list):
        if None in value:
            raise EditRefused("TOML has no empty items; write a text instead.")
        return type(value)(map(as_held, value))
    if not isinstance(value, Typed):
        if type(value) is int and value.bit_length() > _BITS:
            raise EditRefused("TOML has no numbers that long; write a text instead.")
        return value
    if value.is_link:
        return str(value)
    meant = meaning(value)
    try:
        found = tomllib.loads(f"x = {value}")["x"]
    except ValueError:
        found = None
    if type(found) is type(meant) and found == meant:
        return value
    # Nobody means `12:30` as a number.
    is_clock = ":" in value and isinstance(meant, int | float)
    return str(value) if is_clock else meant
