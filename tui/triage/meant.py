"""Which items of a list a typed text means, and how a value is said in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tui.triage.schema import Schema
from tui.vault.source import one_form


def meant_items(schema: Schema, field: str, items: Sequence[Any], text: str) -> tuple[str, ...]:
    """The items that a text means: spelt so, else in another Unicode form, or other capitals.

    The capitals of an insight, which is a sentence, are part of it.
    """
    texts = tuple(map(str, items))
    if text in texts:
        return (text,)
    same = tuple(item for item in texts if one_form(item) == one_form(text))
    if same or field == schema.roles.insights:
        return same
    wanted = one_form(text).casefold()
    return tuple(item for item in texts if one_form(item).casefold() == wanted)


def value_text(value: Any) -> str:
    """A value as a sentence says it; empty for one that clears a field."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(value_text, value))
    return "" if value is None else str(value)
