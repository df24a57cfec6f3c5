"""An unknown value in a field with a closed list of values."""

from __future__ import annotations

from collections.abc import Iterator

from tui.checks.finding import Finding, SourceCheck
from tui.triage.schema import Schema
from tui.vault.source import Source

NAME = "unknown_value"
_MOST_LISTED = 8
"""Maximum number of values to list in a sentence."""


def unknown_value(schema: Schema) -> SourceCheck:
    """Make the check for fields with a closed list of values."""
    closed = {
        field.name: frozenset(field.values)
        for field in schema.fields.values()
        if field.choices and not field.open
    }

    def check(source: Source) -> Iterator[Finding]:
        for name, known in closed.items():
            # Most sources are fine and only cost a set lookup.
            value = source.value(name)
            if value is None or (isinstance(value, str) and value in known):
                continue
            spelt = schema.fields[name].spelt
            for item in source.items(name):
                if spelt(item) not in known:
                    yield Finding(source.name, NAME, _sentence(schema, name, item))

    return check


def _sentence(schema: Schema, field: str, value: str) -> str:
    values = schema.fields[field].values
    if len(values) <= _MOST_LISTED:
        return f"{field} is {value!r}; use {', '.join(values)}"
    return f"{field} is {value!r}, not one of its {len(values)} known values"
