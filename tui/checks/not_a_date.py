"""A date field that holds something else; a day in another form is written as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from tui.checks.finding import Finding, Fix, SourceCheck
from tui.days import written_day
from tui.triage.schema import Schema
from tui.vault.source import Source
from tui.vault.typed import meaning

NAME = "not_a_date"
_LIKELY = range(1900, 2100)
"""Years that eight digits are taken to begin with."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[T ])")


def not_a_date(schema: Schema) -> SourceCheck:
    """Make the check for the fields that hold dates."""
    dates = [field.name for field in schema.fields.values() if field.kind == "date"]

    def check(source: Source) -> Iterator[Finding]:
        if source.problem is not None:
            return
        for name in dates:
            value = source.fields.get(name)
            if value is None or value == "" or _is_date(value):
                continue
            shown = repr(source.text(name)) if not isinstance(value, list | dict) else "a list"
            sentence = f"{name} is {shown}, not a date; write one such as 2026-01-31"
            yield Finding(source.name, NAME, sentence, fix=_fix(name, value))

    return check


def _fix(name: str, value: Any) -> Fix | None:
    """The day, when the value says one in a form that can be read in one way only."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    # With a time a day says less than the value.
    day = written_day(value) if ":" not in str(value) else None
    if day is None or day.year not in _LIKELY:
        return None
    return Fix(name, day, f"wrote {name} as {day.isoformat()}")


def _is_date(value: Any) -> bool:
    """Whether YAML or a person reads the value as a day; text such as "2026-01-31" will do."""
    if isinstance(meaning(value), date):
        return True
    day = _DAY.match(value) if isinstance(value, str) else None
    if day is None:
        return False
    try:
        date.fromisoformat(day[0])
    except ValueError:
        return False
    return True
