"""A date field without a date; a day in another form can be corrected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from tui.checks.finding import Finding, Fix, SourceCheck
from tui.days import written_day, written_days
from tui.links import is_link
from tui.triage.schema import Schema
from tui.vault.header.typed import meaning
from tui.vault.source import Source

NAME = "not_a_date"
_LIKELY = range(1900, 2100)
"""The years accepted in a date of eight digits."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[T ])")


def not_a_date(schema: Schema) -> SourceCheck:
    """Make the check for date fields."""
    dates = [field.name for field in schema.fields.values() if field.kind == "date"]

    def check(source: Source) -> Iterator[Finding]:
        for name in dates:
            value = source.value(name)
            if value is None or value == "" or _is_date(value):
                continue
            shown = repr(source.text(name)) if not isinstance(value, list | dict) else "a list"
            sentence = f"{name} is {shown}, not a date; write one such as 2026-01-31"
            yield Finding(source.name, NAME, sentence, fix=_fix(name, value))

    return check


def _fix(name: str, value: Any) -> Fix | None:
    """The day, if the value is an unambiguous form of one."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    # A day would lose the time.
    day = written_day(value) if ":" not in str(value) else None
    if day is None or day.year not in _LIKELY:
        return None
    return Fix(name, day, f"wrote {name} as {day.isoformat()}")


def _is_date(value: Any) -> bool:
    """Whether YAML or a person reads the value as a day; text such as "2026-01-31" is fine.

    So is a link to a note about a day, a month or the like.
    """
    if isinstance(meaning(value), date):
        return True
    if is_link(value):
        return written_days(value) is not None
    day = _DAY.match(value) if isinstance(value, str) else None
    if day is None:
        return False
    try:
        date.fromisoformat(day[0])
    except ValueError:
        return False
    return True
