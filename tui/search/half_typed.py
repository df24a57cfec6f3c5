"""Completion of days and lengths of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from tui.days import MONTHS, NAMED, WEEKDAYS
from tui.search.ranges import TO, Kind, Measure

_MOST = 60
"""Maximum number of completions."""
_FIRST_YEAR = 1900
_YEAR_BEGUN = re.compile(r"\d{1,3}")
_IN_YEAR = re.compile(r"(\d{4}-)(\w{0,2})")
_IN_MONTH = re.compile(r"(\d{4}-\d\d-)\d?")
_COMPACT = re.compile(r"\d{5,7}")
_BEHIND_TO = re.compile(rf".*{re.escape(TO)}\s*")
_PLACES = ("last", "this", "next")


def begun(kind: Kind, typed: str, today: date) -> list[str]:
    """Completions of ``typed``, most likely first, without the text itself."""
    before = match[0] if (match := _BEHIND_TO.match(typed)) else ""
    words = typed[len(before) :]
    measure = Measure(kind, today)
    # A complete day is rarely continued with more words.
    is_one = words[-1:].strip() and measure.read(words)
    found = dict[str, None]()
    for text in _days(words, today) if kind == "date" else _lengths(words):
        rest = text[len(words) :]
        if not rest or not text.lower().startswith(words.lower()) or (is_one and rest[0] == " "):
            continue
        if measure.read(typed + rest):
            found[typed + rest] = None
        if len(found) == _MOST:
            break
    if typed.endswith(".") and measure.read(f"{typed}."):
        found[f"{typed}."] = None
    return list(found)


def _days(words: str, today: date) -> Iterator[str]:
    number = match[0] if (match := re.search(r"\d{1,3}(?!\d)", words)) else "7"
    return chain(
        _of_calendar(words, today) if len(words) > 1 else (),
        ("today", "yesterday", f"-{number}d", "last week", "this week", "last month"),
        (f"{today.year}",),
        (f"{place} {unit}" for unit in ("month", "quarter", "year") for place in _PLACES),
        ("next week", "last weekend", *(name for name in NAMED if name != "now")),
        WEEKDAYS,
        MONTHS,
        (f"{place} {day}" for place in _PLACES for day in WEEKDAYS),
        (f"{place} {month}" for place in _PLACES for month in MONTHS),
        (f"{sign}{number}{unit}" for sign in "-+" for unit in "dwmy"),
        (f"in {number} {unit}" for unit in ("days", "weeks", "months")),
        (f"{number} {unit} ago" for unit in ("days", "weeks", "months", "years")),
        (f"{place} {number} {unit}" for place in ("last", "next") for unit in ("days", "weeks")),
        (f"{number} {month}" for month in MONTHS),
        (f"week {number}", *(f"Q{quarter} {today.year}" for quarter in range(1, 5))),
        _of_calendar(words, today),
    )


def _of_calendar(words: str, today: date) -> Iterator[str]:
    """Years and their parts."""
    if _YEAR_BEGUN.fullmatch(words):
        yield from map(str, range(today.year, _FIRST_YEAR - 1, -1))
    elif match := _IN_YEAR.fullmatch(words):
        yield from (f"{match[1]}{month:02}" for month in range(12, 0, -1))
        yield from (f"{match[1]}Q{quarter}" for quarter in range(1, 5))
        yield from (f"{match[1]}W{week:02}" for week in range(1, 53))
    elif match := _IN_MONTH.fullmatch(words):
        yield from (f"{match[1]}{day:02}" for day in range(1, 32))
    elif _COMPACT.fullmatch(words):
        yield from (f"{words[:4]}{month:02}" for month in range(1, 13))
        yield from (f"{words[:6]}{day:02}" for day in range(1, 32))


def _lengths(words: str) -> Iterator[str]:
    if not words:
        yield from ("10m", "30m", "1h", "2h")
    if words in ("p", "P", "pt", "PT"):
        yield f"{words}T10M" if words in "pP" else f"{words}10M"
    yield from (f"{words}{unit}" for unit in ("MHS" if words[:1] in "pP" else "mhs"))
    if words.endswith(":"):
        yield f"{words}00"
