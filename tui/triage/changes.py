"""Set, append, remove, promote, archive: the one way either front end changes sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from tui.display import short
from tui.errors import EditRefused, MoveRefused, SluiceError, ValueRefused
from tui.triage.alike import NO_HABITS, Habits, items_alike, new_class, stamp_of
from tui.triage.fields import (
    in_its_list,
    items_of,
    known_value,
    like_of,
    list_items,
    only_item,
    read_value,
)
from tui.triage.meant import meant_items, value_text
from tui.triage.passes import ARCHIVE, PROMOTE, Answer
from tui.triage.schema import Schema
from tui.triage.status import Move, plan_archive, plan_named, plan_promote, status_of
from tui.vault.edit import Value
from tui.vault.read import LIMIT, decode
from tui.vault.source import Source, Stamp
from tui.vault.storage import read_snapshot
from tui.vault.typed import same_value, text_of
from tui.vault.vault import FieldEdit

Step = Callable[[Sequence[Source]], "Proposal"]
"""Works out one part of a change of several."""


Make = TypeVar("Make", bound=Callable[..., "Proposal"])


class Proposal(NamedTuple):
    """A change worked out and not yet made: hand it to ``Vault.commit``."""

    label: str
    """What the change does, for the log and the toast."""
    edits: tuple[FieldEdit, ...]
    warnings: tuple[str, ...] = ()
    """What the schema would like to see first; not in the way of the change."""


def in_each(make: Make) -> Make:
    """``make`` asked once for every field that its name means in some of the sources.

    A short name means another field in a source that has one of that very name.
    """

    @wraps(make)
    def asked(schema: Schema, sources: Sequence[Source], name: str, *rest: Any, **more: Any) -> Any:
        if name not in schema.shorts:
            return make(schema, sources, name, *rest, **more)
        meant: dict[str, list[Source]] = {}
        for source in sources:
            meant.setdefault(schema.field_in(source, name), []).append(source)
        exact = schema.exact
        proposals = [make(exact, some, field, *rest, **more) for field, some in meant.items()]
        if len(proposals) == 1:
            return proposals[0]
        return combine(", ".join(proposal.label for proposal in proposals), proposals)

    return cast(Make, asked)


@in_each
def set_field(
    schema: Schema,
    sources: Sequence[Source],
    name: str,
    text: str,
    habits: Habits = NO_HABITS,
) -> Proposal:
    """The field of every source set to what ``text`` means for it; empty clears it.

    Raises ValueRefused; MoveRefused when the field is the status.
    """
    field = schema.full_name(name)
    if field == schema.roles.status:
        if not text:
            raise MoveRefused(f"{field} cannot be empty; promote, archive or name a status.")
        return promote(schema, sources, date.today(), text)
    edits, notes = [], []
    for source in changeable(sources):
        key = source.key(field)
        value = read_value(schema, field, text, like_of(schema, source, field, habits))
        if value is None and key not in source.fields:
            continue
        edits.append(FieldEdit(source, key, in_its_list(source, key, value)))
        notes.append(new_class(field, only_item(source.fields.get(key)), value))
    written = {value_text(edit.value) for edit in edits}
    shown = written.pop() if len(written) == 1 else text
    told = tuple(note for note in dict.fromkeys(notes) if note)
    return Proposal(f"{field} = {short(shown or 'nothing')}", tuple(edits), told)


@in_each
def set_items(
    schema: Schema, sources: Sequence[Source], name: str, items: Iterable[Any]
) -> Proposal:
    """A list field of every source set to ``items``."""
    field, value = schema.full_name(name), tuple(items)
    return Proposal(
        f"{field} = {len(value)} items",
        tuple(
            FieldEdit(source, field, items_alike(value, list_items(source, field)))
            for source in changeable(sources)
        ),
    )


@in_each
def append_item(
    schema: Schema,
    sources: Sequence[Source],
    name: str,
    text: str,
    habits: Habits = NO_HABITS,
) -> Proposal:
    """``text`` added at the end of every source's list, unless it is in there."""
    field = _list_field(schema, sources, name)
    if not text.strip():
        raise ValueRefused(f"{field} cannot take an empty item; write something.")
    proposal = append_items(schema, sources, name, [text], habits)
    held = _meant_in(schema, sources, field, text) if not proposal.edits else ()
    return proposal._replace(label=f"{field} has {short(held[0])}") if held else proposal


@in_each
def append_items(
    schema: Schema,
    sources: Sequence[Source],
    name: str,
    texts: Sequence[str],
    habits: Habits = NO_HABITS,
) -> Proposal:
    """Several texts added at the end of every source's list, but those that are in there."""
    field = _list_field(schema, sources, name)

    def longer(items: tuple[Any, ...]) -> tuple[Any, ...]:
        new = (text for text in dict.fromkeys(texts) if not meant_items(schema, field, items, text))
        return (*items, *_fitting(schema, field, new))

    label = f"{field} += {short(texts[0])}" if len(texts) == 1 else f"{field} += {len(texts)} items"
    return _relisted(schema, label, sources, field, longer, habits)


@in_each
def remove_item(
    schema: Schema, sources: Sequence[Source], name: str, text: str, *, wanted: bool = True
) -> Proposal:
    """``text`` taken out of every source's list.

    Raises ValueRefused when it is in none, unless it need not be.
    """
    field = _list_field(schema, sources, name)
    gone = _meant_in(schema, sources, field, text)
    if wanted and not gone:
        raise ValueRefused(f"{field} has no item “{short(text)}” to remove.")

    def shorter(items: tuple[Any, ...]) -> tuple[Any, ...]:
        doomed = meant_items(schema, field, items, text)
        return tuple(item for item in items if text_of(item) not in doomed)

    return _relisted(
        schema, f"{field} -= {short(', '.join(gone) or text)}", sources, field, shorter
    )


def _meant_in(schema: Schema, sources: Sequence[Source], field: str, text: str) -> tuple[str, ...]:
    """The items of any source's list that a text means, each once."""
    found: dict[str, None] = {}
    for source in sources:
        items = items_in(schema, source, source.key(field))
        found |= dict.fromkeys(meant_items(schema, field, items, text))
    return tuple(found)


@in_each
def relist(
    schema: Schema,
    sources: Sequence[Source],
    name: str,
    before: Sequence[Any],
    after: Sequence[Any],
) -> Proposal:
    """A list that read ``before`` turned into ``after``, in every source.

    Where it reads otherwise, as when others wrote it meanwhile, the same items go and come.
    Raises ValueRefused where only an order changed and the items are others.
    """
    field = schema.full_name(name)
    old, new = item_texts(before), item_texts(after)
    gone = tuple(text for text in old if text not in new)
    come = tuple(text for text in new if text not in old)
    _fitting(schema, field, come)
    edits = []
    for source in changeable(sources):
        items = items_in(schema, source, field)
        if item_texts(items) == old:
            changed = items_alike(after, items)
        elif gone or come:
            changed = items_alike(_merged(items, gone, after, old), items)
        else:
            raise ValueRefused(
                f"{short(source.id)} has other {field}; only their order was changed."
            )
        if not same_value(list(changed), list(items)):
            edits.append(FieldEdit(source, field, changed))
    return Proposal(relisted(field, come, gone), tuple(edits))


@in_each
def turn_items(
    schema: Schema,
    sources: Sequence[Source],
    name: str,
    come: Sequence[str],
    gone: Sequence[str],
    habits: Habits = NO_HABITS,
) -> Proposal:
    """Items put at the end of every source's list that lacks them, and others taken out."""
    field = _list_field(schema, sources, name)

    def change(items: tuple[Any, ...]) -> tuple[Any, ...]:
        kept = tuple(item for item in items if item_texts([item])[0] not in gone)
        new = (text for text in come if text not in item_texts(kept))
        return (*kept, *_fitting(schema, field, new))

    return _relisted(schema, relisted(field, come, gone), sources, field, change, habits)


def relisted(field: str, come: Sequence[str], gone: Sequence[str]) -> str:
    """What is said of a list of which items come and go."""
    parts = [f"+= {short(', '.join(come))}"] if come else []
    parts += [f"-= {short(', '.join(gone))}"] if gone else []
    return f"{field} {' '.join(parts)}" if parts else f"{field} in another order"


def item_texts(items: Iterable[Any]) -> tuple[str, ...]:
    """A list's items as they are shown."""
    return tuple(map(text_of, items))


def _merged(
    items: Sequence[Any], gone: Sequence[str], after: Sequence[Any], old: Sequence[str]
) -> tuple[Any, ...]:
    """The items without those that go; those that come stand by the neighbours they had."""
    kept = [item for item, text in zip(items, item_texts(items), strict=True) if text not in gone]
    wanted = item_texts(after)
    for place, text in enumerate(wanted):
        texts = item_texts(kept)
        if text in old or text in texts:
            continue
        following = wanted[place + 1 : place + 2]
        if place and wanted[place - 1] in texts:
            at = texts.index(wanted[place - 1]) + 1
        elif following and following[0] in texts:
            at = texts.index(following[0])
        else:
            at = len(kept)
        kept.insert(at, after[place])
    return tuple(kept)


def _list_field(schema: Schema, sources: Sequence[Source], name: str) -> str:
    field = schema.full_name(name)
    known = schema.fields.get(field)
    held = [source.fields.get(source.key(field)) for source in sources]
    if known is not None and known.kind != "list":
        if not all(isinstance(value, list) for value in held):
            raise ValueRefused(f"{field} is not a list; set it with {field}=VALUE.")
    elif known is None and not all(map(_may_be_list, held)):
        raise ValueRefused(f"{field} is not a list in these sources; set it with {field}=VALUE.")
    return field


def _may_be_list(value: object) -> bool:
    return value is None or value == "" or isinstance(value, list)


def _fitting(schema: Schema, field: str, texts: Iterable[str]) -> tuple[Any, ...]:
    """New items; in a field of one value that holds a list, those have to be such values."""
    known = schema.fields.get(field)
    if known is None or known.kind == "list":
        return tuple(texts)
    if field == schema.roles.status:
        raise MoveRefused(f"{field} is not a list to add to; promote, archive or name a status.")
    return tuple(read_value(schema, field, text) for text in texts)


def items_in(schema: Schema, source: Source, field: str) -> tuple[Any, ...]:
    """The items of a source's list; an insight that stands there alone is one of them."""
    return list_items(source, field, whole=field == schema.roles.insights)


def _relisted(
    schema: Schema,
    label: str,
    sources: Sequence[Source],
    field: str,
    change: Callable[[tuple[Any, ...]], tuple[Any, ...]],
    habits: Habits = NO_HABITS,
) -> Proposal:
    edits = []
    for source in changeable(sources):
        key = source.key(field)
        items = items_in(schema, source, key)
        changed = change(items)
        if changed != items:
            like = items or items_of(habits.of(field))
            edits.append(FieldEdit(source, key, items_alike(changed, like)))
    return Proposal(label, tuple(edits))


def promote(
    schema: Schema, sources: Sequence[Source], today: date, to: str | None = None
) -> Proposal:
    """Every source moved to the next status, or to the one asked for by name.

    Raises MoveRefused, naming the moves that are allowed.
    """
    if to is None:
        return _moved(schema, sources, today, lambda source: plan_promote(schema, source))
    return _moved(schema, sources, today, lambda source: plan_named(schema, source, to))


def archive(schema: Schema, sources: Sequence[Source], today: date) -> Proposal:
    """Every source moved to the archive, in one change. Raises MoveRefused."""
    return _moved(schema, sources, today, lambda source: plan_archive(schema, source))


def _moved(
    schema: Schema, sources: Sequence[Source], today: date, plan: Callable[[Source], Move]
) -> Proposal:
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
            value = _in_place(schema, source, move.steps[-1])
            edits.append(FieldEdit(source, schema.roles.status, value))
            only_written = move.steps == (now,)
            labels.append(
                f"{schema.roles.status} = {now}" if only_written else " → ".join((now, *move.steps))
            )
    if not labels:
        label = status_of(schema, sources[0]) if sources else "nothing"
    else:
        label = labels[0] if len(set(labels)) == 1 else f"{len(labels)} sources moved"
    return Proposal(label, tuple(edits), tuple(dict.fromkeys(warnings)))


def _in_place(schema: Schema, source: Source, to: str) -> Value:
    """The status as it is written: in a list the one item that is a status becomes ``to``."""
    field = schema.status
    held = source.fields.get(field.name)
    if not isinstance(held, list):
        return known_value(field, to, held)
    places = [place for place, item in enumerate(held) if field.known_in(item) in field.values]
    at = places[0] if len(places) == 1 else None
    like = held[at] if at is not None else only_item(held)
    return in_its_list(source, field.name, known_value(field, to, like), at)


def combine(label: str, proposals: Sequence[Proposal]) -> Proposal:
    """Several proposals as one change; of two values for a field the later counts."""
    edits: dict[tuple[str, str], FieldEdit] = {}
    for proposal in proposals:
        for edit in proposal.edits:
            edits[edit.source.name, edit.field] = edit
    warnings = dict.fromkeys(line for proposal in proposals for line in proposal.warnings)
    return Proposal(label, tuple(edits.values()), tuple(warnings))


def in_turn(label: str, sources: Sequence[Source], steps: Sequence[Step]) -> Proposal:
    """Several steps as one change; each sees what those before it did.

    Without a ``label`` it is made of theirs. Raises what a step raises.
    """
    meant, proposals = list(sources), []
    for step in steps:
        proposal = step(meant)
        meant = [_with(source, proposal.edits) for source in meant]
        proposals.append(proposal)
    whole = combine(label or ", ".join(proposal.label for proposal in proposals), proposals)
    # What is written is compared with the sources as they were read.
    read = {source.name: source for source in sources}
    edits = (edit._replace(source=read[edit.source.name]) for edit in whole.edits)
    return whole._replace(edits=tuple(edits))


def _with(source: Source, edits: Sequence[FieldEdit]) -> Source:
    """The source as it will be when the edits that are about it are made."""
    fields = dict(source.fields)
    for edit in edits:
        if edit.source.name == source.name:
            fields[edit.field] = list(edit.value) if isinstance(edit.value, tuple) else edit.value
    return source._replace(fields=fields)


def answer(schema: Schema, sources: Sequence[Source], today: date, given: Answer) -> Proposal:
    """What an answer of a pass does to every source. Raises ValueRefused and MoveRefused."""
    steps: list[Step] = [
        lambda meant, field=field, text=text: set_field(schema, meant, field, text)  # type: ignore[misc]
        for field, text in given.sets
    ]
    if given.move == ARCHIVE:
        steps.append(lambda meant: archive(schema, meant, today))
    elif given.move:
        to = None if given.move == PROMOTE else given.move
        steps.append(lambda meant: promote(schema, meant, today, to))
    return in_turn("", sources, steps)


def changeable(sources: Sequence[Source]) -> Sequence[Source]:
    """The sources, when all of their headers can be read. Raises EditRefused."""
    broken = next((source for source in sources if source.problem), None)
    if broken is not None and broken.problem is not None:
        if broken.is_cut:
            raise EditRefused(
                f"{broken.name} is larger than {LIMIT}; use an editor.", reason="is too large"
            )
        raise EditRefused(
            f"{broken.name} cannot be changed while its header is broken: "
            f"{broken.problem.sentence}; {_advice(broken)}.",
            reason="header is broken",
        )
    return sources


@lru_cache(maxsize=1024)  # a bulk change is refused by one source after the other
def _advice_for(root: Path, name: str, _stamp: Stamp) -> str:
    from tui.vault.repair import advice  # noqa: PLC0415 - for a broken header only

    try:
        return advice(decode(read_snapshot(root, name).data))
    except SluiceError:
        return "look at its file"


def _advice(source: Source) -> str:
    """What helps with a source whose header is broken."""
    return _advice_for(source.root, source.name, source.stamp)
