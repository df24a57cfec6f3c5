"""What a text says outside its code blocks: its heading, and fields written as ``name::``."""

from __future__ import annotations

import re

_HEADING = re.compile(r"^(?:#[ \t]+([^\r\n]+)| {0,3}(`{3,}|~{3,}))", re.MULTILINE)
_INLINE = re.compile(
    r"^[ \t]*(?:[-*+>][ \t]+)?(?:\*\*|__)?([^\s:*_>+-][^:\r\n*]{0,80}?)(?:\*\*|__)?::(?=\s|\Z)",
    re.MULTILINE,
)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)


def heading_in(text: str, start: int, end: int) -> str:
    """The first heading of the first level between two places; empty when there is none."""
    while found := _HEADING.search(text, start, end):
        if found[1] is not None:
            return found[1].rstrip(" \t#")
        start = _end_of_code(text, found.end(), end, found[2])
    return ""


def inline_field(text: str, name: str, start: int) -> int | None:
    """Where a line such as ``name:: value`` starts below ``start``; None when there is none.

    Case and the marks of lists and bold text do not count.
    """
    if "::" not in text:
        return None
    written = rf"[ \t]*(?:[-*+>][ \t]+)?(?:\*\*|__)?{re.escape(name)}(?:\*\*|__)?"
    line = re.compile(rf"^(?:{written}::(?=\s|\Z)| {{0,3}}(`{{3,}}|~{{3,}}))", re.M | re.I)
    while found := line.search(text, start):
        if found[1] is None:
            return found.start()
        start = _end_of_code(text, found.end(), len(text), found[1])
    return None


def inline_names(text: str, start: int) -> frozenset[str]:
    """The names that lines below ``start`` give values with ``::``, in lower case."""
    if "::" not in text:
        return frozenset()
    return frozenset(found[1].strip().lower() for found in _INLINE.finditer(text, start))


def _end_of_code(text: str, start: int, end: int, opening: str) -> int:
    """The end of a code block that was opened with these characters."""
    for fence in _FENCE.finditer(text, start, end):
        if fence[1].startswith(opening):
            line_end = text.find("\n", fence.end())
            if not text[fence.end() : line_end if line_end >= 0 else len(text)].strip():
                return fence.end()
    return end
