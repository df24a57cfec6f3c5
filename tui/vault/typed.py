"""Values as they were typed, where YAML 1.1 reads something that nobody would write so."""

from __future__ import annotations

import math
import re
from typing import Any

_LINK = re.compile(r"\[\[[^\[\]\"'{}&*!|>%@`\r\n][^\[\]\r\n]*\]\]")
"""An unquoted link to a note, which is a list in a list to YAML."""


class Typed(str):
    """What was typed without quotes, and what YAML makes of it.

    ``1:02:33`` is 3753 to YAML 1.1, ``007`` is 7, ``3.10`` is 3.1 and ``On`` is yes. The text is
    what is shown, found, sorted and compared. Numbers, days and the like that Python writes
    out as they were typed are no ``Typed``.
    """

    __slots__ = ("value",)
    value: Any
    """The number, yes or no, or time that YAML reads; None for a link such as ``[[A Name]]``."""

    def __new__(cls, text: str, value: Any) -> Typed:
        """The text with its value."""
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
    """The value itself where its text is what was typed, a ``Typed`` where not."""
    if isinstance(value, bool):
        return value if text in _PLAIN_BOOL else Typed(text, value)
    return value if str(value) == text else Typed(text, value)


_PLAIN_BOOL = ("yes", "no")


def as_link(text: str) -> Typed | None:
    """The unquoted link that ``text`` is, or None."""
    return Typed(text, None) if _LINK.fullmatch(text) else None


def meaning(value: Any) -> Any:
    """What YAML reads: of a link its text, of ``On`` yes, of ``007`` seven."""
    if isinstance(value, Typed):
        return str(value) if value.is_link else value.value
    return value


def text_of(value: Any) -> str:
    """A single value as it is shown: as it was typed, as far as that is known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def same_value(one: Any, other: Any) -> bool:
    """Whether two YAML values are equal and of the same types all the way down."""
    if not (isinstance(one, Typed) and isinstance(other, Typed)):
        # A value that was not read from a header says nothing of how it is typed.
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
