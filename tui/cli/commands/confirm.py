"""Commands about values that scripts guessed: confirm, sample."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from random import Random

from tui.cli.commands.matching import Work, carry_out
from tui.cli.listing import write_sources
from tui.cli.opening import matching, open_desk, resolve
from tui.cli.output import say, write_json
from tui.cli.proposing import check_of
from tui.desk import Desk
from tui.display import short
from tui.errors import SluiceError, ValueRefused
from tui.records import source_record
from tui.triage.meant import meant_field
from tui.triage.sampling import draw
from tui.vault.history.author import Author
from tui.vault.source import Source
from tui.vault.vault import FileDiff

_SEEDS = 1_000_000


def run_confirm(request: Namespace) -> int:
    """Confirm values that sources have, of those named or all that a query matches."""
    desk = open_desk(request)
    names = request.arguments
    if request.query is None:
        at = _first_field(desk, names)
        sources, names = resolve(desk, names[:at]), names[at:]
        request.yes = True
    else:
        sources = matching(desk, request.query)
        if not sources:
            say(f"Nothing to confirm: no source matches {short(request.query)}")
            return 0
    fields = [_field(desk, sources, name) for name in names]
    plan = desk.confirming.plan(sources, fields)
    check = check_of(desk, request)
    able = plan.changed

    def preview(left_out: dict[str, SluiceError]) -> Sequence[FileDiff]:
        written = {diff.name: diff for diff in desk.vault.preview(plan.edits, left_out, check)}
        # Where only the undo journal notes it, no line changes.
        same = (source.name for source in able if source.name not in left_out)
        return [written.get(name, FileDiff(name, "", "")) for name in same]

    work = Work(
        f"confirmed {', '.join(fields)}",
        {source.name: error for source, error in plan.refused},
        preview,
        lambda left_out: desk.confirming.confirm(
            able, fields, left_out, author=Author(why=request.why or ""), check=check
        ),
        verb="confirm",
    )
    return carry_out(desk, work, request)


def _first_field(desk: Desk, names: Sequence[str]) -> int:
    """Where the fields after the sources begin: the last one is a field."""
    known = {*desk.schema.shorts, *desk.schema.fields}
    at = len(names) - 1
    while at > 1 and names[at - 1] in known:
        at -= 1
    return at


def _field(desk: Desk, sources: Sequence[Source], name: str) -> str:
    """The full name of a field. Raises ValueRefused for one that no source can have."""
    schema = desk.schema
    meant = meant_field(schema, sources, name)
    if any(source.key(meant) in source.fields for source in sources):
        return meant
    full = schema.full_name(meant)
    if full in schema.fields or any(source.key(full) in source.fields for source in sources):
        return full
    from difflib import get_close_matches  # noqa: PLC0415 - for a slip of the finger

    near = get_close_matches(name, [*schema.shorts, *schema.fields], n=1)
    sequel = f"; did you mean {near[0]}?" if near else "."
    raise ValueRefused(f"No source has a field {short(name)}{sequel}")


def run_sample(request: Namespace) -> int:
    """Print sources drawn at random of those whose value nobody confirmed."""
    desk = open_desk(request)
    sources = matching(desk, request.query or "")
    field = _field(desk, sources, request.field)
    values = desk.confirming.guessed(sources, field)
    seed = Random().randrange(_SEEDS) if request.seed is None else request.seed  # noqa: S311
    names = draw(values, request.size or desk.schema.sample.size, seed)
    drawn = desk.vault.known(names)
    if request.json:
        for source in drawn:
            value = {"field": field, "value": values[source.name], "group": len(values)}
            write_json({**source_record(desk, source), **value})
    else:
        write_sources(desk, drawn)
    say(f"{len(drawn):,} of {len(values):,} with a guessed {field}; --seed {seed} draws them again")
    return 0
