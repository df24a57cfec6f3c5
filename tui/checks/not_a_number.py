"""A number field without a number."""

from __future__ import annotations

from collections.abc import Iterator

from tui.checks.finding import Finding, SourceCheck
from tui.triage.alike import class_of, number_of
from tui.triage.schema import Schema
from tui.vault.header.typed import text_of
from tui.vault.source import Source

NAME = "not_a_number"


def not_a_number(schema: Schema) -> SourceCheck:
    """Make the check for number fields; a number in quotes is fine."""
    numbers = [field.name for field in schema.fields.values() if field.kind == "number"]

    def check(source: Source) -> Iterator[Finding]:
        for name in numbers:
            value = source.value(name)
            if value is None or value == "" or class_of(value) == "number":
                continue
            is_single = not isinstance(value, list | dict | set)
            if is_single and number_of(text_of(value)) is not None:
                continue
            shown = repr(text_of(value)) if is_single else "a list"
            sentence = f"{name} is {shown}, not a number; write one such as 4 or 3.5"
            yield Finding(source.name, NAME, sentence)

    return check
