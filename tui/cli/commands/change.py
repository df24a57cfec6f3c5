"""Commands that change sources: set, promote, archive."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from tui.cli.opening import open_desk, resolve
from tui.cli.output import say
from tui.cli.proposing import assign, new_fields, with_stamps
from tui.desk import Desk
from tui.errors import MoveRefused, SluiceError
from tui.triage.changes import archive, promote
from tui.triage.proposal import Proposal
from tui.vault.source import Source


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
