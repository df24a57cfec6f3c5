"""The day of a source."""

from __future__ import annotations

from datetime import date

from tui.days import written_day
from tui.vault.source import Source


def shown_day(source: Source) -> date | None:
    """The day in a source's row; None without one."""
    for field in source.rule.names.dates:
        day = written_day(source.fields.get(field))
        if day is not None:
            return day
    return None


def day_of(source: Source) -> int:
    """The same day as an increasing number; 0 without one."""
    day = shown_day(source)
    return day.toordinal() if day else 0
