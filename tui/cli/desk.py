"""What a command works with: the vault it was asked about, its schema, a lookup."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tui.checks import problem_of
from tui.cli.root import vault_root
from tui.state.places import places
from tui.triage.schema import load_schema
from tui.vault.source import Source
from tui.vault.vault import Vault

if TYPE_CHECKING:
    from tui.search.lookup import Lookup


class Desk:
    """An opened vault, read only as far as a command asks for."""

    def __init__(self, request: Namespace) -> None:
        self.cwd = Path.cwd()
        root = vault_root(request.vault)
        self.vault = Vault(root, places().vault_state(root))
        self.schema = load_schema(root)
        self.problem_of = problem_of(self.schema)

    @cached_property
    def lookup(self) -> Lookup:
        """The lookup over every source of the vault."""
        from tui.search.lookup import Lookup  # noqa: PLC0415 - a plain list does without it

        lookup = Lookup(
            self.schema.shorts,
            self.schema.lookup,
            self.schema.roles.insights,
            self.problem_of,
            self.vault.read_body,
        )
        lookup.replace(self.vault.sources)
        return lookup

    def matching(self, query: str) -> list[Source]:
        """The sources a query is about, best first; all of them when it is empty."""
        if not query.strip():
            return list(self.vault.sources)
        return [hit.source for hit in self.lookup.find(query)]

    def resolve(self, references: Sequence[str]) -> list[Source]:
        """The sources that references name, each once. One that is a path loads no other."""
        found = (self.vault.resolve(reference, self.cwd) for reference in references)
        return list({source.name: source for source in found}.values())
