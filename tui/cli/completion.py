"""What a press of tab offers: references, fields, values, filters."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path

import argcomplete
from argcomplete.completers import DirectoriesCompleter

from tui.cli.opening import open_desk
from tui.cli.root import vault_root
from tui.triage.order import sort_names
from tui.triage.schema import Schema, load_schema
from tui.vault.read import PREFIX
from tui.vault.scan import scan
from tui.vault.source import SUFFIX


def complete(parser: ArgumentParser) -> None:
    """Answer the shell and leave the process."""
    argcomplete.autocomplete(
        parser, always_complete_options="long", default_completer=DirectoriesCompleter()
    )


def folders(prefix: str, **_: object) -> list[str]:
    """Folders that could be a vault."""
    return list(DirectoriesCompleter()(prefix))


def references(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """File stems, else paths, else ids: for these every header of the vault has to be read."""
    names = (name.rpartition("/")[2] for name in scan(vault_root(parsed_args.vault)))
    stems = (name.removesuffix(".md") for name in names if name.startswith(PREFIX))
    return (
        _starting(prefix, stems)
        or _notes(prefix)
        or _starting(prefix, (source.id for source in open_desk(parsed_args).vault.sources))
    )


def _notes(prefix: str) -> list[str]:
    """Folders and Markdown files with such a path; the shell is not asked, as that runs things."""
    folder, slash, begun = prefix.rpartition("/")
    try:
        entries = sorted(Path(f"{folder}{slash}" or ".").iterdir())
    except OSError:
        return []
    return [
        f"{folder}{slash}{entry.name}{'/' if entry.is_dir() else ''}"
        for entry in entries
        if entry.name.startswith(begun) and (entry.suffix == SUFFIX or entry.is_dir())
    ]


def references_and_assignments(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """References first; once there is one, fields; after a field's ``=``, its values."""
    if "=" in prefix:
        return assignments(prefix, parsed_args)
    found = references(prefix, parsed_args)
    if getattr(parsed_args, "arguments", None):
        found += assignments(prefix, parsed_args)
    return found


def assignments(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """Fields; after a field's ``=``, its values."""
    field, sign, _value = prefix.partition("=")
    if sign:
        return _starting(prefix, _assigned(parsed_args, field))
    return _starting(prefix, (f"{name}=" for name in _field_names(_schema(parsed_args))))


def _assigned(request: Namespace, field: str) -> list[str]:
    """``field=value`` for every value known, and in use when the field takes new ones."""
    schema = _schema(request)
    name = schema.full_name(field.rstrip("+-"))
    known = schema.fields.get(name)
    if known is None:
        return []
    values = list(known.values)
    if known.kind == "bool":
        values = ["yes", "no"]
    elif known.open or known.kind == "list":
        used = {item for source in open_desk(request).vault.sources for item in source.items(name)}
        values += sorted(used - set(values))
    return [f"{field}={value}" for value in values]


def filters(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """What the query's last word may become, as in the search bar."""
    desk = open_desk(parsed_args)
    found = desk.completer.complete(prefix)
    field = desk.schema.fields.get(found.uncounted)
    # Every header of the vault has to be read for these.
    if field is not None and (field.open or not found.texts):
        desk.completer.count(field.name)
        found = desk.completer.complete(prefix)
    return _starting(prefix, found.texts)


def statuses(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """The statuses a source can be moved to."""
    return _starting(prefix, _schema(parsed_args).status.values)


def sort_keys(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """What a list can be ordered by."""
    return _starting(prefix, sort_names(_schema(parsed_args)))


def _schema(request: Namespace) -> Schema:
    return load_schema(vault_root(request.vault))


def _field_names(schema: Schema) -> tuple[str, ...]:
    return (*schema.shorts, *schema.fields)


def _starting(prefix: str, texts: Iterable[str]) -> list[str]:
    return [text for text in texts if text.startswith(prefix)]
