"""Bulk: one change of many sources, planned for each source separately.

The functions in ``changes.py`` refuse the whole change when they refuse one source. Here a
refused source is skipped and its reason reported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tui.errors import SluiceError
from tui.triage.planned import Make, PlannedChange, differs
from tui.triage.schema import Schema
from tui.triage.status import is_move
from tui.vault.header.edit import MISSING
from tui.vault.progress import Progress
from tui.vault.source import Source
from tui.vault.vault import FieldEdit, FileDiff
from tui.vault.writing.prove import as_read


class Repaired(NamedTuple):
    """A source with a broken header as it is once that is repaired."""

    source: Source
    diff: FileDiff


Repair = Callable[[Source], Repaired]
"""Finds the repair of a source with a broken header; raises SluiceError when there is none."""

NAMED = 3
"""How many labels or reasons a line lists."""


@dataclass(slots=True)
class BulkPlan:
    """What a change would do to each of many sources."""

    changed: list[Source] = field(default_factory=list)
    """The sources it would change."""
    same: list[Source] = field(default_factory=list)
    """The sources that already have the new values."""
    refused: list[tuple[Source, SluiceError]] = field(default_factory=list)
    edits: list[FieldEdit] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)
    """What it does, with the number of changed sources for each label."""
    warnings: Counter[str] = field(default_factory=Counter)
    label_of_same: str = ""
    repairs: list[FileDiff] = field(default_factory=list)
    """The repairs of broken headers that it makes first."""
    answered: list[Mapping[str, Any]] = field(default_factory=list)
    """The proposals that it takes or refuses, as the undo journal stores them."""

    @property
    def allowed(self) -> list[Source]:
        """The sources that are not refused."""
        return [*self.changed, *self.same]

    @property
    def reasons(self) -> Counter[str]:
        """The reasons for refusals, with the number of sources for each."""
        return Counter(error.reason for _, error in self.refused)

    @property
    def planned(self) -> PlannedChange:
        """One change of all sources that are not refused."""
        label, repaired = _listed(self.labels) or self.label_of_same, len(self.repairs)
        if repaired:
            alone = repaired == len(self.changed)
            label = f"repaired, {label}" if alone else f"{label}, {repaired:,} repaired"
        return PlannedChange(
            label,
            tuple(self.edits),
            tuple(self.warnings),
            tuple(self.repairs),
            tuple(self.answered),
        )

    @property
    def only_notes(self) -> bool:
        """Whether it writes no file and answers nothing: it notes values that are there."""
        return not (self.repairs or self.answered or any(map(differs, self.edits)))

    @property
    def causes(self) -> str:
        """The reasons for refusals, most frequent first."""
        return _counted(self.reasons)

    @property
    def refusal(self) -> str:
        """The number of refused sources and the reasons, on one line; empty when there are none."""
        return f"{len(self.refused):,} refused: {self.causes}" if self.refused else ""

    def moved(self, schema: Schema) -> set[str]:
        """The names of the sources whose status it would change."""
        return {
            edit.source.name
            for edit in self.edits
            if differs(edit)
            and is_move(
                schema,
                edit.field,
                edit.source.fields.get(edit.field, MISSING),
                as_read(edit.value),
            )
        }


def plan_each(
    make: Make,
    schema: Schema,
    sources: Sequence[Source],
    progress: Progress | None = None,
    repair: Repair | None = None,
) -> BulkPlan:
    """Plan the change with ``make`` for each source separately. Raises Stopped.

    With ``repair``, broken headers are repaired first; without it, their sources are refused.
    """
    plan = BulkPlan()
    for count, source in enumerate(sources):
        if progress is not None:
            progress.step(count, len(sources))
        try:
            repaired = repair(source) if repair is not None and source.problem else None
            meant = repaired.source if repaired else source
            planned = make(schema, [meant])
        except SluiceError as error:
            plan.refused.append((source, error))
            continue
        # Unchanged sources keep their edits too: the file on disk may differ by now.
        plan.edits += planned.edits
        plan.answered += planned.answered
        if repaired:
            plan.repairs.append(repaired.diff)
        elif not (planned.answered or any(edit.noted or differs(edit) for edit in planned.edits)):
            plan.same.append(source)
            plan.label_of_same = planned.label
            continue
        plan.changed.append(meant)
        plan.labels[planned.label] += 1
        plan.warnings.update(planned.warnings)
    return plan


def _listed(labels: Mapping[str, int]) -> str:
    """The label, or each label with its count when there are several."""
    return next(iter(labels)) if len(labels) == 1 else _counted(labels)


def _counted(counts: Mapping[str, int]) -> str:
    """``a (3), b (2)``, most frequent first."""
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    parts = [f"{text} ({count:,})" for text, count in ordered[:NAMED]]
    rest = sum(count for _, count in ordered[NAMED:])
    return ", ".join([*parts, f"others ({rest:,})"] if rest else parts)
