"""A required field that is missing or empty."""

from __future__ import annotations

from collections.abc import Iterator

from tui.checks.finding import Finding, SourceCheck
from tui.triage.schema import Schema
from tui.vault.source import Source

NAME = "missing_field"


def missing_field(schema: Schema) -> SourceCheck:
    """Make the check for the fields the schema requires."""
    required = [field.name for field in schema.fields.values() if field.required]

    def check(source: Source) -> Iterator[Finding]:
        for name in required:
            if not any(item.strip() for item in source.items(name)):
                state = "empty" if source.has(name) else "missing"
                yield Finding(source.name, NAME, f"{name} is {state}")

    return check
