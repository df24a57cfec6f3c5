"""The hits of a query in a laid-out body, one after the other."""

from __future__ import annotations

from typing import NamedTuple

from tui.app.widgets.text_layout import TextLayout
from tui.search.body_hits import BodyHits


class HitAt(NamedTuple):
    """The line a hit stands in, and where it begins there."""

    line: int
    start: int


def hit_below(layout: TextLayout, hits: BodyHits, here: HitAt) -> HitAt | None:
    """The next hit in the body, or its first one after its last."""
    line, after = here
    while _reach(layout, hits, line):
        for start in _starts(layout, hits, line):
            if start > after:
                return HitAt(line, start)
        line, after = line + 1, -1
    first = HitAt(layout.body_line, -1)
    return hit_below(layout, hits, first) if here > first else None


def hit_above(layout: TextLayout, hits: BodyHits, here: HitAt) -> HitAt | None:
    """The hit before in the body, or its last one before its first."""
    for line in range(min(here.line, len(layout.lines) - 1), layout.body_line - 1, -1):
        for start in reversed(_starts(layout, hits, line)):
            if HitAt(line, start) < here:
                return HitAt(line, start)
    # No further than to the last hit: the rest of a long body need not be laid out for it.
    ahead = hits.find_from(layout.body_end)
    while ahead is not None:
        layout.reach_body(ahead)
        ahead = hits.find_from(layout.body_end)
    for line in range(len(layout.lines) - 1, layout.body_line - 1, -1):
        if starts := _starts(layout, hits, line):
            return HitAt(line, starts[-1])
    return None


def _starts(layout: TextLayout, hits: BodyHits, line: int) -> list[int]:
    if hits.pattern is None:
        return []
    return [match.start() for match in hits.pattern.finditer(layout.lines[line].text)]


def _reach(layout: TextLayout, hits: BodyHits, line: int) -> bool:
    """Whether there is such a line; lays out no further than to the next hit."""
    while line >= len(layout.lines):
        ahead = hits.find_from(layout.body_end)
        if ahead is None:
            return False
        layout.reach_body(ahead)
    return True
