"""The shelf: all notebooks of a vault, and the changes that put sources into them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from tui.display import short
from tui.errors import EditRefused, ValueRefused
from tui.notebooks.members import Members, known_name, names_of, planned_names
from tui.notebooks.sent import Sent, renamed_sent, sent_items, sent_of, sent_to, with_sent
from tui.search.query import quoted_value, written_name
from tui.triage.fields import list_items, read_value
from tui.triage.notebook_settings import Settings, name_fault
from tui.triage.places import placed
from tui.triage.planned import Make, PlannedChange, changeable
from tui.triage.schema import VAULT_SCHEMA, Schema
from tui.vault.header.edit import Value
from tui.vault.header.typed import text_of
from tui.vault.source import Source
from tui.vault.vault import FieldEdit


class Shelf:
    """All notebooks of a vault: the one way for app and command line to ask for and change them.

    The changes are functions of a schema and sources, as all front ends make them: one change,
    one undo. Each raises EditRefused for a broken header, and in a vault without notebooks.
    """

    def __init__(self, schema: Schema, sources: Callable[[], Iterable[Source]]) -> None:
        self._schema = schema
        self._sources = sources
        self._names: dict[str, tuple[Source, tuple[str, ...]]] = {}
        """The notebooks of sources by their names: unpacking a list of each takes a while."""

    @property
    def exists(self) -> bool:
        """Whether the vault has a field for notebooks."""
        return bool(self._schema.roles.notebooks)

    @property
    def absence(self) -> str:
        """Why there are no notebooks in a vault without a field for them, and what helps."""
        return (
            "The schema of this folder has no field for notebooks; add one to "
            f"{VAULT_SCHEMA}, such as `roles: {{notebooks: notebooks}}`."
        )

    @property
    def is_single(self) -> bool:
        """Whether a source is in one notebook only, so that another one replaces it."""
        return self._schema.notebook.kind != "list"

    @property
    def marks_sent(self) -> bool:
        """Whether the vault has a field for what was delivered."""
        return bool(self._schema.roles.sent)

    @property
    def settings(self) -> Settings:
        """The settings of notebooks."""
        return self._schema.notebooks

    @property
    def planned(self) -> tuple[str, ...]:
        """The notebooks that the schema names, with members or without."""
        return planned_names(self._schema)

    def members(self) -> Members:
        """The notebooks and their sources, as they are now."""
        return Members(self._schema, self._sources() if self.exists else (), self.names_of)

    def query_of(self, notebook: str) -> str:
        """The query for the members of a notebook, in a vault that has them."""
        field = self._schema.roles.notebooks
        asks = "nb" if self._schema.shorts.get("nb") == field else written_name(field)
        return f"{asks}:{quoted_value(notebook)}"

    def names_of(self, source: Source) -> tuple[str, ...]:
        """The notebooks of a source; any thread may ask."""
        known = self._names.get(source.name)
        if known is not None and known[0] is source:
            return known[1]
        names = names_of(self._schema, source)
        self._names[source.name] = source, names
        return names

    def sent_of(self, source: Source) -> tuple[Sent, ...]:
        """The deliveries of a source."""
        return sent_of(self._schema, source)

    def sent_to(self, source: Source, notebook: str) -> Sent | None:
        """The last delivery of a source to a notebook; None when it was not delivered there."""
        return sent_to(self._schema, source, notebook)

    def meant(self, text: str, members: Members | None = None) -> str:
        """The notebook that a typed name means.

        Raises ValueRefused when there is none or several, and EditRefused as the changes do.
        """
        self._refuse_absent()
        return (members or self.members()).meant(text)

    def name_for(self, text: str, members: Members | None = None) -> str:
        """The notebook that a typed text means, or the text as the name of a new one.

        Raises ValueRefused for what cannot be a name, or may be several notebooks.
        """
        self._refuse_absent()
        if fault := name_fault(text):
            raise ValueRefused(f"“{short(text)}” is not the name of a notebook: {fault}.")
        found = (members or self.members()).found(text)
        return self._allowed(text) if found is None else found

    def _allowed(self, text: str) -> str:
        """A new name; what is also a category must be one that the schema allows."""
        return text_of(self._item(text)) if self.is_single else text

    def new_name(self, text: str, old: str) -> str:
        """The new name of a notebook, exactly as typed. Raises ValueRefused."""
        self._refuse_absent()
        if fault := name_fault(text):
            raise ValueRefused(f"“{short(text)}” is not the name of a notebook: {fault}.")
        if text == old:
            raise ValueRefused(f"The notebook is called “{short(text)}” already.")
        return self._allowed(text)

    def put(self, come: Sequence[str], gone: Sequence[str] = ()) -> Make:
        """The change that puts sources into notebooks, and takes them out of others.

        The names are as ``name_for`` gives them. Where a source can be in one only, the last one
        of ``come`` replaces the one it was in, with a warning.
        """

        def make(schema: Schema, sources: Sequence[Source]) -> PlannedChange:
            self._refuse_absent()
            edits, warnings = [], dict[str, None]()
            for source in changeable(sources):
                edit = self._membership(source, come, gone)
                if edit is None:
                    continue
                edits.append(edit)
                before = [name for name in names_of(schema, source) if name not in (*come, *gone)]
                if come and before and isinstance(edit.value, str):
                    warnings[
                        f"{schema.roles.notebooks} has one value, so {short(come[-1])} replaces "
                        f"{short(before[0])}"
                    ] = None
            return PlannedChange(label_of(come, gone), tuple(edits), tuple(warnings))

        return make

    def add(self, *names: str) -> Make:
        """The change that puts sources into notebooks."""
        return self.put(names)

    def remove(self, *names: str) -> Make:
        """The change that takes sources out of notebooks; what was delivered stays noted."""
        return self.put((), names)

    def rename(self, old: str, new: str) -> Make:
        """The change that gives a notebook another name, also where it was delivered.

        A source that is in both is in ``new`` once. ``having`` gives the sources to change.
        """

        def make(schema: Schema, sources: Sequence[Source]) -> PlannedChange:
            self._refuse_absent()
            edits: list[FieldEdit] = []
            for source in changeable(sources):
                if old in names_of(schema, source):
                    edits.append(self._renamed(source, old, new))
                if any(sent.notebook == old for sent in sent_of(schema, source)):
                    items = renamed_sent(schema, sent_items(schema, source), old, new)
                    edits.append(FieldEdit(source, source.key(schema.roles.sent), items))
            return PlannedChange(f"notebook {short(old)} → {short(new)}", tuple(edits))

        return make

    def mark_sent(self, notebook: str, day: date) -> Make:
        """The change that notes that sources were delivered to a notebook."""
        return self._sent(notebook, day, f"{short(notebook)} delivered")

    def unmark_sent(self, notebook: str) -> Make:
        """The change that notes that sources were not delivered to a notebook."""
        return self._sent(notebook, None, f"{short(notebook)} not delivered")

    def having(self, notebook: str) -> list[Source]:
        """The sources that are in a notebook or were delivered to it."""
        return [
            source
            for source in self._sources()
            if notebook in self.names_of(source) or self.sent_to(source, notebook) is not None
        ]

    def hint_of_settings(self, old: str, new: str) -> str:
        """What to change in the vault's schema after a rename; empty when it does not name it."""
        if old not in self.settings.planned:
            return ""
        return f"{VAULT_SCHEMA} names {short(old)}; change that to {short(new)}, in notebooks"

    def _sent(self, notebook: str, day: date | None, label: str) -> Make:
        def make(schema: Schema, sources: Sequence[Source]) -> PlannedChange:
            self.refuse_without_sent()
            field = schema.roles.sent
            edits = []
            for source in changeable(sources):
                held = sent_items(schema, source)
                items = with_sent(schema, held, notebook, day)
                if items != held:
                    edits.append(FieldEdit(source, source.key(field), items))
            return PlannedChange(label, tuple(edits))

        return make

    def _membership(
        self, source: Source, come: Sequence[str], gone: Sequence[str]
    ) -> FieldEdit | None:
        """The edit of a source's notebooks; None when it has them already."""
        schema = self._schema
        field = schema.notebook
        key = source.key(field.name)
        if not self.is_single or _is_list(source, key):
            held = list_items(source, key)
            kept = [item for item in held if known_name(schema, text_of(item)) not in gone]
            there = {known_name(schema, text_of(item)) for item in kept}
            asked = {known_name(schema, name): name for name in come}
            new = [self._item(name) for known, name in asked.items() if known not in there]
            items = (*kept, *new)
            if len(items) == len(held) and not new:
                return None
            return FieldEdit(source, key, items)
        now = names_of(schema, source)
        if come:
            wanted = come[-1]
            return (
                None if now == (wanted,) else placed(source, field.name, self._item(wanted), field)
            )
        if not set(now) & set(gone):
            return None
        return placed(source, field.name, None, field)

    def _renamed(self, source: Source, old: str, new: str) -> FieldEdit:
        """The edit that gives a notebook another name in one source, at its place."""
        schema = self._schema
        field = schema.notebook
        key = source.key(field.name)
        if self.is_single and not _is_list(source, key):
            return placed(source, field.name, self._item(new), field)
        found: dict[str, Any] = {}
        for item in list_items(source, key):
            name = known_name(schema, text_of(item))
            new_one = known_name(schema, new), self._item(new)
            found.setdefault(*(new_one if name == old else (name, item)))
        return FieldEdit(source, key, tuple(found.values()))

    def _item(self, name: str) -> Value:
        """A name as a header has it: as written, unless it is a known value of another kind."""
        field = self._schema.notebook
        return read_value(self._schema.exact, field.name, name) if self.is_single else name

    def refuse_without_sent(self) -> None:
        """Raise EditRefused in a vault that has no field for what was delivered."""
        self._refuse_absent()
        if not self.marks_sent:
            raise EditRefused(
                "The schema of this folder has no field for what was delivered; add one to "
                f"{VAULT_SCHEMA}, such as `roles: {{sent: notebooks_sent}}`."
            )

    def _refuse_absent(self) -> None:
        if not self.exists:
            raise EditRefused(self.absence)


def label_of(come: Sequence[str], gone: Sequence[str]) -> str:
    """What a change of notebooks does, for the log and the toast."""
    parts = [f"into {_named(come)}"] if come else []
    parts += [f"out of {_named(gone)}"] if gone else []
    return ", ".join(parts) or "notebooks"


def _named(names: Sequence[str]) -> str:
    return short(", ".join(names)) if len(names) < 4 else f"{len(names)} notebooks"


def _is_list(source: Source, key: str) -> bool:
    return isinstance(source.fields.get(key), list | tuple)
