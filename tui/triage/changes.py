"""Set, promote, archive and answer: how both front ends change sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from tui.display import short
from tui.errors import MoveRefused, ValueRefused
from tui.triage.alike import NO_HABITS, Habits, new_class, stamp_of
from tui.triage.confirmed import keep
from tui.triage.fields import in_its_list, known_value, like_of, only_item, read_value
from tui.triage.lists import append_item, remove_item
from tui.triage.meant import value_text
from tui.triage.passes import ARCHIVE, PROMOTE, Answer
from tui.triage.places import placed
from tui.triage.planned import PlannedChange, Step, changeable, in_each, in_turn
from tui.triage.schema import Schema
from tui.triage.status import Move, plan_archive, plan_named, plan_promote, status_of
from tui.vault.source import Source
from tui.vault.vault import FieldEdit


def step_of(
    schema: Schema,
    name: str,
    operator: str,
    text: str,
    habits: Habits = NO_HABITS,
    *,
    wanted: bool = True,
) -> Step:
    """The step that sets a field (``=``), or adds an item (``+=``) or removes one (``-=``).

    An item to remove must be there, unless ``wanted`` is False.
    """
    if operator == "+=":
        return lambda meant: append_item(schema, meant, name, text, habits)
    if operator == "-=":
        return lambda meant: remove_item(schema, meant, name, text, wanted=wanted)
    return lambda meant: set_field(schema, meant, name, text, habits)


@in_each
def set_field(
    schema: Schema,
    sources: Sequence[Source],
    name: str,
    text: str,
    habits: Habits = NO_HABITS,
) -> PlannedChange:
    """Set the field of every source to the value of ``text``; empty text clears it.

    Raises ValueRefused; MoveRefused when the field is the status.
    """
    field = schema.full_name(name)
    if not field:
        raise ValueRefused("This folder has no field for that; name one in sluice.yaml, in roles.")
    known = schema.fields.get(field)
    if field == schema.roles.status:
        if not text:
            raise MoveRefused(f"{field} cannot be empty; promote, archive or name a status.")
        return promote(schema, sources, date.today(), text)
    edits, notes, values = [], [], []
    for source in changeable(sources):
        key = source.key(field)
        value = read_value(schema, field, text, like_of(schema, source, field, habits))
        if value is None and not source.has(field):
            continue
        edit = placed(source, field, value, known)
        edits.append(edit)
        is_tag = known is not None and known.tagged is not None
        values.append(value if is_tag else edit.value)
        if not is_tag:
            notes.append(new_class(field, only_item(source.fields.get(key)), value))
    written = set(map(value_text, values))
    shown = written.pop() if len(written) == 1 else text
    changed_types = tuple(note for note in dict.fromkeys(notes) if note)
    return PlannedChange(f"{field} = {short(shown or 'nothing')}", tuple(edits), changed_types)


def promote(
    schema: Schema, sources: Sequence[Source], today: date, to: str | None = None
) -> PlannedChange:
    """Move every source to the next status, or to the named one.

    Raises MoveRefused, which names the allowed moves.
    """
    if to is None:
        return _moved(schema, sources, today, lambda source: plan_promote(schema, source))
    return _moved(schema, sources, today, lambda source: plan_named(schema, source, to))


def archive(schema: Schema, sources: Sequence[Source], today: date) -> PlannedChange:
    """Archive every source, in one change. Raises MoveRefused."""
    return _moved(schema, sources, today, lambda source: plan_archive(schema, source))


def _moved(
    schema: Schema, sources: Sequence[Source], today: date, plan: Callable[[Source], Move]
) -> PlannedChange:
    edits: list[FieldEdit] = []
    warnings: list[str] = []
    labels: list[str] = []
    for source in changeable(sources):
        now, move = status_of(schema, source), plan(source)
        warnings += move.warnings
        for status in move.steps:
            stamp = schema.flow.stamps.get(status)
            if stamp and status != now:
                day = stamp_of(today, only_item(source.fields.get(stamp)))
                edits.append(FieldEdit(source, stamp, in_its_list(source, stamp, day)))
        if move.steps:
            edits.append(_in_place(schema, source, move.steps[-1]))
            only_written = move.steps == (now,)
            labels.append(
                f"{schema.roles.status} = {now}" if only_written else " → ".join((now, *move.steps))
            )
    if not labels:
        label = status_of(schema, sources[0]) if sources else "nothing"
    else:
        label = labels[0] if len(set(labels)) == 1 else f"{len(labels)} sources moved"
    return PlannedChange(label, tuple(edits), tuple(dict.fromkeys(warnings)))


def _in_place(schema: Schema, source: Source, to: str) -> FieldEdit:
    """The edit of the status; in a list, ``to`` replaces the one item that is a status."""
    field = schema.status
    key = source.key(field.name)
    held = source.fields.get(key)
    if field.tagged is not None or not isinstance(held, list):
        like = None if field.tagged is not None else held
        return placed(source, field.name, known_value(field, to, like), field)
    places = [place for place, item in enumerate(held) if field.known_in(item) in field.values]
    at = places[0] if len(places) == 1 else None
    like = held[at] if at is not None else only_item(held)
    return FieldEdit(source, key, in_its_list(source, key, known_value(field, to, like), at))


def answer(schema: Schema, sources: Sequence[Source], today: date, given: Answer) -> PlannedChange:
    """Apply an answer of a pass to every source. Raises ValueRefused and MoveRefused.

    What it sets or keeps is confirmed, also where the value was set already.
    """
    steps: list[Step] = [
        lambda meant, field=field, text=text: _chosen(  # type: ignore[misc]
            schema, set_field(schema, meant, field, text)
        )
        for field, text in given.sets
    ]
    if given.keeps:
        steps.append(lambda meant: keep(schema, meant, given.keeps))
    if given.move == ARCHIVE:
        steps.append(lambda meant: archive(schema, meant, today))
    elif given.move:
        to = None if given.move == PROMOTE else given.move
        steps.append(lambda meant: promote(schema, meant, today, to))
    return in_turn(sources, steps)


def _chosen(schema: Schema, planned: PlannedChange) -> PlannedChange:
    """A change whose values a person chose, so that they are confirmed; moves are not values."""
    moves = {schema.roles.status, *schema.flow.stamps.values()}
    edits = (edit._replace(noted=edit.field not in moves) for edit in planned.edits)
    return planned._replace(edits=tuple(edits))
