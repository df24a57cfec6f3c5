"""Repair hidden data in a readable header, one field at a time, each verified."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import yaml

from tui.display import short
from tui.errors import HeaderError
from tui.vault.header.characters import lookalikes, same_seen
from tui.vault.header.edit import lines_of
from tui.vault.header.lines import LINE
from tui.vault.header.parse import find_header, read_fields, tree_of
from tui.vault.header.scalar import write_scalar
from tui.vault.header.typed import same_value
from tui.vault.repair.hidden import Edit, Field, find_hidden
from tui.vault.repair.known import Known
from tui.vault.repair.propose import Doubled, Keep, Repair
from tui.vault.source import Flaw

_MOST = 100
"""Maximum number of repairs in one header."""
_COMMENT = re.compile(r"(?:^|[ \t])#(?!\w)", re.MULTILINE)


class _Way(NamedTuple):
    """One possible repair."""

    edits: tuple[Edit, ...]
    done: str
    expected: Mapping[str, Any]
    """The fields with new values after it; ``_GONE`` for a removed field."""
    doubled: Doubled | None = None


_GONE = object()
_ANY = object()


def uncover(text: str, known: Known, keep: Keep | None = None) -> Repair | None:
    """Repair hidden data in the header; None when there is no safe repair.

    Of a field with two values one is removed only if ``keep`` says which.
    """
    span = find_header(text)
    if span is None:
        return None
    header = text[span.start : span.end]
    done: list[str] = []
    doubled: list[Doubled] = []
    try:
        while len(done) < _MOST and (found := _next(header, known, keep)) is not None:
            way, header = found
            done.append(way.done)
            doubled += [way.doubled] if way.doubled else []
    except HeaderError:
        return None
    result = text[: span.start] + header + text[span.end :]
    again = find_header(result)
    if not done or again is None or again.end != span.start + len(header):
        return None
    return Repair(result, tuple(done), tuple(doubled))


def _next(header: str, known: Known, keep: Keep | None) -> tuple[_Way, str] | None:
    """The first possible repair, and the header after it."""
    before = read_fields(header)
    for way in _ways(header, before, known, keep):
        changed = header
        for start, end, new in sorted(way.edits, reverse=True):
            changed = changed[:start] + new + changed[end:]
        try:
            after = read_fields(changed)
        except HeaderError:
            continue
        expected = {**before, **way.expected}
        fits = all(
            key not in after
            if value is _GONE
            else value is _ANY or same_value(after.get(key), value)
            for key, value in expected.items()
        )
        if fits and changed != header and set(after) <= set(expected):
            return way, changed
    return None


def _ways(
    header: str, before: Mapping[Any, Any], known: Known, keep: Keep | None
) -> Iterator[_Way]:
    root = tree_of(header)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return
    for flaw, edits, done, fields in find_hidden(header):
        if flaw.kind == "doubled" and fields:
            yield from _one_of(header, flaw.field, list(fields), keep)
        elif flaw.kind == "comment" and not known.fits(flaw.field, flaw.text):
            continue
        elif edits:
            names = [flaw.field] if len(edits) == 1 else [str(key.value) for key, _ in root.value]
            yield _Way(edits, done, {name: _seen(before.get(name), flaw, edits) for name in names})
    places = {
        key.value: (key, node) for key, node in root.value if isinstance(key, yaml.ScalarNode)
    }
    for name, other in lookalikes(list(places), known.names, known.spellings):
        if list(before).count(name) == 1:
            yield from _renamed(header, (name, other), places, known, keep)


def _seen(held: Any, flaw: Flaw, edits: tuple[Edit, ...]) -> Any:
    """The expected value of a field after the repair, if known."""
    if len(edits) > 1 and not isinstance(held, str):
        return held
    return flaw.text if flaw.kind == "comment" and not isinstance(held, list | dict) else _ANY


def _value(header: str, field: Field) -> Any:
    """A field's value, read from its own lines. Raises HeaderError, for example for an alias."""
    start, end = lines_of(header, *field)
    (value,) = read_fields(header[start:end]).values()
    return value


def _is_commented(header: str, field: Field) -> bool:
    start, end = lines_of(header, *field)
    return bool(_COMMENT.search(header, start, end))


def _first_line(header: str, field: Field) -> str:
    line = LINE.match(header, field[0].start_mark.index)
    return line[0].strip() if line else ""


def _one_of(header: str, name: str, fields: list[Field], keep: Keep | None) -> Iterator[_Way]:
    """Keep one of the places of a duplicate name and remove the others."""
    try:
        values = [_value(header, field) for field in fields]
    except HeaderError:
        return
    full = [at for at, value in enumerate(values) if value not in (None, "", [])] or [0]
    if all(same_value(values[at], values[full[0]]) for at in full):
        # Keep the place with a comment.
        at = next((at for at in full if _is_commented(header, fields[at])), full[0])
        done, doubled = f"removed a second {short(name)}", None
    elif keep is None:
        return
    else:
        at = len(fields) - 1 if keep == "header" else 0
        other = fields[0 if at else -1]
        doubled = Doubled(name, _first_line(header, fields[0]), _first_line(header, fields[-1]))
        stays, goes = _first_line(header, fields[at]), _first_line(header, other)
        done = f"kept “{short(stays)}” and removed “{short(goes)}”"
    gone = [field for index, field in enumerate(fields) if index != at]
    if keep is None and any(_is_commented(header, field) for field in gone):
        return
    yield _Way(_without(header, gone), done, {name: values[at]}, doubled)


def _without(header: str, fields: list[Field]) -> tuple[Edit, ...]:
    return tuple((*lines_of(header, *field), "") for field in fields)


def _renamed(
    header: str,
    names: tuple[str, str],
    places: Mapping[str, Field],
    known: Known,
    keep: Keep | None,
) -> Iterator[_Way]:
    """Rename a look-alike field, or remove it if the real one exists."""
    name, other = names
    field = places[name]
    try:
        value = _value(header, field)
        beside = _value(header, places[other]) if other in places else None
    except HeaderError:
        return
    key = field[0]
    rename: Edit = (key.start_mark.index, key.end_mark.index, write_scalar(other))
    renamed = _Way((rename,), f"renamed {short(name)} to {other}", {name: _GONE, other: value})
    if other not in places:
        if same_seen(name, other) or (other in known.names.values() and known.fits(other, value)):
            yield renamed
        return
    if not same_seen(name, other) and other not in known.names.values():
        return
    drop = _Way(
        _without(header, [field]),
        f"removed the look-alike {short(name)}, kept {other}",
        {name: _GONE},
    )
    take = _Way((*_without(header, [places[other]]), rename), renamed.done, renamed.expected)
    if value in (None, "", []) or same_value(value, beside):
        if not _is_commented(header, field):
            yield drop
    elif beside in (None, "", []):
        if not _is_commented(header, places[other]):
            yield take
    elif keep is not None:
        doubled = Doubled(other, _first_line(header, field), _first_line(header, places[other]))
        chosen = drop if keep == "header" else take
        yield chosen._replace(doubled=doubled)
