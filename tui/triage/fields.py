"""What a typed text means for a field, by the field's kind."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import Any

from tui.display import listed, short
from tui.errors import HeaderError, ValueRefused
from tui.triage.schema import Field, Schema
from tui.vault.edit import Value
from tui.vault.header import read_fields
from tui.vault.source import Source

_TRUE = ("yes", "true", "on", "y", "1")
_FALSE = ("no", "false", "off", "n", "0")
_INTEGER = re.compile(r"[+-]?\d{1,18}")


def read_value(schema: Schema, name: str, text: str, old: Any = None) -> Value:
    """The value that ``text`` means for the field; an empty text clears it.

    ``old`` is what the field holds now: it decides for fields the schema does not know.
    Raises ValueRefused with what would be right.
    """
    field = schema.fields.get(name)
    if field is None:
        return _read_unknown(text, old)
    if field.kind == "list":
        return _read_list(name, text, whole=name == schema.roles.insights)
    if text == "":
        return None
    if field.kind == "date":
        return read_date(name, text)
    if field.kind == "duration":
        return _read_length(name, text, old)
    if field.kind == "bool":
        return _read_bool(name, text)
    if field.kind == "choice":
        return _read_choice(field, text)
    if field.kind == "url":
        return _read_url(name, text)
    return text


def _read_unknown(text: str, old: Any) -> Value:
    if text == "":
        return () if isinstance(old, list) else None
    if isinstance(old, list):
        return _read_list("the list", text)
    if isinstance(old, bool) and text.lower() in _TRUE + _FALSE:
        return text.lower() in _TRUE
    if isinstance(old, int) and not isinstance(old, bool) and _INTEGER.fullmatch(text):
        return int(text)
    if isinstance(old, float):
        return _read_float(text)
    if isinstance(old, date) and not isinstance(old, datetime):
        from tui.days import said_day  # noqa: PLC0415 - for a day only

        return said_day(text, date.today()) or text
    return text


def read_item(text: str, old: Any) -> Value:
    """``text`` as a value of the kind of the one whose place it takes."""
    return _read_unknown(text, old)


def _read_float(text: str) -> Value:
    try:
        number = float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def _read_list(name: str, text: str, whole: bool = False) -> tuple[Any, ...]:
    """A YAML list in brackets, else words between commas, or one item when ``whole``."""
    if text.startswith("["):
        try:
            found = read_fields(f"items: {text}")
        except HeaderError:
            found = {}
        items = found.get("items")
        if len(found) != 1 or not isinstance(items, list):
            raise ValueRefused(f"{name} wants a list such as [one, two]; “{short(text)}” is none.")
        return tuple(items)
    if whole:
        return (text,) if text.strip() else ()
    return tuple(part.strip() for part in text.split(",") if part.strip())


def read_date(name: str, text: str) -> date:
    """The day ``text`` means. Raises ValueRefused."""
    from tui.days import said_day, said_days  # noqa: PLC0415 - for a day only

    today = date.today()
    if day := said_day(text, today):
        return day
    if span := said_days(text, today):
        raise ValueRefused(
            f"{name} wants one day; “{short(text)}” is all of {span[0]} to {span[1]}."
        )
    raise ValueRefused(f"{name} wants a date such as 2026-02-28; “{short(text)}” is none.")


def _read_length(name: str, text: str, old: Any) -> Value:
    """The text of a length of time, as it was typed; seconds where there were seconds."""
    from tui.lengths import EXAMPLES, written_length  # noqa: PLC0415 - for a length only

    if written_length(text) is None:
        raise ValueRefused(
            f"{name} wants a length of time such as {EXAMPLES}; “{short(text)}” is none."
        )
    if isinstance(old, int) and _INTEGER.fullmatch(text):
        return int(text)
    return text.strip()


def _read_bool(name: str, text: str) -> bool:
    word = text.strip().lower()
    if word not in _TRUE + _FALSE:
        raise ValueRefused(f"{name} wants yes or no; “{short(text)}” is neither.")
    return word in _TRUE


def _read_choice(field: Field, text: str) -> str:
    word = text.strip()
    if not word or "\n" in word:
        raise ValueRefused(f"{field.name} wants one word or a few; it was given none.")
    known = field.meant(word)
    if known is not None or field.open:
        return known or word
    raise ValueRefused(
        f"{field.name} has no value “{short(text)}”; it can be {listed(field.values)}."
    )


def _read_url(name: str, text: str) -> str:
    from tui.address import read_web_address  # noqa: PLC0415 - for an address only

    try:
        return read_web_address(text)
    except ValueRefused as error:
        raise ValueRefused(
            f"{name} wants an address that starts with https://; “{short(text.strip())}” is none: "
            f"it {error.reason}."
        ) from error


def web_address(source: Source) -> str | None:
    """The source's URL when it is one a browser may be sent to."""
    from tui.address import read_web_address  # noqa: PLC0415 - as above

    try:
        return read_web_address(source.text("url"))
    except ValueRefused:
        return None


def list_items(source: Source, name: str) -> tuple[Any, ...]:
    """The list a field holds, its items as YAML read them; a bare text is a list of one."""
    value = source.fields.get(name)
    if value is None or value == "":
        return ()
    return tuple(value) if isinstance(value, list) else (value,)
