"""Proposed: values that somebody else suggests, such as a script; a person takes or refuses them.

Proposals are outside the headers. All their text is data: it is shown and compared, never run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from tui.display import counted, listed, short
from tui.errors import Conflict, ValueRefused
from tui.triage.alike import Habits
from tui.triage.changes import step_of
from tui.triage.conditions import both_shown
from tui.triage.lists import items_in
from tui.triage.meant import meant_field, meant_items, value_text
from tui.triage.planned import PlannedChange, Step, as_edited, in_turn
from tui.triage.schema import Schema
from tui.triage.status import status_in
from tui.vault.header.edit import MISSING, Missing
from tui.vault.header.typed import same_value, text_of
from tui.vault.history.author import LONGEST_REASON, UNFIT, Author
from tui.vault.history.change import dump_value, load_value
from tui.vault.source import Source, Stamp
from tui.vault.vault import FieldEdit
from tui.vault.writing.prove import as_read
from tui.vault.writing.revert import shown

Operator = Literal["=", "+=", "-="]
Row = Mapping[str, Any]
"""A proposal as JSON data."""

LONGEST_VALUE = 10_000
"""Most characters of a proposed value."""


class Assigned(NamedTuple):
    """What to do with a field, as typed."""

    field: str
    operator: Operator
    text: str


class Proposed(NamedTuple):
    """What one name proposes for one field of one source."""

    id: str
    source: str
    """The source's name when it was proposed."""
    field: str
    """As the header spells it."""
    steps: tuple[tuple[Operator, str], ...]
    """What to do with the field."""
    before: Any
    """The field's value when it was proposed; MISSING if it was not in the header."""
    after: Any
    """The value that it would have got then."""
    by: str
    why: str
    time: datetime
    source_id: str
    """The header's id, to find a renamed file; empty without one."""
    stamp: Stamp
    """The file's version then, for the same purpose."""

    @property
    def is_of_items(self) -> bool:
        """Whether it only adds and removes items of a list, whatever else is in it."""
        return all(operator != "=" for operator, _ in self.steps)

    @property
    def text(self) -> str:
        """The value that is proposed, as text; empty for none."""
        return value_text(self.after)

    @property
    def grounds(self) -> str:
        """Who proposes it, and why: ``tagger: cited in two notes``."""
        return f"{self.by}: {self.why}" if self.why else self.by

    @property
    def label(self) -> str:
        """What it proposes, for a sentence: ``topics += film``."""
        return self.label_of(self.field)

    def label_of(self, name: str) -> str:
        """The same, with another name for the field."""
        if not self.is_of_items:
            return f"{short(name)} = {short(self.text or 'nothing')}"
        parts = (
            f"{step} {', '.join(short(text) for _, text in some)}"
            for step, some in groupby(self.steps, key=itemgetter(0))
        )
        return f"{short(name)} {' '.join(parts)}"

    @property
    def row(self) -> dict[str, Any]:
        """It as JSON data."""
        return {
            "id": self.id,
            "source": self.source,
            "field": self.field,
            "steps": [list(step) for step in self.steps],
            "before": dump_value(self.before),
            "after": dump_value(self.after),
            "by": self.by,
            "why": self.why,
            "time": self.time.isoformat(),
            "source_id": self.source_id,
            "stamp": list(self.stamp),
        }

    def at(self, source: Source) -> Proposed:
        """The same for the source under the name, and in the version, that it has now."""
        source_id = source.text("id")
        return self._replace(source=source.name, source_id=source_id, stamp=source.stamp)


def load_proposed(row: Row) -> Proposed | None:
    """The proposal of a row; None when it is malformed."""
    with suppress(KeyError, TypeError, ValueError):
        steps = tuple((_operator(step), str(text)) for step, text in row["steps"])
        if steps:
            return Proposed(
                str(row["id"]),
                str(row["source"]),
                str(row["field"]),
                steps,
                load_value(row["before"]),
                load_value(row["after"]),
                str(row["by"]),
                str(row["why"]),
                datetime.fromisoformat(row["time"]),
                str(row["source_id"]),
                Stamp(*map(int, row["stamp"])),
            )
    return None


def _operator(text: object) -> Operator:
    match text:
        case "=" | "+=" | "-=":
            return text
    raise ValueError(text)


def propose(
    schema: Schema,
    habits: Habits,
    source: Source,
    assigned: Sequence[Assigned],
    author: Author,
    now: datetime,
) -> tuple[list[Proposed], PlannedChange]:
    """A proposal for each field that would change, and the change if all were taken.

    Raises what that change raises, and ValueRefused for text that is too long or not one line.
    """
    by_field: dict[str, list[tuple[Operator, str]]] = {}
    for name, operator, text in assigned:
        if len(text) > LONGEST_VALUE:
            raise ValueRefused(
                f"{short(name)}: a proposed value has at most "
                f"{counted(LONGEST_VALUE, 'character')}, not {len(text):,}."
            )
        field = schema.field_in(source, meant_field(schema, [source], name))
        by_field.setdefault(source.key(field), []).append((operator, text))
    proposed: list[Proposed] = []
    plans: list[PlannedChange] = []
    for key, steps in by_field.items():
        plan = _plan(schema, habits, source, key, steps)
        edit = next((edit for edit in plan.edits if edit.field == key), None)
        held = source.fields.get(key, MISSING)
        after = held if edit is None else as_read(edit.value)
        _refuse_unfit(key, after)
        plans.append(plan)
        if _same(schema, key, held, after):
            continue
        lasting = _lasting(schema, key, steps, after)
        new = Proposed(
            id=os.urandom(6).hex(),
            source=source.name,
            field=key,
            steps=lasting,
            before=held,
            after=after,
            by=author.by,
            why=author.why,
            time=now,
            source_id=source.text("id"),
            stamp=source.stamp,
        )
        proposed.append(new)
    label = ", ".join(plan.label for plan in plans)
    edits = tuple(edit for plan in plans for edit in plan.edits)
    notes = dict.fromkeys(note for plan in plans for note in plan.warnings)
    return proposed, PlannedChange(label, edits, tuple(notes))


def _plan(
    schema: Schema,
    habits: Habits,
    source: Source,
    key: str,
    steps: Iterable[tuple[Operator, str]],
) -> PlannedChange:
    # The field's name is exact: it no longer depends on short names.
    made: list[Step] = [
        step_of(schema.exact, key, operator, text, habits) for operator, text in steps
    ]
    return in_turn([source], made)


def _lasting(
    schema: Schema, key: str, steps: Sequence[tuple[Operator, str]], after: Any
) -> tuple[tuple[Operator, str], ...]:
    """The steps, with a day such as tomorrow as the one that it was when it was proposed."""
    field = schema.fields.get(key)
    is_day = hasattr(after, "isoformat") or (field is not None and field.kind == "date")
    if is_day and not isinstance(after, list) and [step for step, _ in steps] == ["="]:
        return (("=", value_text(after)),)
    return tuple(steps)


def _refuse_unfit(field: str, value: Any) -> None:
    """Raise ValueRefused for text that is not one line, or contains control characters."""
    texts = value if isinstance(value, list) else [value]
    if any(isinstance(text, str) and UNFIT.search(text) for text in texts):
        raise ValueRefused(
            f"{short(field)}: “{short(value_text(value))}” has a line break or a control "
            "character; a proposed value is one line of text."
        )


def _same(schema: Schema, key: str, one: Any, other: Any) -> bool:
    if key == schema.roles.status and not isinstance(one, list) and not isinstance(other, list):
        one, other = (status_in(schema, _or_none(value)) for value in (one, other))
    return same_value(_or_none(one), _or_none(other))


def _or_none(value: Any) -> Any:
    """The value; None for all that is empty."""
    return None if isinstance(value, Missing) or value in ("", []) else value


def is_there(schema: Schema, source: Source, proposed: Proposed) -> bool:
    """Whether the source has what is proposed."""
    key = source.key(proposed.field)
    if not proposed.is_of_items:
        return _same(schema, key, source.fields.get(key, MISSING), proposed.after)
    items = items_in(schema, source, key)
    return all(
        bool(meant_items(schema, key, items, text)) == (operator == "+=")
        for operator, text in proposed.steps
    )


def is_outdated(schema: Schema, source: Source, proposed: Proposed) -> bool:
    """Whether the field has had another value since.

    Where only items are added or removed, that does not matter.
    """
    key = source.key(proposed.field)
    held = source.fields.get(key, MISSING)
    return not proposed.is_of_items and not _same(schema, key, held, proposed.before)


def take(
    schema: Schema,
    habits: Habits,
    source: Source,
    chosen: Sequence[Proposed],
    *,
    outdated: bool = False,
) -> PlannedChange:
    """The change that proposals for one source ask for, each for another field.

    Raises Conflict when a field no longer has the value that it had, unless ``outdated`` ones are
    asked for, and what ``set`` raises.
    """
    steps: list[Step] = []
    for one in chosen:
        is_old = not outdated and is_outdated(schema, source, one)
        if is_old and not is_there(schema, source, one):
            held = source.fields.get(source.key(one.field), MISSING)
            now, then = both_shown(held, _texts(one.before))
            raise Conflict(
                f"{source.quoted_title}: {short(one.field)} is {now}, no longer {then} as when "
                f"“{short(one.by)}” proposed {shown(one.after)}, so sluice did not take that.",
                reason=f"{short(one.field)} has changed",
            )
        steps.append(
            lambda meant, one=one: _plan(  # type: ignore[misc]
                schema, habits, meant[0], meant[0].key(one.field), one.steps
            )
        )
    return in_turn([source], steps)._replace(answered=_answered(source, chosen, "taken"))


def _texts(value: Any) -> str | list[str]:
    if isinstance(value, list):
        return [text_of(item) for item in value]
    return "" if isinstance(value, Missing) else text_of(value)


def best_first(schema: Schema, proposed: Iterable[Proposed]) -> list[Proposed]:
    """Proposals by field; for each, first the value that most names propose, then the newest."""
    by_field: dict[str, list[Proposed]] = {}
    for one in proposed:
        by_field.setdefault(one.field, []).append(one)
    known = list(schema.fields)
    ordered = sorted(
        by_field, key=lambda field: (known.index(field) if field in known else len(known), field)
    )
    found: list[Proposed] = []
    for field in ordered:
        several = by_field[field]
        if len(several) > 1:
            names = {one.id: {o.by for o in several if o.steps == one.steps} for one in several}
            several.sort(key=lambda one: (len(names[one.id]), one.time), reverse=True)
        found += several
    return found


def best_of(proposed: Sequence[Proposed]) -> list[Proposed]:
    """The first proposal for each field."""
    return list({one.field: one for one in reversed(proposed)}.values())[::-1]


def refuse(schema: Schema, chosen: Sequence[tuple[Source, Sequence[Proposed]]]) -> PlannedChange:
    """The change that only notes that proposals were refused."""
    word = schema.roles.word_for
    rows = tuple(row for source, some in chosen for row in _answered(source, some, "refused"))
    each = (one.label_of(word(one.field)) for _, some in chosen for one in some)
    labels = list(dict.fromkeys(each))
    label = f"refused {labels[0]}" if len(labels) == 1 else f"refused {len(rows):,} proposals"
    return PlannedChange(label, (), answered=rows)


def with_taken(
    schema: Schema, planned: PlannedChange, of: Callable[[Source], Sequence[Proposed]]
) -> PlannedChange:
    """The change, and in it the answer to all that is proposed and that it makes true.

    ``of`` gives what can be taken for a source.
    """
    edits: dict[str, list[FieldEdit]] = {}
    for edit in planned.edits:
        edits.setdefault(edit.source.name, []).append(edit)
    known = {row["id"] for row in planned.answered}
    taken: list[Row] = []
    for its_edits in edits.values():
        source = its_edits[0].source
        if proposed := of(source):
            after = as_edited(source, its_edits)
            made = [one for one in proposed if one.id not in known and is_there(schema, after, one)]
            taken += _answered(source, made, "taken")
    return planned._replace(answered=(*planned.answered, *taken)) if taken else planned


def _answered(source: Source, chosen: Iterable[Proposed], answer: str) -> tuple[Row, ...]:
    return tuple({"answer": answer, **one.at(source).row} for one in chosen)


def grounds(answered: Sequence[Row], author: Author) -> Author:
    """The author of a change that answers proposals: who answers, who proposed them, and why."""
    names = list(dict.fromkeys(str(row["by"]) for row in answered))
    reasons = {str(row["why"]) for row in answered}
    said = f"proposed by {listed(names)}"
    if len(reasons) == 1 and (why := reasons.pop()):
        said += f": {why}"
    if author.why:
        said = f"{author.why} ({said})"
    return Author(author.by, said[:LONGEST_REASON], tuple(answered))
