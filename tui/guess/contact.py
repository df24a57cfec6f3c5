"""What the app says of a folder whose notes sluice cannot use yet, and what it offers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import Literal, NamedTuple

from tui.display import clean, counted, listed, short
from tui.guess.columns import columns_of
from tui.guess.guess import Guess, guess, with_order, with_sources, with_status
from tui.guess.order import Group, archive_of, own_words
from tui.guess.placed import in_question
from tui.guess.places import Place, places_of
from tui.guess.sources import MANY
from tui.guess.status import Candidate
from tui.guess.survey import Survey
from tui.guess.words import AWAY, BESIDE, load_words

_FIELDS = 5
"""How many fields a sentence names."""
_ASKED = 4
"""How many fields that could be the status are offered."""
_SHARE = 10
"""One note without a header among so many is worth a question."""
_DIGITS = 9
"""How many values have a digit."""
_LONGEST = 24
"""Letters of a value beside its digit."""
_VALUES = 3
"""How many values a sentence names, the most frequent first."""


Act = Literal["set up", "order", "look", "leave", "add", "samples", "quit"]


class Answer(NamedTuple):
    """A key that answers, and what it leads to."""

    key: str
    words: str
    """What it does or means."""
    act: Act
    then: Callable[[], Guess | Contact | WhichPlace] | None = None
    """Gives the schema it leads to, or what is still to be asked."""


class WhichPlace(NamedTuple):
    """Asks for a folder or tag."""

    places: Sequence[Place]
    choose: Callable[[str], Guess | Contact]
    """Gives what the name of one leads to."""


class Contact(NamedTuple):
    """Sentences about a folder, and the keys that answer."""

    headline: str
    lines: Sequence[str]
    answers: Sequence[Sequence[Answer]]
    """Those of each line."""
    is_empty: bool = False
    """Whether the folder has no notes."""

    def answer(self, key: str) -> Answer | None:
        """What a key answers, if anything."""
        return next((one for row in self.answers for one in row if one.key == key), None)


def contact_of(
    found: Guess,
    field: str,
    known: Collection[str],
    place: str = "this folder",
    open_hidden: Callable[[], Survey] | None = None,
) -> Contact | None:
    """What to say and to offer; None where there is nothing to propose.

    ``field`` is the status of the schema used so far, and ``known`` are its values;
    ``open_hidden`` reads the notes in hidden folders, too.
    """
    if not found.survey.notes:
        return _without_notes(found.survey, place, open_hidden)
    if not found.notes or found.fits_built_in:
        return None
    if (question := _question(found)) is not None:
        return question
    set_up = Answer("enter", "set up", "set up", partial(_as_it_is, found))
    more = [some] if (some := _everything_too(found)) else []
    if found.status.kind == "new":
        last = _others(found)
        if len(found.notes) > MANY:
            which = partial(_which_place, found)
            last.insert(0, Answer("f", "only a folder or tag", "set up", which))
        headline = "No note here has a status"
        if skipped := _skipped(found, range(len(found.notes))):
            set_up = set_up._replace(words="take them in")
            headline = f"No note outside {skipped}, which sluice skips"
        return Contact(headline, [_headers(found)], [[set_up], *more, *_perhaps(found), last])
    first = set_up._replace(words=_use(found))
    answers = [[first], *more, [_ordering(found), *_others(found)]]
    groups = found.status.groups
    if found.status.name == field and found.status.kind == "choice":
        unknown = [group for group in groups if group.spelt not in known]
        count = sum(group.files for group in unknown)
        if unknown and count * 2 >= len(found.status.holders):
            headline = f"{_have(count)} a status sluice does not know"
            return Contact(headline, [_values(unknown)], answers)
    return Contact(_status(found, field), [_values(groups)], answers)


def _perhaps(found: Guess) -> list[list[Answer]]:
    """Fields that may be the status, though neither their names nor their words say so."""
    return [
        [Answer(str(number), f"use {_named(one)}", "set up", partial(_with_field, found, one))]
        for number, one in enumerate(found.possible[:_ASKED], 1)
    ]


def _with_field(found: Guess, one: Candidate) -> Guess | Contact:
    return _go_on(with_status(found, one))


def _with_all(found: Guess) -> Guess | Contact:
    return _go_on(with_sources(found))


def _everything_too(found: Guess) -> list[Answer]:
    """All notes, where many but not most stay out for want of a header."""
    bare, total = sum(note.form == "none" for note in found.notes), len(found.notes)
    if found.sources.header == "none-too" or not bare * 2 <= total <= bare * _SHARE:
        return []
    words = f"also the {bare:,} without a header"
    return [Answer("a", words, "set up", partial(_with_all, found))]


def _ordering(found: Guess) -> Answer:
    return Answer("e", "order", "order", partial(_as_it_is, found))


def _others(found: Guess) -> list[Answer]:
    """What a person can do who decides nothing yet."""
    return [
        Answer("l", "only look", "look", partial(_as_it_is, found)),
        Answer("n", "not now", "leave"),
    ]


def _without_notes(found: Survey, place: str, open_hidden: Callable[[], Survey] | None) -> Contact:
    """A folder with nothing in it, or only in folders whose names begin with a dot."""
    count = sum(found.hidden.values())
    begin = [
        [Answer("+", "first note from an address", "add")],
        [Answer("d", "samples", "samples"), Answer("q", "quit", "quit")],
    ]
    headline = f"No Markdown file in {short(place)}"
    if not count or open_hidden is None:
        return Contact(headline, [], begin, is_empty=True)
    folders = listed([short(folder) for folder in sorted(found.hidden)[:_FIELDS]])
    line = f"{count:,} {'lies' if count == 1 else 'lie'} in {folders}"
    take_in = Answer("enter", "take them in", "set up", lambda: _go_on(guess(open_hidden())))
    return Contact(headline, [line], [[take_in], *begin], is_empty=True)


# What sluice cannot know


def _question(found: Guess) -> Contact | None:
    """What is still to be asked before there is a schema."""
    if found.status_certainty == "open" and (which := _which_field(found)) is not None:
        return which
    if found.sources.certainty == "open":
        return _which_notes(found)
    if not found.order.is_known:
        return _which_first(found)
    return None


def _go_on(found: Guess) -> Guess | Contact:
    """The next question; the schema if there is none."""
    return _question(found) or found


def _as_it_is(found: Guess) -> Guess:
    return found


def _which_notes(found: Guess) -> Contact:
    """Ask which notes are sources."""
    sources = found.sources
    everything = with_sources(found)
    if found.status.kind == "new":
        headline = f"{counted(len(found.notes), 'note')}, none has a status"
        question = "Which wait for you?"
    else:
        headline = sources.why[:1].upper() + sources.why[1:]
        question = "Which are your sources?"
    certain = found._replace(sources=sources._replace(certainty="sure"))
    first = f"{sources.where} {len(sources.numbers):,}"
    count = len(everything.sources.numbers)
    every = f"all{' with a header' * (count < len(found.notes))} {count:,}"
    answers = [
        Answer("1", first, "set up", partial(_go_on, certain)),
        Answer("2", "another folder or tag", "set up", partial(_which_place, found)),
        Answer("3", every, "set up", partial(_go_on, everything)),
    ]
    return Contact(headline, [question], [*([one] for one in answers), _others(everything)])


def _which_place(found: Guess) -> WhichPlace:
    """Ask for the folder or tag of the sources."""

    def choose(place: str) -> Guess | Contact:
        return _go_on(with_sources(found, place))

    return WhichPlace(places_of(found.notes), choose)


def _which_field(found: Guess) -> Contact | None:
    """Ask which field is the status; None where only one of unknown order could be."""
    choices = [with_status(found, one) for one in found.choices[:_ASKED]]
    if not any(one.order.is_known for one in choices):
        return None
    answers = [
        Answer(
            str(number),
            _named(one.status),
            "set up",
            partial(_go_on, one),
        )
        for number, one in enumerate(choices, 1)
    ]
    several = len(choices) > 1
    headline = "Several fields could be the status" if several else "A field could be the status"
    question = "Which says how far a note is?" if several else "Does it say how far a note is?"
    return Contact(headline, [question], [*([one] for one in answers), _others(found)])


def _name(status: Candidate) -> str:
    return f"tag {short(status.prefix)}…" if status.prefix else short(status.name)


def _named(status: Candidate) -> str:
    """A field, and what notes have there."""
    return f"{_name(status)}: {_values(status.groups)}"


def _which_first(found: Guess) -> Contact:
    """Ask which status comes first, of those whose order is unknown."""
    words, groups = load_words(), found.status.groups
    added = own_words(words, groups)["inbox"]
    answers = _digits(groups, partial(_which_archive, found), none=added)
    some = _have(len(found.status.holders))
    headline = f"{some} a {_name(found.status)} that sluice does not know"
    likely = next((group.spelt for group in groups if group.place not in (BESIDE, AWAY)), added)
    ordered = with_order(found, in_question(words, groups, likely, archive_of(groups)))
    last = [_ordering(ordered), *_others(ordered)]
    return Contact(headline, ["Which word means not judged yet?"], [answers, last])


def _which_archive(found: Guess, first: str) -> Guess | Contact:
    """Ask which status means archived, where no word says it and some is left that could."""
    words, groups = load_words(), found.status.groups

    def ordered(archive: str) -> Guess:
        return with_order(found, in_question(words, groups, first, archive))

    answers = _digits(groups, ordered, none="", but=first)
    if (archive := archive_of(groups)) or not answers[1:]:
        return ordered(archive)
    last = [_ordering(ordered("")), *_others(ordered(""))]
    headline = f"{short(first)} is not judged yet"
    return Contact(headline, ["Which word means archived?"], [answers, last])


def _digits(
    groups: Sequence[Group], then: Callable[[str], Guess | Contact], none: str, but: str = ""
) -> list[Answer]:
    """The most frequent unknown values, each with a digit of its own; and 0 for none of them."""
    unknown = [group for group in groups if group.place not in (BESIDE, AWAY)]
    answers = [
        Answer(str(number), _numbered(group), "set up", partial(then, group.spelt))
        for number, group in enumerate(unknown[:_DIGITS], 1)
        if group.spelt != but
    ]
    return [*answers, Answer("0", "none", "set up", partial(then, none))]


def _numbered(group: Group) -> str:
    return f"{clean(group.spelt, _LONGEST)} {group.files:,}"


# Sentences


def _headers(found: Guess) -> str:
    """How many files there are, and the fields of their headers."""
    notes = found.survey.notes
    count = sum(note.has_header for note in notes)
    files = counted(len(notes), "Markdown file")
    if not count:
        read = sum(note.form == "json" for note in notes)
        if not read:
            return f"{files}, none with a header"
        return f"{files}, {read:,} with a JSON header, which sluice only reads"
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
        where = f"in the tags {short(status.prefix)}…" if status.prefix else "among the tags"
        return f"{notes} a status {where}"
    if status.name != field:
        return f"{notes} a status in the field {short(status.name)}"
    skipped = _skipped(found, status.holders)
    return f"{notes} a status in {skipped}, which sluice skips" if skipped else f"{notes} a status"


def _have(count: int) -> str:
    return f"{counted(count, 'note')} {'has' if count == 1 else 'have'}"


def _skipped(found: Guess, numbers: Iterable[int]) -> str:
    """The folders beginning with ``_``, if all these notes are in some; else empty."""
    folders = set()
    for number in numbers:
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
    return f"use {line}" + (f"; archive: {short(order.archive)}" if away else "")


def waiting_status(found: Guess) -> str:
    """The first status of the main line that sources have: its view is the one to begin with."""
    order = found.order
    counts = Counter({value.name: value.files for value in order.values})
    bare = set(found.sources.numbers) - found.status.holders
    counts[found.absent or order.main[0]] += len(bare)
    return next((name for name in order.main if counts[name]), order.main[0])
