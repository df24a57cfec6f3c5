"""The hits of a query in a laid-out body, one after the other."""

from __future__ import annotations

from typing import NamedTuple

from tui.app.widgets.text_layout import Place, TextLayout
from tui.search.body_hits import BodyHits


class HitAt(NamedTuple):
    """The line a hit stands in, and where it begins there."""

    place: Place
    start: int


def hit_below(layout: TextLayout, hits: BodyHits, here: HitAt) -> HitAt | None:
    """The next hit in the body, or its first one after its last."""
    part = here.place.part
    later = (hit for hit in _shown(layout, hits, part) if hit > here)
    end = layout.span_of(part)[1]
    return next(later, None) or _first(layout, hits, end) or _first(layout, hits, 0)


def hit_above(layout: TextLayout, hits: BodyHits, here: HitAt) -> HitAt | None:
    """The hit before in the body, or its last one before its first."""
    part = here.place.part
    earlier = [hit for hit in _shown(layout, hits, part) if hit < here]
    if earlier:
        return earlier[-1]
    last = layout.end.part
    return _last(layout, hits, part - 1) or _last(layout, hits, last)


def _first(layout: TextLayout, hits: BodyHits, start: int) -> HitAt | None:
    """The first hit that is shown from there on in the body."""
    while (ahead := hits.find_from(start)) is not None:
        part = layout.part_at(ahead)
        if shown := _shown(layout, hits, part):
            return shown[0]
        start = layout.span_of(part)[1]
    return None


def _last(layout: TextLayout, hits: BodyHits, part: int) -> HitAt | None:
    """The last hit that is shown in the body down to a part."""
    while part > 0 and (behind := hits.find_before(layout.span_of(part)[1])) is not None:
        part = layout.part_at(behind)
        if shown := _shown(layout, hits, part):
            return shown[-1]
        part -= 1
    return None


def _shown(layout: TextLayout, hits: BodyHits, part: int) -> list[HitAt]:
    if hits.pattern is None:
        return []
    return [
        HitAt(Place(part, row), match.start())
        for row, line in enumerate(layout.lines_of(part))
        for match in hits.pattern.finditer(line.text)
    ]
