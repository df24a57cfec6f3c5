"""Answering: takes and refuses what is proposed for sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.errors import SluiceError
from tui.triage.alike import Habits
from tui.triage.bulk import BulkPlan, plan_each
from tui.triage.confirmed import deciding
from tui.triage.planned import Commit, PlannedChange
from tui.triage.proposals import Proposals
from tui.triage.proposed import Proposed, best_of, refuse, take, with_taken
from tui.triage.schema import Schema
from tui.vault.history.author import NOBODY, Author
from tui.vault.history.change import Change
from tui.vault.source import Source
from tui.vault.writing.plan import Check

Chosen = Sequence[tuple[Source, Sequence[Proposed]]]
"""Sources, and the proposals for each."""


class Answering:
    """The changes that answer proposals. Of several for one field, the first one is taken."""

    def __init__(
        self, schema: Schema, habits: Callable[[], Habits], proposals: Proposals, commit: Commit
    ) -> None:
        self._schema = schema
        self._habits = habits
        self._proposals = proposals
        self._commit = commit

    def plan_take(self, chosen: Chosen, *, confirms: bool = True) -> BulkPlan:
        """The change that takes proposals; it refuses fields that have changed since.

        A person who takes them ``confirms`` their values.
        """
        of = {source.name: best_of(proposed) for source, proposed in chosen}

        def make(schema: Schema, sources: Sequence[Source]) -> PlannedChange:
            (source,) = sources
            return take(schema, self._habits(), source, of[source.name])

        return plan_each(
            deciding(make, confirms=confirms), self._schema, [source for source, _ in chosen]
        )

    def take(
        self,
        chosen: Chosen,
        left_out: dict[str, SluiceError],
        author: Author = NOBODY,
        check: Check | None = None,
    ) -> Change:
        """Take proposals as one change; it is a person's decision if the author has no name.

        Sources that cannot be changed are added to ``left_out`` with the reason; ``check`` may
        refuse one. Raises as ``Vault.commit`` does.
        """
        plan = self.plan_take(chosen, confirms=not author.by)
        change = self._commit(plan.planned, left_out=left_out, author=author, check=check)
        left_out.update({source.name: error for source, error in plan.refused})
        return change

    def refuse(
        self, chosen: Chosen, left_out: dict[str, SluiceError], author: Author = NOBODY
    ) -> Change:
        """Refuse proposals, and note that in the undo journal; undoing it proposes them again.

        Sources whose file cannot be read are added to ``left_out`` with the reason. Raises
        JournalError and StorageError.
        """
        return self._commit(refuse(self._schema, chosen), left_out=left_out, author=author)

    def plan(
        self, source: Source, chosen: Sequence[Proposed], *, takes: bool, outdated: bool = False
    ) -> PlannedChange:
        """The change by which a person takes or refuses proposals for a source.

        Raises Conflict when a field no longer has the value that it had; not if the person takes
        them though they are ``outdated``.
        """
        if not takes:
            return refuse(self._schema, [(source, chosen)])
        return take(self._schema, self._habits(), source, best_of(chosen), outdated=outdated)

    def with_taken(self, planned: PlannedChange) -> PlannedChange:
        """A person's change, which also takes all that is proposed like it. Raises StorageError."""
        if not self._proposals.pending:
            return planned
        return with_taken(self._schema, planned, self._proposals.of)
