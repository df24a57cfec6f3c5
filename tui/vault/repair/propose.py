"""The smallest change that makes a broken header readable, verified before it is offered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tui.display import short
from tui.errors import RepairRefused
from tui.vault.header.lines import LINE, newline_at
from tui.vault.header.parse import BOM, HeaderSpan
from tui.vault.header.salvage import (
    FIELD_LINE,
    StrayHeader,
    find_stray_header,
    foreign_header,
    has_field_lines,
    has_no_header,
    parted,
    salvage_fields,
    unopened_header,
)
from tui.vault.header.syntax import TOML, YAML, header_of
from tui.vault.header.typed import same_value
from tui.vault.repair.fields import (
    FIELD,
    MOST_LINES,
    MOST_TEXT,
    Group,
    groups,
    name_of,
    prove_body,
    repair_lines,
)

Keep = Literal["header", "line"]
"""Which of two values of a duplicate field to keep: ``header`` keeps the last one, which is in the
header if the other is above it; ``line`` keeps the first."""

_LOOKED_AT = 5
"""Number of lines below a header to check for fields that belong into it."""
_SENTENCE = 5
"""From so many words, a line without a name is text."""
_NAMED = re.compile(r":(?:\s|$)|^[{\[\t]")
"""What a line of fields has."""


@dataclass(frozen=True, slots=True)
class Doubled:
    """A duplicate field with different values."""

    field: str
    above: str
    """The first line, which may be above the header."""
    within: str
    """The first line of the later value."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A file's repaired text, and what was done."""

    text: str
    done: tuple[str, ...]
    """A sentence for each repair."""
    doubled: tuple[Doubled, ...] = ()
    """Duplicates for the user to choose from, with ``keep`` of ``propose``."""


def propose(text: str, keep: Keep = "header") -> Repair | None:
    """Propose a repair of a file's broken header; None when it is not broken.

    Raises RepairRefused with the line when there is no safe repair.
    """
    if text.removeprefix(BOM).startswith(TOML.fence):
        return _propose_toml(text)
    found = header_of(text)
    if found is not None and found.syntax is not YAML:
        return None
    if found is not None:
        try:
            inner = repair_lines(text)
        except RepairRefused as refused:
            # The closing fence may really be a rule in the text.
            try:
                return _close(text)
            except RepairRefused:
                if (above := _put_above(text, text[found.start : found.end])) is not None:
                    return above
                raise refused from None
        return None if inner is None else Repair(*inner)
    stray = find_stray_header(text)
    if stray is not None:
        return _move_stray(text, stray, keep)
    if has_no_header(text):
        return None
    if foreign := foreign_header(text):
        raise RepairRefused(foreign)
    if text.removeprefix(BOM).startswith("---"):
        return _close(text)
    if (span := unopened_header(text)) is not None:
        return _open(text, span)
    raise RepairRefused("there is no header to repair")


def _propose_toml(text: str) -> Repair | None:
    """The same for a text that starts with the fence of TOML."""
    from tui.vault.repair.toml_lines import repair_toml  # noqa: PLC0415 - most headers are YAML

    if header_of(text) is None:
        if has_no_header(text):
            return None
        if foreign := foreign_header(text):
            raise RepairRefused(foreign)
    inner = repair_toml(text)
    return None if inner is None else Repair(*inner)


def advice(text: str) -> str:
    """The way to fix an unreadable header: a repair if there is one."""
    try:
        mended = propose(text)
    except RepairRefused:
        mended = None
    if mended is None:
        return "no safe repair is known, so use an editor"
    return "F or `sluice check --fix` repairs it"


def _move_stray(text: str, stray: StrayHeader, keep: Keep) -> Repair:
    """Move fields above the opening fence into the header, and headings below it.

    Fields that the header already has are dropped.
    """
    begin = text.index(stray.stray)
    fence = text[begin + len(stray.stray) : stray.span.start]
    header = LINE.findall(text[stray.span.start : stray.span.end])
    above, headings = parted(stray.stray)
    own_groups = {name: group for group in groups(header) if (name := name_of(group))}
    doubled = []
    for index, line in enumerate(above):
        name = name_of(Group(0, [line.rstrip("\r\n")]))
        if name not in own_groups:
            continue
        group = _without_tail(own_groups[name])
        own, other = salvage_fields("\n".join(group.lines)), salvage_fields(line)
        same = all(same_value(own.get(key), value) for key, value in other.items())
        if not same:
            doubled.append(Doubled(name, line.rstrip("\r\n"), group.lines[0]))
        if same or keep == "header":
            above[index] = ""
        else:
            header[group.first : group.first + len(group.lines)] = [""] * len(group.lines)
    closing = text[stray.span.end : stray.span.body]
    if headings and closing[-1] not in "\r\n":
        closing += newline_at(text, begin, "\n")
    rest = closing + "".join(headings) + text[stray.span.body :]
    result = text[:begin] + fence + "".join(above) + "".join(header) + rest
    done = _said_of_stray(above, doubled, keep) if above else ()
    if headings:
        what = "the heading" if any(line.strip() for line in headings) else "blank lines"
        done = (*done, f"moved {what} below the header")
    inner = repair_lines(result)
    if inner is not None:
        result, done = inner[0], (*done, *inner[1])
    prove_body(rest, result)
    return Repair(result, done, tuple(doubled))


def _without_tail(group: Group) -> Group:
    """The group without trailing comments and blank lines, which may belong to the next field."""
    lines = list(group.lines)
    while not lines[-1].strip() or lines[-1].lstrip().startswith("#"):
        lines.pop()
    return Group(group.first, lines)


def _said_of_stray(above: list[str], doubled: list[Doubled], keep: Keep) -> tuple[str, ...]:
    said = []
    kept = sum(bool(line.strip()) for line in above)
    if kept:
        said.append(f"moved {'a line' if kept == 1 else f'{kept} lines'} into the header")
    elif not doubled:
        said.append("removed the line above the header, which repeats the header")
    for item in doubled:
        stays, goes = (item.within, item.above) if keep == "header" else (item.above, item.within)
        said.append(f"kept “{short(stays.strip())}” and removed “{short(goes.strip())}”")
    return tuple(said)


def _close(text: str) -> Repair:
    """Add the closing fence below the fields, if their end is clear."""
    refusal = RepairRefused("the header has no closing --- line, and its place is unclear", 1)
    lines = LINE.findall(text[:MOST_TEXT])[: MOST_LINES + 1]
    end = 1
    while end < len(lines) and (bare := lines[end].strip()) and not bare.startswith("# "):
        end += 1
    at = sum(map(len, lines[:end]))
    fields = [line.rstrip("\r\n") for line in lines[1:end]]
    below = [line.rstrip("\r\n") for line in lines[end:] if line.strip()][:_LOOKED_AT]
    # The end is unclear if a later line may belong to a field.
    unsure = any(FIELD_LINE.match(line) or line[0] in " \t" for line in below)
    if end < 2 or end > MOST_LINES or at >= MOST_TEXT or not FIELD.match(fields[0]) or unsure:
        raise refusal
    newline = (re.search(r"\r\n|\r|\n", text) or ["\n"])[0]
    above = text[:at] if lines[end - 1][-1] in "\r\n" else text[:at] + newline
    closed = f"{above}---{newline}{text[at:]}"
    inner = repair_lines(closed)
    result, done = inner or (closed, ())
    prove_body(f"---{newline}{text[at:]}", result)
    return Repair(result, ("closed the header with ---", *done))


def _put_above(text: str, between: str) -> Repair | None:
    """Put an empty header above a text that begins with a line across the page, not a header.

    ``between`` is what is between that line and the next one; None where it may be fields.
    """
    lines = [line.strip() for line in LINE.findall(between[:MOST_TEXT]) if line.strip()]
    is_text = any(len(line.split()) >= _SENTENCE or line.startswith(">") for line in lines)
    if not is_text or any(_NAMED.search(line) for line in lines):
        return None
    start = len(BOM) if text.startswith(BOM) else 0
    newline = newline_at(text, start, "\n")
    result = f"{text[:start]}---{newline}---{newline}{text[start:]}"
    prove_body(f"---{newline}{text[start:]}", result)
    return Repair(result, ("put an empty header above the text, which begins with a --- line",))


def _open(text: str, span: HeaderSpan) -> Repair:
    """Add the opening fence above fields at the start of a file that end with a fence."""
    if has_field_lines(text[span.end :]):
        raise RepairRefused("it is unclear which lines are the header", 1)
    newline = newline_at(text, span.start, "\n")
    opened = f"{text[: span.start]}---{newline}{text[span.start :]}"
    inner = repair_lines(opened)
    result, done = inner or (opened, ())
    prove_body(text[span.end :], result)
    return Repair(result, ("opened the header with ---", *done))
