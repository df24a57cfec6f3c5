"""A changed header read from the changed field's lines alone, where no other can read anew.

YAML is read from the first character to the last, and what is open at a place decides how it
goes on there. Before a field's first letter at the left edge nothing is open but the list of
fields. When the field's lines, read alone, are one whole field, nothing else is open behind
them either: the fields above and below read as they did.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from tui.errors import HeaderError
from tui.vault.header import keep_fields, read_fields, remembers, tree_of

_NAME = re.compile(r"[A-Za-z_][\w-]*:(?=[ \r\n])", re.ASCII)
"""How the fields begin whose lines are read alone: plainly, at the left edge."""
_SHARED = re.compile(r"[&*!%|>\0\ufeff\x85\u2028\u2029]|<<|^(?:---|\.\.\.)|\r(?!\n)", re.MULTILINE)
"""What may mean something outside its lines, or end where other lines say so."""


def read_within(header: str, changed: str, field: str) -> dict[Any, Any] | None:
    """The fields of ``changed``, which may differ from ``header`` in the lines of ``field``.

    None when that takes reading all of it. ``header`` is one that can be read.
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
    # Whatever reads the line above looks ahead as far as the name, which is the same.
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
    """Whether the lines begin with the name, end with a line break and share nothing."""
    found = _NAME.match(lines)
    named = found is not None and found[0] == name
    return named and lines.endswith("\n") and not _SHARED.search(lines)


def _lines_of(header: str, field: str) -> tuple[int, int] | None:
    """From a field's name to that of the next one, which begins as plainly, or to the end."""
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
