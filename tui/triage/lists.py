"""Change list fields of sources item by item."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tui.display import short
from tui.errors import MoveRefused, ValueRefused
from tui.links import name_of
from tui.triage.alike import LINKED, NO_HABITS, Habits, items_alike
from tui.triage.fields import items_of, list_items, read_value
from tui.triage.meant import meant_items
from tui.triage.planned import PlannedChange, changeable, in_each
from tui.triage.schema import Schema
from tui.vault.header.typed import named, same_value, text_of
from tui.vault.source import Source
from tui.vault.vault import FieldEdit


@in_each
def set_items(
    schema: Schema, sources: Sequence[Source], name: str, items: Iterable[Any]
) -> PlannedChange:
    """Set a list field of every source to ``items``."""
    field, value = schema.full_name(name), tuple(items)
    return PlannedChange(
        f"{field} = {_counted(value)}",
        tuple(
            FieldEdit(
                source,
                field,
                items_alike(value, (*list_items(source, field), *_usual(schema, field))),
            )
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
) -> PlannedChange:
    """Append ``text`` to every source's list that does not have it."""
    field = _list_field(schema, sources, name)
    if not text.strip():
        raise ValueRefused(f"An item of {field} cannot be empty; write something.")
    planned = append_items(schema, sources, name, [text], habits)
    held = _meant_in(schema, sources, field, text) if not planned.edits else ()
    return planned._replace(label=f"{field} has {short(held[0])}") if held else planned


@in_each
def append_items(
    schema: Schema,
    sources: Sequence[Source],
    name: str,
    texts: Sequence[str],
    habits: Habits = NO_HABITS,
) -> PlannedChange:
    """Append each of several texts to every source's list that does not have it."""
    field = _list_field(schema, sources, name)

    def longer(items: tuple[Any, ...]) -> tuple[Any, ...]:
        new = (text for text in dict.fromkeys(texts) if not meant_items(schema, field, items, text))
        return (*items, *_fitting(schema, field, new))

    label = f"{field} += {short(texts[0])}" if len(texts) == 1 else f"{field} += {_counted(texts)}"
    return _relisted(schema, label, sources, field, longer, habits)


@in_each
def remove_item(
    schema: Schema, sources: Sequence[Source], name: str, text: str, *, wanted: bool = True
) -> PlannedChange:
    """Remove ``text`` from every source's list.

    Raises ValueRefused when no list has it, unless ``wanted`` is False.
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
    """The items of all sources that match a text, without duplicates."""
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
) -> PlannedChange:
    """Change every source's list as ``before`` changed to ``after``.

    A list that differs from ``before``, for example after an outside edit, loses and gains the
    same items. Raises ValueRefused when only the order changed and the items differ.
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
                f"{source.quoted_title} has different {field}, so sluice cannot reorder them."
            )
        if not same_value(list(changed), list(items)):
            edits.append(FieldEdit(source, field, changed))
    return PlannedChange(relisted(field, come, gone), tuple(edits))


@in_each
def turn_items(
    schema: Schema,
    sources: Sequence[Source],
    name: str,
    come: Sequence[str],
    gone: Sequence[str],
    habits: Habits = NO_HABITS,
) -> PlannedChange:
    """Append the items in ``come`` to every source's list and remove those in ``gone``."""
    field, doomed = _list_field(schema, sources, name), set(map(name_of, gone))

    def change(items: tuple[Any, ...]) -> tuple[Any, ...]:
        kept = tuple(item for item in items if named(item) not in doomed)
        there = set(map(named, kept))
        new = (text for text in come if name_of(text) not in there)
        return (*kept, *_fitting(schema, field, new))

    return _relisted(schema, relisted(field, come, gone), sources, field, change, habits)


def relisted(field: str, come: Sequence[str], gone: Sequence[str]) -> str:
    """The label for a list that gains and loses items."""
    parts = [f"+= {short(', '.join(come))}"] if come else []
    parts += [f"-= {short(', '.join(gone))}"] if gone else []
    return f"{field} {' '.join(parts)}" if parts else f"{field} reordered"


def _counted(items: Sequence[Any]) -> str:
    return "1 item" if len(items) == 1 else f"{len(items)} items"


def item_texts(items: Iterable[Any]) -> tuple[str, ...]:
    """The items of a list as text."""
    return tuple(map(text_of, items))


def _merged(
    items: Sequence[Any], gone: Sequence[str], after: Sequence[Any], old: Sequence[str]
) -> tuple[Any, ...]:
    """The items without ``gone``; new ones are inserted next to their neighbours in ``after``."""
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
    if not field:
        raise ValueRefused("This folder has no field for that; name one in sluice.yaml, in roles.")
    held = [source.value(field) for source in sources]
    if known is not None and known.kind != "list":
        if not all(isinstance(value, list) for value in held):
            raise ValueRefused(f"{field} is not a list; set it with {field}=VALUE.")
    elif known is None and not all(map(_may_be_list, held)):
        raise ValueRefused(f"{field} is not a list in these sources; set it with {field}=VALUE.")
    return field


def _may_be_list(value: object) -> bool:
    return value is None or value == "" or isinstance(value, list)


def _fitting(schema: Schema, field: str, texts: Iterable[str]) -> tuple[Any, ...]:
    """New items; in a single-value field whose value is a list, they must be valid values."""
    known = schema.fields.get(field)
    if known is None or known.kind == "list":
        return tuple(texts)
    if field == schema.roles.status:
        raise MoveRefused(f"You cannot add to {field}; promote, archive or name a status.")
    return tuple(read_value(schema, field, text) for text in texts)


def items_in(schema: Schema, source: Source, field: str) -> tuple[Any, ...]:
    """The items of a source's list; a single insight written as text counts as one item."""
    return list_items(source, field, whole=field == schema.roles.insights)


def _usual(schema: Schema, field: str) -> tuple[str, ...]:
    """What the schema says of the form of new items."""
    known = schema.fields.get(field)
    return (LINKED,) if known is not None and known.is_linked else ()


def _relisted(
    schema: Schema,
    label: str,
    sources: Sequence[Source],
    field: str,
    change: Callable[[tuple[Any, ...]], tuple[Any, ...]],
    habits: Habits = NO_HABITS,
) -> PlannedChange:
    edits = []
    for source in changeable(sources):
        key = source.key(field)
        items = items_in(schema, source, key)
        changed = change(items)
        if changed != items:
            like = (*(items or items_of(habits.of(field))), *_usual(schema, field))
            edits.append(FieldEdit(source, key, items_alike(changed, like)))
    return PlannedChange(label, tuple(edits))
