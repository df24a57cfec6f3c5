"""The next and the previous match of a query in a laid-out body."""

from __future__ import annotations

from typing import NamedTuple

from tui.app.widgets.text_layout import TextLayout, TextPlace
from tui.search.body_hits import BodyHits

_FURTHEST = 10
"""Parts laid out for one step: a match may be in an address that is not shown."""


class HitAt(NamedTuple):
    """The line of a match, and its start in that line."""

    place: TextPlace
    start: int


def hit_below(layout: TextLayout, hits: BodyHits, here: HitAt) -> HitAt | None:
    """The next match in the body; after the last, the first."""
    part = here.place.part
    later = (hit for hit in _shown(layout, hits, part) if hit > here)
    end = layout.span_of(part)[1]
    return (
        next(later, None)
        or _first(layout, hits, end, layout.span_of(layout.last_part)[1])
        or _first(layout, hits, 0, end)
    )


def hit_above(layout: TextLayout, hits: BodyHits, here: HitAt) -> HitAt | None:
    """The previous match in the body; before the first, the last."""
    part = here.place.part
    earlier = [hit for hit in _shown(layout, hits, part) if hit < here]
    if earlier:
        return earlier[-1]
    start = layout.span_of(part)[0]
    return _last(layout, hits, part - 1, 0) or _last(layout, hits, layout.last_part, start)


def _first(layout: TextLayout, hits: BodyHits, start: int, end: int) -> HitAt | None:
    """The first visible match in a stretch of the body, or the place to continue from."""
    part = 0
    for _ in range(_FURTHEST):
        ahead = hits.find_from(start, end)
        if ahead is None:
            return None
        part = layout.part_at(ahead)
        if shown := _shown(layout, hits, part):
            return shown[0]
        start = layout.span_of(part)[1]
    return HitAt(TextPlace(part, 0), -1)


def _last(layout: TextLayout, hits: BodyHits, part: int, start: int) -> HitAt | None:
    """The last visible match up to a part's end, or the place to continue from."""
    for _ in range(_FURTHEST):
        behind = hits.find_before(layout.span_of(part)[1], start)
        if behind is None:
            return None
        part = layout.part_at(behind)
        if shown := _shown(layout, hits, part):
            return shown[-1]
        part -= 1
    return HitAt(TextPlace(part + 1, 0), -1)


def _shown(layout: TextLayout, hits: BodyHits, part: int) -> list[HitAt]:
    if hits.pattern is None:
        return []
    return [
        HitAt(TextPlace(part, row), match.start())
        for row, line in enumerate(layout.lines_of(part))
        for match in hits.pattern.finditer(line.text)
    ]
