"""Short names of fields, and their conflicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.display import short
from tui.errors import SchemaError
from tui.triage.field import Field


def read_shorts(fields: Mapping[str, Field], own: Mapping[str, Any]) -> dict[str, str]:
    """Map short names to full ones; a field of the same name wins over a built-in short name.

    ``own`` is the vault's own ``fields``. Raises SchemaError when a short name in there is
    another field's name or short name.
    """
    shorts: dict[str, str] = {}
    for name, field in fields.items():
        if not field.short or field.short == name:
            continue
        if field.short in fields:
            if "short" not in (own.get(name) or {}):
                continue
            raise SchemaError(
                f"The short name {short(field.short)} of {short(name)} is another field's name; "
                "choose a different one."
            )
        other = shorts.setdefault(field.short, name)
        if other != name:
            raise SchemaError(
                f"The fields {short(other)} and {short(name)} share the short name "
                f"{short(field.short)}; change one of them."
            )
    return shorts
