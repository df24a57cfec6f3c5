"""Bulk: one change of many sources, worked out for each on its own.

The functions in ``changes.py`` refuse all of their sources with the first that is refused.
Here one that is refused stands in nobody's way: it is left out, and said why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tui.errors import SluiceError
from tui.triage.proposal import Proposal
from tui.triage.schema import Schema
from tui.vault.edit import MISSING
from tui.vault.progress import Progress
from tui.vault.prove import as_read
from tui.vault.source import Source
from tui.vault.typed import same_value
from tui.vault.vault import FieldEdit

Make = Callable[[Schema, Sequence[Source]], Proposal]
"""Works out a change of the sources it is given; raises SluiceError."""

NAMED = 3
"""How many different labels or reasons one line names."""


@dataclass(slots=True)
class BulkPlan:
    """What a change would do to each of many sources."""

    changed: list[Source] = field(default_factory=list)
    """Those it would change."""
    same: list[Source] = field(default_factory=list)
    """Those that are already as it would make them."""
    refused: list[tuple[Source, SluiceError]] = field(default_factory=list)
    edits: list[FieldEdit] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)
    """What it does, and to how many of those it changes."""
    warnings: Counter[str] = field(default_factory=Counter)
    label_of_same: str = ""

    @property
    def allowed(self) -> list[Source]:
        """Those that are not refused."""
        return [*self.changed, *self.same]

    @property
    def reasons(self) -> Counter[str]:
        """Why sources are refused, and how many for each reason."""
        return Counter(error.reason for _, error in self.refused)

    @property
    def proposal(self) -> Proposal:
        """The change of those that are not refused, as one."""
        label = _listed(self.labels) or self.label_of_same
        return Proposal(label, tuple(self.edits), tuple(self.warnings))

    @property
    def causes(self) -> str:
        """Why sources are refused, the most frequent reason first."""
        return _counted(self.reasons)

    @property
    def refusal(self) -> str:
        """How many are refused and why, in a line; empty when none is."""
        return f"{len(self.refused):,} refused: {self.causes}" if self.refused else ""

    def moved(self, status: str) -> set[str]:
        """The names of the sources whose field ``status`` it would change."""
        return {edit.source.name for edit in self.edits if edit.field == status and differs(edit)}


def plan_each(
    make: Make, schema: Schema, sources: Sequence[Source], progress: Progress | None = None
) -> BulkPlan:
    """The change ``make`` works out, tried on each source alone. Raises Stopped."""
    plan = BulkPlan()
    for count, source in enumerate(sources):
        if progress is not None:
            progress.step(count, len(sources))
        try:
            proposal = make(schema, [source])
        except SluiceError as error:
            plan.refused.append((source, error))
            continue
        # Also of those that are the same: the disk may know better.
        plan.edits += proposal.edits
        if not any(differs(edit) for edit in proposal.edits):
            plan.same.append(source)
            plan.label_of_same = proposal.label
            continue
        plan.changed.append(source)
        plan.labels[proposal.label] += 1
        plan.warnings.update(proposal.warnings)
    return plan


def differs(edit: FieldEdit) -> bool:
    """Whether a field does not hold the value yet that it is to get."""
    held = edit.source.fields.get(edit.field, MISSING)
    return not same_value(held, as_read(edit.value))


def _listed(labels: Mapping[str, int]) -> str:
    """The label they share, or how many have each."""
    return next(iter(labels)) if len(labels) == 1 else _counted(labels)


def _counted(counts: Mapping[str, int]) -> str:
    """``a (3), b (2)``, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    parts = [f"{text} ({count:,})" for text, count in ordered[:NAMED]]
    rest = sum(count for _, count in ordered[NAMED:])
    return ", ".join([*parts, f"others ({rest:,})"] if rest else parts)
