"""Ranges of days, lengths of time or numbers in filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple, get_args

from rapidfuzz.distance import OSA

from tui.days import MONTHS, NAMED, WEEKDAYS, said_days, written_days
from tui.display import short
from tui.lengths import said_length, written_length
from tui.numbers import written_number

Kind = Literal["date", "duration", "number"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Range = tuple[Any, Any]
"""First and last day, second or number."""
CHANGED = "changed"
"""The filter for the undo journal, unless the schema has a field of that name."""
TO = ".."
"""Separates first and last."""
_OPEN: dict[Kind, Range] = {
    "date": (date.min, date.max),
    "duration": (0, float("inf")),
    "number": (float("-inf"), float("inf")),
}
_WHAT = {"date": "date", "duration": "length of time", "number": "number"}
_SOME = {"date": ("2026-01", "-7d"), "duration": ("10m", "1h"), "number": ("4", "3.5")}
_MORE = {
    "date": ("today", "last week", "2026-01..2026-03"),
    "duration": ("44m", "10m..1h"),
    "number": ("4", "3..5"),
}


def kind_of(field: str, kinds: Mapping[str, str]) -> Kind | None:
    """How to measure a field's values; None for text."""
    found = kinds.get(field, "date" if field == CHANGED else "")
    return next((kind for kind in KINDS if kind == found), None)


class Measure(NamedTuple):
    """The measure of a filter, relative to a day."""

    kind: Kind
    today: date

    def read(self, text: str, operator: str = "") -> Range | None:
        """Parse a range; None when the value is not one.

        A range can be open at one end: ``2026-01..``.
        """
        first, to, last = (part.strip() for part in text.partition(TO))
        if not to:
            return self._one(text, exact=bool(operator))
        if operator or not (first or last):
            return None
        begin = self._one(first, exact=True) if first else _OPEN[self.kind]
        end = self._one(last, exact=True) if last else _OPEN[self.kind]
        return (begin[0], end[1]) if begin and end and begin[0] <= end[1] else None

    def _one(self, text: str, *, exact: bool) -> Range | None:
        if self.kind == "date":
            return said_days(text, self.today)
        if self.kind == "number":
            return _number(text)
        length = said_length(text)
        # 44m 31s matches both 44m and more than 44m.
        return length and (length.seconds, length.seconds + (0 if exact else length.unit - 1))

    def refusal(self, name: str, operator: str, text: str = "") -> str:
        """Why a filter is invalid, in a sentence that says what would be valid."""
        some = [f"{name}:{operator}{one}" for one in _SOME[self.kind]]
        what = _WHAT[self.kind]
        if self.kind == "duration" and text.strip().isdigit():
            begun = f"{name}:{operator}{short(text.strip())}"
            return f"“{short(text)}” has no unit; write {begun}m or {begun}h."
        if operator:
            fault = f"; “{short(text)}” is not one" if text else ""
            return f'"{name}:{operator}" needs one {what}, such as {" or ".join(some)}{fault}.'
        first, to, last = text.partition(TO)
        if to and self._one(first, exact=True) and self._one(last, exact=True):
            return f"“{short(text)}” is in reverse order; write {short(last)}{TO}{short(first)}."
        if near := self._near(text):
            return f"“{short(text)}” is not a {what}; did you mean {near}?"
        more = ", ".join(f"{name}:{one}" for one in _MORE[self.kind])
        return f"“{short(text)}” is not a {what}; write {more} or {name}:>{_SOME[self.kind][1]}."

    def _near(self, text: str) -> str:
        """The word for a day that is nearly spelt like this."""
        if self.kind != "date" or len(text) < _SHORTEST:
            return ""
        words = (*NAMED, *WEEKDAYS, *MONTHS)
        distance, near = min((OSA.distance(text.lower(), word), word) for word in words)
        return near if distance * _TO_A_TYPO <= len(text) else ""


_SHORTEST, _TO_A_TYPO = 4, 3
"""Shortest word to correct, and letters per allowed typo."""


def _seconds(value: Any) -> Range | None:
    length = written_length(value)
    return length and (length.seconds, length.seconds)


def _number(value: Any) -> Range | None:
    number = written_number(value)
    return None if number is None else (number, number)


READERS: dict[Kind, Callable[[Any], Range | None]] = {
    "date": written_days,
    "duration": _seconds,
    "number": _number,
}
"""Read a header's value as a range; None when it is not one."""


def lies(operator: str, ranges: Sequence[Range]) -> Callable[[Range], bool]:
    """A test whether a range is inside one of ``ranges``, or compares to the only one.

    ``>`` with a month means after its last day.
    """
    first, last = ranges[0]
    match operator:
        case ">":
            return lambda held: bool(held[0] > last)
        case ">=":
            return lambda held: bool(held[0] >= first)
        case "<":
            return lambda held: bool(held[1] < first)
        case "<=":
            return lambda held: bool(held[1] <= last)
    if len(ranges) == 1:
        return lambda held: bool(first <= held[0] and held[1] <= last)
    return lambda held: any(low <= held[0] and held[1] <= high for low, high in ranges)
