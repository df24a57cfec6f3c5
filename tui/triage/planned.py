"""Changes that are planned and not yet made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from tui.errors import EditRefused, SluiceError
from tui.triage.schema import Schema
from tui.vault.disk.contents import LIMIT, decode
from tui.vault.disk.storage import read_snapshot
from tui.vault.header.edit import MISSING
from tui.vault.header.typed import same_value
from tui.vault.history.author import NOBODY, Author
from tui.vault.history.change import Change
from tui.vault.progress import Progress
from tui.vault.source import Source, Stamp
from tui.vault.vault import FieldEdit, FileDiff
from tui.vault.writing.plan import Check
from tui.vault.writing.prove import as_read, changed_fields

Step = Callable[[Sequence[Source]], "PlannedChange"]
"""Plans one step of a change of several steps."""
Make = Callable[[Schema, Sequence[Source]], "PlannedChange"]
"""Plans a change of the given sources; raises SluiceError."""
_Make = TypeVar("_Make", bound=Callable[..., "PlannedChange"])


class PlannedChange(NamedTuple):
    """A planned change: hand it to ``Vault.commit``."""

    label: str
    """A summary of the change, for the log and the toast."""
    edits: tuple[FieldEdit, ...]
    warnings: tuple[str, ...] = ()
    """What the schema expects first; it does not stop the change."""
    repairs: tuple[FileDiff, ...] = ()
    """Repairs of broken headers, made in the same change before the edits."""
    answered: tuple[Mapping[str, Any], ...] = ()
    """The proposals that it takes or refuses, as the undo journal stores them."""


class Commit(Protocol):
    """Makes a planned change, and all that follows from it; see ``Desk.commit``."""

    def __call__(
        self,
        planned: PlannedChange,
        progress: Progress | None = None,
        left_out: dict[str, SluiceError] | None = None,
        *,
        author: Author = NOBODY,
        check: Check | None = None,
    ) -> Change:
        """Raise as ``Vault.commit`` does."""


def in_each(make: _Make) -> _Make:
    """Call ``make`` once for every field that the name means in some sources.

    A short name means a different field in sources that have a field of exactly that name.
    """

    @wraps(make)
    def asked(schema: Schema, sources: Sequence[Source], name: str, *rest: Any, **more: Any) -> Any:
        if name not in schema.shorts:
            return make(schema, sources, name, *rest, **more)
        meant: dict[str, list[Source]] = {}
        for source in sources:
            meant.setdefault(schema.field_in(source, name), []).append(source)
        exact = schema.exact
        changes = [make(exact, some, field, *rest, **more) for field, some in meant.items()]
        if len(changes) == 1:
            return changes[0]
        return combine(", ".join(planned.label for planned in changes), changes)

    return cast(_Make, asked)


def differs(edit: FieldEdit) -> bool:
    """Whether an edit would change the field's value."""
    held = edit.source.fields.get(edit.field, MISSING)
    return not same_value(held, as_read(edit.value))


def combine(label: str, changes: Sequence[PlannedChange]) -> PlannedChange:
    """Combine changes into one change; for the same field the last value wins."""
    edits: dict[tuple[str, str], FieldEdit] = {}
    for planned in changes:
        for edit in planned.edits:
            edits[edit.source.name, edit.field] = edit
    warnings = dict.fromkeys(line for planned in changes for line in planned.warnings)
    answered = tuple(row for planned in changes for row in planned.answered)
    return PlannedChange(label, tuple(edits.values()), tuple(warnings), answered=answered)


def in_turn(sources: Sequence[Source], steps: Sequence[Step]) -> PlannedChange:
    """Combine steps into one change; each step sees the results of those before it.

    Its label joins the steps' labels. Raises whatever a step raises.
    """
    meant, changes = list(sources), []
    for step in steps:
        planned = step(meant)
        meant = [as_edited(source, planned.edits) for source in meant]
        changes.append(planned)
    # A step that only goes with another one has no label.
    whole = combine(", ".join(filter(None, (one.label for one in changes))), changes)
    # Writing compares the file with the source as it was read.
    read = {source.name: source for source in sources}
    edits = (edit._replace(source=read[edit.source.name]) for edit in whole.edits)
    return whole._replace(edits=tuple(edits))


def as_edited(source: Source, edits: Sequence[FieldEdit]) -> Source:
    """The source with its edits applied."""
    changes = {edit.field: edit.value for edit in edits if edit.source.name == source.name}
    return source._replace(fields=changed_fields(source.fields, changes))


def changeable(sources: Sequence[Source]) -> Sequence[Source]:
    """Return the sources if all their headers can be read. Raises EditRefused."""
    broken = next((source for source in sources if source.problem), None)
    if broken is not None and broken.problem is not None:
        if broken.is_cut:
            raise EditRefused(
                f"{broken.quoted_title} is larger than {LIMIT}; use an editor.", reason="too large"
            )
        raise EditRefused(
            f"{broken.quoted_title}: broken header, {broken.problem.sentence}; {_advice(broken)}.",
            reason="broken header",
        )
    return sources


@lru_cache(maxsize=1024)  # a bulk change asks for one source after another
def _advice_for(root: Path, name: str, _stamp: Stamp) -> str:
    from tui.vault.repair.propose import advice  # noqa: PLC0415 - for a broken header only

    try:
        return advice(decode(read_snapshot(root, name).data))
    except SluiceError:
        return "open it in an editor"


def _advice(source: Source) -> str:
    """The way to repair a source with a broken header."""
    return _advice_for(source.root, source.name, source.stamp)
