"""The hits of a query in a laid-out body, one after the other."""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.app.widgets.text_layout import TextLayout

_PART = re.compile(r'(-?)(?:([^\W\d][\w-]*):(?![/:\\]))?(?:"([^"]*)"?|(\S+))')


class HitAt(NamedTuple):
    """The line a hit stands in, and where it begins there."""

    line: int
    start: int


def hit_pattern(query: str) -> re.Pattern[str] | None:
    """What to highlight in a body: the query's words and phrases, but no filters."""
    words = {
        (phrase or word).strip()
        for minus, field, phrase, word in _PART.findall(query)
        if not minus and field in ("", "body")
    }
    longest_first = sorted((word for word in words if len(word) > 1), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.I) if longest_first else None


def hit_below(layout: TextLayout, pattern: re.Pattern[str], here: HitAt) -> HitAt | None:
    """The next hit in the body, or its first one after its last."""
    line, after = here
    while _reach(layout, pattern, line):
        for start in _starts(layout, pattern, line):
            if start > after:
                return HitAt(line, start)
        line, after = line + 1, -1
    first = HitAt(layout.body_line, -1)
    return hit_below(layout, pattern, first) if here > first else None


def hit_above(layout: TextLayout, pattern: re.Pattern[str], here: HitAt) -> HitAt | None:
    """The hit before in the body, or its last one before its first."""
    for line in range(min(here.line, len(layout.lines) - 1), layout.body_line - 1, -1):
        for start in reversed(_starts(layout, pattern, line)):
            if HitAt(line, start) < here:
                return HitAt(line, start)
    layout.reach_end()
    for line in range(len(layout.lines) - 1, layout.body_line - 1, -1):
        if starts := _starts(layout, pattern, line):
            return HitAt(line, starts[-1])
    return None


def _starts(layout: TextLayout, pattern: re.Pattern[str], line: int) -> list[int]:
    return [match.start() for match in pattern.finditer(layout.lines[line].text)]


def _reach(layout: TextLayout, pattern: re.Pattern[str], line: int) -> bool:
    """Whether there is such a line; lays out no further than to the next hit."""
    while line >= len(layout.lines):
        ahead = pattern.search(layout.body, layout.body_end)
        if ahead is None:
            return False
        layout.reach_body(ahead.start())
    return True
