"""The vault a request is about, opened, and the sources it names."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from tui.cli.root import vault_root
from tui.desk import Desk
from tui.state.places import places
from tui.vault import references
from tui.vault.source import Source


def open_desk(request: Namespace) -> Desk:
    """The desk of the vault the request is about."""
    return Desk(vault_root(request.vault), places())


def resolve(desk: Desk, refs: Sequence[str]) -> list[Source]:
    """The sources that REFs name, each once. One that is a path loads no other.

    Raises UnknownSource and AmbiguousSource.
    """
    cwd = Path.cwd()
    found = (references.resolve(desk.vault, ref, cwd) for ref in refs)
    return list({source.name: source for source in found}.values())
