"""Moment: a change or a commit in words, for ``sluice log`` and for the lists of the app."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from tui.display import clean, counted, short
from tui.triage.said import Said, said_of
from tui.triage.schema import Schema
from tui.triage.status import status_in
from tui.vault.header.edit import Missing
from tui.vault.history.change import Change, Commit, FieldRecord, FileRecord, new_name
from tui.vault.history.last_set import is_accepted
from tui.vault.writing.revert import is_birth

TITLE = 200
"""The most characters of a title."""
_HASH = 7
"""The digits of a commit's id that are shown."""


class Moment(NamedTuple):
    """One change, or one commit of a file."""

    id: str
    time: datetime
    """The local time."""
    what: str
    """New and old value: ``▲ strategic, was ■ tactical``, or ``raw → triaged``."""
    brief: str
    """The new value alone, for little room."""
    names: tuple[str, ...]
    """The names of its sources."""
    about: str
    """The title of its source; of many, how many and the first title."""
    by: str
    """Who made it; empty if nobody was named."""
    why: str
    """The reason given; of a commit its subject."""
    undone: bool = False
    is_commit: bool = False
    others: int = 0
    """In the history of one source: how many other sources it changed."""
    once: str = ""
    """In the history of one source: the name it had then, if that was another."""

    @property
    def who(self) -> str:
        """Who made it, and that git says so."""
        return f"git {self.by}".strip() if self.is_commit else self.by

    @property
    def words(self) -> str:
        """All that a search can find of it."""
        return " ".join((self.who, self.what, self.about, self.why, self.once))


def signed(who: str, what: str, why: str = "") -> str:
    """Who did what and why, each if it is known: ``importer: · noise, was 3 values (rule 4)``.

    The parts have other symbols between them than the values have before them.
    """
    return f"{f'{who}: ' if who else ''}{what}{f' ({why})' if why else ''}"


def moment_of(schema: Schema, made: Change | Commit, title: Callable[[str], str]) -> Moment:
    """A change or a commit in words; ``title`` gives a source's title by its name."""
    if isinstance(made, Commit):
        subject = short(made.subject) or f"commit {made.id[:_HASH]}"
        said = said_of_fields(schema, made.fields or (), subject)
        why = "" if said.whole == subject else subject
        by = clean(made.by, TITLE)
        return Moment(
            made.id, local(made.time), said.whole, said.brief, (made.name,),
            short(made.name), by, why, is_commit=True,
        )  # fmt: skip
    said = said_of_change(schema, made)
    names = made.names
    about = clean(title(names[0]), TITLE) if names else ""
    if len(names) > 1:
        about = f"{counted(len(names))}: {about}"
    by, why = clean(made.by, TITLE), clean(made.why)
    return Moment(
        made.id, local(made.time), said.whole, said.brief, names, about, by, why, made.undone,
        others=made.others,
    )  # fmt: skip


def said_of_change(schema: Schema, change: Change) -> Said:
    """What a change did; its label where values cannot say it."""
    label = clean(change.label, TITLE) or "a change"
    if is_accepted(change.label) or any(map(_is_no_setting, change.files)):
        return Said(label, label)
    said = said_of_fields(schema, [item for file in change.files for item in file.fields], label)
    if any(file.repaired for file in change.files) and said.whole != label:
        return Said(f"repaired, {said.whole}", said.brief)
    return said


def _is_no_setting(file: FileRecord) -> bool:
    """Whether a file got no values: a refusal, a new file, a renamed field, a repair."""
    return is_birth(file) or not file.fields or new_name(file.fields) is not None


def said_of_fields(schema: Schema, records: Sequence[FieldRecord], label: str) -> Said:
    """What became of some fields: a move as ``raw → triaged``, other values as ``said_of``."""
    roles = schema.roles
    # Which values are confirmed, and since when a source has its status, follows from the rest.
    follows = {roles.confirmed, *schema.flow.stamps.values()}
    named = [record for record in records if record.field not in follows]
    moves = {_move(schema, record) for record in named if record.field == roles.status}
    rest = [record for record in named if record.field != roles.status]
    if not named or len(moves) > 1 or {record.field for record in rest} == {roles.snoozed}:
        return Said(label, label)
    if not rest:
        (move,) = moves
        return Said(move, move)
    said = said_of(schema, rest, "")
    if not said.whole:
        return Said(label, label)
    return Said(*("; ".join([*moves, part]) for part in said))


def _move(schema: Schema, record: FieldRecord) -> str:
    before, after = (_status(schema, value) for value in (record.before, record.after))
    return f"{schema.roles.status} = {after}" if before == after else f"{before} → {after}"


def _status(schema: Schema, value: Any) -> str:
    return short(status_in(schema, "" if value is None or isinstance(value, Missing) else value))


def local(time: datetime) -> datetime:
    """A time as the clock here showed it; somebody may have written one without its zone."""
    with suppress(OverflowError, ValueError, OSError):
        return time.astimezone()
    return time


def day_words(day: date, today: date) -> str:
    """A day as a heading: ``today``, ``yesterday``, ``Monday 23 November``."""
    if day == today:
        return "today"
    if day == today - timedelta(days=1):
        return "yesterday"
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day:%A} {day.day} {day:%B}{year}"
