"""Lengths of time: parse them as written in headers and as typed by people."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

EXAMPLES = "44m, 1h 5m, 90 min or 1:02:33"
"""Examples of lengths to type, for sentences."""
_UNITS = {
    word: seconds
    for words, seconds in (
        ("w wk wks week weeks", 604_800),
        ("d day days", 86_400),
        ("h hr hrs hour hours", 3_600),
        ("m min mins minute minutes", 60),
        ("s sec secs second seconds", 1),
    )
    for word in words.split()
}
_BELOW = {3_600: 60, 60: 1}
"""The unit, in seconds, of a number without one after such a unit."""
_LONGEST = 60
"""Longest text that can be a length, in characters."""

_AROUND = re.compile(r"^(?:about |ca\.? |~ ?)|(?: read| long)$")
_CLOCK = re.compile(r"(?:(\d{1,5}):)?(\d{1,5}):([0-5]?\d)(?:\.\d+)?")
_ISO = re.compile(r"p(?=.)((?:[\d.]+[wd])*)(?:t((?:[\d.]+[hms])+))?")
_PART = re.compile(r"(\d{1,6}(?:[.,]\d{1,6})?)[ -]?([a-z]*)\.?,? ?(?:and )?")
_JOINED = re.compile(r"[a-z]\d{1,2}$")
_DIGITS = re.compile(r"(\d{1,9})(?:\.\d*)?")


class Length(NamedTuple):
    """A length of time."""

    seconds: int
    unit: int = 1
    """The precision in seconds: 60 for ``44m``."""


def written_length(value: object) -> Length | None:
    """The length of a header's value, or None when it is not a length.

    A plain number is seconds: video downloaders write it that way, and YAML reads ``12:30`` and
    ``1:02:33`` that way.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return _kept(value if isinstance(value, str) else str(value))


def said_length(text: str) -> Length | None:
    """The length of a typed text; None when it is not a length, or a number without a unit."""
    words = " ".join(text.lower().split())
    if not words or len(words) > _LONGEST:
        return None
    if match := _CLOCK.fullmatch(words):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return Length(hours * 3_600 + minutes * 60 + seconds)
    if match := _ISO.fullmatch(words):
        words = f"{match[1]}{match[2] or ''}"
    return _summed(_AROUND.sub("", words))


def brief_length(value: object) -> str:
    """The length of a header's value in four cells or fewer: ``45s 24m 1h08 12h``.

    Empty when it is not a length, or none at all.
    """
    length = written_length(value)
    seconds = length.seconds if length else 0
    minutes, hours = round(seconds / 60), round(seconds / 3_600)
    if seconds < 60:
        return f"{seconds}s" if seconds > 0 else ""
    if minutes < 60:
        return f"{minutes}m"
    if minutes < 600:
        return f"{minutes // 60}h{minutes % 60:02}"
    return f"{hours}h" if hours < 1_000 else f"{min(hours // 24, 999)}d"


@lru_cache(maxsize=20_000)  # filters and sorting ask repeatedly
def _kept(text: str) -> Length | None:
    if match := _DIGITS.fullmatch(text.strip()):
        return Length(int(match[1]))
    return said_length(text)


def _summed(words: str) -> Length | None:
    """The sum of the parts, largest unit first; the last needs no unit: ``1h05``."""
    parts: list[tuple[float, int]] = []
    end = 0
    while end < len(words):
        match = _PART.match(words, end)
        if match is None:
            return None
        end = match.end()
        unit = _UNITS.get(match[2], 0)
        if not match[2] and parts and end == len(words) and _JOINED.search(words):
            unit = _BELOW.get(parts[-1][1], 0)
        if not unit:
            return None
        parts.append((float(match[1].replace(",", ".")), unit))
    if not parts or any(one[1] <= next[1] for one, next in pairwise(parts)):
        return None
    number, unit = parts[-1]
    exactly = unit if number.is_integer() else max(unit // 60, 1)
    return Length(round(sum(number * unit for number, unit in parts)), exactly)
