"""Read a JSON header, as some site generators write it."""

from __future__ import annotations

import json
import re
from typing import Any

from tui.vault.header.bomb import is_deep
from tui.vault.header.parse import BOM

_OPENS = re.compile(r'\{\s*"[^"\r\n]*"\s*:')
_REST = re.compile(r"[ \t]*(?:\r\n|\n|\r|\Z)")


def find_json(text: str) -> tuple[int, int, int] | None:
    """The start and end of an object at the start of a text, and the start of the body."""
    start = int(text.startswith(BOM))
    if not opens_json(text):
        return None
    try:
        value, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    rest = _REST.match(text, end)
    return (start, end, rest.end()) if rest and not is_deep(value) else None


def opens_json(text: str) -> bool:
    """Whether a text starts with a brace and a name."""
    return _OPENS.match(text, int(text.startswith(BOM))) is not None


def read_json(header: str) -> dict[str, Any]:
    """The fields of a header that ``find_json`` found."""
    fields: dict[str, Any] = json.loads(header)
    return fields
