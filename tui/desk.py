"""Desk: an opened vault with its schema, problems and lookup; what both front ends work at."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tui.checks import problem_of
from tui.errors import SluiceError
from tui.state.places import Places
from tui.triage.changes import Proposal
from tui.triage.schema import load_schema
from tui.vault.change import Change
from tui.vault.source import Source
from tui.vault.vault import Vault

if TYPE_CHECKING:
    from tui.search.lookup import Lookup


class Desk:
    """One vault and what is needed to work on it.

    Raises VaultError and SchemaError when it cannot be opened.
    """

    def __init__(self, root: Path, places: Places) -> None:
        self.places = places
        self.state = places.vault_state(root)
        """This vault's own folder for what is kept outside it."""
        self.vault = Vault(root, self.state)
        self.schema = load_schema(root)
        self.problem_of = problem_of(self.schema)

    @cached_property
    def lookup(self) -> Lookup:
        """The lookup over the vault's sources."""
        from tui.search.lookup import Lookup  # noqa: PLC0415 - a plain list does without it

        lookup = Lookup(
            {name: name for name in self.schema.fields} | dict(self.schema.shorts),
            self.schema.lookup,
            self.schema.roles.insights,
            self.problem_of,
            self.vault.read_body,
        )
        lookup.replace(self.vault.sources)
        return lookup

    def commit(self, proposal: Proposal) -> Change:
        """A proposed change made; a refusal is noted in the log. Raises as ``Vault.commit``."""
        try:
            return self.vault.commit(proposal.label, proposal.edits)
        except SluiceError as error:
            from tui.state.log import note_refusal  # noqa: PLC0415 - on a refusal only

            names = dict.fromkeys(edit.source.name for edit in proposal.edits)
            note_refusal(self.places.state, error, list(names))
            raise

    def matching(self, query: str) -> list[Source]:
        """The sources a query is about, best first; all of them when it is empty."""
        if not query.strip():
            return list(self.vault.sources)
        return [hit.source for hit in self.lookup.find(query)]
