"""The smallest change that makes a broken header readable, proven before it is offered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from tui.display import short
from tui.errors import HeaderError, RepairRefused
from tui.vault.header import BOM, find_header, read_fields
from tui.vault.lines import LINE
from tui.vault.links import is_balanced
from tui.vault.mend import mend_field, reads
from tui.vault.prove import same_value
from tui.vault.salvage import FIELD_LINE, StrayHeader, find_stray_header, salvage_fields

Keep = Literal["header", "line"]
"""Whose value stays when a line above the header has a field that the header has too."""

MOST_LINES = 5_000
"""A header longer than this was written by no person, and is repaired by none of ours."""
MOST_TEXT = 128 * 1024
_MOST_ANCHORED = 2_000
"""Characters of values with anchors, which are read again with each of their aliases."""
_LOOKED_AT = 5
"""How many lines of a text are looked at for fields that belong to the header above it."""
_FIELD = re.compile(
    r"""(?:"[^"]*"[ \t]*|'[^']*'[ \t]*|[^\s#"'\[\]{},&*!|>%@`?:-][^:#]*):(?:[ \t]|$)|\?[ \t]"""
)
_MISSING_SPACE = re.compile(r"([a-z_][a-z0-9_]*):(?=[^\s:/])")
_BELONGS = re.compile(r"[ \t]|-(?:[ \t]|$)|#|$|:[ \t]")


@dataclass(frozen=True, slots=True)
class Doubled:
    """A field that stands above the header and in it, with different values."""

    field: str
    above: str
    """The line above the header."""
    within: str
    """The first of the field's lines in the header."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A broken file's text as it should be, and what was done to it."""

    text: str
    done: tuple[str, ...]
    """A sentence for each thing that was done."""
    doubled: tuple[Doubled, ...] = ()
    """What a reader has to choose between: ``propose`` takes one way or the other."""


class _Group(NamedTuple):
    """A field's lines within a header: index of the first, and the lines without their ends."""

    first: int
    lines: list[str]


def propose(text: str, keep: Keep = "header") -> Repair | None:
    """The repair of a file's broken header; None when it is not broken.

    Raises RepairRefused with the line when no repair is certain.
    """
    if find_header(text) is not None:
        try:
            return _repair_lines(text)
        except RepairRefused as refused:
            # A rule in the text may have been taken for the header's end.
            try:
                return _close(text)
            except RepairRefused:
                raise refused from None
    stray = find_stray_header(text)
    if stray is not None:
        return _move_stray(text, stray, keep)
    if text.removeprefix(BOM).startswith("---"):
        return _close(text)
    raise RepairRefused("there is no header to repair; write one between two --- lines")


def _move_stray(text: str, stray: StrayHeader, keep: Keep) -> Repair:
    """The lines above the opening fence put below it; one that is there already is left out."""
    begin = text.index(stray.stray)
    fence = text[begin + len(stray.stray) : stray.span.start]
    header = LINE.findall(text[stray.span.start : stray.span.end])
    above = LINE.findall(stray.stray)
    groups = {name: group for group in _groups(header) if (name := _name(group))}
    doubled = []
    for index, line in enumerate(above):
        name = _name(_Group(0, [line.rstrip("\r\n")]))
        if name not in groups:
            continue
        group = _without_tail(groups[name])
        own, other = salvage_fields("\n".join(group.lines)), salvage_fields(line)
        same = all(same_value(own.get(key), value) for key, value in other.items())
        if not same:
            doubled.append(Doubled(name, line.rstrip("\r\n"), group.lines[0]))
        if same or keep == "header":
            above[index] = ""
        else:
            header[group.first : group.first + len(group.lines)] = [""] * len(group.lines)
    moved = "".join(above)
    result = text[:begin] + fence + moved + "".join(header) + text[stray.span.end :]
    done = _said_of_stray(above, doubled, keep)
    inner = _repair_lines(result)
    if inner is not None:
        result, done = inner.text, (*done, *inner.done)
    _prove_body(text[stray.span.end :], result)
    return Repair(result, done, tuple(doubled))


def _without_tail(group: _Group) -> _Group:
    """The group without the comments and blank lines that may belong to the next field."""
    lines = list(group.lines)
    while not lines[-1].strip() or lines[-1].lstrip().startswith("#"):
        lines.pop()
    return _Group(group.first, lines)


def _said_of_stray(above: list[str], doubled: list[Doubled], keep: Keep) -> tuple[str, ...]:
    said = []
    kept = sum(bool(line.strip()) for line in above)
    if kept:
        said.append(f"moved {'a line' if kept == 1 else f'{kept} lines'} into the header")
    elif not doubled:
        said.append("took out the line above the header, which the header has already")
    for item in doubled:
        stays, goes = (item.within, item.above) if keep == "header" else (item.above, item.within)
        said.append(f"kept “{short(stays.strip())}” and took out “{short(goes.strip())}”")
    return tuple(said)


def _close(text: str) -> Repair:
    """The closing fence put below the fields, where it is plain where they end."""
    refusal = RepairRefused(
        "the header has no closing --- line, and it is not certain where it belongs", 1
    )
    lines = LINE.findall(text[:MOST_TEXT])[: MOST_LINES + 1]
    end = 1
    while end < len(lines) and (bare := lines[end].strip()) and not bare.startswith("# "):
        end += 1
    at = sum(map(len, lines[:end]))
    fields = [line.rstrip("\r\n") for line in lines[1:end]]
    below = [line.rstrip("\r\n") for line in lines[end:] if line.strip()][:_LOOKED_AT]
    # A line further down that may be a field, or go on with one, makes it uncertain.
    unsure = any(FIELD_LINE.match(line) or line[0] in " \t" for line in below)
    if end < 2 or end > MOST_LINES or at >= MOST_TEXT or not _FIELD.match(fields[0]) or unsure:
        raise refusal
    newline = (re.search(r"\r\n|\r|\n", text) or ["\n"])[0]
    above = text[:at] if lines[end - 1][-1] in "\r\n" else text[:at] + newline
    closed = f"{above}---{newline}{text[at:]}"
    inner = _repair_lines(closed)
    result = inner.text if inner else closed
    _prove_body(f"---{newline}{text[at:]}", result)
    return Repair(result, ("closed the header with ---", *(inner.done if inner else ())))


def _repair_lines(text: str) -> Repair | None:
    """The faulty lines mended, field by field; None when there is none."""
    span = find_header(text)
    if span is None:
        raise RepairRefused("the header has no closing --- line")
    try:
        read_fields(text[span.start : span.end])
    except HeaderError as found:
        error = found
    else:
        return None
    short = span.end - span.start <= MOST_TEXT
    written = LINE.findall(text[span.start : span.end]) if short else []
    if not short or len(written) > MOST_LINES:
        raise RepairRefused(f"{error}; the header is too long to repair", error.line)
    first_line = len(LINE.findall(text[: span.start])) + 1
    mended, expected = list(written), dict[Any, Any]()
    for group, context in _faulty(written, expected):
        new = _mend_group(group, context, first_line + group.first)
        for index, line in enumerate(new, group.first):
            old = written[index]
            mended[index] = line + old[len(old.rstrip("\r\n")) :]
    header = "".join(mended)
    result = text[: span.start] + header + text[span.end :]
    _prove_body(text[span.end :], result)
    _prove_fields(header, expected, error)
    return Repair(result, _said(written, mended, first_line))


def _groups(header: list[str]) -> Iterator[_Group]:
    """A header's lines by the field they belong to; those of no field by themselves."""
    current: _Group | None = None
    for index, line in enumerate(header):
        bare = line.rstrip("\r\n")
        if current is not None and _BELONGS.match(bare):
            current.lines.append(bare)
            continue
        if current is not None:
            yield current
        current = _Group(index, [bare])
    if current is not None:
        yield current


def _name(group: _Group) -> str:
    match = FIELD_LINE.match(group.lines[0])
    return match[1] if match else ""


def _faulty(header: list[str], expected: dict[Any, Any]) -> Iterator[tuple[_Group, str]]:
    """The fields that YAML cannot read, each with the fields its aliases are about.

    What can be read goes into ``expected``.
    """
    context = ""
    for group in _groups(header):
        needed = context if any("*" in line for line in group.lines) else ""
        if reads(group.lines, needed):
            held = read_fields(needed + "\n".join(group.lines) + "\n")
            own = read_fields(needed) if needed else {}
            expected.update({k: v for k, v in held.items() if k not in own or k in expected})
            if any("&" in line for line in group.lines):
                context += "\n".join(group.lines) + "\n"
                if len(context) > _MOST_ANCHORED:
                    raise RepairRefused("the header has too many anchors to repair")
        else:
            yield group, needed


def _mend_group(group: _Group, context: str, line: int) -> list[str]:
    lines = group.lines
    if not _FIELD.match(lines[0]):
        spaced = _MISSING_SPACE.sub(r"\1: ", lines[0], count=1)
        if spaced == lines[0]:
            raise RepairRefused(f"line {line} is no field, and belongs to none", line)
        lines = [spaced, *lines[1:]]
    mended = mend_field(lines, context)
    if mended is None:
        written = "\n".join(lines)
        if "[[" in written and not is_balanced(written):
            raise RepairRefused(f"line {line} has a bracket of a link too few or too many", line)
        try:
            read_fields(f"{written}\n", line)
        except HeaderError as error:
            raise _uncertain(error) from error
        raise RepairRefused(f"line {line} cannot be repaired for certain", line)
    return mended


def _uncertain(error: HeaderError) -> RepairRefused:
    return RepairRefused(f"{error}; no change of its lines is certain", error.line)


def _prove_fields(header: str, expected: dict[Any, Any], error: HeaderError) -> None:
    """Raise RepairRefused unless every field that could be read has its value still."""
    try:
        after = read_fields(header)
    except HeaderError as left:
        raise _uncertain(left) from left
    for key, value in expected.items():
        if key not in after or not same_value(after[key], value):
            raise RepairRefused(f"{error}; mending it would change {key}", error.line)


def _prove_body(rest: str, result: str) -> None:
    """Raise RepairRefused unless the header ends where it did, with the same bytes below."""
    span = find_header(result)
    if span is None or result[span.end :] != rest:
        raise RepairRefused("the repair would move the end of the header", 1)


def _said(before: list[str], after: list[str], first_line: int) -> tuple[str, ...]:
    """What was done to the lines, in words, a sentence for each kind of thing."""
    kinds: dict[str, list[int]] = {}
    for number, (old, new) in enumerate(zip(before, after, strict=True), first_line):
        if old != new:
            kinds.setdefault(_kind(old, new), []).append(number)
    return tuple(
        f"{kind} line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))}"
        for kind, lines in kinds.items()
    )


def _kind(before: str, after: str) -> str:
    added = Counter(after) - Counter(before)
    if before.strip() == after.strip():
        return "indented with spaces:"
    if added["["] and added["]"]:
        return "made a list of the links in"
    if set(added) == {"]"}:
        return "closed the list in"
    if set(added) == {" "}:
        return "put a space behind the colon of"
    if added["\\"] or added["'"] + added['"'] == 1:
        return "escaped or closed the quotes of"
    return "put quotes around the text of"
