"""Parse typed text as a field's value, by the field's kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from tui.display import listed, short
from tui.errors import HeaderError, ValueRefused
from tui.links import is_link, link_to, name_of
from tui.triage.alike import (
    LINKED,
    Habits,
    alike,
    as_bool,
    class_of,
    day_alike,
    item_alike,
    number_of,
    unquoted,
    yes_or_no,
)
from tui.triage.field import Field
from tui.triage.schema import Schema
from tui.vault.header.edit import Value
from tui.vault.header.parse import read_fields
from tui.vault.header.typed import meaning, text_of
from tui.vault.source import Source, comma_items

_LINK = re.compile(r"\[\[[^\[\]]+\]\]")


def read_value(schema: Schema, name: str, text: str, like: Any = None) -> Value:
    """Parse ``text`` as a value of the field; empty text clears it.

    ``like`` is the field's current value or a typical one: the new value keeps its type and
    form. Raises ValueRefused, which says what would be valid.
    """
    field = schema.fields.get(name)
    kind = field.kind if field else ""
    if field is not None and field.is_linked:
        like = (*items_of(like), LINKED) if kind == "list" else like or LINKED
    if kind == "list" or (not kind and class_of(like) == "list"):
        return read_list(name, text, like, whole=name == schema.roles.insights)
    if text == "":
        return None
    if field is None:
        return alike(text, like, _day_or_none)
    if name == schema.roles.snoozed:
        return day_alike(text, like, read_coming_day)
    read = _read_choice if field.choices and not field.open else _READERS[field.kind]
    return read(field, text, like)


def like_of(schema: Schema, source: Source, name: str, habits: Habits) -> Any:
    """A value with the type and form that a field's new value should have.

    That is the field's own value. Without one, a field outside the schema takes the usual type
    of other sources, and a yes-or-no field that of another one in the header.
    """
    held, field = source.value(source.key(name)), schema.fields.get(name)
    if field is not None and field.tagged is not None:
        held = None
    if field is not None and field.kind != "list":
        held = only_item(held)
    if held is not None and held not in ("", []):
        return held
    if field is None:
        usual = habits.of(name)
        return held if usual is None else usual
    if field.kind == "bool":
        return next((v for v in source.fields.values() if class_of(v) == "yes or no"), None)
    return held


def read_item(text: str, like: Any) -> Value:
    """``text`` with the type of the item it replaces."""
    return alike(text, like, _day_or_none)


def _day_or_none(text: str) -> date | None:
    try:
        return read_date("", text)
    except ValueRefused:
        return None


def read_list(name: str, text: str, like: Any, whole: bool) -> tuple[Any, ...]:
    """A YAML list in brackets, else a comma-separated list, or one item when ``whole``."""
    if text.startswith("[") and not _LINK.match(text):
        try:
            found = read_fields(f"items: {text}")
        except HeaderError:
            found = {}
        items = found.get("items")
        if len(found) != 1 or not isinstance(items, list):
            raise ValueRefused(
                f"{name}: “{short(text)}” is not a list; write one such as [one, two]."
            )
        return tuple(items)
    texts = [text] if whole else comma_items(text.strip())
    return tuple(item_alike(one, items_of(like)) for one in texts if one.strip())


def read_date(name: str, text: str) -> date:
    """Parse a day. Raises ValueRefused."""
    from tui.days import said_day, said_days  # noqa: PLC0415 - for a day only

    today = date.today()
    if day := said_day(text, today):
        return day
    if span := said_days(text, today):
        raise ValueRefused(
            f"{name}: “{short(text)}” is several days, {span[0]} to {span[1]}; choose one."
        )
    raise ValueRefused(f"{name}: “{short(text)}” is not a date; write one such as 2026-02-28.")


def read_coming_day(text: str) -> date:
    """Parse a day to put something off to: ``monday`` is the next one. Raises ValueRefused."""
    from tui.days import coming_day  # noqa: PLC0415 - for a day only

    day = coming_day(text, date.today())
    if day is None:
        raise ValueRefused(
            f"“{short(text)}” is not a day; write one such as tomorrow, monday, in 2 weeks, "
            "3 dec or 2027-01-15."
        )
    return day


def _read_length(field: Field, text: str, like: Any) -> Value:
    """A length of time as typed; a number of seconds when ``like`` is one."""
    from tui.lengths import EXAMPLES, written_length  # noqa: PLC0415 - for a length only

    if written_length(text) is None:
        raise ValueRefused(
            f"{field.name}: “{short(text)}” is not a length of time; write one such as {EXAMPLES}."
        )
    return unquoted(text.strip(), like)


def _read_bool(field: Field, text: str, like: Any) -> Value:
    flag = yes_or_no(text)
    if flag is None:
        raise ValueRefused(f"{field.name}: “{short(text)}” is neither yes nor no.")
    return as_bool(flag, like)


def _read_number(field: Field, text: str, like: Any) -> Value:
    number = number_of(text, like)
    if number is None:
        raise ValueRefused(
            f"{field.name}: “{short(text)}” is not a number; write one such as 4 or 3.5."
        )
    return _in_quotes_as(like, text.strip(), number)


def _in_quotes_as(like: Any, text: str, number: Value) -> Value:
    """A number, or its text when ``like`` is a number in quotes, which YAML reads as text."""
    return text if class_of(like) == "text" and number_of(like) is not None else number


def _read_text(_field: Field, text: str, like: Any) -> Value:
    return unquoted(text, like)


def _read_choice(field: Field, text: str, like: Any) -> Value:
    word = text.strip()
    if not word or "\n" in word:
        raise ValueRefused(f"{field.name} needs a word or two, on one line.")
    known = field.meant(word)
    if known is not None or field.open:
        return known_value(field, known or word, like)
    raise ValueRefused(
        f"“{short(text)}” is not a value of {field.name}; use {listed(field.values)}."
    )


def _read_day(field: Field, text: str, like: Any) -> Value:
    return day_alike(text, like, partial(read_date, field.name))


def known_value(field: Field, name: str, like: Any) -> Value:
    """The header's value for a known value's name, in the type and form of ``like``."""
    choice = field.choice(name)
    value = choice.value
    if choice.is_quoted and class_of(like) != "number":
        return name
    if not is_link(name) and is_link(like):
        return like if name_of(like) == name else link_to(name)
    if class_of(value) == "yes or no":
        return as_bool(meaning(value), value if like is None else like)
    if class_of(value) == "number":
        return _in_quotes_as(like, text_of(value), number_of(text_of(value), like))
    return unquoted(name, like)


def _read_url(field: Field, text: str, _like: Any) -> Value:
    from tui.address import read_web_address  # noqa: PLC0415 - for an address only

    try:
        return read_web_address(text)
    except ValueRefused as error:
        raise ValueRefused(
            f"{field.name}: “{short(text.strip())}” is not a web address; it {error.reason}."
        ) from error


_READERS: Mapping[str, Callable[[Field, str, Any], Value]] = {
    "text": _read_text,
    "longtext": _read_text,
    "choice": _read_choice,
    "date": _read_day,
    "duration": _read_length,
    "bool": _read_bool,
    "number": _read_number,
    "tag": _read_choice,
    "url": _read_url,
}


def web_address(source: Source) -> str | None:
    """The source's URL when it is safe to open in a browser."""
    from tui.address import read_web_address  # noqa: PLC0415 - as above

    if isinstance(source.value(source.rule.names.url), list):
        return None
    try:
        return read_web_address(source.url)
    except ValueRefused:
        return None


def wikilink(source: Source) -> str:
    """The source as a link for Obsidian."""
    return f"[[{source.stem}]]"


def list_items(source: Source, name: str, *, whole: bool = False) -> tuple[Any, ...]:
    """A field's list with the items as YAML read them, see ``items_of``."""
    return items_of(source.value(name), whole=whole)


def items_of(value: Any, *, whole: bool = False) -> tuple[Any, ...]:
    """A value as a list of items; text is split at commas.

    With ``whole``, text is one item, commas included.
    """
    if value is None or value == "":
        return ()
    if isinstance(value, str) and not whole:
        return comma_items(value)
    return tuple(value) if isinstance(value, list) else (value,)


def only_item(value: Any) -> Any:
    """A value, or a list's only item; None for longer lists."""
    if isinstance(value, list):
        return value[0] if len(value) == 1 else None
    return value


def in_its_list(source: Source, name: str, value: Value, at: int | None = None) -> Value:
    """A value for a single-value field; wrapped in a list when the source has a list there.

    It replaces the only item, or the one at index ``at``; None empties the list. Raises
    ValueRefused for several items without ``at``.
    """
    held = source.fields.get(name)
    if not isinstance(held, list) or isinstance(value, tuple):
        return value
    if value is None:
        return ()
    if len(held) > 1 and at is None:
        items = ", ".join(source.items(name))
        raise ValueRefused(
            f"{source.quoted_title}: {name} has {len(held)} items ({short(items)}); change them "
            f"one by one with f, or with {name}-=OLD and {name}+=NEW; {name}= empties it.",
            reason=f"{name} has several items",
        )
    return (*held[:at], value, *held[at + 1 :]) if at is not None else (value,)
