"""What `init` guesses about a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from tui.display import short
from tui.errors import NoSuchStatus
from tui.guess.columns import Column, columns_of, yes_no
from tui.guess.left_out import LeftOut, left_out
from tui.guess.order import Order, arrange, of_new, of_yes_no
from tui.guess.roles import Role, Untitled, roles_of, untitled_of
from tui.guess.sources import Sources, everything, sources_in, sources_of
from tui.guess.status import Candidate, Sure, candidates, certainty, possible
from tui.guess.survey import Note, Survey
from tui.guess.words import Words, fold, load_words

_BUILT_IN = frozenset({"raw", "triaged", "processed", "integrated", "archived"})
_OURS = ("signaltier", "keyinsights")
_PREFIX = "SOURCE-"
_WEAKER: Mapping[Sure, int] = {"sure": 0, "likely": 1, "open": 2}


class Said(NamedTuple):
    """What the user said, which is not guessed."""

    main: Sequence[str] = ()
    """The main line of statuses."""
    archive: str = ""
    """The status that means archived."""
    status: str = ""
    """The field that is the status."""
    all_notes: bool = False
    """Whether all notes are sources, not only those with a status or in an inbox."""
    place: str = ""
    """The folder whose notes are sources; with ``#`` before it, their tag."""


class Guess(NamedTuple):
    """A schema for a folder, and how certain each part of it is."""

    survey: Survey
    out: LeftOut
    notes: Sequence[Note]
    """The files not left out."""
    fits_built_in: bool
    """Whether sluice's own schema fits, so that the folder needs none."""
    status: Candidate
    field: str
    """What the schema calls the status; for a tag, a name that no field has."""
    choices: Sequence[Candidate]
    """All that could be the status, the best first."""
    possible: Sequence[Candidate]
    """Where none could, the fields that only a person can say are the status."""
    order: Order
    absent: str
    """The status of a note without the field, if it is not the first; of a yes or no."""
    sources: Sources
    status_certainty: Sure
    roles: Mapping[str, Role]
    untitled: Untitled
    untitled_why: str
    dates: Sequence[str]
    """Fields with dates, in the order met."""
    namesakes: Mapping[str, bool]
    """Fields called as a role that another field has, and whether each is a list."""
    said: Said
    """What was not guessed."""

    @property
    def certainty(self) -> Sure:
        """As certain as the weaker of status and sources."""
        return max(self.status_certainty, self.sources.certainty, key=_WEAKER.__getitem__)


def guess(found: Survey, said: Said = Said()) -> Guess:  # noqa: B008 - it is immutable
    """Guess a schema for a folder. Raises NoSuchStatus."""
    words = load_words()
    out = left_out(words, found)
    notes = [note for note in found.notes if note.name not in out.names]
    columns = columns_of(notes)
    headers = sum(note.has_header for note in notes)
    inline = frozenset(fold(name) for note in notes for name in note.inline)
    choices = candidates(words, columns, headers, said.status)
    unsure = () if choices or said.status else possible(words, columns, headers)
    chosen = _chosen(choices, unsure, said, columns, headers)
    chosen = chosen or _new(words, columns, headers, inline)
    order, absent = _order(words, columns, chosen, said)
    sources = sources_of(words, notes, out, chosen, columns)
    if said.all_notes:
        sources = everything(notes, out)
    elif said.place:
        sources = sources_in(said.place, words, notes, out, chosen, columns)
    some = [notes[number] for number in sources.numbers if notes[number].has_header]
    if len(some) < 10 <= headers:
        # So few say little about which fields there are.
        some = [note for note in notes if note.has_header]
    own = columns if len(some) == headers else columns_of(some)
    taken = {fold(chosen.name)} if chosen.kind != "tag" else set()
    roles = roles_of(words, own, len(some), taken, inline, insights=chosen.kind != "bool")
    untitled, untitled_why = untitled_of([notes[number] for number in sources.numbers])
    return Guess(
        survey=found,
        out=out,
        notes=notes,
        fits_built_in=_fits_built_in(chosen, columns, notes),
        status=chosen,
        field=_tag_name(chosen, columns) if chosen.kind == "tag" else chosen.name,
        choices=choices,
        possible=unsure,
        order=order,
        absent=absent,
        sources=sources,
        status_certainty="sure"
        if said.main or said.status
        else certainty(chosen, _stages(order), choices, unsure),
        roles=roles,
        untitled=untitled,
        untitled_why=untitled_why,
        dates=[
            column.name
            for name, column in own.items()
            if name not in taken and column.held and column.is_date
        ],
        namesakes={
            column.name: column.is_list
            for name, column in own.items()
            if name not in taken and _is_namesake(column.name, chosen.name, roles)
        },
        said=said,
    )


def _is_namesake(name: str, status: str, roles: Mapping[str, Role]) -> bool:
    """Whether a field is called as a role, and the role is another field's."""
    if name == "status":
        return status != name
    used = {field for role in roles.values() for field in (role.name, *role.also)}
    return name in roles and bool(roles[name].name) and name not in used


def with_status(found: Guess, chosen: Candidate) -> Guess:
    """The guess with the field or tag that the user chose as the status."""
    name = chosen.prefix or chosen.name
    return guess(found.survey, found.said._replace(status=name))


def with_sources(found: Guess, place: str = "") -> Guess:
    """The guess with the notes of a folder or tag as sources, or with all notes."""
    return guess(found.survey, found.said._replace(place=place, all_notes=not place))


def with_order(found: Guess, order: Order) -> Guess:
    """The guess with the statuses as the user ordered them."""
    return found._replace(order=order, status_certainty="sure")


def _new(
    words: Words, columns: Mapping[str, Column], headers: int, inline: frozenset[str]
) -> Candidate:
    """A status that no note has yet; ``inline`` are names that texts have in lines of their own."""
    name = _new_name(words, columns, inline)
    column = columns.get(fold(name))
    return Candidate("new", name, headers=headers, spellings=column.others if column else ())


def _new_name(words: Words, columns: Mapping[str, Column], inline: frozenset[str]) -> str:
    """A name for a status that no note has yet: that of an empty field, if there is one."""
    used = columns.keys() | inline
    for name, column in columns.items():
        if not column.held and words.names_status(column.name) and name not in words.doubtful:
            return column.name
    names = ("status", "triage", "triage_status")
    return next((name for name in names if fold(name) not in used), "sluice_status")


def _tag_name(chosen: Candidate, columns: Mapping[str, Column]) -> str:
    """A name for a status that is a tag: that of its prefix if no field has it."""
    name = chosen.prefix.lstrip("#").rstrip("/") or "status"
    return name if fold(name) not in columns else f"{name}_tag"


def _chosen(
    choices: Sequence[Candidate],
    unsure: Sequence[Candidate],
    said: Said,
    columns: Mapping[str, Column],
    headers: int,
) -> Candidate | None:
    """The best candidate, or the one the user named; of ``unsure`` ones, only that."""
    if said.status:
        is_met = fold(said.status) in columns
        asked = fold(said.status)
        named = [one for one in choices if asked == fold(one.prefix or one.name)]
        named = named or [one for one in choices if asked == fold(one.name)]
        if not named and said.main and not is_met:
            return Candidate("new", said.status, headers=headers)
        if not named and not is_met:
            raise NoSuchStatus(
                f"No note has the field {short(said.status)}; with `--main A,B` it becomes a new "
                "one, and `sluice init --explain` lists the fields that can be the status."
            )
        if not named:
            raise NoSuchStatus(
                f"{short(said.status)} cannot be the status: it needs one short value per note, "
                "and few different ones; `sluice init --explain` lists the fields that can be."
            )
        return named[0]
    if said.main:
        # A field that says yes or no has no order to name.
        line = {fold(text) for text in said.main}
        fitting = [one for one in choices if one.kind != "bool"]
        fitting += [one for one in unsure if _has_most(one, line)]
        return max(fitting, key=lambda one: _has_most(one, line), default=None)
    return choices[0] if choices else None


def _has_most(one: Candidate, named: Collection[str]) -> bool:
    """Whether notes have at least half of the values that the user named."""
    return sum(group.folded in named for group in one.groups) * 2 >= len(named)


def _order(
    words: Words, columns: Mapping[str, Column], chosen: Candidate, said: Said
) -> tuple[Order, str]:
    if chosen.kind == "new":
        return (arrange(words, (), said.main, said.archive) if said.main else of_new(words)), ""
    if chosen.kind == "bool":
        values = (yes_no(value) for value in columns[fold(chosen.name)].held.values())
        counts = Counter(value for value in values if value is not None)
        return of_yes_no(words, chosen.name, counts)
    return arrange(words, chosen.groups, said.main, said.archive), ""


def _stages(order: Order) -> int:
    """How many statuses of the main line notes have."""
    counts = {value.name: value.files for value in order.values}
    return sum(counts[name] > 0 for name in order.main)


def _fits_built_in(chosen: Candidate, columns: Mapping[str, Column], notes: Sequence[Note]) -> bool:
    if chosen.kind == "new":
        # Files that begin so are sources, with or without a status.
        return bool(notes) and all(note.file.startswith(_PREFIX) for note in notes)
    if chosen.kind != "choice" or chosen.name != "status":
        return False
    if any(group.folded not in _BUILT_IN for group in chosen.groups):
        return False
    return any(name in columns for name in _OURS) or any(
        notes[number].file.startswith(_PREFIX) for number in chosen.holders
    )
