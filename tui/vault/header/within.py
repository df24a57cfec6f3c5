"""Read a changed header by parsing only the changed field's lines, if that is reliable.

YAML is parsed from start to end, and open constructs decide how it continues. Before a field's
name at the left edge, only the map of fields is open. If the field's lines alone are one complete
field, nothing else is open after them, so the fields above and below are unchanged.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from tui.errors import HeaderError
from tui.vault.header.parse import keep_fields, read_fields, remembers, tree_of

_NAME = re.compile(r"[A-Za-z_][\w-]*:(?=[ \r\n])", re.ASCII)
"""The start of a field that can be parsed alone: a plain name at the left edge."""
_SHARED = re.compile(r"[&*!%|>\0\ufeff\x85\u2028\u2029]|<<|^(?:---|\.\.\.)|\r(?!\n)", re.MULTILINE)
"""Constructs that may affect other lines or depend on them."""


def read_within(header: str, changed: str, field: str) -> dict[Any, Any] | None:
    """The fields of ``changed``, which differs from ``header`` only in the lines of ``field``.

    None when all of it must be parsed. ``header`` must be readable.
    """
    span = _lines_of(header, field)
    if span is None:
        return None
    start, end = span
    behind = header[end:]
    if not (changed.startswith(header[:start]) and changed.endswith(behind)):
        return None
    own, new = header[start:end], changed[start : len(changed) - len(behind)]
    name = f"{field}:"
    # The parser looks ahead from the line above only to the name, which is unchanged.
    if len(changed) < start + len(new) + len(behind) or not _is_whole(own, name):
        return None
    if not _is_whole(new, name) or not remembers(changed):
        return None
    try:
        alone = read_fields(new)
    except HeaderError:
        return None
    if list(alone) != [field]:
        return None
    fields = {
        key: alone[field] if key == field else held for key, held in read_fields(header).items()
    }
    keep_fields(changed, fields)
    return fields


def _is_whole(lines: str, name: str) -> bool:
    """Whether the lines start with the name, end with a line break and affect no others."""
    found = _NAME.match(lines)
    named = found is not None and found[0] == name
    return named and lines.endswith("\n") and not _SHARED.search(lines)


def _lines_of(header: str, field: str) -> tuple[int, int] | None:
    """The range from a field's name to the next plain name, or to the end."""
    tree = tree_of(header) if remembers(header) and "<<" not in header else None
    if not isinstance(tree, yaml.MappingNode) or tree.flow_style:
        return None
    keys = [key for key, _ in tree.value]
    places = [at for at, key in enumerate(keys) if key.value == field]
    if len(places) != 1:
        return None
    at = places[0]
    start = keys[at].start_mark.index
    end = keys[at + 1].start_mark.index if at + 1 < len(keys) else len(header)
    if keys[at].start_mark.column or not (end == len(header) or _NAME.match(header, end)):
        return None
    return start, end
