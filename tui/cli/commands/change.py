"""Commands that change sources: set, promote, archive."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from tui.cli.assignments import Assignment
from tui.cli.opening import open_desk, resolve
from tui.cli.output import say
from tui.desk import Desk
from tui.display import short
from tui.errors import MoveRefused, SluiceError
from tui.triage.changes import (
    Proposal,
    append_item,
    archive,
    in_turn,
    promote,
    remove_item,
    set_field,
)
from tui.triage.meant import meant_field, value_text
from tui.triage.schema import Schema
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.triage.bulk import Make


def run_set(request: Namespace) -> int:
    """Set fields of sources that are named, or of all that a query means."""
    desk = open_desk(request)
    if request.query is not None:
        from tui.cli.commands.matching import set_matching  # noqa: PLC0415 - for a query only

        return set_matching(desk, request)
    sources = resolve(desk, request.references)
    proposal = assign(desk, sources, request.assignments)(desk.schema, sources)
    notes = new_fields(desk.schema, sources, request.assignments)
    proposal = proposal._replace(warnings=(*proposal.warnings, *notes))
    return _carry_out(desk, proposal, request.dry_run)


def assign(
    desk: Desk,
    sources: Sequence[Source],
    assignments: Sequence[Assignment],
    *,
    matching: bool = False,
) -> Make:
    """What makes all assignments one change; each sees what those before it did.

    Of the sources ``matching`` a query each is changed alone, and may lack an item that goes.
    """
    schema, habits = desk.schema, desk.habits
    propose: dict[str, Callable[..., Proposal]] = {
        "=": partial(set_field, habits=habits),
        "+=": partial(append_item, habits=habits),
        "-=": partial(remove_item, wanted=not matching),
    }
    steps = [
        partial(
            propose[assignment.operator],
            schema,
            name=meant_field(schema, sources, assignment.field),
            text=assignment.value,
        )
        for assignment in assignments
    ]
    return lambda _, meant: in_turn("", meant, steps)


def new_fields(
    schema: Schema, sources: Sequence[Source], assignments: Sequence[Assignment]
) -> list[str]:
    """A sentence for each field nobody knows yet: it may be a slip of the finger."""
    known = [*schema.shorts, *schema.fields]
    notes = []
    for name in dict.fromkeys(assignment.field for assignment in assignments):
        field = meant_field(schema, sources, name)
        if field not in known and not any(field in source.fields for source in sources):
            from difflib import get_close_matches  # noqa: PLC0415 - for a new field only

            near = get_close_matches(field, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            notes.append(f"{short(field)} is a new field, which the schema does not know{hint}")
    return notes


def run_promote(request: Namespace) -> int:
    """Move sources to the next status, or to the one named."""
    desk = open_desk(request)
    sources = resolve(desk, request.references)
    # The user's own day, not that of Greenwich.
    today = date.today()
    return _carry_out(
        desk, _moved(desk, sources, partial(promote, today=today, to=request.to)), request.dry_run
    )


def run_archive(request: Namespace) -> int:
    """Put sources away."""
    desk = open_desk(request)
    sources = resolve(desk, request.references)
    return _carry_out(
        desk, _moved(desk, sources, partial(archive, today=date.today())), request.dry_run
    )


def _moved(desk: Desk, sources: Sequence[Source], move: Callable[..., Proposal]) -> Proposal:
    """The sources moved, all or none. Raises as ``move`` does, counting all that are refused."""
    try:
        return move(desk.schema, sources)
    except SluiceError as error:
        from tui.triage.bulk import plan_each  # noqa: PLC0415 - on a refusal only

        plan = plan_each(move, desk.schema, sources)
        if len(plan.refused) < 2:
            raise
        raise MoveRefused(
            f"{error} Of {len(sources):,} sources {plan.refusal}; nothing was changed."
        ) from error


def _carry_out(desk: Desk, proposal: Proposal, dry_run: bool) -> int:
    """Write the proposal, or show what it would write."""
    label = with_stamps(desk.schema, proposal)
    for warning in proposal.warnings:
        say(f"note: {warning}")
    if dry_run:
        from tui.cli.diff import write_diff  # noqa: PLC0415 - for a dry run only

        diffs = desk.vault.preview(proposal.edits)
        for diff in diffs:
            write_diff(diff.name, diff.before, diff.after)
        names = tuple(diff.name for diff in diffs)
    else:
        names = desk.commit(proposal).names
    if not names:
        say(f"Nothing to change: {proposal.label}")
    elif not dry_run:
        say(f"{label} ({names[0] if len(names) == 1 else f'{len(names):,} sources'})")
    return 0


def with_stamps(schema: Schema, proposal: Proposal) -> str:
    """What the change does, and the days that its moves write beside the status."""
    edits = [edit for edit in proposal.edits if edit.field in schema.flow.stamps.values()]
    if not edits:
        return proposal.label
    from tui.triage.bulk import differs  # noqa: PLC0415 - for a stamp only

    written = (f"{edit.field} = {value_text(edit.value)}" for edit in edits if differs(edit))
    stamps = dict.fromkeys(written)
    return ", ".join([proposal.label, *(told for told in stamps if told not in proposal.label)])
