"""Confirmed: which values of which sources a person confirmed, and the change that does it.

A value is confirmed when a person set it, or took it as it was: in the app, with a command that
names nobody else, or in an editor while the app was open. The undo journal knows that, and a list
in the header does if the vault's schema has one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from tui.errors import ValueRefused
from tui.triage.field import Field
from tui.triage.lists import append_item, turn_items
from tui.triage.planned import Make, PlannedChange, Step, changeable, differs, in_each, in_turn
from tui.triage.schema import Schema
from tui.vault.history.last_set import LastSet, Setting, plain
from tui.vault.source import Source
from tui.vault.vault import FieldEdit

NOBODY = "script or import"
"""Who wrote a value that no entry of the journal tells about."""

Edits = Mapping[tuple[str, str], str]
"""By source and field: the value that a person gave it outside sluice."""


class Confirmed:
    """Knows what a person confirmed; ``edits`` gives what was set by hand in an editor."""

    def __init__(self, schema: Schema, last_set: LastSet, edits: Callable[[], Edits]) -> None:
        self._schema = schema
        self._last_set = last_set
        self._edits = edits

    def now(self) -> Known:
        """What is known now. Raises JournalError."""
        last_set = self._last_set
        by_name: dict[str, dict[str, str]] = {}
        for (name, field), value in self._edits().items():
            by_name.setdefault(name, {})[field] = plain(value)
        return Known(self._schema, last_set.by_person(), last_set.by_others(), by_name)


class Known(NamedTuple):
    """What is known of confirmed values at one moment."""

    schema: Schema
    by_person: Mapping[str, Mapping[str, Setting]]
    by_others: Mapping[str, Mapping[str, Setting]]
    by_hand: Mapping[str, Mapping[str, str]]

    @property
    def fields(self) -> frozenset[str]:
        """The fields that a person set in some source."""
        return frozenset().union(*self.by_person.values(), *self.by_hand.values())

    def of(self, source: Source) -> Collection[str]:
        """The fields of a source whose present values a person confirmed."""
        found, role = set[str](), self.schema.roles.confirmed
        if not role and source.name not in self.by_person and source.name not in self.by_hand:
            return found
        if role:
            names = listed_in(self.schema, source)
            found.update(name for name in names if self._still_stands(source, name))
        for field, setting in self.by_person.get(source.name, {}).items():
            if setting.value and setting.value == plain(source.fields.get(field)):
                found.add(field)
        for field, value in self.by_hand.get(source.name, {}).items():
            if value and value == plain(source.fields.get(field)):
                found.add(field)
        schema = self.schema
        # Moves and their days are decisions, but no guess was confirmed by them.
        moved = {schema.roles.status, *schema.flow.stamps.values(), *schema.written_later}
        return found - moved

    def is_own(self, source: Source, field: str) -> bool:
        """Whether a person wrote the present value of a field with sluice."""
        setting = self.by_person.get(source.name, {}).get(field)
        return setting is not None and setting.value == plain(source.fields.get(field))

    def writer_of(self, source: Source, field: str) -> str:
        """Who wrote a value that no person set: the name they gave, else ``NOBODY``."""
        setting = self.by_others.get(source.name, {}).get(field)
        is_theirs = setting is not None and setting.value == plain(source.fields.get(field))
        return setting.by if setting is not None and is_theirs else NOBODY

    def _still_stands(self, source: Source, field: str) -> bool:
        """Whether nobody else has set another value since, as far as the journal knows."""
        value = plain(source.fields.get(source.key(field)))
        setting = self.by_others.get(source.name, {}).get(field)
        return bool(value) and (setting is None or setting.value != value)


def confirm(schema: Schema, sources: Sequence[Source], fields: Sequence[str]) -> PlannedChange:
    """Confirm the present values of fields: in the undo journal, and in the header's list if any.

    Raises ValueRefused for a source without a value there.
    """
    refuse_empty(changeable(sources), fields)
    steps: list[Step] = [lambda meant, name=name: keep(schema, meant, name) for name in fields]  # type: ignore[misc]
    if role := schema.roles.confirmed:
        steps += [
            lambda meant, name=name: append_item(schema.exact, meant, role, name)  # type: ignore[misc]
            for name in fields
        ]
    return in_turn(sources, steps)._replace(label=f"confirmed {', '.join(fields)}")


@in_each
def keep(schema: Schema, sources: Sequence[Source], name: str) -> PlannedChange:
    """Keep the present value of a field in every source: it is right. One without is skipped."""
    field = schema.full_name(name)
    keys = ((source, source.key(field)) for source in changeable(sources))
    edits = [
        FieldEdit(source, key, source.fields[key], noted=True)
        for source, key in keys
        if plain(source.fields.get(key))
    ]
    return PlannedChange(f"confirmed {field}" if edits else "", tuple(edits))


def deciding(
    make: Make,
    *,
    confirms: bool = True,
    confirmed: Callable[[Source], Collection[str]] | None = None,
) -> Make:
    """The same change, which also confirms what a person sets, and not what somebody else does.

    A value that a source has already is noted in the undo journal, unless ``confirmed`` says that
    it is confirmed; without that, no such value is noted. In the header's list, if the schema has
    one, is what a person sets, also a value that was set already, and what a person clears leaves
    it. So does what somebody else replaces, who ``confirms`` nothing. Every key and command that
    decides goes through here.
    """

    def made(schema: Schema, sources: Sequence[Source]) -> PlannedChange:
        planned = make(schema, sources)
        if confirmed is not None:
            edits = (_chosen_again(schema, edit, confirmed) for edit in planned.edits)
            planned = planned._replace(edits=tuple(edits))
        if not schema.roles.confirmed:
            return planned
        by_source: dict[str, dict[str, FieldEdit]] = {}
        for edit in planned.edits:
            by_source.setdefault(edit.source.name, {})[edit.field] = edit
        added = [
            edit
            for edits in by_source.values()
            for edit in _listing(schema, edits, confirms=confirms)
        ]
        return planned._replace(edits=(*planned.edits, *added))

    return made


def _chosen_again(
    schema: Schema, edit: FieldEdit, confirmed: Callable[[Source], Collection[str]]
) -> FieldEdit:
    """The edit, which is noted if a person chose a value that is there and not yet confirmed."""
    if edit.noted or not plain(edit.value) or differs(edit):
        return edit
    fields = (field for field in schema.fields.values() if is_guessed(schema, field))
    if not any(edit.source.key(field.name) == edit.field for field in fields):
        return edit
    known = confirmed(edit.source)
    return edit._replace(noted=edit.field not in map(edit.source.key, known))


def _listing(
    schema: Schema, edits: Mapping[str, FieldEdit], *, confirms: bool
) -> Sequence[FieldEdit]:
    """The edit of the list that goes with a source's edits, if there is one."""
    source, role = next(iter(edits.values())).source, schema.roles.confirmed
    key = source.key(role)
    if key in edits or isinstance(source.fields.get(key), dict):
        # Somebody sets the list itself, or there is a map in its place, which takes no name.
        return ()
    names = {text: schema.full_name(text) for text in source.listed(key)}
    come: list[str] = []
    gone: list[str] = []
    for field in schema.fields.values():
        edit = edits.get(source.key(field.name)) if is_guessed(schema, field) else None
        if edit is None:
            continue
        if confirms and plain(edit.value):
            come += [field.name] if field.name not in names.values() else []
        elif confirms or differs(edit):
            gone += [text for text, name in names.items() if name == field.name]
    if not come and not gone:
        return ()
    return turn_items(schema.exact, [source], role, come, gone).edits


def listed_in(schema: Schema, source: Source) -> Collection[str]:
    """The fields that the source's header lists as confirmed; none if the schema has no list."""
    role = schema.roles.confirmed
    return [schema.full_name(text) for text in source.listed(source.key(role))] if role else ()


def is_guessed(schema: Schema, field: Field) -> bool:
    """Whether scripts and suggestions guess the values of a field: known ones, and topics."""
    return field.name == schema.roles.topics or (
        field.kind in ("choice", "tag") and field.name != schema.roles.status
    )


def refuse_empty(sources: Iterable[Source], fields: Iterable[str]) -> None:
    """Raise ValueRefused for the first source that lacks a value to confirm."""
    for source in sources:
        for field in fields:
            if not plain(source.fields.get(source.key(field))):
                raise ValueRefused(
                    f"{source.quoted_title} has no {field} to confirm; set it first.",
                    reason=f"no {field}",
                )
