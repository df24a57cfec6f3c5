"""The change that the arguments of ``set`` ask for, and the notes on it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tui.cli.assignments import Assignment
from tui.desk import Desk
from tui.display import short
from tui.errors import SluiceError
from tui.triage.changes import step_of
from tui.triage.confirmed import deciding
from tui.triage.meant import meant_field, value_text
from tui.triage.planned import Make, PlannedChange, Step, differs, in_turn
from tui.triage.schema import Schema
from tui.vault.disk.storage import read_snapshot
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.vault.writing.plan import Check


def assign(
    desk: Desk,
    sources: Sequence[Source],
    assignments: Sequence[Assignment],
    *,
    matching: bool = False,
    confirms: bool = True,
) -> Make:
    """A function that makes all assignments one change; each sees the ones before it done.

    Sources ``matching`` a query are changed one by one, and may lack an item to remove. A person
    ``confirms`` the values.
    """
    schema, habits = desk.schema, desk.habits
    steps: list[Step] = [
        step_of(
            schema, meant_field(schema, sources, field), operator, text, habits, wanted=not matching
        )
        for field, operator, text in assignments
    ]
    return deciding(lambda _, meant: in_turn(meant, steps), confirms=confirms)


def check_of(desk: Desk, request: Namespace) -> Check | None:
    """What --if and --if-hash ask of each source; None without them."""
    conditions, hashes = getattr(request, "conditions", ()), getattr(request, "hashes", ())
    if not conditions and not hashes:
        return None
    from tui.triage.conditions import conditions_of  # noqa: PLC0415 - for conditions only

    return conditions_of(desk.schema, conditions, hashes)


def unmet(sources: Iterable[Source], check: Check | None) -> dict[str, SluiceError]:
    """Why sources do not pass the check, by name."""
    refused: dict[str, SluiceError] = {}
    if check is None:
        return refused
    for source in sources:
        try:
            check(source, read_snapshot(source.root, source.name).data)
        except SluiceError as error:
            refused[source.name] = error
    return refused


def guarded(make: Make, check: Check) -> Make:
    """The same change, refused for a source that does not pass the check.

    ``Vault.commit`` checks again, while nobody else writes the files; but not those sources for
    which there is nothing to write.
    """

    def made(schema: Schema, sources: Sequence[Source]) -> PlannedChange:
        for source in sources:
            check(source, read_snapshot(source.root, source.name).data)
        return make(schema, sources)

    return made


def new_fields(
    schema: Schema, sources: Sequence[Source], assignments: Sequence[Assignment]
) -> list[str]:
    """A sentence for each field that is new to the schema and the sources: maybe a typo."""
    known = [*schema.shorts, *schema.fields]
    notes = []
    for name in dict.fromkeys(assignment.field for assignment in assignments):
        field = meant_field(schema, sources, name)
        if field not in known and not any(field in source.fields for source in sources):
            from difflib import get_close_matches  # noqa: PLC0415 - for a new field only

            near = get_close_matches(field, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            notes.append(f"{short(field)} is a new field, not in the schema{hint}")
    return notes


def with_stamps(schema: Schema, planned: PlannedChange) -> str:
    """What the change does, and the days that its moves write with the status."""
    edits = [edit for edit in planned.edits if edit.field in schema.flow.stamps.values()]
    if not edits:
        return planned.label
    written = (f"{edit.field} = {value_text(edit.value)}" for edit in edits if differs(edit))
    stamps = dict.fromkeys(written)
    return ", ".join([planned.label, *(stamp for stamp in stamps if stamp not in planned.label)])
