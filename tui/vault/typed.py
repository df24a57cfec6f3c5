"""Values as they were typed, where YAML 1.1 reads something that nobody would write so."""

from __future__ import annotations

import re
from functools import lru_cache
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


@lru_cache(maxsize=4096)  # a few stand in thousands of headers
def typed_again(text: str) -> Any:
    """What ``text`` without quotes is in a header; raises HeaderError where it is no value."""
    found = as_link(text)
    if found is None:
        from tui.vault.header import read_fields  # noqa: PLC0415 - it imports this module

        return read_fields(f"typed: {text}\n")["typed"]
    return found


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
