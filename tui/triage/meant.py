"""Match typed text to a field or to list items; and write a value in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tui.links import name_of
from tui.triage.alike import item_alike
from tui.triage.schema import Schema
from tui.vault.header.typed import named, text_of
from tui.vault.source import Source, one_form


def meant_field(schema: Schema, sources: Iterable[Source], name: str) -> str:
    """The field for a typed name: the exact spelling, else another Unicode form."""
    if name.isascii():
        return name
    known = {str(key) for source in sources for key in source.fields}
    known.update(schema.shorts, schema.fields)
    if name in known:
        return name
    return next((other for other in known if one_form(other) == one_form(name)), name)


def meant_items(schema: Schema, field: str, items: Sequence[Any], text: str) -> tuple[str, ...]:
    """The items that match a text: exactly, else in another Unicode form or case.

    An insight is a sentence, so its case matters.
    """
    texts = tuple(map(text_of, items))
    if text in texts:
        return (text,)
    alike = text_of(item_alike(text, items))
    if alike in texts:
        return (alike,)
    same = tuple(item for item in texts if one_form(item) == one_form(text))
    if same or field == schema.roles.insights:
        return same
    wanted = one_form(name_of(text)).casefold()
    return tuple(item for item in texts if one_form(name_of(item)).casefold() == wanted)


def value_text(value: Any) -> str:
    """A value as text for a sentence; empty for one that clears a field."""
    if isinstance(value, list | tuple):
        return ", ".join(map(value_text, value))
    return named(value)
