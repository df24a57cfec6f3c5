"""The schema's knowledge of fields, for checks of hidden data."""

from __future__ import annotations

from typing import Any

from tui.days import written_day, written_days
from tui.errors import ValueRefused
from tui.links import is_link
from tui.triage.field import Field
from tui.triage.schema import Schema
from tui.vault.header.characters import folded
from tui.vault.header.typed import meaning
from tui.vault.repair.known import Known


def known_of(schema: Schema) -> Known:
    """The names of the schema's fields, and the values they take."""

    def fits(name: str, value: Any) -> bool:
        field = schema.fields.get(name)
        return field is None or _fits(field, value)

    # A tag is an item of a list, and no field of its own.
    names = (name for name, field in schema.fields.items() if field.tagged is None)
    spellings = frozenset(
        name
        for first, others in schema.rule.names.others.items()
        for name in others
        if folded(name) == folded(first)
    )
    return Known({folded(name): name for name in names}, fits, spellings)


def _fits(field: Field, value: Any) -> bool:
    if field.kind == "list" or value in (None, ""):
        return True
    if field.is_listed and isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, list | dict):
        return False
    if field.choices:
        return field.spelt(str(value)) in field.values
    if field.kind == "date":
        return (written_days if is_link(value) else written_day)(value) is not None
    if field.kind == "bool":
        return isinstance(meaning(value), bool)
    if field.kind == "url":
        return _is_address(str(value))
    return isinstance(value, str) or field.kind != "choice"


def _is_address(text: str) -> bool:
    from tui.address import read_web_address  # noqa: PLC0415 - for an address only

    try:
        read_web_address(text)
    except ValueRefused:
        return False
    return True
