"""The lines around a source's text: title, place, drawers and decision, for any size.

Everything here is worked out from its arguments, without a screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from tui.app.widgets.facts import Facts, Hint, Keys
from tui.display import cells, fit
from tui.session.update import PROPOSED, Drawer, Drawers

NAME_CELLS = 13
"""The cells of a drawer's name and the gap after it."""
NAMES_FROM = 40
"""The least cells of a line that says the names of the drawers."""
LEAST_SAID = 9
"""The least cells of what somebody says of a proposal, of more than that."""
LOWEST = 6
"""The least rows, for text and the lines below it, with a line for proposals."""
ENOUGH_TEXT = 16
"""The rows of text that insights leave on a screen of usual height."""


class Piece(NamedTuple):
    """A part of a line, and the component class of its look."""

    text: str
    look: str = ""
    drawer: Drawer | None = None
    """What a click on it opens, where that is not what one on the line does."""
    key: str = ""
    """What a click on it presses, in place of that."""
    least: int = 0
    """The cells to which it may be cut so that the rest fits; 0 if it may not be cut."""


class EdgeLine(NamedTuple):
    """A line above or below the text."""

    pieces: tuple[Piece, ...]
    """As many cells as the line has between its ends."""
    ends: tuple[str, str] = ("", "")
    """The parts of a frame at both ends."""
    drawer: Drawer | None = None
    """What a click on it opens."""

    @property
    def is_decision(self) -> bool:
        """Whether it says what is decided, so that a click opens a drawer."""
        return self.drawer is not None or any(piece.drawer or piece.key for piece in self.pieces)

    def piece_at(self, x: int) -> Piece:
        """The part so many cells from its left end, with what a click on it does."""
        end = cells(self.ends[0])
        for piece in self.pieces:
            end += cells(piece.text)
            if x < end:
                return piece if piece.drawer or piece.key else piece._replace(drawer=self.drawer)
        return Piece("", drawer=self.drawer)


class Place(NamedTuple):
    """What part of a text is in sight."""

    percent: int
    minutes: int
    """How long reading all of it takes; 0 without a text."""
    is_whole: bool = False
    """Whether all of it is in sight."""

    def __str__(self) -> str:
        if not self.minutes:
            return ""
        time = spoken_minutes(self.minutes)
        return time if self.is_whole else f"{self.percent} % of {time}"


class View(NamedTuple):
    """What the lines are for: the size of the widget, and what it shows."""

    width: int
    height: int
    facts: Facts | None
    place: Place


class Around(NamedTuple):
    """The lines around a text."""

    head: tuple[EdgeLine, ...] = ()
    foot: tuple[EdgeLine, ...] = ()
    has_sides: bool = False
    """Whether the text has a frame at both sides."""
    margin: int = 0
    """Empty cells at both sides of the text."""
    beside: tuple[tuple[Piece, ...], ...] = ()
    """Lines in the margin right of the text, from its top on: as wide as the margin."""


Surround = Callable[[View], Around]
"""Works out the lines around a text; their number depends on anything but the place."""


def nothing_around(_: View) -> Around:
    """The text alone."""
    return Around()


def spoken_minutes(minutes: int) -> str:
    """So many minutes in words: ``11 min``, ``2 h 5 min``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours:,} h {rest} min" if rest else f"{hours:,} h"


def framed(view: View, keys: Keys) -> Around:
    """A frame: the facts in its upper edge, the place and the drawers at its lower end."""
    width, facts = max(0, view.width - 2), view.facts
    foot = drawers_for(facts, keys, width, view.height - 2, has_sides=True, place=view.place)
    if view.height < 3 or facts is None:
        foot = ()
    top = EdgeLine(rule_of(width, in_frame(facts), has_ends=True), ("╭", "╮"))
    bottom = EdgeLine(rule_of(width, has_ends=True), ("╰", "╯"))
    foot = (*foot, bottom) if view.height > 1 else ()
    return Around((top,), foot, has_sides=True, margin=1)


def ruled(view: View, keys: Keys) -> Around:
    """A rule with facts and place above the text, the drawers below it."""
    facts = view.facts
    if view.height < 2:
        return decision_alone(view, keys)
    if facts is None:
        return Around((EdgeLine(rule_of(view.width, has_ends=False)),), margin=1)
    foot = drawers_for(facts, keys, view.width, view.height - 1, has_sides=False, place=view.place)
    is_said = any(line.drawer is None for line in foot)
    ways = above_text(facts, "" if is_said else str(view.place))
    title = EdgeLine(rule_of(view.width, ways, has_ends=False))
    return Around((title,), foot, margin=1)


def decision_alone(view: View, keys: Keys) -> Around:
    """The decision in one line, without any text."""
    facts = view.facts
    line = EdgeLine(decision_of(facts, keys, view.width) if facts else _padded((), view.width))
    return Around((), (line,))


def least_text(room: int) -> int:
    """The rows that text keeps of so many, however many insights there are."""
    return min(ENOUGH_TEXT, room * 3 // 5 + 1)


# The lower end


def drawers_for(
    facts: Facts | None, keys: Keys, width: int, height: int, *, has_sides: bool, place: Place
) -> tuple[EdgeLine, ...]:
    """The lines below the text in a view with so many rows for both."""
    if facts is None:
        return ()
    with_proposed = facts.proposed is not None and height >= LOWEST
    height -= with_proposed
    with_notebooks = bool(facts.notebooks) and height >= LOWEST
    height -= with_notebooks
    with_rule = height >= (8 if has_sides else 18)
    room = height + 1 - len(facts.drawers) - with_rule
    sides = ("│", "│") if has_sides else ("", "")
    if room < 3:
        # There is no room for a line each.
        opens: Drawer = "category" if "category" in facts.drawers else "status"
        line = EdgeLine(decision_of(facts, keys, width), sides, opens)
        return (line,) if height > 1 else ()
    rule = EdgeLine(
        _plain(rule_of(width, with_topics(facts, str(place)), has_ends=has_sides)),
        ("├", "┤") if has_sides else ("", ""),
    )
    lines: list[tuple[tuple[Piece, ...], Drawer]] = []
    if "insights" in facts.drawers:
        lines += [(pieces, "insights") for pieces in insight_lines(facts, keys, width, room)]
    if "category" in facts.drawers:
        lines.append((category_line(facts, keys, width), "category"))
    if with_notebooks:
        lines.append((notebooks_line(facts, keys, width), "category"))
    lines.append((status_line(facts, keys, width), "status"))
    if with_proposed:
        lines.append((proposed_line(facts, keys, width), "status"))
    drawn = (EdgeLine(pieces, sides, drawer) for pieces, drawer in lines)
    return (*((rule,) if with_rule else ()), *drawn)


def insight_lines(facts: Facts, keys: Keys, width: int, room: int) -> list[tuple[Piece, ...]]:
    """A line for each insight; the last one counts those for which there is no room.

    ``room`` is the number of rows for insights and text.
    """
    most = max(1, room - least_text(room))
    count = facts.insight_count
    shown = list(facts.insights[: most if count <= most else most - 1])
    digits = len(str(len(shown)))
    words: list[tuple[Piece, ...]] = [
        (Piece(f"{number:>{digits}} ", "line--accent"), Piece(text))
        for number, text in enumerate(shown, 1)
    ]
    if not count:
        none = "draft" if facts.has_draft else "none yet"
        words = [(Piece(none, "line--dim"),)]
    elif len(shown) < count:
        more = f"+ {count - len(shown):,} more" if shown else f"{count:,} insights"
        words.append((Piece(more, "line--dim"),))
    key = f"draft {keys.insight}" if count and facts.has_draft else keys.insight
    name = facts.drawers["insights"]
    return [
        drawer_line(
            width,
            keys.insights if not number else "",
            name if not number else "",
            (pieces,),
            key if not number else "",
        )
        for number, pieces in enumerate(words)
    ]


def category_line(facts: Facts, keys: Keys, width: int) -> tuple[Piece, ...]:
    """The category, and what is suggested instead."""
    value = Piece(facts.category) if facts.category else Piece("none yet", "line--dim")
    hint = facts.category_hint
    ways = [((value, *said)) for said in _hinted(hint, hint.value.name if hint else "")]
    name = facts.drawers["category"]
    return drawer_line(
        width, keys.category, name, [*ways, (value,)], keys.suggested if hint else ""
    )


def status_line(facts: Facts, keys: Keys, width: int) -> tuple[Piece, ...]:
    """The status, the next one, the tier, and what is suggested instead."""
    now, tier = facts.status, facts.tier
    status = Piece(str(now), now.look)
    none = Piece("no tier" if facts.has_tiers else "", "line--dim")
    value = Piece(str(tier), tier.look) if tier else none
    gap, hint = Piece("  "), facts.tier_hint
    hints = _hinted(hint, str(hint.value) if hint else "")
    nexts = [_next(facts, keys, whole=True), _next(facts, keys, whole=False), ()]
    ways = [(status, *follows, gap, value, *said) for said in hints for follows in nexts]
    brief = Piece(now.symbol or now.name, now.look)
    ways += [(brief, *_next(facts, keys, whole=False), gap, value), (brief, gap, value)]
    name = facts.drawers["status"]
    return drawer_line(width, keys.promote_to, name, ways, keys.tiers)


def notebooks_line(facts: Facts, keys: Keys, width: int) -> tuple[Piece, ...]:
    """The notebooks, and when the source was delivered to them; else how many more there are."""
    names, pairs = facts.notebooks, list(zip(facts.notebooks, facts.sent, strict=True))
    whole = tuple(
        piece
        for at, (name, sent) in enumerate(pairs)
        for piece in (
            Piece(" · " if at else "", "line--dim"),
            Piece(name),
            Piece(f" {sent}" if sent else "", "line--dim"),
        )
    )
    ways = [whole]
    for count in range(len(names), 0, -1):
        more = f" +{len(names) - count:,}" if count < len(names) else ""
        ways.append((Piece(" · ".join(names[:count])), Piece(more, "line--dim")))
    pieces = drawer_line(width, keys.notebooks, "notebooks", ways, "")
    return tuple(piece._replace(key=keys.notebooks) for piece in pieces)


def proposed_line(facts: Facts, keys: Keys, width: int) -> tuple[Piece, ...]:
    """The first proposal that no other line says, else the first; and how many more there are."""
    first = facts.proposed
    if first is None:
        return ()
    rest = (Piece(f"  +{facts.more_proposed:,}", "line--dim"),) if facts.more_proposed else ()
    mark = Piece(str(first), "line--accent" if facts.can_take else "line--dim")
    ways = [(mark, said_of(first), *rest), (mark._replace(least=LEAST_SAID), *rest)]
    takes = keys.suggested if facts.can_take else ""
    pieces = drawer_line(width, keys.proposals, "proposed", ways, takes)
    opens = keys.proposals
    return tuple(piece if piece.key else piece._replace(key=opens) for piece in pieces)


def said_of(hint: Hint) -> Piece:
    """What is said of a suggestion or a proposal; of this, as much as there is room for."""
    is_long = hint.sign == PROPOSED
    gap = "  " if is_long else " "
    return Piece(f"{gap}{hint.said}", "line--dim", least=LEAST_SAID * is_long)


def decision_of(facts: Facts, keys: Keys, width: int) -> tuple[Piece, ...]:
    """What is decided about a source and what is suggested, in one line."""
    hint, tier_hint = facts.category_hint, facts.tier_hint
    notes = (Piece(f"  ✎{facts.insight_count}"),) if facts.insight_count else ()
    if hint:
        named = Piece(f"{hint.sign} {hint.value.name}", "line--accent")
        category = [(named, said_of(hint)), (named,)]
    elif "category" in facts.drawers:
        category = [
            (Piece(facts.category or "no category", "" if facts.category else "line--dim"),)
        ]
    else:
        rated = (Piece(f"  {facts.tier}", facts.tier.look),) if facts.tier else ()
        category = [(Piece(str(facts.status), facts.status.look), *rated)]
    tiers = [*_hinted(tier_hint, str(tier_hint.value))][:2] if tier_hint else [()]
    gap = (Piece("  "),) if facts.next_status else ()
    nexts = [
        (*gap, *_next(facts, keys, whole=True)[1:]),
        (*gap, *_next(facts, keys, whole=False)[1:]),
        (),
    ]
    ways = [
        (*first, *tier, *notes, *follows)
        for follows in nexts
        for tier in tiers
        for first in category
    ]
    ways.append(category[-1])
    key = keys.suggested if hint or tier_hint else ""
    return _between(width, (Piece(" "),), ways, key)


def _hinted(hint: Hint | None, name: str) -> list[tuple[Piece, ...]]:
    """What a line adds for a suggestion, the longest first."""
    if hint is None:
        return [()]
    mark = Piece(f"  {hint.sign} {name}", "line--accent")
    return [(mark, said_of(hint)), (mark,), (Piece(f"  {hint.sign}", "line--accent"),)]


def _next(facts: Facts, keys: Keys, *, whole: bool) -> tuple[Piece, ...]:
    following = facts.next_status
    if following is None:
        return ()
    symbol = following.symbol or following.name
    return (
        Piece(" "),
        Piece(keys.promote, "line--accent"),
        Piece(f"→{following if whole else symbol}", "line--dim"),
    )


def drawer_line(
    width: int, key: str, name: str, ways: Sequence[Iterable[Piece]], last: str
) -> tuple[Piece, ...]:
    """A line: the key that opens the drawer, its name, its value, and a key at the right end.

    The first of the ``ways`` to say the value that fits is shown, else the last, cut.
    """
    lead: tuple[Piece, ...] = (Piece(f" {fit(key, max(1, cells(key)))} ", "line--key"),)
    if width >= NAMES_FROM:
        lead = (*lead, Piece(fit(name, NAME_CELLS), "line--dim"))
    return _between(width, lead, ways, last)


def _between(
    width: int, lead: Sequence[Piece], ways: Sequence[Iterable[Piece]], last: str
) -> tuple[Piece, ...]:
    tail = f" {last} " if last else " "
    room = width - sum(cells(piece.text) for piece in lead) - cells(tail)
    shown: tuple[Piece, ...] = ()
    for way in ways:
        shown = shortened(tuple(way), room)
        if sum(cells(piece.text) for piece in shown) <= room:
            break
    return _cut((*lead, *_padded(shown, room), Piece(tail, "line--key")), width)


def shortened(pieces: tuple[Piece, ...], room: int) -> tuple[Piece, ...]:
    """The pieces with one cut that may be, if they fit into so many cells then."""
    left = room - sum(cells(piece.text) for piece in pieces)
    at = next((at for at, piece in enumerate(pieces) if piece.least), None)
    if left >= 0 or at is None or cells(pieces[at].text) + left < pieces[at].least:
        return pieces
    text = fit(pieces[at].text, cells(pieces[at].text) + left).rstrip()
    return (*pieces[:at], pieces[at]._replace(text=text), *pieces[at + 1 :])


# Rules


Saying = tuple[str, str]
"""What a rule says at its left and at its right end."""


def in_frame(facts: Facts | None) -> list[Saying]:
    """Creator, format and date, and the host at the right end; the longest way first."""
    if facts is None:
        return []
    heads = _named(facts)
    return [(heads[0], facts.host), *((head, "") for head in heads)]


def above_text(facts: Facts, place: str) -> list[Saying]:
    """The same on a rule that also says the place, if it is not said elsewhere."""
    heads = _named(facts)
    whole = " · ".join(filter(None, (heads[0], facts.host)))
    return [(head, place) for head in (whole, *heads)]


def with_topics(facts: Facts, place: str) -> list[Saying]:
    """As many topics as fit, and the place."""
    tags = [f"#{topic}" for topic in facts.topics]
    return [(" ".join(tags[:count]), place) for count in range(len(tags), -1, -1)]


def _named(facts: Facts) -> list[str]:
    """The ways to name creator, format and date: the creator goes last.

    Until when a snoozed source is snoozed comes first, and never goes.
    """
    creator, format, date = facts.creator, facts.format, facts.date
    ways = [(creator, format, date), (creator, date), (creator or date,)]
    if facts.snoozed:
        ways = [(f"snoozed until {facts.snoozed}", *way) for way in (*ways, ())]
    return [" · ".join(filter(None, way)) for way in ways]


def open_head(
    width: int, drawer: Drawer, said: str, drawers: Drawers, *, has_ends: bool
) -> tuple[Piece, ...]:
    """The upper rule of an open drawer: the names of all, its own in capitals, and a text."""
    title = drawers[drawer].upper()
    edge = "─" if has_ends else "──"
    names: list[Piece] = []
    for each, name in drawers.items():
        names.append(Piece(" · " if names else f"{edge} ", "line--dim" if names else "line--edge"))
        names.append(Piece(title, "line--title") if each == drawer else Piece(name, "line--dim"))
    if sum(cells(piece.text) for piece in names) + 2 + len(edge) > width:
        names = [Piece(f"{edge} ", "line--edge"), Piece(title, "line--title")]
    names.append(Piece(" ", "line--edge"))
    room = width - sum(cells(piece.text) for piece in names) - len(edge)
    # Two cells of the rule come before the text, and one is free at both sides of it.
    shown = fit(said, min(cells(said), room - 4)).rstrip() if room >= 12 else ""
    filled = cells(shown) + 2 if shown else 0
    pieces = (
        *names,
        Piece("─" * (room - filled), "line--edge"),
        *((Piece(f" {shown} ", "line--dim"),) if shown else ()),
        Piece(edge, "line--edge"),
    )
    return _padded(_cut(pieces, width), width)


def open_foot(width: int, ways: Sequence[str], *, has_ends: bool) -> tuple[Piece, ...]:
    """The lower rule of an open drawer: the keys that work, in the first way that fits."""
    return _plain(rule_of(width, [(way, "") for way in ways], has_ends=has_ends))


def _plain(rule: Iterable[Piece]) -> tuple[Piece, ...]:
    """A rule whose words are no title."""
    return tuple(
        piece._replace(look="line--dim") if piece.look == "line--title" else piece for piece in rule
    )


def rule_of(width: int, ways: Sequence[Saying] = (), *, has_ends: bool) -> tuple[Piece, ...]:
    """A rule that says something at both ends, in the first way that fits, else in the last, cut.

    ``has_ends`` is whether a frame's own corners come before and after it.
    """
    edge = "─" if has_ends else "──"
    room = width - 2 * len(edge)
    head = tail = ""
    for head, tail in ways or [("", "")]:
        if _said_cells(head) + _said_cells(tail) + bool(head and tail) <= room:
            break
    else:
        left = room - _said_cells(tail) - bool(tail) - 2
        head = fit(head, left).rstrip() if head and left > 3 else ""
    middle = max(0, room - _said_cells(head) - _said_cells(tail))
    pieces = (
        Piece(edge, "line--edge"),
        *((Piece(f" {head} ", "line--title"),) if head else ()),
        Piece("─" * middle, "line--edge"),
        *((Piece(f" {tail} ", "line--dim"),) if tail else ()),
        Piece(edge, "line--edge"),
    )
    return _cut(pieces, width)


def _said_cells(text: str) -> int:
    return cells(text) + 2 if text else 0


# Cells


def _padded(pieces: Sequence[Piece], width: int) -> tuple[Piece, ...]:
    """The pieces in exactly so many cells."""
    filled = sum(cells(piece.text) for piece in pieces)
    if filled > width:
        return _cut(pieces, width)
    return (*pieces, Piece(" " * (width - filled)))


def _cut(pieces: Iterable[Piece], width: int) -> tuple[Piece, ...]:
    """The pieces that fit into so many cells; the last of them cut."""
    cut: list[Piece] = []
    for piece in pieces:
        wanted = cells(piece.text)
        room = width - sum(cells(one.text) for one in cut)
        if wanted > room:
            cut.append(piece._replace(text=fit(piece.text, room)))
            break
        cut.append(piece)
    return tuple(piece for piece in cut if piece.text)
