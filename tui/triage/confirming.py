"""Confirming: confirms values of sources, or those of a group by a sample of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tui.errors import SluiceError
from tui.triage.bulk import BulkPlan, plan_each
from tui.triage.confirmed import Known, confirm
from tui.triage.planned import Commit
from tui.triage.schema import Schema
from tui.triage.verdict import Verdict
from tui.vault.history.author import NOBODY, Author
from tui.vault.history.change import Change
from tui.vault.history.last_set import accepted_label
from tui.vault.progress import Progress
from tui.vault.source import Source
from tui.vault.writing.plan import Check


class Confirming:
    """The changes that confirm values; ``known`` gives what a person confirmed by now."""

    def __init__(self, schema: Schema, known: Callable[[], Known], commit: Commit) -> None:
        self._schema = schema
        self._known = known
        self._commit = commit

    def guessed(self, sources: Iterable[Source], field: str) -> dict[str, str]:
        """The values of a field by source, where it has one that no person confirmed.

        Raises JournalError.
        """
        known, spec = self._known(), self._schema.fields.get(field)
        found: dict[str, str] = {}
        for source in sources:
            value = spec.value_in(source) if spec is not None else source.text(field)
            if value and not source.problem and field not in known.of(source):
                found[source.name] = value
        return found

    def plan(
        self, sources: Sequence[Source], fields: Sequence[str], progress: Progress | None = None
    ) -> BulkPlan:
        """The change that confirms the present values of fields. Raises Stopped."""
        return plan_each(
            lambda schema, some: confirm(schema, some, fields), self._schema, sources, progress
        )

    def confirm(
        self,
        sources: Sequence[Source],
        fields: Sequence[str],
        left_out: dict[str, SluiceError],
        progress: Progress | None = None,
        author: Author = NOBODY,
        label: str = "",
        check: Check | None = None,
    ) -> Change:
        """Confirm the present values of fields, as one change.

        The undo journal notes that, and the list of the header if the schema has one. Sources
        that cannot be changed are added to ``left_out`` with the reason. Raises as
        ``Vault.commit`` does.
        """
        plan = self.plan(sources, fields, progress)
        planned = plan.planned._replace(label=label) if label else plan.planned
        change = self._commit(planned, progress, left_out, author=author, check=check)
        left_out.update({source.name: error for source, error in plan.refused})
        return change

    def accept_rest(
        self,
        verdict: Verdict,
        rest: Sequence[Source],
        fields: Sequence[str],
        left_out: dict[str, SluiceError],
        progress: Progress | None = None,
    ) -> Change:
        """Confirm the sources of a group that were not drawn, if the verdict about it allows it.

        Nobody judged them, so they say nothing about how right guesses are. Raises
        SampleRefused, and as ``confirm`` does.
        """
        verdict.check(self._schema.sample)
        words = map(self._schema.roles.word_for, fields)
        author, label = Author(why=verdict.sentence), accepted_label(words)
        return self.confirm(rest, fields, left_out, progress, author, label)
