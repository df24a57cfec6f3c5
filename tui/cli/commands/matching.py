"""Changes of many sources, listed before they are made: set -q, rename-value, rename-field."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from tui.cli.opening import author_of, matching, open_desk, title_of, which
from tui.cli.output import ask, say
from tui.cli.proposing import assign, check_of, guarded, new_fields, with_stamps
from tui.desk import Desk
from tui.display import counted, listed, short
from tui.errors import EditRefused, SluiceError
from tui.triage.bulk import plan_each
from tui.triage.meant import meant_field
from tui.triage.planned import Make
from tui.triage.renaming import new_text, rename_value, spellings
from tui.triage.schema import Schema
from tui.vault.history.change import Change
from tui.vault.source import Source
from tui.vault.vault import FileDiff
from tui.vault.writing.plan import Check

LISTED = 5
"""How many sources are listed before they are changed."""
REFUSED = 20
"""How many sources are listed that cannot be changed."""

LeftOut = dict[str, SluiceError]


class Work(NamedTuple):
    """A change of many sources, worked out and not yet made."""

    label: str
    refused: Mapping[str, SluiceError]
    """Why sources cannot be changed, by name."""
    preview: Callable[[LeftOut], Sequence[FileDiff]]
    """What it would write; adds what it cannot."""
    commit: Callable[[LeftOut], Change]
    """Writes it; adds what it cannot."""
    same: Sequence[str] = ()
    """The sources that are already as asked."""
    notes: Sequence[str] = ()
    verb: str = "change"
    """What it does with a source."""


def set_matching(desk: Desk, request: Namespace) -> int:
    """Set fields of every source that a query matches."""
    sources = matching(desk, request.query)
    if not sources:
        say(f"Nothing to change: no source matches {short(request.query)}")
        return 0
    make = assign(desk, sources, request.assignments, matching=True, confirms=not request.by)
    notes = new_fields(desk.schema, sources, request.assignments)
    asked = ", ".join(f"{a.field} {a.operator} {short(a.value)}" for a in request.assignments)
    return change_matching(desk, request, make, sources, asked, notes)


def change_matching(
    desk: Desk,
    request: Namespace,
    make: Make,
    sources: Sequence[Source],
    asked: str,
    notes: Sequence[str] = (),
) -> int:
    """Make the change of each of the sources alone; ``asked`` says it if all refuse."""
    check = check_of(desk, request)
    make = guarded(make, check) if check else make
    return carry_out(desk, _edits(desk, request, make, sources, asked, check, notes), request)


def run_rename_value(request: Namespace) -> int:
    """Replace a value wherever a field has it."""
    desk = open_desk(request)
    schema = desk.schema
    sources = matching(desk, request.query or "")
    field = schema.full_name(meant_field(schema, sources, request.field))
    spelt = spellings(schema, sources, field, request.old)
    new = new_text(schema, field, spelt, request.new)
    having = [s for s in sources if not set(spelt).isdisjoint(s.items(s.key(field)))]
    make = partial(rename_value, field=field, spelt=spelt, new=new)
    asked = f"{field}: {listed(spelt)} → {short(new)}"
    return change_matching(desk, request, make, having, asked)


def run_rename_field(request: Namespace) -> int:
    """Rename a field wherever it is."""
    desk = open_desk(request)
    schema, old, new = desk.schema, request.old, request.new
    if old in schema.rule.status:
        raise EditRefused(f"{old} makes a file a source, so sluice does not rename it.")
    sources = matching(desk, request.query or "")
    named = [source for source in sources if source.key(old) in source.fields]
    if not named:
        raise EditRefused(f"No source has the field {short(old)}{_near(schema, sources, old)}")
    # A broken header may have the field on the line that cannot be read.
    names = [s.name for s in sources if s.problem is not None or s.key(old) in s.fields]
    lost = old in schema.fields and new not in schema.fields
    label = f"field {short(old)} → {short(new)}"
    author, check = author_of(request), check_of(desk, request)
    work = Work(
        label,
        {},
        lambda left_out: desk.vault.preview_rename(names, old, new, left_out, check),
        lambda left_out: desk.rename(label, names, old, new, left_out, author, check),
        notes=[f"The schema has {old} but not {short(new)}; add it to sluice.yaml"] * lost,
    )
    return carry_out(desk, work, request)


def _near(schema: Schema, sources: Sequence[Source], name: str) -> str:
    """The rest of a sentence about a field that no source has."""
    from difflib import get_close_matches  # noqa: PLC0415 - for a slip of the finger

    used = {str(key) for source in sources for key in source.fields}
    full = schema.full_name(name)
    near = [full] if full in used else get_close_matches(name, used, n=3)
    return f"; did you mean {listed(near, ' or ')}?" if near else "."


def _edits(
    desk: Desk,
    request: Namespace,
    make: Make,
    sources: Sequence[Source],
    asked: str,
    check: Check | None = None,
    notes: Sequence[str] = (),
) -> Work:
    """The change that ``make`` works out for each source alone; ``asked`` if all refuse it."""
    plan = plan_each(make, desk.schema, sources)
    planned, author = plan.planned, author_of(request)
    return Work(
        with_stamps(desk.schema, planned) or asked,
        {source.name: error for source, error in plan.refused},
        lambda left_out: desk.vault.preview(planned.edits, left_out, check),
        lambda left_out: desk.commit(planned, left_out=left_out, author=author, check=check),
        [source.name for source in plan.same],
        (*planned.warnings, *notes),
    )


def carry_out(desk: Desk, work: Work, request: Namespace) -> int:
    """List what the work would change, ask if somebody can answer, and do it.

    1 if a source cannot be changed, or the answer is no.
    """
    left_out: LeftOut = {}
    diffs = work.preview(left_out)
    names = [diff.name for diff in diffs]
    refused = {**work.refused, **left_out}
    _tell(desk, work, names, refused)
    change: Change | None = None
    if not names:
        say(f"Nothing to {work.verb}: {work.label}")
    elif request.dry_run:
        from tui.cli.diff import write_diffs  # noqa: PLC0415 - for a dry run only

        write_diffs(desk, request, diffs)
    else:
        del diffs
        if not (request.yes or ask(f"{work.verb.capitalize()} {counted(len(names))}?")):
            say("Nothing was changed.")
            return 1
        late: LeftOut = {}
        change = work.commit(late)
        _tell_refused(desk, {name: error for name, error in late.items() if name not in refused})
        refused |= late
        say(f"{work.label} ({which(desk, change.names)})")
    if request.json:
        from tui.cli import outcome  # noqa: PLC0415 - for JSON only

        if change is not None:
            outcome.write_change(desk, change)
        outcome.write_same(desk, work.same)
        outcome.write_refused(desk, refused)
    return 1 if refused else 0


def _tell(desk: Desk, work: Work, names: Sequence[str], refused: Mapping[str, SluiceError]) -> None:
    counts = [f"{work.label}: {counted(len(names))} to {work.verb}"]
    counts += [f"{len(work.same):,} already set"] if work.same else []
    counts += [f"{len(refused):,} refused"] if refused else []
    say(", ".join(counts))
    for name in names[:LISTED]:
        found = desk.vault.find(name)
        say(f"  {title_of(desk, name)}" + (f"  {short(found.id)}" if found else ""))
    if len(names) > LISTED:
        say(f"  and {len(names) - LISTED:,} more")
    _tell_refused(desk, refused)
    for note in work.notes:
        say(f"note: {note}")


def _tell_refused(desk: Desk, refused: Mapping[str, SluiceError]) -> None:
    for name, error in list(refused.items())[:REFUSED]:
        found, title = desk.vault.find(name), title_of(desk, name)
        sentence = str(error).removeprefix(f"{name}: ")
        named = any(text in sentence for text in (title, name, found.id if found else name))
        say(f"  refused: {sentence if named else f'{title}: {sentence}'}")
    if len(refused) > REFUSED:
        say(f"  refused: {len(refused) - REFUSED:,} more")
