"""The lines around a text on the whole screen: its title above, the decision below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.app.widgets.facts import Facts, Hint, Keys
from tui.app.widgets.source_lines import Around, EdgeLine, Piece, Place, View, spoken_minutes
from tui.display import cells, fit

WIDEST = 88
"""The longest line of text, in cells."""
MARGIN = 2
"""The least cells at both sides of the text."""
BRIEF = 60
"""Cells below which a line says everything as briefly as it can."""

Pieces = tuple[Piece, ...]


def on_whole_screen(view: View, keys: Keys, position: tuple[int, int]) -> Around:
    """The lines around the text; ``position`` is which source this is, of how many."""
    margin = max(MARGIN, (view.width - WIDEST) // 2)
    if view.facts is None or view.height < 3:
        return Around(margin=margin)
    head = EdgeLine(title_line(view.facts, position, view.width))
    foot = EdgeLine(decision_line(view.facts, keys, view.place, view.width))
    return Around((head,), (foot,), margin=margin)


def title_line(facts: Facts, position: tuple[int, int], width: int) -> Pieces:
    """The title, the facts where there is room, and which source of the queue this is."""
    at, count = position
    tail = of_how_many(at, count, width)
    title = Piece(facts.title, "line--title-focused")
    named = [one for one in (facts.creator, facts.format, facts.date, facts.host) if one]
    facts_said = [" · ".join(named[:length]) for length in range(len(named), 0, -1)]
    rights = [(Piece(f"{said}   ", "line--dim"), Piece(tail)) for said in facts_said]
    return spread(width, [((title,), right) for right in (*rights, (Piece(tail),))])


def of_how_many(at: int, count: int, width: int) -> str:
    """Which one of how many, in words for a line of so many cells."""
    return f"{at:,}/{count:,}" if width < BRIEF else f"{at:,} of {count:,}"


def decision_line(facts: Facts, keys: Keys, place: Place, width: int) -> Pieces:
    """What is decided about the source, with the keys that change it, and the place in the text."""
    return spread(width, list(_ways(facts, keys, place, width)))


def _ways(facts: Facts, keys: Keys, place: Place, width: int) -> Iterator[tuple[Pieces, Pieces]]:
    """What the decision line can say, the longest first."""
    percent = "100 %" if place.is_whole else f"{place.percent} %"
    short: Pieces = (Piece(percent, "line--dim"),)
    left = round(place.minutes * (100 - place.percent) / 100)
    if place.is_whole or not left:
        long = short
    else:
        long = (Piece(f"── {percent} · {spoken_minutes(left)} left", "line--dim"),)
    if width >= BRIEF:
        yield _decision(facts, keys, level=3), long
        yield _decision(facts, keys, level=3), short
        yield _decision(facts, keys, level=2), short
    yield _decision(facts, keys, level=1), short
    yield _decision(facts, keys, level=0), short


def _decision(facts: Facts, keys: Keys, level: int) -> Pieces:
    """The decision; the higher the level, the more it says."""
    gap = Piece("   " if level > 2 else "  " if level > 1 else " ")
    parts = [
        _status(facts, keys, level),
        _tier(facts, keys, level),
        _category(facts, keys, level),
        _insights(facts, keys, level),
    ]
    shown: list[Piece] = []
    for part in filter(None, parts):
        shown += (gap, *part) if shown else part
    return tuple(shown)


def _status(facts: Facts, keys: Keys, level: int) -> Pieces:
    now, following = facts.status, facts.next_status
    sign = now.symbol or now.name
    said = Piece(str(now) if level > 2 else sign, now.look)
    if following is None or not level:
        return (said,)
    whole = f"→{following}" if level > 2 else following.symbol or following.name
    gap = Piece(" " if level > 1 else "")
    return (said, gap, Piece(keys.promote, "line--key"), Piece(whole, "line--dim"))


def _tier(facts: Facts, keys: Keys, level: int) -> Pieces:
    tier, hint = facts.tier, facts.tier_hint
    if tier is None and not keys.tiers:
        return ()
    if tier is None:
        said: Pieces = (Piece("no tier" if level > 1 else "-", "line--dim"),)
    else:
        said = (Piece(str(tier) if level > 2 else tier.symbol or tier.name, tier.look),)
    if level > 1 and keys.tiers:
        said += (Piece(f" {keys.tiers}", "line--key"),)
    return (*said, *_hinted(hint, level))


def _category(facts: Facts, keys: Keys, level: int) -> Pieces:
    name = facts.category
    if not name and not keys.category:
        return ()
    said: Pieces = (Piece(name) if name else Piece("no category", "line--dim"),)
    if level > 1 and keys.category:
        said += (Piece(f" {keys.category}", "line--key"),)
    return (*said, *_hinted(facts.category_hint, level))


def _hinted(hint: Hint | None, level: int) -> Pieces:
    if hint is None:
        return ()
    name = hint.value.name if level > 1 else ""
    mark = Piece(f" ≈ {name}".rstrip(), "line--accent")
    return (mark, Piece(f" {hint.percent}", "line--dim")) if level > 2 else (mark,)


def _insights(facts: Facts, keys: Keys, level: int) -> Pieces:
    count = facts.insight_count
    said = f"✎{count}" if count else ""
    if facts.has_draft:
        said = f"{said} draft".strip()
    if not said:
        return ()
    key = Piece(f" {keys.insight}", "line--key") if level > 1 and keys.insight else Piece("")
    return (Piece(said), key)


def spread(width: int, ways: Sequence[tuple[Pieces, Pieces]]) -> Pieces:
    """The first way that fits into so many cells, else the last one, cut at its left part."""
    left: Pieces = ()
    right: Pieces = ()
    for left, right in ways:
        if cells_in(left) + cells_in(right) + 4 <= width:
            break
    room = max(0, width - 2 - cells_in(right) - 1)
    shown: list[Piece] = []
    for piece in left:
        if cells(piece.text) > room:
            shown.append(piece._replace(text=fit(piece.text, room).rstrip()))
            room = 0
            break
        shown.append(piece)
        room -= cells(piece.text)
    gap = max(0, width - 2 - cells_in(shown) - cells_in(right))
    pieces = (Piece(" "), *shown, Piece(" " * gap), *right, Piece(" "))
    return tuple(piece for piece in pieces if piece.text)


def cells_in(pieces: Sequence[Piece]) -> int:
    """The cells that pieces take."""
    return sum(cells(piece.text) for piece in pieces)
