"""Days: parse dates as written in headers and as typed by people."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache, lru_cache, partial

from tui.links import name_of

Span = tuple[date, date]
"""The first and last day: ``2026-01`` is all of January."""

EXAMPLES = "2026-03-01, 4 March 2026, today, -3d, in 3 days, monday or last friday"
"""Examples of days to type, for sentences."""
WEEKDAYS = tuple(name.lower() for name in calendar.day_name)
MONTHS = tuple(name.lower() for name in calendar.month_name[1:])
NAMED = {
    "today": 0, "yesterday": -1, "tomorrow": 1, "now": 0,
    "day before yesterday": -2, "day after tomorrow": 2,
}  # fmt: skip
"""Named days with their distance in days."""
_LONGEST = 60
"""Longest text that can name days, in characters."""
_NEAR = 300
"""Days up to which a day to come is clear without its year."""
_YEARS_BACK = 8
"""Number of years that always include a 29 February."""

# Patterns for normalized text: lower case, single spaces, no commas, no full stops after letters.
_TIME = (
    r"(?:t| (?:at )?)(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-6]\d(?:\.\d+)?)?(?: ?[ap]m)?"
    r"(?: ?(?:z|utc|gmt|[+-]\d{1,2}(?::?\d{2})?))?$"
)
"""A time of day with its zone."""
_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_MONTH = r"(?P<month>[a-z]{3,9})"
_WEEKDAY = r"(?:(?P<weekday>[a-z]{3,9}) )?"
_COUNTS = ("a|an|one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {word: number for number, words in enumerate(_COUNTS, 1) for word in words.split("|")}
_COUNT = rf"(?P<count>\d{{1,4}}|{'|'.join(_NUMBERS)})"
_UNIT = r"(?P<unit>d|w|m|y|days?|weeks?|months?|years?)"
_OFFSET = rf"(?P<sign>[+-]) ?(?P<count>\d{{1,4}}) ?{_UNIT}"
_DISTANT = rf"(?P<ahead>in )?{_COUNT} ?{_UNIT}(?(ahead)|(?: (?P<ago>ago)| from (?:now|today)))"
_SEVERAL = rf"(?:the )?(?P<which>last|past|next) (?:{_COUNT} )?{_UNIT}"
_PERIOD = r"(?P<which>last|this|next) (?P<unit>week|weekend|month|quarter|year)"
_ONE_OF = r"(?:(?P<which>last|this|next) )?(?P<name>[a-z]{2,9}|q[1-4])"
_PLACES = {"last": -1, "this": 0, "next": 1}


def written_days(value: object) -> Span | None:
    """The days of a header's value, or None when it is not a date.

    Accepts dates, and texts and numbers that do not depend on today, such as ``2026-01``,
    ``20260115``, ``2026-W05`` or ``Feb 15, 2026``. A time counts for its written day, whatever
    its zone.
    """
    if isinstance(value, datetime):
        return value.date(), value.date()
    if isinstance(value, date):
        return value, value
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return _kept(value)


def written_day(value: object) -> date | None:
    """The single day of a header's value; None when it is not a date or several days."""
    return _only(written_days(value))


@lru_cache(maxsize=1_000)  # a query is read at every letter
def said_days(text: str, today: date) -> Span | None:
    """The days of a typed text, relative to ``today``; None when it names none.

    Forms for headers mean the same here. Without a year, a month, quarter, week or day of a
    month is the latest one that has begun, and a weekday the latest one up to today.
    """
    words = _plain(text)
    return _calendar(words, today) or _said(words, today)


def said_day(text: str, today: date) -> date | None:
    """The single day of a typed text; None when it names none or several.

    Here ``last week`` is the day a week ago.
    """
    match = re.fullmatch(_PERIOD, _plain(text))
    if match and match["which"] != "this" and match["unit"] != "weekend":
        return _moved(today, _PLACES[match["which"]], match["unit"])
    return _only(said_days(text, today))


def coming_day(text: str, today: date) -> date | None:
    """The day that a typed text names when something is put off; None when it names none.

    Weekdays, and days and months without a year, are the next ones after ``today``: ``monday``,
    ``3 dec``. A length of time is counted from today: ``2 weeks``. Of several days it is the
    first. The day may be past where the text says so: ``yesterday``.
    """
    words = _plain(text)
    match = re.fullmatch(_PERIOD, words)
    if match and match["which"] == "next" and match["unit"] != "weekend":
        return _moved(today, 1, match["unit"])
    if match := re.fullmatch(rf"{_COUNT} ?{_UNIT}", words):
        return _moved(today, _number_of(match["count"]), match["unit"])
    if words == "weekend":
        saturday = today + timedelta(days=5 - today.weekday())
        return saturday if saturday > today else saturday + timedelta(days=7)
    span = _calendar(words, today, "next")
    if span is None and (match := re.fullmatch(_ONE_OF, words)):
        span = _one_of(match["name"], match["which"] or "next", today)
    if span is None and not re.fullmatch(_SEVERAL, words):
        span = _said(words, today)
    return span and span[0]


def written_time(value: object) -> datetime | None:
    """The local time of a header's value with a time of day; None for any other value."""
    try:
        if isinstance(value, str) and ":" in value and len(value) <= _LONGEST:
            value = datetime.fromisoformat(value.strip())
        if not isinstance(value, datetime):
            return None
        return value.astimezone().replace(tzinfo=None) if value.tzinfo else value
    except (ValueError, OverflowError):
        return None


def brief_age(value: object, now: datetime) -> str:
    """The age of a header's date in four cells or fewer: ``5h 2d 7w 3mo 2y``; empty without one.

    A date to come begins with a plus.
    """
    day = written_day(value)
    if day is None:
        return ""
    time = written_time(value)
    hours = (now - time) // timedelta(hours=1) if time is not None else -1
    if 0 <= hours < 24:
        return f"{hours}h"
    today = now.date()
    if day > today:
        return _brief(today, day, farthest=99, sign="+")
    return _brief(day, today, farthest=999)


def _brief(first: date, last: date, farthest: int, sign: str = "") -> str:
    """The time between two days, in years up to ``farthest``."""
    days = (last - first).days
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    if days < 14:
        return f"{sign}{days}d"
    if days < 63:
        return f"{sign}{days // 7}w"
    # The months of a second year fit only without a sign.
    if months < (10 if sign else 24):
        return f"{sign}{months}mo"
    return f"{sign}{min(max(months // 12, 1), farthest)}y"


def spoken_distance(day: date, today: date) -> str:
    """The distance of a day in words."""
    days = (day - today).days
    if abs(days) <= 1:
        return ("yesterday", "today", "tomorrow")[days + 1]
    return f"in {days:,} days" if days > 0 else f"{-days:,} days ago"


def spoken_day(day: date, today: date | None = None) -> str:
    """A day to come, briefly: ``Fri 4 Dec``, with its year if it is not near ``today``."""
    near = today is not None and (day.year == today.year or 0 <= (day - today).days < _NEAR)
    return f"{day:%a} {day.day} {day:%b}" + ("" if near else f" {day.year}")


def _only(span: Span | None) -> date | None:
    return span[0] if span is not None and span[0] == span[1] else None


@lru_cache(maxsize=20_000)  # many headers have the same day
def _kept(value: str | int) -> Span | None:
    return _calendar(_plain(name_of(str(value))), None)


def _plain(text: str) -> str:
    """The text normalized for the patterns; empty when it is too long."""
    if len(text) > _LONGEST:
        return ""
    return re.sub(r"(?<=[a-z])\.", "", " ".join(text.lower().replace(",", " ").split()))


# Days of a calendar

Build = Callable[[int], Span | None]
"""Builds the days for a year; raises ValueError when they do not exist."""


def _calendar(words: str, today: date | None, which: str = "") -> Span | None:
    """The calendar days that ``words`` name; without ``today`` they must include the year.

    ``which`` is the one meant of those without a year, see ``_nearest``.
    """
    for form, build in _forms():
        if match := form.fullmatch(words):
            of_year = partial(build, match)
            year = match["year"]
            if year is None:
                return _nearest(of_year, which, today) if today else None
            try:
                return of_year(int(year))
            except ValueError:
                return None
    if time := re.search(_TIME, words):
        span = _calendar(words[: time.start()], today, which)
        return span if _only(span) else None
    return None


def _nearest(of_year: Build, which: str, today: date) -> Span | None:
    """The right year for something yearly: the latest that has begun, this year's, or another."""
    years = range(today.year, today.year - _YEARS_BACK - 1, -1)
    if which == "this":
        years = range(today.year, today.year + 1)
    elif which == "next":
        years = range(today.year, today.year + _YEARS_BACK + 1)
    for year in years:
        try:
            span = of_year(year)
        except ValueError:
            continue
        if span is None:
            return None
        if which == "this" or (which == "next" and span[0] > today):
            return span
        if span[0] <= today and (which == "" or (which == "last" and span[1] < today)):
            return span
    return None


def _of_numbers(match: re.Match[str], year: int) -> Span | None:
    month, day = match["month"], match["day"]
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    return _of_month(year, int(month), day)


def _of_names(match: re.Match[str], year: int) -> Span | None:
    month, weekday = _number(match["month"], MONTHS, 3), match["weekday"]
    if not month:
        return None
    span = _of_month(year, month, match["day"])
    # A date with the wrong weekday is invalid.
    if weekday and _number(weekday, WEEKDAYS, 3) != (_only(span) or date.min).isoweekday():
        raise ValueError
    return span if not weekday or _only(span) else None


def _of_month(year: int, month: int, day: str | None) -> Span:
    if day is None:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    only = date(year, month, int(day))
    return only, only


def _of_week(match: re.Match[str], year: int) -> Span:
    week, day = int(match["week"]), int(match["day"] or 0)
    return date.fromisocalendar(year, week, day or 1), date.fromisocalendar(year, week, day or 7)


def _of_quarter(match: re.Match[str], year: int) -> Span:
    month = int(match["quarter"]) * 3
    return date(year, month - 2, 1), _of_month(year, month, None)[1]


_FORMS = (
    (rf"{_YEAR}(?:(?P<sign>[-/.])(?P<month>\d\d?)(?:(?P=sign)(?P<day>\d\d?))?)?", _of_numbers),
    (rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)?", _of_numbers),
    (rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.{_YEAR}", _of_numbers),
    (rf"{_YEAR}-?w(?P<week>\d\d?)(?:-?(?P<day>[1-7]))?", _of_week),
    (rf"(?P<day>)?w(?:eek )?(?P<week>\d\d?)(?: (?:of )?{_YEAR})?", _of_week),
    (rf"{_YEAR}[- ]?q(?P<quarter>[1-4])", _of_quarter),
    (rf"q(?P<quarter>[1-4])(?:[- ]{_YEAR})?", _of_quarter),
    (rf"{_WEEKDAY}(?:{_DAY}[ -](?:of )?)?{_MONTH}(?:[ -]{_YEAR})?", _of_names),
    (rf"{_WEEKDAY}{_MONTH} {_DAY}(?: {_YEAR})?", _of_names),
)


@cache
def _forms() -> list[tuple[re.Pattern[str], Callable[[re.Match[str], int], Span | None]]]:
    """The patterns, compiled on first use: not every command reads days."""
    return [(re.compile(form), build) for form, build in _FORMS]


# Days by how far away they are


def _said(words: str, today: date) -> Span | None:
    if match := re.fullmatch(_OFFSET, words):
        return _both(_moved(today, int(match["sign"] + match["count"]), match["unit"]))
    if match := re.fullmatch(_DISTANT, words):
        by = _counted(match)
        return _both(_moved(today, -by if match["ago"] else by, match["unit"]))
    if (days := NAMED.get(words.removeprefix("the "))) is not None:
        return _both(_moved(today, days, "d"))
    if (match := re.fullmatch(_SEVERAL, words)) and (match["count"] or match["which"] == "past"):
        return _several(match["which"], _counted(match), match["unit"], today)
    if match := re.fullmatch(_PERIOD, words):
        return _period(match["unit"], _PLACES[match["which"]], today)
    if match := re.fullmatch(_ONE_OF, words):
        return _one_of(match["name"], match["which"] or "", today)
    return None


def _counted(match: re.Match[str]) -> int:
    return _number_of(match["count"] or "one")


def _number_of(count: str) -> int:
    return _NUMBERS.get(count) or int(count)


def _both(day: date | None) -> Span | None:
    return None if day is None else (day, day)


def _several(which: str, count: int, unit: str, today: date) -> Span | None:
    """A number of days, weeks and so on up to today, or from tomorrow."""
    begin = _moved(today, count if which == "next" else -count, unit)
    if begin is None or not count:
        return None
    next_day = timedelta(days=1)
    return (today + next_day, begin) if which == "next" else (begin + next_day, today)


def _period(unit: str, place: int, today: date) -> Span | None:
    """This, last or next week, month and so on; weeks start on Monday."""
    try:
        if unit in ("week", "weekend"):
            monday = today + timedelta(days=7 * place - today.weekday())
            sunday = monday + timedelta(days=6)
            return (sunday - timedelta(days=1) if unit == "weekend" else monday), sunday
        length = _MONTHS_OF[unit]
        year, month = divmod((today.year * 12 + today.month - 1) // length * length, 12)
        year, month = divmod(year * 12 + month + place * length, 12)
        end = year * 12 + month + length - 1
        return date(year, month + 1, 1), _of_month(end // 12, end % 12 + 1, None)[1]
    except (ValueError, OverflowError):
        return None


_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}


def _one_of(name: str, which: str, today: date) -> Span | None:
    """A weekday, month or quarter by name only."""
    if weekday := _number(name, WEEKDAYS, 2):
        back = (today.weekday() - weekday + 1) % 7
        if which == "this":
            return _both(_moved(today, weekday - 1 - today.weekday(), "d"))
        if which == "next":
            return _both(_moved(today, 7 - back, "d"))
        return _both(_moved(today, -(back or 7) if which == "last" else -back, "d"))
    for form, build in _forms():
        if (match := form.fullmatch(name)) and match["year"] is None:
            return _nearest(partial(build, match), which, today)
    return None


def _number(name: str, names: tuple[str, ...], least: int) -> int:
    """The number, from 1, of the only name with this prefix; 0 when there is none."""
    found = [number for number, one in enumerate(names, 1) if one.startswith(name)]
    return found[0] if len(found) == 1 and len(name) >= least else 0


def _moved(day: date, by: int, unit: str) -> date | None:
    """The day at a distance in days, weeks, months or years; it stays inside the target month."""
    try:
        if unit[0] in "dw":
            return day + timedelta(days=by * (7 if unit[0] == "w" else 1))
        months = by * (_MONTHS_OF.get(unit) or (12 if unit[0] == "y" else 1))
        year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last))
    except (ValueError, OverflowError):
        return None
