"""Days and spans of days, read from whatever a header or a query writes."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime
from typing import Any

from tui.vault.source import Source

DATE_FIELDS = ("date_published", "captured_date")
"""Where a source's own date is looked for, the better one first."""

Span = tuple[date, date]
"""The first and the last day meant: ``2026-01`` is all of January."""

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?=$|[T\s])")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?$")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})\b")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})\b")
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}


def read_span(value: Any) -> Span | None:
    """The days a value means, or None when it is not a date.

    Takes dates, date texts such as ``2026-01``, ``20260115`` or ``Feb 15, 2026``, and
    numbers written like them.
    """
    if isinstance(value, datetime):
        return value.date(), value.date()
    if isinstance(value, date):
        return value, value
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = str(value).strip()
    if match := _ISO.match(text) or _COMPACT.match(text):
        return _span(match[1], match[2], match[3])
    if match := _MONTH_FIRST.match(text):
        return _named(match[3], match[1], match[2])
    if match := _DAY_FIRST.match(text):
        return _named(match[3], match[2], match[1])
    return None


def day_of(source: Source) -> int:
    """The day a source's row shows, as a number that grows; 0 for a source that shows none."""
    for field in DATE_FIELDS:
        span = read_span(source.fields.get(field))
        if span is not None and span[0] == span[1]:
            return span[0].toordinal()
    return 0


def _named(year: str, month: str, day: str | None) -> Span | None:
    number = _MONTHS.get(month[:3].lower())
    return _span(year, str(number), day) if number else None


def _span(year: str, month: str | None, day: str | None) -> Span | None:
    """From the first to the last day of a year, a month or a day; None for the 30th of February."""
    try:
        if month is None:
            return date(int(year), 1, 1), date(int(year), 12, 31)
        if day is None:
            last = calendar.monthrange(int(year), int(month))[1]
            return date(int(year), int(month), 1), date(int(year), int(month), last)
        only = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return only, only


def compares(value: Span, operator: str, wanted: Span) -> bool:
    """Whether ``value`` lies as ``operator`` says; ``>`` a month means after its last day."""
    match operator:
        case ">":
            return value[0] > wanted[1]
        case ">=":
            return value[0] >= wanted[0]
        case "<":
            return value[1] < wanted[0]
        case "<=":
            return value[1] <= wanted[1]
    return wanted[0] <= value[0] and value[1] <= wanted[1]
