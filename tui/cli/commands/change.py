"""Commands that change sources: set, promote, archive."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from tui.cli.opening import author_of, open_desk, resolve, which
from tui.cli.output import say
from tui.cli.proposing import assign, check_of, guarded, new_fields, with_stamps
from tui.desk import Desk
from tui.errors import MoveRefused, SluiceError
from tui.triage.changes import archive, promote
from tui.triage.planned import Make, PlannedChange
from tui.vault.history.change import Change
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.vault.writing.plan import Check


def run_set(request: Namespace) -> int:
    """Set fields of sources that are named, or of all that a query matches."""
    desk = open_desk(request)
    if request.query is not None:
        from tui.cli.commands.matching import set_matching  # noqa: PLC0415 - for a query only

        return set_matching(desk, request)
    sources = resolve(desk, request.references)
    make = assign(desk, sources, request.assignments, confirms=not request.by)
    notes = new_fields(desk.schema, sources, request.assignments)
    return change_named(desk, request, sources, make, notes)


def run_promote(request: Namespace) -> int:
    """Move sources to the next status, or to the one named."""
    # The user's own day, not Greenwich's.
    return _move(request, partial(promote, today=date.today(), to=request.to))


def run_archive(request: Namespace) -> int:
    """Archive sources."""
    return _move(request, partial(archive, today=date.today()))


def _committed(
    desk: Desk, request: Namespace, planned: PlannedChange, check: Check | None
) -> Change:
    try:
        return desk.commit(planned, author=author_of(request), check=check)
    except SluiceError as error:
        if request.json and not error.part_of and len({e.source.name for e in planned.edits}) == 1:
            from tui.cli.outcome import write_refused  # noqa: PLC0415 - for JSON only

            write_refused(desk, {planned.edits[0].source.name: error})
        raise


def _move(request: Namespace, make: Make) -> int:
    desk = open_desk(request)
    return change_named(desk, request, resolve(desk, request.references), make, moves=True)


def change_named(
    desk: Desk,
    request: Namespace,
    sources: Sequence[Source],
    make: Make,
    notes: Sequence[str] = (),
    *,
    moves: bool = False,
) -> int:
    """Make the change of all the sources; under conditions, of those that meet them."""
    check = check_of(desk, request)
    if check is not None:
        if len(sources) > 1:
            from tui.cli.commands.matching import change_matching  # noqa: PLC0415 - for --if only

            request.yes = True
            return change_matching(desk, request, make, sources, request.command, notes)
        make = guarded(make, check)
    planned = _planned(desk, request, sources, make, moves=moves)
    planned = planned._replace(warnings=(*planned.warnings, *notes))
    return _carry_out(desk, request, sources, planned, check)


def _planned(
    desk: Desk, request: Namespace, sources: Sequence[Source], make: Make, *, moves: bool = False
) -> PlannedChange:
    """The change of all sources; if one refuses, none is changed and ``make``'s error is raised.

    The error of a move counts all the sources that refuse it.
    """
    try:
        return make(desk.schema, sources)
    except SluiceError as error:
        from tui.triage.bulk import plan_each  # noqa: PLC0415 - on a refusal only

        plan = plan_each(make, desk.schema, sources)
        if request.json:
            from tui.cli.outcome import write_refused  # noqa: PLC0415 - for JSON only

            write_refused(desk, {source.name: why for source, why in plan.refused})
        if len(plan.refused) < 2 or not moves:
            raise
        raise MoveRefused(
            f"{error} Of {len(sources):,} sources {plan.refusal}; nothing was changed."
        ) from error


def _carry_out(
    desk: Desk,
    request: Namespace,
    sources: Sequence[Source],
    planned: PlannedChange,
    check: Check | None,
) -> int:
    """Write the planned change, or show what it would write."""
    label = with_stamps(desk.schema, planned)
    for warning in planned.warnings:
        say(f"note: {warning}")
    if request.dry_run:
        from tui.cli.diff import write_diffs  # noqa: PLC0415 - for a dry run only

        diffs = desk.vault.preview(planned.edits, check=check)
        write_diffs(desk, request, diffs)
        names = tuple(diff.name for diff in diffs)
    else:
        change = _committed(desk, request, planned, check)
        names = change.names
        if request.json:
            from tui.cli.outcome import write_change  # noqa: PLC0415 - for JSON only

            write_change(desk, change)
    if request.json:
        from tui.cli.outcome import write_same  # noqa: PLC0415 - for JSON only

        write_same(desk, [source.name for source in sources if source.name not in names])
    if not names:
        say(f"Nothing to change: {planned.label}")
    elif not request.dry_run:
        say(f"{label} ({which(desk, names)})")
    return 0
