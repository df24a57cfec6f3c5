"""Commands about values that somebody else suggests: propose, proposals."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.cli.opening import author_of, matching, open_desk, resolve, title_of, which
from tui.cli.output import Column, ask, is_for_people, say, write_json, write_row, write_table
from tui.cli.proposing import check_of, new_fields, unmet, with_stamps
from tui.desk import Desk
from tui.display import counted
from tui.errors import SluiceError, StorageError
from tui.records import named, proposal_record
from tui.triage.meant import value_text
from tui.triage.proposals import no_room
from tui.triage.proposed import Assigned, Proposed, propose
from tui.vault import references
from tui.vault.disk.storage import read_snapshot
from tui.vault.header.edit import MISSING
from tui.vault.history.author import Author
from tui.vault.source import Source

if TYPE_CHECKING:
    from tui.triage.planned import PlannedChange

_BATCH = 1_000
"""How many proposals from stdin are kept at once."""
_COLUMNS = (
    Column(),
    Column(most=40),
    Column(most=20, least_width=60),
    Column(most=40, least_width=90),
)


def run_propose(request: Namespace) -> int:
    """Propose values for sources that are named, or those that stdin names."""
    desk = open_desk(request)
    return _propose_lines(desk, request) if request.from_stdin else _propose_named(desk, request)


def _propose_named(desk: Desk, request: Namespace) -> int:
    found = [
        (source, *_planned(desk, request, source)) for source in resolve(desk, request.references)
    ]
    sources = [source for source, _, _ in found]
    notes = new_fields(desk.schema, sources, request.assignments)
    for note in dict.fromkeys((*notes, *(note for *_, plan in found for note in plan.warnings))):
        say(f"note: {note}")
    proposed = [one for _, some, _ in found for one in some]
    names = [source.name for source, some, _ in found if some]
    if not request.dry_run and desk.proposals.put(proposed):
        raise StorageError(f"sluice did not keep all of that: {no_room()}; take or refuse some.")
    if request.json:
        for source, some, _ in found:
            _write_outcomes(source, some, kept=not request.dry_run)
    elif request.dry_run:
        _write_diffs(desk, request, [plan for *_, plan in found])
    if not names:
        say(f"Nothing to propose: {found[0][2].label}")
    elif not request.dry_run:
        labels = ", ".join(dict.fromkeys(one.label for one in proposed))
        say(f"Proposed: {labels} ({which(desk, names)})")
    return 0


def _planned(
    desk: Desk, request: Namespace, source: Source
) -> tuple[list[Proposed], PlannedChange]:
    """What to propose for a source, and the change that it asks for. Raises SluiceError."""
    assigned = [Assigned(*each) for each in request.assignments]
    try:
        if (check := check_of(desk, request)) is not None:
            check(source, read_snapshot(source.root, source.name).data)
        author, now = author_of(request), datetime.now(UTC)
        return propose(desk.schema, desk.habits, source, assigned, author, now)
    except SluiceError as error:
        if request.json:
            _write_outcomes(source, (), str(error))
        raise


def _write_diffs(desk: Desk, request: Namespace, plans: Iterable[PlannedChange]) -> None:
    from tui.cli.diff import write_diffs  # noqa: PLC0415 - for a dry run only

    edits = [edit for plan in plans for edit in plan.edits]
    write_diffs(desk, request, desk.vault.preview(edits, {}))


def _write_outcomes(
    source: Source | None,
    proposed: Sequence[Proposed],
    refused: str = "",
    *,
    kept: bool = True,
    line: int = 0,
) -> None:
    """An object for each proposal, or one for a source or line for which there is none."""
    about: dict[str, Any] = {"line": line} if line else {}
    about |= named(source.path, source) if source else dict.fromkeys(("path", "id", "title"))
    records = list(map(proposal_record, proposed)) or [dict.fromkeys(_KEYS)]
    for record in records:
        if refused or not kept:
            record["proposal"] = None
        write_json({**about, **record, "refused": refused or None})


_KEYS = ("proposal", "field", "before", "after", "by", "why", "time", "outdated")


# From stdin


class _Line(NamedTuple):
    """A line of stdin that proposes something, or the reason why it does not."""

    number: int
    source: Source | None = None
    proposed: tuple[Proposed, ...] = ()
    plan: PlannedChange | None = None
    refused: str = ""


def _propose_lines(desk: Desk, request: Namespace) -> int:
    lines = _read_lines(desk, request)
    values = same = refused = 0
    names: set[str] = set()
    while batch := list(islice(lines, _BATCH)):
        left: set[str] = set()
        if not request.dry_run:
            proposed = [one for line in batch for one in line.proposed]
            left = {one.id for one in desk.proposals.put(proposed)}
        elif not request.json:
            _write_diffs(desk, request, [line.plan for line in batch if line.plan is not None])
        for line in batch:
            is_left = any(one.id in left for one in line.proposed)
            fault = f"not kept: {no_room()}" if is_left else line.refused
            if fault:
                say(f"line {line.number:,}: {fault}")
                refused += 1
            elif line.proposed:
                values += len(line.proposed)
                names.update(one.source for one in line.proposed)
            else:
                same += 1
            if request.json:
                kept = not request.dry_run
                _write_outcomes(line.source, line.proposed, fault, kept=kept, line=line.number)
    said = "Would propose" if request.dry_run else "Proposed"
    said += f": {counted(values, 'value')} for {counted(len(names))}"
    said += f", {same:,} already set" if same else ""
    said += f"; {counted(refused, 'line')} refused" if refused else ""
    say(said)
    return 1 if refused else 0


def _read_lines(desk: Desk, request: Namespace) -> Iterator[_Line]:
    from tui.cli.json_lines import read_lines  # noqa: PLC0415 - for stdin only

    cwd, known = Path.cwd(), None
    usual, now = author_of(request), datetime.now(UTC)
    for number, given, fault in read_lines():
        source: Source | None = None
        if given is None:
            yield _Line(number, refused=fault)
            continue
        try:
            if known is None:
                known = references.called(desk.vault)
            source = references.resolve(desk.vault, given.ref, cwd, known)
            author = Author(given.by or usual.by, given.why or usual.why)
            if not author.by:
                yield _Line(number, source, refused="it does not say by whom; add by, or use --by")
                continue
            assigned = [Assigned(given.field, given.operator, text) for text in given.texts]
            some, plan = propose(desk.schema, desk.habits, source, assigned, author, now)
        except SluiceError as error:
            yield _Line(number, source, refused=str(error))
        else:
            yield _Line(number, source, tuple(some), plan)


# Looking, taking, refusing


def run_proposals(request: Namespace) -> int:
    """List proposals, or answer them."""
    desk = open_desk(request)
    sources = resolve(desk, request.references) or matching(desk, request.query or "")
    found = [(source, some) for source in sources if (some := _chosen(desk, request, source))]
    if request.answer is None:
        _list(desk, request, found)
        return 0
    if not found:
        say("Nothing is proposed for these sources." if sources else "No source matches.")
        return 0
    request.yes |= bool(request.references)
    return (
        _take(desk, request, found) if request.answer == "taken" else _refuse(desk, request, found)
    )


def _chosen(desk: Desk, request: Namespace, source: Source) -> list[Proposed]:
    """The proposals of a source that the request means.

    Those that cannot be taken come last, and are not taken by a query.
    """
    with_outdated = request.answer != "taken" or request.references
    old = desk.proposals.outdated(source) if with_outdated else ()
    field = request.field and source.key(desk.schema.field_in(source, request.field))
    return [
        one
        for one in (*desk.proposals.of(source), *old)
        if request.proposer in (None, one.by) and field in (None, source.key(one.field))
    ]


def _list(
    desk: Desk, request: Namespace, found: Sequence[tuple[Source, Sequence[Proposed]]]
) -> None:
    pairs = [(source, one) for source, some in found for one in some][: request.limit]
    rows = []
    for source, one in pairs:
        is_old = one in desk.proposals.outdated(source)
        if request.json:
            write_json({**named(source.path, source), **proposal_record(one, outdated=is_old)})
        elif is_for_people():
            old = " (outdated)" if is_old else ""
            rows.append(
                (
                    (source.title, "title"),
                    (one.label + old, ""),
                    (one.by, "quiet"),
                    (one.why, "quiet"),
                )
            )
        else:
            values = (_text(one.before), _text(one.after), one.by, one.why)
            texts = [source.name, source.id, one.field, *values, "outdated" if is_old else "open"]
            write_row([(text, "") for text in texts])
    write_table(_COLUMNS, rows)


def _text(value: Any) -> str:
    return "" if value is MISSING else value_text(value)


def _take(
    desk: Desk, request: Namespace, found: Sequence[tuple[Source, Sequence[Proposed]]]
) -> int:
    from tui.cli.commands.matching import Work, carry_out  # noqa: PLC0415 - not for looking

    author, check = author_of(request), check_of(desk, request)
    refused = unmet((source for source, _ in found), check)
    met = [each for each in found if each[0].name not in refused]
    plan = desk.answering.plan_take(met, confirms=not author.by)
    planned = plan.planned
    work = Work(
        with_stamps(desk.schema, planned) or "proposals",
        {**refused, **{source.name: error for source, error in plan.refused}},
        lambda left_out: desk.vault.preview(planned.edits, left_out, check),
        lambda left_out: desk.answering.take(met, left_out, author, check),
        [source.name for source in plan.same],
        planned.warnings,
    )
    return carry_out(desk, work, request)


def _refuse(
    desk: Desk, request: Namespace, found: Sequence[tuple[Source, Sequence[Proposed]]]
) -> int:
    left_out = unmet((source for source, _ in found), check_of(desk, request))
    met = [each for each in found if each[0].name not in left_out]
    count = sum(len(some) for _, some in met)
    what = f"{counted(count, 'proposal')} for {which(desk, [source.name for source, _ in met])}"
    if request.dry_run:
        say(f"Would refuse {what}")
    if met and not (request.yes or request.dry_run or ask(f"Refuse {what}?")):
        say("Nothing was refused.")
        return 1
    late: dict[str, SluiceError] = {}
    change = None if request.dry_run else desk.answering.refuse(met, late, author_of(request))
    left_out |= late
    for name, error in left_out.items():
        title, said = title_of(desk, name), str(error)
        say(f"  not refused: {said if title in said else f'{title}: {said}'}")
    if request.json:
        id = change.id if change and change.files else None
        for source, one in ((source, one) for source, some in found for one in some):
            record = {**named(source.path, source), **proposal_record(one)}
            write_json({**record, "change": None if source.name in left_out else id})
    if change is not None and change.files:
        say(f"{change.label[:1].upper()}{change.label[1:]} ({which(desk, change.names)})")
    return 1 if left_out else 0
