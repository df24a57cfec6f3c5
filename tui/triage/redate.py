"""Write a date or time in the same form as an existing one."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

_YEAR, _NAME = r"(?P<year>\d{4})", r"(?P<name>[A-Za-z]{3,9})"
_MONTH, _DAY = r"(?P<month>\d\d?)", r"(?P<day>\d\d?)"
_NTH = rf"{_DAY}(?P<nth>st|nd|rd|th)?"
_WEEKDAY = r"(?:(?P<weekday>[A-Za-z]{3,9}),? +)?"
_ZONE = r"(?: ?(?P<zone>Z|UTC|GMT|[+-]\d\d?(?::?\d\d)?))?"
_TIME = (
    r"(?:(?:T|,? +(?:at +)?)(?P<hour>\d\d?):(?P<minute>\d\d)"
    rf"(?::(?P<second>\d\d)(?:\.(?P<fraction>\d{{1,9}}))?)?(?: ?(?P<half>[ap]m))?{_ZONE})?"
)
_SHORT_TIME = rf"T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?{_ZONE}"
_FORMS = (
    rf"{_YEAR}(?P<sign>[-/.]){_MONTH}(?P=sign){_DAY}{_TIME}",
    rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d){_TIME}",
    rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d){_SHORT_TIME}",
    rf"{_DAY}(?P<sign>[-/.]){_MONTH}(?P=sign){_YEAR}{_TIME}",
    rf"{_MONTH}(?P<sign>[-/]){_DAY}(?P=sign){_YEAR}{_TIME}",
    rf"{_WEEKDAY}{_NAME}(?P<dot>\.?) +{_NTH},? +{_YEAR}{_TIME}",
    rf"{_WEEKDAY}{_NTH}(?:\.? +|-){_NAME}(?P<dot>\.?)(?:,? +|-){_YEAR}{_TIME}",
)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LONGEST = 60
"""Longest text that can be a day, in characters."""
_CENTURIES = ("19", "20")
"""How a day of digits only begins."""


def redated(old: str, when: date) -> str | None:
    """``when`` in the form of ``old``; None when ``old`` is not a day or is ambiguous.

    A date keeps the time of ``old``; a datetime is converted to the time zone of ``old``.
    """
    match = _form_of(old)
    if match is None:
        return None
    if isinstance(when, datetime):
        when = _in_zone(when, match)
    written = {**_written_day(match, when), **_written_time(match, when)}
    text, at = "", 0
    for name in sorted(written, key=match.start):
        text += old[at : match.start(name)] + written[name]
        at = match.end(name)
    return text + old[at:]


def day_of(text: str) -> date | None:
    """The unambiguous day in a text, with or without a time; None when there is none."""
    match = _form_of(text)
    return None if match is None else _day_in(match)


def moment_of(text: str) -> datetime | None:
    """The datetime of a day with a time; None without a time, or when it is not a day."""
    match = _form_of(text)
    if match is None or not _part(match, "hour"):
        return None
    hour, half = int(match["hour"]), _part(match, "half").lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    fraction = _part(match, "fraction")[:6].ljust(6, "0")
    numbers = hour, int(match["minute"]), int(match["second"] or 0), int(fraction)
    day = _day_in(match)
    try:
        return datetime(day.year, day.month, day.day, *numbers, _zone_of(match)) if day else None
    except ValueError:
        return None


def _form_of(text: str) -> re.Match[str] | None:
    """Parse the text; None unless it is one unambiguous day, which 03/04/2026 is not."""
    if len(text) > _LONGEST or not text.isascii():
        return None
    if text.isdigit() and text[:2] not in _CENTURIES:
        return None
    # Compiled on first use: most commands write no day.
    tried = (re.fullmatch(form, text, re.IGNORECASE) for form in _FORMS)
    found = [match for match in tried if match and _day_in(match)]
    return found[0] if len(found) == 1 else None


def _part(match: re.Match[str], name: str) -> str:
    """The text of a named group; empty when the form does not have it."""
    return match.groupdict().get(name) or ""


def _day_in(match: re.Match[str]) -> date | None:
    name = _part(match, "name").lower()
    months = [n for n in range(1, 13) if name in _names(n)] if name else [int(match["month"])]
    try:
        return date(int(match["year"]), months[0], int(match["day"])) if months else None
    except ValueError:
        return None


def _names(month: int) -> tuple[str, ...]:
    full = _MONTHS[month - 1].lower()
    return (full, full[:3], "sept") if month == 9 else (full, full[:3])


def _written_day(match: re.Match[str], when: date) -> dict[str, str]:
    day, month, name = match["day"], _part(match, "month"), _part(match, "name")
    # One single digit shows that there is no zero padding; with a month name, only a leading
    # zero shows that there is.
    fills = day[0] == "0" if name else "1" not in (str(len(day)), str(len(month)))
    size = 2 if fills else 1
    written = {"year": f"{when.year:04}", "day": f"{when.day:0{size}}"}
    if month:
        written["month"] = f"{when.month:0{size}}"
    if name:
        full = _MONTHS[when.month - 1]
        is_short = len(name) == 3 and (name.lower() != "may" or bool(_part(match, "dot")))
        is_short |= name.lower() == "sept"
        written["name"] = _cased(name, full[:3] if is_short else full)
        if weekday := _part(match, "weekday"):
            full = _WEEKDAYS[when.weekday()]
            written["weekday"] = _cased(weekday, full if len(weekday) > 4 else full[:3])
        if nth := _part(match, "nth"):
            teens = 10 < when.day < 14
            ending = {1: "st", 2: "nd", 3: "rd"}.get(0 if teens else when.day % 10, "th")
            written["nth"] = _cased(nth, ending)
    return written


def _written_time(match: re.Match[str], when: date) -> dict[str, str]:
    if not isinstance(when, datetime) or not _part(match, "hour"):
        return {}
    hour, half = when.hour, _part(match, "half")
    size = 2 if len(match["hour"]) == 2 and not (half and match["hour"][0] != "0") else 1
    written = {"minute": f"{when.minute:02}"}
    if half:
        hour = hour % 12 or 12
        written["half"] = _cased(half, "am" if when.hour < 12 else "pm")
    written["hour"] = f"{hour:0{size}}"
    if _part(match, "second"):
        written["second"] = f"{when.second:02}"
    if fraction := _part(match, "fraction"):
        written["fraction"] = f"{when.microsecond:06}000"[: len(fraction)]
    return written


def _cased(old: str, new: str) -> str:
    """The new word with the case of the old one."""
    if old.isupper():
        return new.upper()
    return new.lower() if old.islower() else new.title()


def _in_zone(when: datetime, match: re.Match[str]) -> datetime:
    """The datetime in the text's time zone; a naive one is in it already."""
    return when if when.tzinfo is None else when.astimezone(_zone_of(match))


def _zone_of(match: re.Match[str]) -> tzinfo | None:
    zone = _part(match, "zone")
    if not zone or zone.isalpha():
        return UTC if zone else None
    digits = zone[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    away = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-away if zone[0] == "-" else away)
