"""Days named by how far away they are: ``yesterday``, ``-3d``, ``+1w``, ``last friday``."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

EXAMPLES = "2026-03-01, today, yesterday, -3d, +1w, monday or last friday"
"""What may be typed for a day, for whoever asks."""

_NAMED = {"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1}
_OFFSET = re.compile(r"([+-])\s*(\d{1,4})\s*([dwmy])")
_AGO = re.compile(r"(\d{1,4})\s*(d|w|m|y)(?:ays?|eeks?|onths?|ears?)?\s+ago")
_WEEKDAY = re.compile(r"(?:(last|next)\s+)?([a-z]{2,9})")
_DAYS = tuple(name.lower() for name in calendar.day_name)


def relative_day(text: str, today: date) -> date | None:
    """The day that ``text`` means on that day; None when it names none in this way.

    A weekday is the latest one up to today; ``last`` leaves today out, ``next`` looks ahead.
    """
    words = " ".join(text.lower().split())
    if words in _NAMED:
        return _moved(today, _NAMED[words], "d")
    if match := _OFFSET.fullmatch(words):
        return _moved(today, int(match[1] + match[2]), match[3])
    if match := _AGO.fullmatch(words):
        return _moved(today, -int(match[1]), match[2])
    if match := _WEEKDAY.fullmatch(words):
        return _weekday(match[2], match[1], today)
    return None


def _weekday(name: str, which: str | None, today: date) -> date | None:
    meant = [number for number, day in enumerate(_DAYS) if day.startswith(name)]
    if len(meant) != 1:
        return None
    back = (today.weekday() - meant[0]) % 7
    if which == "next":
        return _moved(today, 7 - back, "d")
    return _moved(today, -(back or 7) if which == "last" else -back, "d")


def _moved(day: date, by: int, unit: str) -> date | None:
    """The day so many days, weeks, months or years away; a month's end stays inside the month."""
    try:
        if unit in "dw":
            return day + timedelta(days=by * (7 if unit == "w" else 1))
        months = day.year * 12 + day.month - 1 + by * (12 if unit == "y" else 1)
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last))
    except (ValueError, OverflowError):
        return None


def spoken_distance(day: date, today: date) -> str:
    """How far away a day is, in words."""
    days = (day - today).days
    if abs(days) <= 1:
        return ("yesterday", "today", "tomorrow")[days + 1]
    return f"in {days:,} days" if days > 0 else f"{-days:,} days ago"
