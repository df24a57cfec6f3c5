"""Changes worked out and not yet made: how they are put together, and of which sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from tui.errors import EditRefused, SluiceError
from tui.triage.schema import Schema
from tui.vault.read import LIMIT, decode
from tui.vault.source import Source, Stamp
from tui.vault.storage import read_snapshot
from tui.vault.vault import FieldEdit

Step = Callable[[Sequence[Source]], "Proposal"]
"""Works out one part of a change of several."""
_Make = TypeVar("_Make", bound=Callable[..., "Proposal"])


class Proposal(NamedTuple):
    """A change worked out and not yet made: hand it to ``Vault.commit``."""

    label: str
    """What the change does, for the log and the toast."""
    edits: tuple[FieldEdit, ...]
    warnings: tuple[str, ...] = ()
    """What the schema would like to see first; not in the way of the change."""


def in_each(make: _Make) -> _Make:
    """``make`` asked once for every field that its name means in some of the sources.

    A short name means another field in a source that has one of that very name.
    """

    @wraps(make)
    def asked(schema: Schema, sources: Sequence[Source], name: str, *rest: Any, **more: Any) -> Any:
        if name not in schema.shorts:
            return make(schema, sources, name, *rest, **more)
        meant: dict[str, list[Source]] = {}
        for source in sources:
            meant.setdefault(schema.field_in(source, name), []).append(source)
        exact = schema.exact
        proposals = [make(exact, some, field, *rest, **more) for field, some in meant.items()]
        if len(proposals) == 1:
            return proposals[0]
        return combine(", ".join(proposal.label for proposal in proposals), proposals)

    return cast(_Make, asked)


def combine(label: str, proposals: Sequence[Proposal]) -> Proposal:
    """Several proposals as one change; of two values for a field the later counts."""
    edits: dict[tuple[str, str], FieldEdit] = {}
    for proposal in proposals:
        for edit in proposal.edits:
            edits[edit.source.name, edit.field] = edit
    warnings = dict.fromkeys(line for proposal in proposals for line in proposal.warnings)
    return Proposal(label, tuple(edits.values()), tuple(warnings))


def in_turn(label: str, sources: Sequence[Source], steps: Sequence[Step]) -> Proposal:
    """Several steps as one change; each sees what those before it did.

    Without a ``label`` it is made of theirs. Raises what a step raises.
    """
    meant, proposals = list(sources), []
    for step in steps:
        proposal = step(meant)
        meant = [_with(source, proposal.edits) for source in meant]
        proposals.append(proposal)
    whole = combine(label or ", ".join(proposal.label for proposal in proposals), proposals)
    # What is written is compared with the sources as they were read.
    read = {source.name: source for source in sources}
    edits = (edit._replace(source=read[edit.source.name]) for edit in whole.edits)
    return whole._replace(edits=tuple(edits))


def _with(source: Source, edits: Sequence[FieldEdit]) -> Source:
    """The source as it will be when the edits that are about it are made."""
    fields = dict(source.fields)
    for edit in edits:
        if edit.source.name == source.name:
            fields[edit.field] = list(edit.value) if isinstance(edit.value, tuple) else edit.value
    return source._replace(fields=fields)


def changeable(sources: Sequence[Source]) -> Sequence[Source]:
    """The sources, when all of their headers can be read. Raises EditRefused."""
    broken = next((source for source in sources if source.problem), None)
    if broken is not None and broken.problem is not None:
        if broken.is_cut:
            raise EditRefused(
                f"{broken.quoted_title} is larger than {LIMIT}; use an editor.", reason="too large"
            )
        raise EditRefused(
            f"Broken header in {broken.quoted_title}: {broken.problem.sentence}; "
            f"{_advice(broken)}.",
            reason="broken header",
        )
    return sources


@lru_cache(maxsize=1024)  # a bulk change is refused by one source after the other
def _advice_for(root: Path, name: str, _stamp: Stamp) -> str:
    from tui.vault.repair import advice  # noqa: PLC0415 - for a broken header only

    try:
        return advice(decode(read_snapshot(root, name).data))
    except SluiceError:
        return "open it in an editor"


def _advice(source: Source) -> str:
    """What helps with a source whose header is broken."""
    return _advice_for(source.root, source.name, source.stamp)
