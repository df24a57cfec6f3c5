"""The columns of a queue row: which ones fit, and the text of the date."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.vault.source import Source


_PLANS: tuple[dict[str, int], ...] = (
    {"platform": 10, "date": 10, "tier": 9, "category": 14, "insights": 3, "creator": 14},
    {"platform": 8, "date": 10, "category": 14, "insights": 2, "creator": 8},
    {"platform": 8, "date": 10, "category": 12, "insights": 2},
    {"date": 10, "category": 6, "insights": 2},
    {"date": 10, "insights": 2},
    {"date": 10},
)
"""The minimum cells of each column, from the widest row to the narrowest.

The tier's word is the first to go, since the line above has its glyph.
"""


@lru_cache(maxsize=64)
def plan_columns(room: int, known: Collection[str], category: int) -> dict[str, int]:
    """The columns that fit in `room` cells, in order, with their widths in cells.

    `known` are the columns the schema can fill; `category` is the length of its longest
    category.
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
    """The source's date as YYYY-MM-DD, or an empty text if it has no valid date."""
    from tui.search.dates import shown_day  # noqa: PLC0415 - after the first frame

    day = shown_day(source)
    return day.isoformat() if day else ""
