"""Snooze sources until a day, and end that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tui.display import short
from tui.errors import EditRefused, ValueRefused
from tui.triage.alike import as_day
from tui.triage.fields import in_its_list, only_item, read_coming_day
from tui.triage.planned import PlannedChange, changeable
from tui.triage.schema import VAULT_SCHEMA, Schema
from tui.vault.header.edit import MISSING
from tui.vault.source import Source
from tui.vault.vault import FieldEdit


def read_snooze(text: str, today: date) -> date:
    """Parse a day after ``today``. Raises ValueRefused."""
    day = read_coming_day(text)
    if day <= today:
        raise ValueRefused(
            f"“{short(text.strip())}” is not a day to come; write one such as tomorrow, monday, "
            "in 2 weeks or 2027-01-15."
        )
    return day


def snooze(schema: Schema, sources: Sequence[Source], day: date) -> PlannedChange:
    """Snooze every source until ``day``. Raises EditRefused."""
    field = _field(schema)
    edits = []
    for source in changeable(sources):
        key = source.key(field)
        value = as_day(day, only_item(source.fields.get(key)))
        edits.append(FieldEdit(source, key, in_its_list(source, key, value)))
    return PlannedChange(f"snoozed until {day.isoformat()}", tuple(edits))


def end_snooze(schema: Schema, sources: Sequence[Source]) -> PlannedChange:
    """Remove the day of every source that has one. Raises EditRefused."""
    field = _field(schema)
    keys = [(source, source.key(field)) for source in changeable(sources)]
    edits = [FieldEdit(source, key, MISSING) for source, key in keys if source.text(key)]
    return PlannedChange("no longer snoozed", tuple(edits))


def _field(schema: Schema) -> str:
    """The field for the day. Raises EditRefused when the vault has none."""
    if not schema.roles.snoozed:
        raise EditRefused(
            f"The schema of this folder has no field for snoozing; add one to {VAULT_SCHEMA}, "
            "such as `fields: {snoozed_until: {kind: date}}` and `roles: {snoozed: snoozed_until}`."
        )
    return schema.roles.snoozed
