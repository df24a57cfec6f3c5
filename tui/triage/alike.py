"""Read typed text as a value of the same type and form as an existing value."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, Literal

from tui.errors import HeaderError
from tui.links import is_link, link_to, name_of
from tui.triage.redate import day_of, moment_of, redated
from tui.vault.header.edit import Value
from tui.vault.header.parse import typed_again
from tui.vault.header.scalar import BOOL_WORDS, bool_word
from tui.vault.header.typed import Typed, as_typed, meaning, named, text_of
from tui.vault.source import Source

TRUE, FALSE = ("yes", "true", "on", "y", "1"), ("no", "false", "off", "n", "0")
Class = Literal["text", "number", "yes or no", "date", "time", "list", ""]
"""The type of a YAML value; empty for null and for maps."""
_NUMBER = re.compile(r"[-+]?\.?[0-9][0-9a-fA-F_xob:.+-]*|[-+]?\.(?:inf|nan)", re.IGNORECASE)
_SINGLE = re.compile(r"[\w.+:-]+(?: [\d:.+-]+)*")
"""Text that YAML may read as a number, a day, or yes or no when it has no quotes."""
_EXACT = 1 << 53
"""Integers below this convert to floats without loss."""
LINKED = link_to("…")
"""Among the items of a list, it says that new ones are written as links."""
_WORDS = frozenset(word for pair in BOOL_WORDS for word in pair)


def class_of(value: object) -> Class:
    """The type of a header's value."""
    value = meaning(value)
    if isinstance(value, bool):
        return "yes or no"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, date):
        return "date"
    if isinstance(value, time):
        return "time"
    if isinstance(value, str):
        return "text"
    return "list" if isinstance(value, list | tuple) else ""


def is_single(value: object) -> bool:
    """Whether a value is a scalar, and not null, a list or a map."""
    return class_of(value) not in ("list", "")


def number_of(text: str, like: object = None) -> Any:
    """Parse a number, as int or float to match ``like``; None when ``text`` is not a number."""
    word = text.strip()
    if not _NUMBER.fullmatch(word):
        return None
    try:
        found = typed_again(word)
    except HeaderError:
        return None
    fraction = isinstance(meaning(like), float)
    if class_of(found) != "number":
        # YAML 1.1 reads `1e3` as text.
        try:
            number = float(word)
        except ValueError:
            return None
        whole = number.is_integer() and not fraction
        found = (int(number) if whole else number) if math.isfinite(number) else None
    elif fraction and type(found) is int and abs(found) < _EXACT:
        found = float(found)
    # Written as `7`, `007` would change its text.
    is_odd = isinstance(like, Typed) and found is not None and not isinstance(found, Typed)
    return Typed(str(found), found) if is_odd else found


def yes_or_no(text: str) -> bool | None:
    """Parse yes or no; None when ``text`` is neither."""
    word = text.strip().lower()
    return word in TRUE if word in TRUE + FALSE else None


def as_bool(flag: bool, like: object) -> Value:
    """Yes or no with the word pair, capitals and quotes of ``like``."""
    if not _is_word(like):
        return flag
    word = bool_word(flag, text_of(like))
    return word if class_of(like) == "text" else _typed_bool(word, flag)


def _typed_bool(word: str, flag: bool) -> bool | Typed:
    found: bool | Typed = as_typed(word, flag)
    return found


def _is_word(value: object) -> bool:
    return isinstance(value, str | bool) and text_of(value).lower() in _WORDS


def as_day(when: date, like: object) -> Value:
    """Write a date or datetime in the form of ``like``: text if that is text, else a YAML date.

    The form is ISO when ``like`` is not a day or is ambiguous.
    """
    if is_link(like):
        return link_to(text_of(as_day(when, name_of(str(like)))))
    kind, old = class_of(like), text_of(like) if is_single(like) else ""
    written = redated(old, when)
    if written is None:
        written = when.isoformat(" ") if isinstance(when, datetime) else when.isoformat()
        # A value without digits has no form to keep.
        kind = kind if any(sign.isdigit() for sign in old) else ""
    value: Value = written if kind == "text" else typed_again(written)
    return value


def stamp_of(today: date, held: Any) -> Value:
    """Today's date, or the current time where ``held`` has a time, in the form of ``held``."""
    has_time = is_single(held) and moment_of(text_of(held)) is not None
    now = datetime.now().astimezone()
    return as_day(datetime.combine(today, now.timetz()) if has_time else today, held)


def day_alike(text: str, like: object, read_day: Callable[[str], date | None]) -> Value:
    """Parse a day and write it in the form of ``like``; None when ``read_day`` finds none.

    A day typed with a time stays as typed.
    """
    text = text.strip()
    moment = moment_of(text)
    if moment is None:
        day = read_day(text)
        return None if day is None else as_day(day, like)
    if class_of(like) == "text":
        return text
    found: Value = typed_again(text)
    if class_of(found) != "date":
        has_time = class_of(like) == "date" and moment_of(text_of(like)) is not None
        found = as_day(moment, like if has_time else None)
    return found


def alike(text: str, like: object, read_day: Callable[[str], date | None]) -> Value:
    """Read ``text`` as the type of ``like``; return the text itself when it does not fit."""
    kind = class_of(like)
    found: Value = None
    if kind == "number":
        found = number_of(text, like)
    elif kind == "yes or no":
        flag = yes_or_no(text)
        found = None if flag is None else as_bool(flag, like)
    elif kind == "time":
        found = _time_of(text)
    if found is None and (kind == "date" or (is_single(like) and day_of(text_of(like)))):
        found = day_alike(text, like, read_day)
    return text if found is None else found


def _time_of(text: str) -> Any:
    """A time of day, which only TOML has as a value of its own; None for another text."""
    try:
        return time.fromisoformat(text.strip())
    except ValueError:
        return None


def new_class(field: str, old: object, new: object) -> str:
    """A note that a value changes its type; empty when it keeps it."""
    was, now = class_of(old), class_of(new)
    # Nobody means `12:30` as a number.
    if was in ("", "text", "list", now) or not now or (was == "number" and ":" in str(old)):
        return ""
    return f"{field} changed from {was} to {now}"


def bare(text: str) -> Any:
    """Text as YAML reads it without quotes, when that is a scalar."""
    try:
        return typed_again(text) if _SINGLE.fullmatch(text) else text
    except HeaderError:
        # For example a lone dash, or 30 February.
        return text


def unquoted(text: str, like: object) -> Value:
    """Text as YAML reads it without quotes when that has the type of ``like``; else the text."""
    kind = class_of(like)
    found: Value = bare(text) if kind in ("number", "yes or no", "date") else text
    return found if class_of(found) == kind else text


def item_alike(text: str, items: Sequence[Any]) -> Any:
    """Read ``text`` as an item of a list, with the type of the items that look like it."""
    if text in items:
        return text
    for item in items:
        if is_single(item) and text in (text_of(item), named(item)):
            return item
    singles = [item for item in reversed(items) if is_single(item)]
    if LINKED in items and not is_link(text):
        return link_to(text)
    if number_of(text) is not None:
        like = next((item for item in singles if number_of(text_of(item)) is not None), "")
        return text if class_of(like) != "number" else number_of(text, like)
    if text.lower() in _WORDS:
        like = next((item for item in singles if _is_word(item)), "")
        return text if class_of(like) != "yes or no" else as_bool(text.lower() in TRUE, like)
    if day_of(text):
        like = next((item for item in singles if day_of(text_of(item))), "")
        return day_alike(text, like, day_of) if like else text
    return text


def items_alike(new: Iterable[Any], old: Sequence[Any]) -> tuple[Any, ...]:
    """A list's new items; typed ones get the type of the old items they look like."""
    found: list[Any] = []
    for item in new:
        meant = item_alike(item, old) if type(item) is str else item
        # A list with `yes` already contains `true`.
        if meant is item or text_of(meant) not in map(text_of, found):
            found.append(meant)
    return tuple(found)


class Habits:
    """How sources write the fields that are not in the schema; each field is looked up once."""

    def __init__(self, sources: Callable[[], Iterable[Source]] = tuple) -> None:
        self._sources = sources
        self._known: dict[str, Any] = {}

    def of(self, name: str) -> Any:
        """A value of the type that most sources use for the field; None when no source has it."""
        if name not in self._known:
            self._known[name] = self._usual(name)
        return self._known[name]

    def _usual(self, name: str) -> Any:
        found: dict[Class, tuple[int, Any]] = {}
        for source in self._sources():
            value = source.fields.get(name)
            if value is not None and value not in ("", []):
                kind = class_of(value)
                found[kind] = found.get(kind, (0, None))[0] + 1, value
        return max(found.values(), key=lambda entry: entry[0], default=(0, None))[1]


NO_HABITS = Habits()
