"""Short names of fields, and their conflicts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from tui.display import short
from tui.errors import SchemaError
from tui.triage.field import Field


def read_shorts(
    fields: Mapping[str, Field], own: Mapping[str, Any], yielding: Collection[str] = ()
) -> dict[str, str]:
    """Map short names to full ones; a field of the same name wins over a built-in short name.

    ``own`` is the vault's own ``fields``. Built-in fields that are ``yielding`` lose their short
    name to any other field. Raises SchemaError when a short name in ``own`` is another field's
    name or short name.
    """
    shorts: dict[str, str] = {}
    taken = {field.short for name, field in fields.items() if name not in yielding}
    for name, field in fields.items():
        if not field.short or field.short == name:
            continue
        is_own = "short" in (own.get(name) or {})
        if name in yielding and not is_own and field.short in taken:
            continue
        if field.short in fields:
            if not is_own:
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
