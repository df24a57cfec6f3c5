"""A source and a change as JSON objects: the keys scripts rely on."""

from __future__ import annotations

from typing import Any

from tui.desk import Desk
from tui.vault.change import Change
from tui.vault.edit import MISSING
from tui.vault.source import Source


def source_record(desk: Desk, source: Source) -> dict[str, Any]:
    """One source as ``sluice list --json`` shows it."""
    roles = desk.schema.roles
    return {
        "path": str(source.path),
        "id": source.id,
        "title": source.title,
        "status": source.text(roles.status) or None,
        "signal_tier": source.text(roles.tier) or None,
        "notebooklm_category": source.text(roles.category) or None,
        "url": source.text("url") or None,
        "aliases": source.items("aliases"),
        "insights": source.items(roles.insights),
        "problem": desk.problem_of(source),
    }


def change_record(change: Change) -> dict[str, Any]:
    """One change as ``sluice log --json`` shows it."""
    return {
        "id": change.id,
        "label": change.label,
        "time": change.time,
        "undone": change.undone,
        "files": [
            {
                "name": file.name,
                "fields": [
                    {
                        "field": field.field,
                        "before": _value(field.before),
                        "after": _value(field.after),
                    }
                    for field in file.fields
                ],
            }
            for file in change.files
        ],
    }


def _value(value: Any) -> Any:
    """A field's value; null also when it was not in the header."""
    return None if value is MISSING else value
