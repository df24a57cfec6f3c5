"""The order ``sluice list --sort`` asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tui.errors import QueryError
from tui.triage.schema import Schema
from tui.vault.source import Source

FILE_KEYS = ("name", "title")
"""Keys every source has, whatever its header says."""


def ordered(schema: Schema, sources: Sequence[Source], key: str) -> list[Source]:
    """The sources by one field; those without it come last, equals keep their order.

    Raises QueryError when the key is no field of the schema and of no source.
    """
    field = schema.full_name(key)
    spec = schema.fields.get(field)
    known = spec is not None or field in FILE_KEYS
    if not known and not any(field in source.fields for source in sources):
        raise QueryError(f"{key} is no field to sort by; try name, title or date_published.")
    ranks = {value: rank for rank, value in enumerate(spec.values if spec else ())}
    return sorted(sources, key=lambda source: _key(source, field, ranks))


def _key(source: Source, field: str, ranks: dict[str, int]) -> tuple[int, int, str]:
    """What a source is compared by: filled before empty, the schema's order, then the text."""
    if field == "name":
        return 0, 0, source.name
    value = source.fields.get(field)
    text = value.isoformat() if isinstance(value, date) else "; ".join(source.items(field))
    if field == "title":
        text = source.title
    return int(not text), ranks.get(text, len(ranks)), text.casefold()
