"""A source at the end of the main line that does not say where it went."""

from __future__ import annotations

from collections.abc import Iterator

from tui.checks.finding import Finding, SourceCheck
from tui.triage.schema import Schema
from tui.triage.status import status_of
from tui.vault.source import Source

NAME = "unlinked_integrated"


def unlinked_integrated(schema: Schema) -> SourceCheck:
    """Make the check for the field that the last status expects, such as ``integrated_into``."""
    last = schema.flow.main[-1] if schema.flow.main else ""
    want = schema.flow.wants.get(last)

    def check(source: Source) -> Iterator[Finding]:
        if want is None or status_of(schema, source) != last:
            return
        if not any(item.strip() for item in source.items(want.field)):
            yield Finding(source.name, NAME, f"{last}, but {want.field} is empty")

    return check
