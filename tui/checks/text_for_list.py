"""Text where a list is meant."""

from __future__ import annotations

from collections.abc import Iterator

from tui.checks.finding import Finding, SourceCheck
from tui.triage.schema import Schema
from tui.vault.source import Source

NAME = "text_for_list"


def text_for_list(schema: Schema) -> SourceCheck:
    """Make the check for the fields that hold lists."""
    lists = [field.name for field in schema.fields.values() if field.kind == "list"]

    def check(source: Source) -> Iterator[Finding]:
        # A header read line by line does not say which of its values are lists.
        if source.problem is not None:
            return
        for name in lists:
            value = source.fields.get(name)
            if value is None or isinstance(value, list):
                continue
            held = "empty text" if value == "" else "a single value"
            yield Finding(source.name, NAME, f"{name} is {held} where a list is meant")

    return check
