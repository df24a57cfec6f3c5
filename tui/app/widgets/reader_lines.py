"""The lines around a text on the whole screen: its title above, the decision below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from tui.app.widgets.facts import Facts, Hint, Keys
from tui.app.widgets.source_lines import (
    LEAST_SAID,
    Around,
    EdgeLine,
    Piece,
    Place,
    View,
    said_of,
    shortened,
    spoken_minutes,
)
from tui.app.widgets.wrapping import wrap
from tui.display import cells, fit
from tui.session.update import Drawer

WIDEST = 88
"""The longest line of text, in cells."""
MARGIN = 2
"""The least cells at both sides of the text."""
BROAD = 150
"""Cells from which on the insights are right of the text."""
GAP = 4
"""Cells between the text and them."""
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
    beside = insights_beside(view.facts, keys, margin, view.height - 2)
    return Around((head,), (foot,), margin=margin, beside=beside if view.width >= BROAD else ())


def title_line(facts: Facts, position: tuple[int, int], width: int) -> Pieces:
    """The title, the facts where there is room, and which source of the queue this is."""
    at, count = position
    tail = of_how_many(at, count, width)
    title = Piece(facts.title, "line--title-focused")
    snoozed = f"snoozed until {facts.snoozed}" if facts.snoozed else ""
    about = (snoozed, facts.creator, facts.format, facts.date, facts.host)
    named = [one for one in about if one]
    facts_said = [" · ".join(named[:length]) for length in range(len(named), 0, -1)]
    rights: list[Pieces] = [(Piece(f"{said}   ", "line--dim"), Piece(tail)) for said in facts_said]
    if not snoozed:
        rights.append((Piece(tail),))
    elif width < BRIEF:
        rights = [(Piece(f"until {facts.snoozed}  ", "line--dim"), Piece(tail))]
    return spread(width, [((title,), right) for right in rights])


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
    parts: tuple[tuple[Pieces, Drawer], ...] = (
        (_status(facts, keys, level), "status"),
        (_tier(facts, keys, level), "status"),
        (_category(facts, keys, level), "category"),
        (_notebooks(facts, keys, level), "category"),
        (_insights(facts, keys, level), "insights"),
        (_proposed(facts, keys, level), "status"),
    )
    shown: list[Piece] = []
    for pieces, drawer in parts:
        part = [piece if piece.key else piece._replace(drawer=drawer) for piece in pieces]
        shown += (gap, *part) if shown and part else part
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
    if not name and (not keys.category or "category" not in facts.drawers):
        return ()
    said: Pieces = (Piece(name) if name else Piece("no category", "line--dim"),)
    if level > 1 and keys.category:
        said += (Piece(f" {keys.category}", "line--key"),)
    return (*said, *_hinted(facts.category_hint, level))


def _notebooks(facts: Facts, keys: Keys, level: int) -> Pieces:
    """The notebooks; only the first one, and how many more, where there is less room."""
    names, opens = facts.notebooks, keys.notebooks
    if not names or not level:
        return ()
    more = f" +{len(names) - 1:,}" if len(names) > 1 else ""
    said = " · ".join(names) if level > 2 else f"{names[0]}{more}"
    if level < 2:
        said = f"in {len(names):,}"
    pieces = (Piece(said, key=opens, least=LEAST_SAID if level > 1 else 0),)
    return (*pieces, Piece(f" {opens}", "line--key", key=opens)) if level > 1 else pieces


def _hinted(hint: Hint | None, level: int) -> Pieces:
    if hint is None:
        return ()
    name = hint.value.name if level > 1 else ""
    mark = Piece(f" {hint.sign} {name}".rstrip(), "line--accent")
    return (mark, said_of(hint)) if level > 2 else (mark,)


def _proposed(facts: Facts, keys: Keys, level: int) -> Pieces:
    """The other proposals; only how many there are, where there is no room."""
    first, opens = facts.proposed, keys.proposals
    if first is None or facts.is_hinted or not level:
        return ()
    look = "line--accent" if facts.can_take else "line--dim"
    if level > 2:
        more = f" +{facts.more_proposed:,}" if facts.more_proposed else ""
        named = Piece(str(first), look, key=opens, least=LEAST_SAID)
        return (named, Piece(more, "line--dim"), Piece(f" {opens}", "line--key", key=opens))
    count = Piece(f"{first.sign} {facts.more_proposed + 1:,}", look, key=opens)
    return (count, Piece(f" {opens}", "line--key", key=opens))


def _insights(facts: Facts, keys: Keys, level: int) -> Pieces:
    count = facts.insight_count
    said = f"✎{count}" if count else ""
    if facts.has_draft:
        said = f"{said} draft".strip()
    if not said:
        return ()
    key = Piece(f" {keys.insight}", "line--key") if level > 1 and keys.insight else Piece("")
    return (Piece(said), key)


# Right of the text


def insights_beside(facts: Facts, keys: Keys, margin: int, rows: int) -> tuple[Pieces, ...]:
    """The insights in a margin so wide, in at most so many rows; the rest is counted."""
    if not facts.insight_count and not facts.has_draft:
        return ()
    return _insights_beside(
        facts.insights, facts.insight_count, facts.has_draft, keys.insights, keys.insight,
        margin, rows,
    )  # fmt: skip


@lru_cache(maxsize=4)
def _insights_beside(
    insights: tuple[str, ...],
    count: int,
    has_draft: bool,
    opens: str,
    adds: str,
    margin: int,
    rows: int,
) -> tuple[Pieces, ...]:
    draft = (Piece(" · draft ", "line--dim"), Piece(adds, "line--key")) if has_draft else ()
    head: Pieces = (Piece(f"{opens} ".lstrip(), "line--key"), Piece("insights", "line--dim"))
    blocks = [_numbered(number, text, margin - GAP - 1) for number, text in enumerate(insights, 1)]
    lines: list[Pieces] = []
    for between in ([()], []):
        lines, shown = [(*head, *draft), *between], 0
        for block in blocks:
            is_last = shown + 1 == count
            if len(lines) + len(block) + (not is_last) > rows:
                break
            lines += [*block, *between]
            shown += 1
        if shown == count:
            break
    else:
        lines.append((Piece(f"+ {count - shown:,} more", "line--dim"),))
    return tuple(_in_margin(line, margin) for line in lines[: max(0, rows)])


def _numbered(number: int, text: str, room: int) -> list[Pieces]:
    """An insight and its number, broken into lines."""
    sign = f"{number} "
    lines = [text[start:end] for start, end in wrap(text, max(4, room - len(sign)))]
    leads = [Piece(sign, "line--accent"), *[Piece(" " * len(sign))] * (len(lines) - 1)]
    return [(lead, Piece(line)) for lead, line in zip(leads, lines, strict=True)]


def _in_margin(line: Pieces, margin: int) -> Pieces:
    """A line after the gap, in exactly so many cells."""
    rest = margin - GAP - cells_in(line)
    pieces = (Piece(" " * GAP), *line, Piece(" " * max(0, rest)))
    if rest >= 0:
        return pieces
    return (Piece(fit("".join(piece.text for piece in pieces), margin), "line--dim"),)


def spread(width: int, ways: Sequence[tuple[Pieces, Pieces]]) -> Pieces:
    """The first way that fits into so many cells, else the last one, cut at its left part."""
    left: Pieces = ()
    right: Pieces = ()
    for way, right in ways:
        left = shortened(way, width - cells_in(right) - 4)
        if cells_in(left) + cells_in(right) + 4 <= width:
            break
    if cells_in(right) + 3 > width:
        right = ()
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
