"""Merge two duplicates: one is kept and takes over what only the other has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tui.triage.changes import archive
from tui.triage.lists import item_texts, items_in, set_items
from tui.triage.planned import PlannedChange, changeable, combine
from tui.triage.schema import Schema
from tui.triage.status import status_of
from tui.vault.source import Source


def carried(schema: Schema, kept: Source, other: Source) -> Mapping[str, tuple[Any, ...]]:
    """By list field, the items that only the other source has."""
    found: dict[str, tuple[Any, ...]] = {}
    for field in schema.fields.values():
        if field.kind != "list":
            continue
        held = set(item_texts(items_in(schema, kept, field.name)))
        items: dict[str, Any] = {}
        for item in items_in(schema, other, field.name):
            text = item_texts([item])[0]
            if text.strip() and text not in held:
                items.setdefault(text, item)
        if items:
            found[field.name] = tuple(items.values())
    return found


def merge(schema: Schema, kept: Source, other: Source, today: date) -> PlannedChange:
    """Archive the other source and append its additional items to the kept one.

    Raises EditRefused when a header is broken; MoveRefused when the other cannot be
    archived. One that is already archived stays archived, and its items are still copied.
    """
    changeable([kept, other])
    parts = [
        set_items(schema, [kept], field, (*items_in(schema, kept, field), *items))
        for field, items in carried(schema, kept, other).items()
    ]
    if status_of(schema, other) != schema.flow.archive:
        parts.append(archive(schema, [other], today))
    return combine(f"{kept.id} kept, {other.id} {schema.flow.archive}", parts)
