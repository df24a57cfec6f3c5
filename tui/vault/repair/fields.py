"""Repair the faulty lines of a broken header, field by field, and verify the result."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from tui.errors import HeaderError, RepairRefused
from tui.vault.header.characters import has_unseen, spaced
from tui.vault.header.lines import LINE
from tui.vault.header.parse import find_header, read_fields
from tui.vault.header.salvage import FIELD_LINE
from tui.vault.header.typed import same_value
from tui.vault.repair.links import is_balanced
from tui.vault.repair.one_field import reads, repair_field

MOST_LINES = 5_000
"""Longest header to repair, in lines: nobody writes a longer one by hand."""
MOST_TEXT = 128 * 1024
_MOST_ANCHORED = 2_000
"""Maximum total length of values with anchors, which are parsed again for each alias."""
FIELD = re.compile(
    r"""(?:"[^"]*"[ \t]*|'[^']*'[ \t]*|[^\s#"'\[\]{},&*!|>%@`?:-][^:#]*):(?:[ \t]|$)|\?[ \t]"""
)
_DASH = re.compile(r"[ \t]*-")
_MISSING_SPACE = re.compile(r"([a-z_][a-z0-9_]*):(?=[^\s:/])")
_WIDE_COLON = re.compile(r"^([\w-]+)\uff1a\s*")
_BELONGS = re.compile(r"[ \t]|-(?:[ \t]|$)|#|$|:[ \t]")


class Group(NamedTuple):
    """A field's lines in a header: the index of the first, and the lines without line breaks."""

    first: int
    lines: list[str]


def repair_lines(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Repair the faulty lines; return the text and what was done, or None if none is faulty."""
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
    repaired, expected = [_seen_as_field(line) for line in written], dict[Any, Any]()
    for group, context in _faulty(list(repaired), expected):
        new = _repaired_group(group, context, first_line + group.first)
        for index, line in enumerate(new, group.first):
            old = written[index]
            repaired[index] = line + old[len(old.rstrip("\r\n")) :]
    header = "".join(repaired)
    result = text[: span.start] + header + text[span.end :]
    prove_body(text[span.end :], result)
    _prove_fields(header, expected, error)
    return result, _said(written, repaired, first_line)


def _seen_as_field(line: str) -> str:
    """The line without invisible characters, if only they keep it from being a field or item."""
    plain = spaced(line)
    is_one = FIELD.match(line) or (_BELONGS.match(line) and not _DASH.match(line))
    return line if is_one and not has_unseen(line[:1]) else plain


def groups(header: list[str]) -> Iterator[Group]:
    """Group a header's lines by field; lines without a field are groups of their own."""
    current: Group | None = None
    for index, line in enumerate(header):
        bare = line.rstrip("\r\n")
        if current is not None and _BELONGS.match(bare):
            current.lines.append(bare)
            continue
        if current is not None:
            yield current
        current = Group(index, [bare])
    if current is not None:
        yield current


def name_of(group: Group) -> str:
    """The name of the group's field; empty for other lines."""
    match = FIELD_LINE.match(group.lines[0])
    return match[1] if match else ""


def _faulty(header: list[str], expected: dict[Any, Any]) -> Iterator[tuple[Group, str]]:
    """The fields that YAML cannot read, each with the fields its aliases refer to.

    Readable fields are added to ``expected``.
    """
    context = ""
    for group in groups(header):
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


def _repaired_group(group: Group, context: str, line: int) -> list[str]:
    lines = group.lines
    if not FIELD.match(lines[0]):
        with_space = _MISSING_SPACE.sub(r"\1: ", lines[0], count=1)
        if with_space == lines[0]:
            with_space = _WIDE_COLON.sub(r"\1: ", lines[0], count=1)
        if with_space == lines[0]:
            raise RepairRefused(f"line {line} does not belong to any field", line)
        lines = [with_space, *lines[1:]]
    repaired = repair_field(lines, context)
    if repaired is None:
        written = "\n".join(lines)
        if "[[" in written and not is_balanced(written):
            raise RepairRefused(f"line {line} has unbalanced link brackets", line)
        try:
            read_fields(f"{written}\n", line)
        except HeaderError as error:
            raise _uncertain(error) from error
        raise RepairRefused(f"line {line} has no safe repair", line)
    return repaired


def _uncertain(error: HeaderError) -> RepairRefused:
    return RepairRefused(f"{error}; there is no safe repair", error.line)


def _prove_fields(header: str, expected: dict[Any, Any], error: HeaderError) -> None:
    """Raise RepairRefused unless all fields that were readable keep their values."""
    try:
        after = read_fields(header)
    except HeaderError as left:
        raise _uncertain(left) from left
    for key, value in expected.items():
        if key not in after or not same_value(after[key], value):
            raise RepairRefused(f"{error}; a repair would change {key}", error.line)


def prove_body(rest: str, result: str) -> None:
    """Raise RepairRefused unless the text below the header is unchanged."""
    span = find_header(result)
    if span is None or result[span.end :] != rest:
        raise RepairRefused("the repair would move the end of the header", 1)


def _said(before: list[str], after: list[str], first_line: int) -> tuple[str, ...]:
    """Describe the repairs, one sentence for each kind."""
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
    if has_unseen(before) and spaced(before) == after:
        return "replaced invisible characters with spaces in"
    if before.strip() == after.strip():
        return "indented with spaces:"
    if added["["] and added["]"]:
        return "turned the links into a list in"
    if set(added) == {"]"}:
        return "closed the list in"
    if set(added) == {" "}:
        return "put a space after the colon in"
    if set(added) == {" ", ":"}:
        return "replaced a full-width colon in"
    if added["\\"] or added["'"] + added['"'] == 1:
        return "escaped or closed the quotes in"
    return "quoted the text in"
