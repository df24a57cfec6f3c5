"""The day that a source is known by."""

from __future__ import annotations

from datetime import date

from tui.days import written_day
from tui.vault.source import Source

DATE_FIELDS = ("date_published", "captured_date")
"""Where a source's own date is looked for, the better one first."""


def shown_day(source: Source) -> date | None:
    """The day a source's row shows; None for a source that shows none."""
    for field in DATE_FIELDS:
        day = written_day(source.fields.get(field))
        if day is not None:
            return day
    return None


def day_of(source: Source) -> int:
    """The same day as a number that grows; 0 for a source that shows none."""
    day = shown_day(source)
    return day.toordinal() if day else 0
