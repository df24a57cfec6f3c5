"""Text in a list field; empty text becomes an empty list, a word a list of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tui.checks.finding import Finding, Fix, SourceCheck
from tui.triage.schema import Schema
from tui.vault.repair.links import is_link
from tui.vault.source import Source, comma_items

NAME = "text_for_list"
_SEVERAL = 2
"""From this number, ``#`` tags are separate items."""


def text_for_list(schema: Schema) -> SourceCheck:
    """Make the check for list fields."""
    lists = [field.name for field in schema.fields.values() if field.kind == "list"]
    texts = {field.name for field in schema.fields.values() if field.is_text}

    def check(source: Source) -> Iterator[Finding]:
        for name in lists:
            value = source.value(name)
            if value is None or isinstance(value, list) or source.key(name) in texts:
                continue
            held = "empty text" if value == "" else "a single value"
            sentence = f"{name} is {held}; expected a list"
            yield Finding(source.name, NAME, sentence, fix=_fix(name, value))

    return check


def _fix(name: str, value: Any) -> Fix | None:
    """An empty list for empty text; links as items; a list of one for a single text."""
    if value == "":
        return Fix(name, (), f"made {name} an empty list")
    if not isinstance(value, str):
        return None
    parts = comma_items(value)
    if all(map(is_link, parts)):
        return Fix(name, parts, f"made {name} a list")
    if not any(sign in value for sign in ",;|[]\n") and value.count("#") < _SEVERAL:
        return Fix(name, (value,), f"made {name} a list")
    return None
