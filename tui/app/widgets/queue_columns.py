"""The columns of a queue row: which of them fit, and the date one of them shows."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.vault.source import Source


_ISO_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_WORDED_DATES = ("%b %d, %Y", "%B %d, %Y")
_PLANS: tuple[dict[str, int], ...] = (
    {"platform": 10, "date": 10, "tier": 9, "category": 14, "insights": 3, "creator": 14},
    {"platform": 8, "date": 10, "category": 14, "insights": 2, "creator": 8},
    {"platform": 8, "date": 10, "category": 12, "insights": 2},
    {"date": 10, "category": 6, "insights": 2},
    {"date": 10, "insights": 2},
    {"date": 10},
)
"""The least cells each column needs, from the widest row to the narrowest.

The tier's word goes first, since its glyph stands in the line above.
"""


@lru_cache(maxsize=64)
def plan_columns(room: int, known: Collection[str], category: int) -> dict[str, int]:
    """The columns that fit in `room` cells and the cells each may fill, in their order.

    `known` are the columns the schema can fill, `category` its longest known category.
    """
    gap = gap_of(room)
    for plan in _PLANS:
        columns = {name: least for name, least in plan.items() if name in known}
        left = room - sum(columns.values()) - gap * (len(columns) - 1)
        if left >= 0:
            break
    else:
        return {name: min(room, least) for name, least in columns.items()}
    for name, most in (("creator", 14), ("category", category), ("creator", room)):
        if name in columns:
            grown = min(left, max(0, most - columns[name]))
            columns[name] += grown
            left -= grown
    return columns


def gap_of(room: int) -> int:
    """The cells between two columns."""
    return 1 if room < 30 else 2


def readable_date(source: Source) -> str:
    """The source's date as YYYY-MM-DD, or nothing when none of its dates can be read."""
    from tui.search.dates import DATE_FIELDS  # noqa: PLC0415 - after the first frame

    return next(filter(None, (_as_date(source.fields.get(name)) for name in DATE_FIELDS)), "")


def _as_date(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = str(value)[:40].strip()
    if found := _ISO_DATE.match(text):
        try:
            return date(*map(int, found.groups())).isoformat()
        except ValueError:
            return ""
    for form in _WORDED_DATES:
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return ""
