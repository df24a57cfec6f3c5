"""Rename one value of a field in every source that has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tui.display import listed, short
from tui.errors import MoveRefused, ValueRefused
from tui.triage.fields import read_item, read_value
from tui.triage.meant import meant_items
from tui.triage.places import placed
from tui.triage.planned import PlannedChange, changeable
from tui.triage.schema import Schema
from tui.vault.header.edit import Value
from tui.vault.header.typed import text_of
from tui.vault.source import Source
from tui.vault.vault import FieldEdit


def spellings(schema: Schema, sources: Sequence[Source], field: str, old: str) -> tuple[str, ...]:
    """The sources' spellings of the value ``old``. Raises ValueRefused when no source has it."""
    held = dict.fromkeys(text for source in sources for text in source.items(source.key(field)))
    spelt = meant_items(schema, field, tuple(held), old)
    if not spelt:
        from difflib import get_close_matches  # noqa: PLC0415 - for a slip of the finger

        near = get_close_matches(old, held, n=3)
        hint = f"; did you mean {listed(near, ' or ')}?" if near else "."
        raise ValueRefused(f"No source has “{short(old)}” in {short(field)}{hint}")
    return spelt


def new_text(schema: Schema, field: str, spelt: Sequence[str], new: str) -> str:
    """The new value to write.

    Raises ValueRefused for a value that the field does not take, and MoveRefused for a known
    status: sources leave it by moves.
    """
    if field == schema.roles.status and not set(spelt).isdisjoint(schema.status.values):
        raise MoveRefused(
            f"{listed(spelt)} is a known status and keeps its name; to move its sources, use "
            f"`sluice set -q QUERY {field}=STATUS`."
        )
    known = schema.fields.get(field)
    if known is None or known.kind == "list":
        return new
    value = read_value(schema, field, new)
    return value if isinstance(value, str) else new


def rename_value(
    schema: Schema, sources: Sequence[Source], field: str, spelt: Sequence[str], new: str
) -> PlannedChange:
    """Replace every one of the spellings in a field with ``new``.

    A list that already has ``new`` just loses them. Raises as ``changeable`` does.
    """
    edits = []
    for source in changeable(sources):
        key, known = source.key(field), schema.fields.get(field)
        if known is not None and known.tagged is not None:
            edits.append(placed(source, field, read_value(schema, field, new), known))
            continue
        value = _renewed(schema, field, source.value(key), spelt, new)
        edits.append(FieldEdit(source, key, value))
    return PlannedChange(f"{field}: {listed(spelt)} → {short(new)}", tuple(edits))


def _renewed(schema: Schema, field: str, held: Any, spelt: Sequence[str], new: str) -> Value:
    if not isinstance(held, list):
        known = schema.fields.get(field)
        # Text in a list field stays text.
        is_list = known is not None and known.kind == "list"
        return read_item(new, held) if is_list else read_value(schema, field, new, held)
    others = [item for item in held if text_of(item) not in spelt]
    is_there = bool(meant_items(schema, field, others, new))
    items = []
    for item in held:
        if text_of(item) not in spelt:
            items.append(item)
        elif not is_there:
            items.append(read_item(new, item))
            is_there = True
    return tuple(items)
