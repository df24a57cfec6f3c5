"""A vault's own ``sluice.yaml``, read and laid over the built-in schema."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tui.errors import HeaderError, SchemaError
from tui.triage.shape import mapping
from tui.vault.header import read_fields


def read_override(path: Path, known: set[str]) -> Mapping[str, Any]:
    """What the file says. Raises SchemaError."""
    try:
        data = read_fields(path.read_text(encoding="utf-8"), first_line=1)
    except (OSError, UnicodeError) as error:
        raise SchemaError(f"it cannot be read ({' '.join(str(error).split())}).") from error
    except HeaderError as error:
        raise SchemaError(f"it cannot be read as YAML: {error}; mend or move it.") from error
    return mapping(data, "it", known)


WHOLE = ("values", "views", "passes", "lookup", "moves", "stamps", "wants", "targets")
"""Maps that are replaced and not merged: what is left out of them is meant to be gone."""


def merge(base: Any, over: Any) -> Any:
    """``over`` laid on ``base``; maps are merged, a null drops its key."""
    if not (isinstance(base, dict) and isinstance(over, dict)):
        return over
    merged = dict(base)
    for key, value in over.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = value if key in WHOLE else merge(base.get(key), value)
    return merged
