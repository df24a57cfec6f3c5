"""What the app says of a folder whose notes sluice cannot use yet, and what it offers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from tui.display import counted, listed, short
from tui.guess.columns import columns_of
from tui.guess.guess import Guess, Said, guess
from tui.guess.order import Group

_FIELDS = 5
"""How many fields a sentence names."""
_ASKED = 4
"""How many fields that could be the status are offered."""
_VALUES = 3
"""How many values a sentence names, the most frequent first."""


class Choice(NamedTuple):
    """An answer to what sluice cannot know: a digit, what it means, and the schema it leads to."""

    key: str
    words: str
    guess: Guess


class Contact(NamedTuple):
    """Sentences about a folder, and the words of the keys that answer."""

    headline: str
    lines: Sequence[str]
    enter: str
    """What enter does."""
    leave: str
    """The key that leaves it for now, and what it does."""
    choices: Sequence[Choice] = ()
    """The answers, in place of enter, where something must be asked."""


def contact_of(found: Guess, field: str, known: Collection[str]) -> Contact | None:
    """What to say and to offer; None where there is nothing to propose.

    Words of unknown order are left to ``sluice init``, which asks for it. ``field`` is the status
    of the schema used so far, and ``known`` are its values.
    """
    if not found.notes or found.fits_built_in or not found.order.is_known:
        return None
    if found.status_certainty == "open":
        return _which_field(found)
    if found.sources.certainty == "open":
        return _which_notes(found)
    if found.status.kind == "new":
        return Contact("No note here has a status", [_headers(found)], "set up", "n not now")
    groups = found.status.groups
    if found.status.name == field and found.status.kind == "choice":
        unknown = [group for group in groups if group.spelt not in known]
        count = sum(group.files for group in unknown)
        if unknown and count * 2 >= len(found.status.holders):
            headline = f"{_have(count)} a status sluice does not know"
            return Contact(headline, [_values(unknown)], _use(found), "n not now")
    return Contact(_status(found, field), [_values(groups)], _use(found), "n not now")


def _which_notes(found: Guess) -> Contact:
    """Ask which notes are sources."""
    sources = found.sources
    everything = guess(found.survey, Said(all_notes=True))
    if found.status.kind == "new":
        headline = f"{counted(len(found.notes), 'note')}, none has a status"
        question = "Which wait for you?"
    else:
        headline = sources.why[:1].upper() + sources.why[1:]
        question = "Which are your sources?"
    choices = [
        Choice("1", f"{sources.where} {len(sources.numbers):,}", found),
        Choice("2", f"all {len(everything.sources.numbers):,}", everything),
    ]
    return Contact(headline, [question], "", "n not now", choices)


def _which_field(found: Guess) -> Contact | None:
    """Ask which field is the status, of those with an order that is known."""
    choices: list[Choice] = []
    for one in found.choices[:_ASKED]:
        name = one.prefix if one.kind == "tag" else one.name
        chosen = guess(found.survey, Said(status=name))
        if chosen.order.is_known:
            words = f"{short(name)}: {_values(one.groups)}"
            choices.append(Choice(str(len(choices) + 1), words, chosen))
    if not choices:
        return None
    several = len(choices) > 1
    headline = "Several fields could be the status" if several else "A field could be the status"
    question = "Which says how far a note is?" if several else "Does it say how far a note is?"
    return Contact(headline, [question], "", "n not now", choices)


def _headers(found: Guess) -> str:
    """How many files there are, and the fields of their headers."""
    notes = found.survey.notes
    count = sum(note.has_header for note in notes)
    files = counted(len(notes), "Markdown file")
    if not count:
        return f"{files}, none with a header"
    columns = columns_of(found.notes).values()
    often = sorted(columns, key=lambda one: (-one.present, one.place))
    names = [short(column.name) for column in often[:_FIELDS]]
    more = ", …" if len(often) > _FIELDS else ""
    return f"{files}, {count:,} with a header: {', '.join(names)}{more}"


def _status(found: Guess, field: str) -> str:
    """How many notes have a status, and where it is."""
    status = found.status
    notes = _have(len(status.holders))
    if status.kind == "tag":
        return f"{notes} a status in the tags {short(status.prefix)}…"
    if status.name != field:
        return f"{notes} a status in the field {short(status.name)}"
    skipped = _skipped(found)
    return f"{notes} a status in {skipped}, which sluice skips" if skipped else f"{notes} a status"


def _have(count: int) -> str:
    return f"{counted(count, 'note')} {'has' if count == 1 else 'have'}"


def _skipped(found: Guess) -> str:
    """The folders beginning with ``_``, if all the notes with a status are in some; else empty."""
    folders = set()
    for number in found.status.holders:
        parts = found.notes[number].folder.split("/")
        inner = next((at for at, part in enumerate(parts, 1) if part.startswith("_")), 0)
        if not inner:
            return ""
        folders.add("/".join(parts[:inner]))
    return listed([short(folder) for folder in sorted(folders)[:_FIELDS]])


def _values(groups: Sequence[Group]) -> str:
    named = ", ".join(f"{short(group.spelt)} {group.files:,}" for group in groups[:_VALUES])
    return named + ("…" if len(groups) > _VALUES else "")


def _use(found: Guess) -> str:
    """The proposal in short: the main line, and what is archived."""
    order = found.order
    line = " → ".join(map(short, order.main))
    away = order.archive and order.archive not in order.main
    return f"use {line}" + (f", {short(order.archive)} archived" if away else "")


def waiting_status(found: Guess) -> str:
    """The first status of the main line that sources have: its view is the one to begin with."""
    order = found.order
    counts = Counter({value.name: value.files for value in order.values})
    bare = set(found.sources.numbers) - found.status.holders
    counts[found.absent or order.main[0]] += len(bare)
    return next((name for name in order.main if counts[name]), order.main[0])
