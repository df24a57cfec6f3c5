"""Numbers: parse values and typed text as a person would."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[-+]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
DIGITS = "1234567890"
"""The digits in the order of their keys: the tenth is 0."""
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.(?:0|[0-9]*[1-9]))?")
_LONGEST = 300
"""Longest text that can be a number, in characters."""


def written_number(value: object) -> float | None:
    """The number of a header's value or a text; None for anything else, also for yes and no.

    It is read as a person would: ``010`` is ten, and ``12:30`` is not a number.
    """
    if isinstance(value, str):
        text = value.strip()
        is_number = len(text) <= _LONGEST and _NUMBER.fullmatch(text)
        return float(text.replace("_", "")) if is_number else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        # NaN cannot be ordered.
        return value if value == value else None  # noqa: PLR0124
    return None


def is_odd(text: str) -> bool:
    """Whether a number is in an unusual form, such as ``007`` or ``3.10``."""
    return _PLAIN.fullmatch(text.strip()) is None
