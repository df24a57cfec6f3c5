"""The views of a schema: the built-in ones, or those of a vault's ``sluice.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tui.display import short
from tui.errors import SchemaError
from tui.state.views import View, name_fault
from tui.triage.shape import mapping, word


def read_schema_views(spec: Any) -> Mapping[str, View]:
    """The views by name, in order. Raises SchemaError."""
    views = {name: _view(name, given) for name, given in mapping(spec, "views").items()}
    if not views:
        raise SchemaError("views must contain at least one view.")
    return views


def _view(name: str, given: Any) -> View:
    part = f"the view {short(name)}"
    if fault := name_fault(name):
        raise SchemaError(f"{part}: {fault}")
    if not isinstance(given, dict):
        return View(name, word(given, part))
    parts = mapping(given, part, ("query", "sort"))
    return View(
        name,
        word(parts.get("query", ""), f"the query of {part}"),
        word(parts.get("sort", ""), f"the sort of {part}").strip(),
    )
