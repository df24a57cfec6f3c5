"""Keep values as typed where YAML 1.1 reads something unexpected."""

from __future__ import annotations

import math
import re
from typing import Any

from tui.links import name_of

_LINK = re.compile(r"\[\[[^\[\]\"'{}&*!|>%@`\r\n][^\[\]\r\n]*\]\]")
"""An unquoted link to a note, which YAML reads as a list in a list."""


class Typed(str):
    """Unquoted text and the value YAML reads from it.

    YAML 1.1 reads ``1:02:33`` as 3753, ``007`` as 7, ``3.10`` as 3.1 and ``On`` as yes. sluice
    shows, finds, sorts and compares the text. Values that Python prints as they were typed are
    not ``Typed``.
    """

    __slots__ = ("value",)
    value: Any
    """The number, boolean or time that YAML reads; None for a link such as ``[[A Name]]``."""

    def __new__(cls, text: str, value: Any) -> Typed:
        """Create the text with its value."""
        typed = super().__new__(cls, text)
        typed.value = value
        return typed

    def __reduce__(self) -> tuple[Any, ...]:
        return Typed, (str(self), self.value)

    @property
    def is_link(self) -> bool:
        """Whether it is an unquoted link."""
        return self.value is None


def as_typed(text: str, value: Any) -> Any:
    """The value itself if it prints as typed, else a ``Typed``."""
    if isinstance(value, bool):
        return value if text in _PLAIN_BOOL else Typed(text, value)
    return value if str(value) == text else Typed(text, value)


_PLAIN_BOOL = ("yes", "no")


def as_link(text: str) -> Typed | None:
    """``text`` as an unquoted link, or None."""
    return Typed(text, None) if _LINK.fullmatch(text) else None


def meaning(value: Any) -> Any:
    """The value that YAML reads: yes for ``On``, seven for ``007``, the text for a link."""
    if isinstance(value, Typed):
        return str(value) if value.is_link else value.value
    return value


def text_of(value: Any) -> str:
    """A scalar as text, as typed if that is known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def named(value: Any) -> str:
    """A scalar as text; of a link to a note, the note's name."""
    if isinstance(value, str):
        return name_of(value) if value[:2] == "[[" else str(value)
    return text_of(value)


def same_value(one: Any, other: Any) -> bool:
    """Whether two YAML values are equal and have the same types at every level."""
    if not (isinstance(one, Typed) and isinstance(other, Typed)):
        # The other value was not read from a header, so its spelling is unknown.
        one, other = meaning(one), meaning(other)
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same_value(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same_value, one, other))
    if isinstance(one, float) and math.isnan(one):
        return math.isnan(other)
    return bool(one == other)
