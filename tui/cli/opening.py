"""The vault of a request, opened, and the sources the request names or searches for."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from tui.cli.output import say
from tui.cli.root import vault_root
from tui.desk import Desk
from tui.display import counted, short
from tui.state.folders import user_folders
from tui.vault import references
from tui.vault.history.author import Author
from tui.vault.source import Source


def open_desk(request: Namespace) -> Desk:
    """The desk of the request's vault."""
    desk = Desk(vault_root(request.vault), user_folders())
    for warning in desk.schema.warnings:
        say(f"note: {warning}")
    return desk


def author_of(request: Namespace) -> Author:
    """Who makes the request's change, and why."""
    return Author(request.by or "", request.why or "")


def resolve(desk: Desk, refs: Sequence[str]) -> list[Source]:
    """The sources that REFs name, each once. One that is a path loads no other.

    Raises UnknownSource and AmbiguousSource.
    """
    cwd = Path.cwd()
    found = (references.resolve(desk.vault, ref, cwd) for ref in refs)
    return list({source.name: source for source in found}.values())


def matching(desk: Desk, query: str) -> list[Source]:
    """The sources that match a query, best first; all of them if it is empty.

    If there are none, says why where that is known. Raises QueryError.
    """
    found = desk.queue(query)
    if left_out := len(found.snoozed):
        them = "it" if left_out == 1 else "them"
        asks = desk.schema.query_of_snoozed
        say(f"note: left out {counted(left_out, 'snoozed source')}; {asks} lists {them}")
    elif not found.sources:
        tell_why_none(desk, query)
    return found.sources


def tell_why_none(desk: Desk, query: str) -> None:
    """Say what a source is where the vault has none, or which value no source can have."""
    if not desk.vault.sources:
        say(" ".join(desk.guidance(str(desk.vault.root))))
        return
    if not query.strip():
        return
    from tui.search.doubt import doubt  # noqa: PLC0415 - for a query that finds nothing

    if doubtful := doubt(desk.lookup.parse(query).conditions, desk.completer.names):
        say(f"note: {doubtful}")


def title_of(desk: Desk, name: str) -> str:
    """What a sentence calls a source: its title, or what its file is called if that is gone."""
    source = desk.vault.find(name) or desk.vault.look(name)
    return short(source.title if source else name.rpartition("/")[2].rpartition(".")[0])


def which(desk: Desk, names: Sequence[str]) -> str:
    """The only source by its title, or how many there are."""
    return title_of(desk, names[0]) if len(names) == 1 else counted(len(names))
