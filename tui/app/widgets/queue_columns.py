"""The columns of a queue row: which ones fit, and the texts of dates and durations."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.vault.source import Source

INDENT, RATED = 4, 2
"""The cells before the title: cursor bar, mark, status, gap; and those of tier and gap between."""
NEWS = 3
"""The cells for a suggestion and the number of insights."""
MARGIN = 1
"""The cells left free at the right."""
SMALL = 80
"""Cells of a screen from which a category of ``USUAL`` cells fits whole, whatever the schema."""
USUAL, WIDEST = 20, 26
"""Cells of a category: those that are always kept for it, and the most it gets."""
_UNKNOWN = 12
"""Cells of a category on a small screen if the schema names none."""
_FIXED = {"age": 4, "duration": 4, "platform": 3}
WAITS = len("waits 999 days")
"""Cells for how long a source has been waiting, in place of its age."""
UNTIL = "age", "duration", "platform", "creator"
"""The columns that a snoozed source needs to say until when."""
_CREATOR, _BROAD = 6, 16
"""Cells of a creator: the fewest, and those it gets beside a title."""
_TITLE, _ROOMY = 24, 60
"""Cells of a title on one line with columns: the fewest, and those from which a creator grows."""


class Columns(dict[str, int]):
    """The widths of the columns by their names, from left to right, with a gap between two."""

    @property
    def cells(self) -> int:
        """The cells they take."""
        return sum(self.values()) + max(0, len(self) - 1)

    def with_until(self, room: int) -> Columns:
        """Those of a snoozed source: until when, in place of what is less important."""
        columns = Columns({name: width for name, width in self.items() if name not in UNTIL})
        news = columns.pop("news", 0)
        left = room - columns.cells - (news + 1 if news else 0) - 1
        if left > 0:
            columns["until"] = left
        if news:
            columns["news"] = news
        return columns


def category_cells(longest: int, screen: int) -> int:
    """The cells of a category; ``longest`` is the schema's longest, 0 when it names none."""
    least = USUAL if screen >= SMALL else longest or _UNKNOWN
    return min(WIDEST, max(least, longest))


@lru_cache(maxsize=64)
def columns_below(
    room: int, known: Collection[str], category: int, *, waits: bool = False
) -> Columns:
    """The columns on a line of so many cells of their own, below the title.

    ``known`` are the columns the schema can fill. ``waits`` puts how long a source has been waiting
    in place of its age, in words where there is room. The creator goes first when there is no room,
    then platform, duration and age; the category never.
    """
    columns = _in_order(known, min(category, room), 0)
    if waits and sum((columns.get("category", -1) + 1, WAITS)) <= room:
        columns["age"] = WAITS
    _drop(columns, room)
    if "creator" in known and (left := room - columns.cells - 1) >= _CREATOR:
        columns["creator"] = left
    return columns


@lru_cache(maxsize=64)
def columns_beside(
    room: int,
    known: Collection[str],
    category: int,
    with_creator: bool,
    *,
    waits: bool = False,
) -> Columns:
    """The title and the columns on one line; what is suggested comes at the end."""
    title = min(_TITLE, room)
    columns = Columns(title=title)
    columns.update(_in_order(known, category, _BROAD if with_creator else 0))
    columns["news"] = NEWS
    if waits:
        columns["age"] = WAITS
    _drop(columns, room)
    if (over := columns.cells - room) > 0 and columns.pop("category", 0) > over:
        columns["category"] = category - over
    left = max(0, room - columns.cells)
    if "creator" in columns:
        grown = min(_BROAD // 2, max(0, left - (_ROOMY - title)))
        columns["creator"] += grown
        left -= grown
    columns["title"] += left
    return columns


def _in_order(known: Collection[str], category: int, creator: int) -> Columns:
    columns = Columns(category=category) if "category" in known else Columns()
    columns.update({name: width for name, width in _FIXED.items() if name in known})
    if creator and "creator" in known:
        columns["creator"] = creator
    return columns


def _drop(columns: Columns, room: int) -> None:
    for name in ("creator", "platform", "duration", "age", "news"):
        if columns.cells > room:
            columns.pop(name, None)


def age_of(source: Source, days: tuple[str, ...], now: datetime) -> str:
    """The age of the first of these dates that the source has, or an empty text."""
    from tui.days import brief_age  # noqa: PLC0415 - after the first frame

    ages = (brief_age(source.fields.get(name), now) for name in days)
    return next(filter(None, ages), "")


def longest_until(day: date, today: date, room: int) -> str:
    """Until when a source is snoozed, in so many cells."""
    from tui.days import spoken_day  # noqa: PLC0415 - as above

    said = spoken_day(day, today)
    short = said.partition(" ")[2]
    forms = (f"snoozed until {said}", f"until {said}", f"until {short}")
    return next((form for form in forms if len(form) <= room), short)


def waits_for(since: date, today: date, room: int) -> str:
    """How long a source has been waiting, in so many cells."""
    from tui.days import brief_age  # noqa: PLC0415 - as above

    days = max(0, (today - since).days)
    words = f"{days:,} day" if days == 1 else f"{days:,} days"
    forms = (f"waits {words}", words)
    brief = brief_age(min(since, today), datetime.combine(today, time()))
    return next((form for form in forms if len(form) <= room), brief)


def duration_of(source: Source, field: str) -> str:
    """The duration of a source, or an empty text if it has no valid one."""
    from tui.lengths import brief_length  # noqa: PLC0415 - as above

    return brief_length(source.fields.get(field))
