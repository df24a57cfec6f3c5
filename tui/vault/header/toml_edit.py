"""Change one field in a TOML header's text and keep every other byte."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from tui.display import short
from tui.errors import EditRefused
from tui.vault.header import edit_list
from tui.vault.header.edit import Missing, Value, refuse_lookalike
from tui.vault.header.lines import line_end, line_start, newline_at
from tui.vault.header.toml import read_toml
from tui.vault.header.toml_places import BLANK, Array, Lost, Place, Places, find_places
from tui.vault.header.toml_text import write_name, write_toml

_MAYBE = "\0"
"""Stands for a comma that the last item of a list does without; TOML forbids the character."""


def change_toml(header: str, field: str, value: Value | Missing, newline: str = "\n") -> str:
    """Set, add or remove (MISSING) one field of a header.

    Raises EditRefused when the field's lines cannot be identified for certain, and HeaderError.
    The caller must still verify the result, see ``prove.change_text``.
    """
    fields, places = read_toml(header), _places(header)
    place = _find(fields, places, field)
    if place is None:
        if isinstance(value, Missing):
            return header
        refuse_lookalike(fields, field, "rename it first")
        return _add(header, places, field, value, newline)
    start, end = place.value
    if isinstance(value, Missing):
        return header[: line_start(header, place.key[0])] + header[place.end :]
    line_break = newline_at(header, start, newline)
    if isinstance(value, tuple):
        written = _list(header, place, fields[field], value, line_break)
    elif place.array is not None and place.array.has_comments:
        raise EditRefused(edit_list.COMMENTED)
    else:
        written = write_toml(value, header[start:end], line_break)
    return header[:start] + written + header[end:]


def rename_toml(header: str, old: str, new: str) -> str:
    """Rename one field of a header. Raises as ``change_toml`` does."""
    place = _find(read_toml(header), _places(header), old)
    if place is None:
        raise EditRefused(f"{short(old)} contains fields of its own; use an editor.")
    start, end = place.key
    return header[:start] + write_name(new) + header[end:]


def _places(header: str) -> Places:
    try:
        return find_places(header)
    except Lost as lost:
        raise EditRefused("sluice cannot change this header safely; use an editor.") from lost


def _find(fields: dict[str, Any], places: Places, field: str) -> Place | None:
    """The place of a field, None when there is none. Raises EditRefused for a table."""
    if field not in fields:
        _refuse_nested(fields, field)
        return None
    found = places.of(field)
    if isinstance(fields[field], dict) or len(found) != 1 or found[0].is_dotted:
        # Also a list of tables, ``[[field]]``.
        raise EditRefused(f"{short(field)} contains fields of its own; use an editor.")
    return found[0]


def _refuse_nested(fields: dict[str, Any], field: str) -> None:
    """Raise EditRefused when the name is the path of a field in a table."""
    held: Any = fields
    names = field.split(".")
    for name in names:
        if not isinstance(held, dict) or name not in held:
            return
        held = held[name]
    table = ".".join(names[:-1])
    raise EditRefused(f"{short(names[-1])} is in the table {short(table)}; use an editor.")


def _add(header: str, places: Places, field: str, value: Value, newline: str) -> str:
    """Add the field on a line of its own, below the others and above the tables."""
    if isinstance(value, tuple):
        written = "[" + ", ".join(map(write_toml, value)) + "]"
    else:
        written = write_toml(value)
    at = len(header)
    if places.table is not None:
        at = places.fields[-1].end if places.fields else 0
    return (
        f"{header[:at]}{write_name(field)} = {written}{newline_at(header, 0, newline)}{header[at:]}"
    )


def _list(header: str, place: Place, old: Any, new: tuple[Any, ...], newline: str) -> str:
    """The text of a list with the items ``new``."""
    start, end = place.value
    array = place.array
    if array is None or not array.items:
        if array is not None and array.has_comments:
            raise EditRefused(edit_list.COMMENTED)
        return "[" + ", ".join(map(write_toml, new)) + "]"
    if len(array.items) != len(old):
        raise EditRefused(edit_list.UNSURE)
    chunks = _item_lines(header, place, array)
    if chunks is not None and (new or array.has_comments):
        return _by_lines(header, place, chunks, (old, new), newline)
    if not new:
        if array.has_comments:
            raise EditRefused(edit_list.COMMENTED)
        return "[]"
    texts = [header[a:b] for a, b in array.items]
    joints = [header[above[1] : below[0]] for above, below in pairwise(array.items)]
    written = edit_list.joined(
        old, new, texts, joints, lambda item, like: write_toml(item, like, newline)
    )
    return header[start : array.items[0][0]] + written + header[array.items[-1][1] : end]


def _item_lines(header: str, place: Place, array: Array) -> list[tuple[int, int]] | None:
    """The lines of each item, with its comma and comment; None when items share lines."""
    chunks: list[tuple[int, int]] = []
    above = line_end(header, place.value[0])
    for at, (start, end) in enumerate(array.items):
        first = line_start(header, start)
        comma = array.commas[at] if at < len(array.commas) else end - 1
        last = line_end(header, comma + 1)
        alone = first >= above and not header[first:start].strip(" \t")
        if (
            not alone
            or header[end:comma].strip(" \t")
            or not BLANK.fullmatch(header, comma + 1, last)
        ):
            return None
        chunks.append((first, last))
        above = last
    return chunks if line_start(header, place.value[1] - 1) >= above else None


def _by_lines(
    header: str,
    place: Place,
    chunks: Sequence[tuple[int, int]],
    items: tuple[Sequence[Any], Sequence[Any]],
    newline: str,
) -> str:
    """A list with its items on lines of their own; comments and the last comma stay."""
    assert place.array is not None  # noqa: S101 - it has items
    spans = place.array.items
    has_last_comma = len(place.array.commas) == len(spans)
    texts = [header[a:b] for a, b in chunks]
    if not has_last_comma:
        at = spans[-1][1] - chunks[-1][0]
        texts[-1] = texts[-1][:at] + _MAYBE + texts[-1][at:]
    indent = header[chunks[-1][0] : spans[-1][0]]
    like = header[spans[-1][0] : spans[-1][1]]
    like = like if re.match("['\"](?!['\"]{2})", like) else ""

    def write(item: Any) -> str:
        return f"{indent}{write_toml(item, like)}{',' if has_last_comma else _MAYBE}{newline}"

    def replace(at: int, item: Any) -> str:
        (start, end), first = spans[at], chunks[at][0]
        return (
            texts[at][: start - first]
            + write_toml(item, header[start:end], newline)
            + texts[at][end - first :]
        )

    old, new = items
    gaps = [header[above[1] : below[0]] for above, below in pairwise(chunks)]
    written = edit_list.arranged(old, new, texts, gaps, (write, replace)) if new else "".join(gaps)
    last = written.rfind(_MAYBE)
    if last >= 0 and BLANK.fullmatch(written, last + 1):
        written = written[:last] + written[last + 1 :]
    (start, end), head, tail = place.value, chunks[0][0], chunks[-1][1]
    inside = header[start + 1 : head] + written.replace(_MAYBE, ",") + header[tail : end - 1]
    return f"[{inside}]" if inside.strip() else "[]"
