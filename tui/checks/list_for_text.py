"""A list or map in a field for a single value."""

from __future__ import annotations

from collections.abc import Iterator

from tui.checks.finding import Finding, SourceCheck
from tui.triage.schema import Schema
from tui.vault.header.packed import PackedFields
from tui.vault.source import Source

NAME = "list_for_text"
_NOUNS = {"bool": "yes or no", "url": "an address", "choice": "one value"}


def list_for_text(schema: Schema) -> SourceCheck:
    """Make the check for single-value fields; other checks handle dates and numbers."""
    single = {
        field.name: _NOUNS.get(field.kind, "text")
        for field in schema.fields.values()
        if field.kind not in ("list", "date", "number", "tag") and not field.is_listed
    }

    def check(source: Source) -> Iterator[Finding]:
        fields = source.fields
        # Most sources are fine, which the packed values show at once.
        for name in fields.parted if isinstance(fields, PackedFields) else fields:
            value = fields[name] if name in single else None
            if isinstance(value, list | dict):
                held = "a list" if isinstance(value, list) else "a map"
                yield Finding(source.name, NAME, f"{name} is {held}; expected {single[name]}")

    return check
