"""A header that YAML cannot read, read line by line."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any, NamedTuple

from tui.errors import HeaderError
from tui.vault.header import BOM, HeaderSpan, find_header, read_fields
from tui.vault.lines import LINE
from tui.vault.meant import meant_text

FIELD_LINE = re.compile(r"([A-Za-z_][\w-]*):(?:[ \t]+(.*))?$")
_ITEM_LINE = re.compile(r"[ \t]*-[ \t]+(.*)$")
_FENCE_LINE = re.compile(r"(?:---|\.\.\.)[ \t]*$")
_MOST_LINES = 5_000
"""A header longer than this is not salvaged to its end: nobody wrote it by hand."""
_MOST_TEXT = 256 * 1024
"""A header that is never closed is looked for in this many characters, not in megabytes."""
_STRAY_LINES = 5
"""How many lines above a fence are still taken for strays rather than for a body."""


class StrayHeader(NamedTuple):
    """A header below lines that should be inside it."""

    span: HeaderSpan
    stray: str
    """The lines above the opening fence, line breaks included."""
    first_line: int
    """The file's line the header's YAML begins on, counted from 1."""


def find_stray_header(text: str) -> StrayHeader | None:
    """The header of a file that has field lines above its opening fence."""
    begin = 1 if text.startswith(BOM) else 0
    position, fields = begin, 0
    for number, line in enumerate(LINE.findall(text, begin, begin + 4000)):
        bare = line.rstrip("\r\n")
        if _FENCE_LINE.match(bare):
            below = find_header(text[position:])
            if fields == 0 or below is None:
                return None
            span = HeaderSpan(*(position + index for index in (below.start, below.end, below.body)))
            return StrayHeader(span, text[begin:position], number + 2)
        if number >= _STRAY_LINES or (bare.strip() and not FIELD_LINE.match(bare)):
            return None
        fields += bool(bare.strip())
        position += len(line)
    return None


def unclosed_header(text: str) -> str:
    """The lines of a header that has no closing fence: those up to the first blank line."""
    begin = 1 if text.startswith(BOM) else 0
    lines = []
    for line in text[begin : begin + _MOST_TEXT].split("\n")[1:]:
        if not line.strip() or line.startswith("# "):
            break
        lines.append(line)
    return "\n".join(lines)


def salvage_fields(header: str) -> dict[Any, Any]:
    """The fields of a broken header: each read as YAML where it can be, else as text.

    A list with faulty items is read item by item.
    """
    fields: dict[Any, Any] = {}
    for chunk in _chunks(header):
        try:
            fields.update(read_fields("\n".join(chunk)))
        except HeaderError:
            match = FIELD_LINE.match(chunk[0])
            if match:
                fields[match[1]] = _value(match[2] or "", chunk[1:])
    return fields


def _chunks(header: str) -> list[list[str]]:
    """A header's lines, a group for each field line and what belongs to it."""
    chunks: list[list[str]] = []
    current: list[str] = []
    # ``splitlines`` would also split at U+2028 and others, which are text.
    for line in islice(map(_bare, LINE.findall(header)), _MOST_LINES):
        if FIELD_LINE.match(line):
            current = [line]
            chunks.append(current)
        elif line[:1] in ("", " ", "\t", "-", "#"):
            current.append(line)
        else:
            # Neither a field we know nor the value of one: nobody's line.
            current = []
    return chunks


def _bare(line: str) -> str:
    return line.rstrip("\r\n")


def _value(written: str, below: list[str]) -> str | list[str]:
    items = [match[1] for line in below if (match := _ITEM_LINE.match(line))]
    if not written.strip() and items:
        return [meant_text(item.strip()) for item in items]
    return meant_text(" ".join([written.strip(), *(line.strip() for line in below)]).strip())
