"""Said: a change in words for people, with the new and the old values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from tui.days import spoken_day, written_day
from tui.display import listed, short
from tui.triage.bulk import BulkPlan
from tui.triage.fields import items_of, only_item
from tui.triage.meant import value_text
from tui.triage.planned import differs
from tui.triage.schema import Schema
from tui.triage.status import status_in
from tui.vault.header.edit import MISSING, Missing
from tui.vault.header.typed import same_value
from tui.vault.history.change import FieldRecord
from tui.vault.writing.prove import as_read

_DAY = re.compile(r"@\d{4}-\d\d-\d\d\s*$")
"""The day after the name of a notebook that got a source."""
MOST = 3
"""The most fields that a sentence tells one by one."""


class Said(NamedTuple):
    """A change in words."""

    whole: str
    """New and old value: ``▲ strategic, was ■ tactical``."""
    brief: str
    """The new value alone."""


def said_of_plan(schema: Schema, plan: BulkPlan) -> Said:
    """What a plan sets, and what it replaces; where nothing changes, what is already set."""
    edits = [edit for edit in plan.edits if edit.noted or differs(edit)] or plan.edits
    records = [
        FieldRecord(edit.field, edit.source.fields.get(edit.field, MISSING), as_read(edit.value))
        for edit in edits
    ]
    tell = said_of if plan.changed else _told
    said = tell(schema, records, plan.planned.label)
    repaired = len(plan.repairs)
    if not repaired:
        return said
    if repaired == len(plan.changed):
        return Said(f"repaired, {said.whole}", said.brief)
    return Said(f"{said.whole}, {repaired:,} repaired", said.brief)


def said_of(schema: Schema, records: Sequence[FieldRecord], label: str) -> Said:
    """What a change sets or confirms, and what it replaces; its label where that is too much."""
    said = _told(schema, records, label)
    values = [record for record in records if record.field != schema.roles.confirmed]
    changed = [record for record in values if not same_value(record.before, record.after)]
    if values and not changed and said.brief != label:
        return Said(f"{said.whole} confirmed", f"{said.brief} confirmed")
    return said


def _told(schema: Schema, records: Sequence[FieldRecord], label: str) -> Said:
    fields = list(dict.fromkeys(record.field for record in records))
    if schema.roles.status in fields:
        stamps = set(schema.flow.stamps.values())
        fields = [field for field in fields if field not in stamps]
    if len(fields) > 1:
        # Which of the others are confirmed says nothing new.
        fields = [field for field in fields if field != schema.roles.confirmed]
    if not fields or len(fields) > MOST:
        return Said(label, label)
    parts = [_part(schema, name, _changed(records, name)) for name in fields]
    told = [part for part in parts if part is not None]
    if len(told) < len(parts):
        return Said(label, label)
    # Not in dots: noise has one for its sign.
    return Said("; ".join(part.whole for part in told), "; ".join(part.brief for part in told))


def _changed(records: Sequence[FieldRecord], name: str) -> Sequence[FieldRecord]:
    """The records of a field; only those with another value than before, if there are any."""
    every = [record for record in records if record.field == name]
    return [r for r in every if not same_value(r.before, r.after)] or every


def summed(schema: Schema, plan: BulkPlan) -> list[tuple[int, str]]:
    """What a plan does, with the number of sources for each thing, most frequent first."""
    said = said_of_plan(schema, plan).brief
    if len(plan.labels) == 1 and schema.roles.status not in {edit.field for edit in plan.edits}:
        return [(len(plan.changed), said)]
    return [(count, label) for label, count in plan.labels.most_common()]


def replaced(schema: Schema, plan: BulkPlan) -> str:
    """The values that a plan overwrites, most frequent first: ``general 20, coding-tools 3``.

    A status is no such value: where it goes is said with where it comes from.
    """
    held = Counter[tuple[str, str]]()
    for edit in plan.edits:
        if edit.field != schema.roles.status and not _adds(schema, edit.field) and differs(edit):
            value = edit.source.fields.get(edit.field, "")
            held[edit.field, value if isinstance(value, str) else value_text(value)] += 1
    old = Counter[str]()
    for (field, value), count in held.items():
        if words := _signed(schema, field, value):
            old[words] += count
    told = [f"{words} {count:,}" for words, count in old.most_common(MOST)]
    more = sum(old.values()) - sum(count for _, count in old.most_common(MOST))
    return ", ".join([*told, f"others {more:,}"] if more else told)


def _adds(schema: Schema, name: str) -> bool:
    """Whether changes of a field leave the rest of it, or only note when something was done."""
    field = schema.fields.get(name)
    is_list = name == schema.roles.insights or (field is not None and field.kind == "list")
    return is_list or name in schema.flow.stamps.values()


def _part(schema: Schema, name: str, records: Sequence[FieldRecord]) -> Said | None:
    """What happens to one field; None where a new and an old value cannot say it."""
    field = schema.fields.get(name)
    if name == schema.roles.insights:
        return _same(_insights(record, alone=len(records) == 1) for record in records)
    if name == schema.roles.confirmed:
        return _same(map(_confirmed, records))
    if name == schema.roles.sent:
        return _same(map(_delivered, records))
    if field is not None and field.kind == "list":
        return _same(_items(name, record) for record in records)
    new = _all_signed(schema, name, [record.after for record in records])
    old = _all_signed(schema, name, [record.before for record in records])
    if len(new) != 1:
        return None
    (value,) = new
    if name == schema.roles.snoozed:
        brief = f"snoozed until {value}" if value else "no longer snoozed"
    elif not value:
        brief = f"no {schema.roles.word_for(name)}"
    elif field is not None and (field.kind == "choice" or name == schema.roles.category):
        brief = value
    else:
        brief = f"{name}: {value}"
    before = next(iter(old)) if len(old) == 1 else f"{len(old)} values"
    return Said(f"{brief}, was {before}" if before and old != new else brief, brief)


def _all_signed(schema: Schema, name: str, values: Iterable[Any]) -> set[str]:
    """The values, each once: a change of very many sources has few."""
    each = {value if isinstance(value, str) else repr(value): value for value in values}
    return {_signed(schema, name, value) for value in each.values()}


def _signed(schema: Schema, name: str, value: Any) -> str:
    """A value with its symbol, if it has one; empty without a value."""
    if value is None or isinstance(value, Missing):
        value = ""
    field = schema.fields.get(name)
    if name == schema.roles.snoozed and (day := written_day(only_item(value))):
        return spoken_day(day)
    text = status_in(schema, value) if name == schema.roles.status else value_text(value)
    if not text:
        return ""
    glyph = field.choice(field.spelt(text)).glyph if field is not None else ""
    return f"{glyph} {short(text)}".strip()


def _same(words: Iterable[str]) -> Said | None:
    """What is said of every source, if it is the same."""
    told = set(words)
    word = told.pop() if len(told) == 1 else ""
    return Said(word, word) if word else None


def _insights(record: FieldRecord, *, alone: bool) -> str:
    old, new = _texts(record.before), _texts(record.after)
    if len(new) > len(old) and new[: len(old)] == old:
        added = len(new) - len(old)
        if added > 1:
            return f"{added} new insights"
        return f"insight {len(new)}" if alone else "new insight"
    if sorted(new) == sorted(old):
        return "insights in another order"
    if len(new) < len(old):
        gone = len(old) - len(new)
        return "insight deleted" if gone == 1 else f"{gone} insights deleted"
    return "insight changed"


def _confirmed(record: FieldRecord) -> str:
    """What is confirmed and what no longer is."""
    come, gone = _come_and_gone(record)
    parts = [f"confirmed {come}"] if come else []
    return ", ".join([*parts, f"{gone} no longer confirmed"] if gone else parts)


def _items(name: str, record: FieldRecord) -> str:
    """What comes into a list and goes from it: ``topics + agents, evals - drafts``."""
    come, gone = _come_and_gone(record)
    signs = [f"{sign} {words}" for sign, words in (("+", come), ("-", gone)) if words]
    return " ".join([name, *signs]) if signs else ""


def _delivered(record: FieldRecord) -> str:
    """Which notebooks got the source, and which no longer count as having it."""
    old, new = (
        [_DAY.sub("", text) for text in _texts(one)] for one in (record.before, record.after)
    )
    come = listed([name for name in new if name not in old])
    gone = listed([name for name in old if name not in new])
    parts = (f"delivered to {come}" if come else "", f"not delivered to {gone}" if gone else "")
    return ", ".join(filter(None, parts)) or "delivered again"


def _come_and_gone(record: FieldRecord) -> tuple[str, str]:
    """The items that a list gains, and those that it loses."""
    old, new = _texts(record.before), _texts(record.after)
    come = (text for text in new if text not in old)
    return listed(list(come)), listed([text for text in old if text not in new])


def _texts(value: Any) -> list[str]:
    if value is None or isinstance(value, Missing):
        return []
    return list(map(value_text, items_of(value, whole=True)))
