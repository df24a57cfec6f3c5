"""Numbers: which number a value or a typed text means to a person."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[-+]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.(?:0|[0-9]*[1-9]))?")
_LONGEST = 300
"""Digits of the longest text that is still a number."""


def written_number(value: object) -> float | None:
    """The number that a header's value or a text means; None for others, and for yes and no.

    It is read as a person does: ``010`` is ten, and ``12:30`` is none.
    """
    if isinstance(value, str):
        text = value.strip()
        is_number = len(text) <= _LONGEST and _NUMBER.fullmatch(text)
        return float(text.replace("_", "")) if is_number else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        # What is no number at all lies nowhere among them.
        return value if value == value else None  # noqa: PLR0124
    return None


def is_odd(text: str) -> bool:
    """Whether a number is typed as no program writes it, such as ``007`` or ``3.10``."""
    return _PLAIN.fullmatch(text.strip()) is None
