"""Resolve references to a source: a path, a file's stem or an id, in any Unicode form."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tui.display import listed, short
from tui.errors import AmbiguousSource, StorageError, UnknownSource
from tui.vault.disk.inside import refuse_outside
from tui.vault.reading.scan import names_of
from tui.vault.rule import BUILT_IN
from tui.vault.source import Source, one_form
from tui.vault.vault import Vault

Called = Mapping[str, list[Source]]
"""Sources by stem and by id."""


def called(vault: Vault) -> Called:
    """All sources by stem and by id, to resolve many references."""
    found: dict[str, list[Source]] = {}
    for source in vault.sources:
        for name in {source.stem, source.id}:
            found.setdefault(name, []).append(source)
    return found


def resolve(vault: Vault, ref: str, cwd: Path, known: Called | None = None) -> Source:
    """The source for a path, a file stem or an id; ``known`` is from ``called`` for many of them.

    Raises UnknownSource, or AmbiguousSource, which lists the candidates.
    """
    if not ref:
        raise UnknownSource("No source has an empty name; give a path, a name or an id.")
    refusal = f"No source is called {short(ref)}; try `sluice find {short(ref)}`."
    for name in names_of(ref, (cwd, vault.root), vault.root):
        source = vault.reread(name) if name else None
        if source is not None:
            return source
        refusal = _refusal(vault, ref, name)
    if not vault.is_read:
        vault.load()
    matches = known.get(ref, []) if known is not None else []
    if not matches and (known is None or not ref.isascii()):
        matches = _called(vault.sources, ref, set(paths_of(ref, (cwd, vault.root), vault.root)))
    if not matches:
        raise UnknownSource(refusal)
    if len(matches) > 1:
        names = listed([source.name for source in matches])
        raise AmbiguousSource(f"{short(ref)} matches several sources: {names}; give the path.")
    return matches[0]


def _called(sources: Iterable[Source], ref: str, paths: set[str]) -> list[Source]:
    """The sources with that stem or id, else with one in another Unicode form."""
    exact = [source for source in sources if ref in (source.stem, source.id)]
    if exact or ref.isascii():
        return exact
    wanted = one_form(ref)
    return [
        source
        for source in sources
        if wanted in (one_form(source.stem), one_form(source.id)) or one_form(source.name) in paths
    ]


def paths_of(ref: str, folders: Iterable[Path], root: Path) -> Iterator[str]:
    """The names below ``root`` for ``ref`` as a path from each folder, in composed form."""
    for folder in folders:
        path = Path(os.path.normpath(folder / ref))
        if path.is_relative_to(root):
            yield one_form(path.relative_to(root).as_posix())


def _refusal(vault: Vault, ref: str, name: str) -> str:
    """Why the file at ``ref`` is not a source."""
    root = vault.root
    if not name:
        return f"{short(ref)} is not in the vault {root}; use --vault."
    try:
        refuse_outside(root, name)
    except StorageError:
        what = "it is a link to a file outside the vault; open it there"
        return f"{short(ref)} is not a source: {what}."
    if vault.rule is BUILT_IN:
        return f"{short(ref)} is not a source: it has no status field, or is in a hidden folder."
    if not vault.rule.lists(name):
        return f"{short(ref)} is not a source: sources in sluice.yaml leaves it out."
    what = short(" or ".join(vault.rule.status))
    if vault.rule.header == "status":
        return f"{short(ref)} is not a source: it has no {what}."
    if vault.rule.includes(name):
        return f"{short(ref)} is not a source: it has no header."
    why = f"it has no {what}, and include in sluice.yaml does not match it"
    return f"{short(ref)} is not a source: {why}."
