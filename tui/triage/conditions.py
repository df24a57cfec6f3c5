"""Conditions: what must still be true of a source for a change to be made."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from tui.display import LISTED, listed, short
from tui.errors import Conflict, SluiceError
from tui.triage.alike import NO_HABITS
from tui.triage.fields import items_of, like_of, only_item, read_list, read_value
from tui.triage.meant import meant_field
from tui.triage.schema import Schema
from tui.triage.status import status_in
from tui.vault.header.edit import MISSING
from tui.vault.header.typed import named, same_value, text_of
from tui.vault.source import Source
from tui.vault.writing.plan import Check
from tui.vault.writing.prove import as_read
from tui.vault.writing.revert import digest, shown

_AROUND = 12
"""Characters shown before the first difference of two long texts."""


Condition = tuple[str, str]
"""A field, and the value it must still have, as typed; empty if it must be empty."""


def conditions_of(
    schema: Schema, conditions: Sequence[Condition], hashes: Collection[str]
) -> Check:
    """A function that raises Conflict when a source no longer meets the conditions.

    ``hashes`` are those that its file may have; any without them. A broken header is left to the
    change, which refuses it.
    """

    def check(source: Source, data: bytes) -> None:
        if hashes and (now := digest(data)) not in hashes:
            raise Conflict(
                f"{source.quoted_title} has changed: its hash is now {now[:12]}…, not "
                f"{listed([f'{each[:12]}…' for each in hashes], ' or ')}; "
                "`sluice show REF --json` has the new one.",
                reason="changed",
            )
        for field, text in conditions if source.problem is None else ():
            _check_field(schema, source, meant_field(schema, [source], field), text)

    return check


def _check_field(schema: Schema, source: Source, field: str, text: str) -> None:
    key = schema.field_in(source, field)
    key = key if key in schema.fields else source.key(key)
    held = source.value(key) if source.has(key) else MISSING
    if _is(schema, source, key, held, text):
        return
    items = _wanted_items(schema, key, held, text)
    now, wanted = both_shown(held, text if items is None else items)
    raise Conflict(
        f"{source.quoted_title}: {short(key)} is {now}, no longer {wanted}, so sluice did not "
        "change it.",
        reason=f"{short(key)} has changed",
    )


def _is(schema: Schema, source: Source, key: str, held: Any, text: str) -> bool:
    """Whether a field's value is the one typed."""
    if held in (MISSING, None, "") or held == []:
        held = None
    if key == schema.roles.status and (status := schema.status.meant(text)):
        return status_in(schema, held) == status
    is_empty = text.strip() in ("", "[]")
    if held is None or is_empty:
        return held is None and is_empty
    if not isinstance(held, list) and text in (
        text_of(held),
        named(held),
        getattr(held, "isoformat", str)(),
    ):
        return True
    if (items := _wanted_items(schema, key, held, text)) is not None:
        whole = key == schema.roles.insights
        return [text_of(item) for item in items_of(held, whole=whole)] == items
    if isinstance(held, list) and len(held) > 1:
        return source.text(key) == text
    field = schema.fields.get(key)
    if field is not None and (known := field.meant(text)):
        return field.known_in(held) == known
    try:
        value = as_read(read_value(schema, key, text, like_of(schema, source, key, NO_HABITS)))
    except SluiceError:
        return False
    return same_value(only_item(held), value)


def _wanted_items(schema: Schema, key: str, held: Any, text: str) -> list[str] | None:
    """The typed text as the items of a list; None where the field has, and is, no list."""
    field = schema.fields.get(key)
    is_list = field is not None and field.kind == "list"
    if not is_list and not isinstance(held, list):
        return None
    # A field of one value may have a list all the same; then it is in brackets, or as text.
    if not is_list and field is not None and not text.startswith("["):
        return None
    try:
        value = read_list(key, text, held, whole=key == schema.roles.insights)
    except SluiceError:
        return [text]
    return [text_of(item) for item in value]


def both_shown(held: Any, wanted: str | list[str]) -> tuple[str, str]:
    """Two values for a sentence; what differs is among what is shown."""
    if isinstance(held, list) or isinstance(wanted, list):
        items = [text_of(item) for item in items_of(None if held is MISSING else held)]
        others = wanted if isinstance(wanted, list) else [wanted]
        at = _first_difference(items, others) if max(len(items), len(others)) > LISTED else 0
        skipped = f"{at:,} items, then " if at else ""
        now, then = _items(items[at:]), _items(others[at:])
        return skipped + now if held is not MISSING else "missing", skipped + then
    text, now = str(wanted), "" if held is MISSING else text_of(held)
    if short(now) != short(text) or held is MISSING:
        return shown(held), shown(text or None)
    at = max(_first_difference(now, text) - _AROUND, 0)
    dots = "…" if at else ""
    return f"“{dots}{short(now[at:])}”", f"“{dots}{short(text[at:])}”"


def _first_difference(one: Sequence[object], other: Sequence[object]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _items(items: Sequence[str]) -> str:
    return f"“{listed(items)}”" if items else "empty"
