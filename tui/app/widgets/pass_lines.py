"""The lines around a text that a rapid pass asks about: the question above, the answers below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui.app.widgets.facts import Facts, Hint, Keys
from tui.app.widgets.reader_lines import (
    BRIEF,
    BROAD,
    MARGIN,
    WIDEST,
    Pieces,
    cells_in,
    decision_line,
    insights_beside,
    of_how_many,
    spread,
)
from tui.app.widgets.source_lines import Around, EdgeLine, Piece, View, said_of
from tui.app.widgets.wrapping import wrap
from tui.display import cells, clean, fit
from tui.session.update import PROPOSED

if TYPE_CHECKING:
    from tui.session.update import AnswerShown, Asked
    from tui.triage.schema import Schema

BAR = 10
"""Cells of the timer's bar."""
APART = 3
"""Cells between two answers; one less where they need several rows."""
SPARED = 3
"""Cells of a line that answers leave free."""
SHARE = 5
"""Of so many rows, the answers take one; at least one row."""
MOST_SAID = 24
"""Cells of what is said of a suggestion or a proposal."""
LONGEST = 60
"""Characters of a name or a meaning that can be in sight."""
SENTENCE, PART = 600, 6
"""Characters of a sentence about a source; of so many rows, it takes one, at least one row."""


def with_question(view: View, keys: Keys, asked: Asked, schema: Schema) -> Around:
    """The lines around the text: the pass and its clock; what is decided, and the answers."""
    margin = max(MARGIN, (view.width - WIDEST) // 2)
    head = EdgeLine(question_line(asked, view.facts, view.width))
    if view.facts is None or view.height < 3:
        return Around((head,), margin=margin)
    taken = {answer.key for answer in asked.answers}
    free = Keys(*("" if key in taken else key for key in keys))._replace(tiers="", promote="")
    facts, hint = view.facts._replace(next_status=None), None
    if asked.field == schema.roles.tier:
        # The answers say them.
        facts, hint = facts._replace(tier=None, tier_hint=None), facts.tier_hint
    elif asked.field == schema.roles.category:
        hint = facts.category_hint
    most = max(1, view.height // SHARE)
    rows, are_all = answer_rows(asked.answers, hint, free.category, view.width, most)
    if are_all and asked.field == schema.roles.category:
        names = {answer.name: answer.is_now for answer in asked.answers}
        if any(names.values()) and (hint is None or hint.value.name in names):
            facts, free = (
                facts._replace(category="", category_hint=None),
                free._replace(category=""),
            )
    sentence = sentence_rows(asked.sentence, view.width, max(1, view.height // PART))
    lines = [decision_line(facts, free, view.place, view.width), *sentence, *rows]
    room = view.height - 2
    foot = tuple(map(EdgeLine, lines[max(0, len(lines) - room) :]))
    beside = insights_beside(view.facts, free, margin, room - len(foot))
    return Around((head,), foot, margin=margin, beside=beside if view.width >= BROAD else ())


# The question


def sentence_rows(sentence: str, width: int, most: int) -> list[Pieces]:
    """What is asked about this source alone, in at most so many rows; the rest is cut."""
    text = clean(sentence, SENTENCE)
    lead = f"{PROPOSED} "
    room = width - cells(lead) - SPARED
    if not text or room < 1:
        return []
    lines = [text[start:end] for start, end in wrap(text, room)]
    if len(lines) > most:
        lines = [*lines[: most - 1], fit(" ".join(lines[most - 1 :]), room)]
    signs = [lead, *[" " * cells(lead)] * (len(lines) - 1)]
    pairs = zip(signs, lines, strict=True)
    return [
        spread(width, [((Piece(sign, "line--accent"), Piece(line)), ())]) for sign, line in pairs
    ]


def question_line(asked: Asked, facts: Facts | None, width: int) -> Pieces:
    """The pass, what it asks, whose text this is, the clock and which source it is."""
    return spread(width, list(_ways(asked, facts, width)))


def _ways(asked: Asked, facts: Facts | None, width: int) -> Iterator[tuple[Pieces, Pieces]]:
    """What the line can say, the longest first."""
    name = (Piece(clean(asked.name, LONGEST), "line--title-focused"),)
    meaning = clean(asked.meaning, LONGEST)
    named = (*name, Piece(f"  {meaning}", "line--dim")) if meaning else name
    place = (Piece(of_how_many(asked.number, asked.size, width)),)
    clock = timer(asked, with_bar=width >= BRIEF)
    if not asked.size:
        yield named, ()
        yield name, ()
        return
    tail = (*clock, Piece("  "), *place) if clock else place
    about = [facts.creator, facts.format, facts.date, facts.host] if facts else []
    said = [one for one in about if one]
    if width >= BRIEF:
        for length in range(len(said), 0, -1):
            whose = Piece(f"{' · '.join(said[:length])}   ", "line--dim")
            yield named, (whose, *tail)
    yield named, tail
    yield name, tail
    yield name, (*timer(asked, with_bar=False), Piece("  "), *place) if clock else place
    yield name, place


def timer(asked: Asked, *, with_bar: bool) -> Pieces:
    """The seconds as a bar and in words; past the limit it only says so."""
    seconds, limit = asked.seconds, asked.limit
    if limit <= 0:
        return (Piece(f"{seconds} s", "line--dim"),)
    is_over = seconds > limit
    if not with_bar:
        words = f"{seconds}/{limit:g} s"
        return (Piece(words, "line--problem" if is_over else "line--dim"),)
    filled = min(BAR, round(BAR * seconds / limit))
    words = f" {seconds} s, over {limit:g} s" if is_over else f" {seconds} of {limit:g} s"
    pieces = (
        Piece("━" * filled, "line--problem" if is_over else "line--accent"),
        Piece("─" * (BAR - filled), "line--quiet"),
        Piece(words, "line--dim"),
    )
    return tuple(piece for piece in pieces if piece.text)


# The answers


def answer_rows(
    answers: Sequence[AnswerShown], hint: Hint | None, category: str, width: int, most: int
) -> tuple[list[Pieces], bool]:
    """The answers in at most so many rows, and whether all are there; no answer is split.

    ``category`` is the key that picks from all where there is no room for them.
    """
    values = [_drawn(answer, hint) for answer in answers if not answer.is_move]
    moves = [_drawn(answer, None) for answer in answers if answer.is_move]
    alone, beside = _joined(values, APART), _joined(moves, APART)
    if cells_in(alone) + cells_in(beside) + 4 <= width:
        return [spread(width, [(alone, beside)])], True
    values, gap = values + moves, APART - 1
    rows: list[list[Pieces]] = []
    for value in values:
        if rows and cells_in(_joined([*rows[-1], value], gap)) <= width - SPARED:
            rows[-1].append(value)
        else:
            rows.append([value])
    are_all = len(rows) <= most
    if not are_all:
        rows = _shortened(rows, most, gap, category, width)
    return [spread(width, [(_joined(row, gap), ())]) for row in rows], are_all


def _shortened(
    rows: list[list[Pieces]], most: int, gap: int, category: str, width: int
) -> list[list[Pieces]]:
    """The first rows; the end of the last one counts the answers that are not in sight."""
    count = sum(map(len, rows))
    kept = rows[:most]
    while True:
        left = count - sum(map(len, kept))
        more: Pieces = (Piece(f"+ {left:,} more", "line--dim"),)
        if category:
            more = (*more, Piece(f" {category}", "line--key"))
        last = [*kept[-1], more]
        if cells_in(_joined(last, gap)) <= width - SPARED:
            return [*kept[:-1], last]
        if len(kept[-1]) == 1:
            return kept
        kept[-1] = kept[-1][:-1]


def _drawn(answer: AnswerShown, hint: Hint | None) -> Pieces:
    name = clean(answer.name, LONGEST)
    said = f"{clean(answer.symbol, 4)} {name}".strip()
    look = f"line--{answer.colour}" if answer.colour else ""
    pieces = [Piece(said, look)]
    if answer.is_now:
        pieces = [Piece("[", "line--headline"), *pieces, Piece("]", "line--headline")]
    elif hint is not None and hint.value.name == name:
        pieces = [Piece(f"{hint.sign} ", "line--accent"), *pieces, _said(hint)]
    pieces.insert(0, Piece(f"{clean(answer.key, 5)} ", "line--key"))
    return tuple(piece._replace(key=answer.key) for piece in pieces)


def _said(hint: Hint) -> Piece:
    said = said_of(hint)
    return said._replace(text=fit(said.text, min(cells(said.text), MOST_SAID)).rstrip(), least=0)


def _joined(parts: Sequence[Pieces], gap: int) -> Pieces:
    joined: list[Piece] = []
    for part in parts:
        joined += (Piece(" " * gap), *part) if joined else part
    return tuple(joined)
