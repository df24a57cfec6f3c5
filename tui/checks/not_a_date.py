"""A date field that holds something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from tui.checks.finding import Finding, SourceCheck
from tui.triage.schema import Schema
from tui.vault.source import Source

NAME = "not_a_date"
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
            sentence = f"{name} is {shown}, which is no date such as 2026-01-31"
            yield Finding(source.name, NAME, sentence)

    return check


def _is_date(value: Any) -> bool:
    """Whether YAML or a person reads the value as a day; text such as "2026-01-31" will do."""
    if isinstance(value, date):
        return True
    day = _DAY.match(value) if isinstance(value, str) else None
    if day is None:
        return False
    try:
        date.fromisoformat(day[0])
    except ValueError:
        return False
    return True
