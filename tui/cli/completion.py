"""What a press of tab offers: references, fields, values, filters."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path

import argcomplete
from argcomplete.completers import DirectoriesCompleter

from tui.cli.assignments import quoted_name, read_assignment, read_name
from tui.cli.opening import open_desk
from tui.cli.root import vault_root
from tui.state.config import load_config
from tui.triage.field import Field
from tui.triage.order import sort_names
from tui.triage.schema import Schema, load_schema
from tui.vault.reading.scan import scan
from tui.vault.rule import ending_of
from tui.vault.source import one_form


def complete(parser: ArgumentParser) -> None:
    """Answer the shell and leave the process."""
    argcomplete.autocomplete(
        parser, always_complete_options="long", default_completer=DirectoriesCompleter()
    )


def folders(prefix: str, **_: object) -> list[str]:
    """Folders that could be a vault."""
    return list(DirectoriesCompleter()(prefix))


def references(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """File stems, else paths, else ids, which need every header of the vault."""
    rule = _schema(parsed_args).rule
    names = (name.rpartition("/")[2] for name in scan(vault_root(parsed_args.vault), rule=rule))
    begun = rule.prefix or prefix
    stems = (name.rpartition(".")[0] for name in names if name.startswith(begun))
    return (
        _starting(prefix, stems)
        or _notes(prefix)
        or _starting(prefix, (source.id for source in open_desk(parsed_args).vault.sources))
    )


def _notes(prefix: str) -> list[str]:
    """Folders and Markdown files whose path begins so; asking the shell would run commands."""
    folder, slash, begun = prefix.rpartition("/")
    try:
        entries = sorted(Path(f"{folder}{slash}" or ".").iterdir())
    except OSError:
        return []
    names = [
        f"{entry.name}{'/' if entry.is_dir() else ''}"
        for entry in entries
        if ending_of(entry.name) or entry.is_dir()
    ]
    return [f"{folder}{slash}{name}" for name in _starting(begun, names)]


def references_and_assignments(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """References; after one, or a query, also fields; after a field's ``=``, its values."""
    if read_assignment(prefix) is not None:
        return assignments(prefix, parsed_args)
    queried = getattr(parsed_args, "query", None) is not None
    found = [] if queried else references(prefix, parsed_args)
    if queried or getattr(parsed_args, "arguments", None):
        found += assignments(prefix, parsed_args)
    return found


def assignments(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """Fields; after a field's ``=``, its values."""
    begun = read_assignment(prefix)
    if begun is None:
        return [f"{name}=" for name in fields(prefix, parsed_args)]
    before = prefix.removesuffix(begun.value)
    return _starting(prefix, (f"{before}{value}" for value in _values(parsed_args, begun.field)))


def references_and_fields(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """References; after one, or a query, also fields."""
    queried = getattr(parsed_args, "query", None) is not None
    found = [] if queried else references(prefix, parsed_args)
    if queried or getattr(parsed_args, "arguments", None):
        found += fields(prefix, parsed_args)
    return found


def fields(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """The schema's fields; if none begins so, the sources' fields, which reads them all."""
    schema = _schema(parsed_args)
    known = map(quoted_name, (*schema.shorts, *schema.fields))
    return _starting(prefix, known) or used_fields(prefix, parsed_args)


def used_fields(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """The fields that sources have."""
    used = {str(name) for source in open_desk(parsed_args).vault.sources for name in source.fields}
    return _starting(prefix, map(quoted_name, sorted(used)))


def used_fields_to_rename(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """The fields that sources have, each with its ``=``."""
    return [f"{name}=" for name in used_fields(prefix, parsed_args)]


def old_values(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """The values that sources have in the field given, each with its ``=``."""
    name = _schema(parsed_args).full_name(read_name(parsed_args.field))
    used = _used_values(parsed_args, name)
    return _starting(prefix, (f"{quoted_name(value)}=" for value in used))


def _values(request: Namespace, field: str) -> list[str]:
    """A field's known values, and those in use if it takes new ones."""
    schema = _schema(request)
    if field in schema.shorts and (held := _used_values(request, field)):
        # A field of exactly that name comes first.
        return held
    name = schema.full_name(field)
    known = schema.fields.get(name, Field(name, "list"))
    if known.kind == "bool":
        return ["yes", "no"]
    values = list(known.values)
    if known.open or known.kind == "list":
        values += sorted(set(_used_values(request, name)) - set(values))
    return values


def _used_values(request: Namespace, field: str) -> list[str]:
    """The values that sources have in a field."""
    sources = open_desk(request).vault.sources
    return sorted({item for source in sources for item in source.items(source.key(field))})


def filters(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """Completions of the query's last word, as in the search bar."""
    desk = open_desk(parsed_args)
    found = desk.completer.complete(prefix)
    field = desk.schema.fields.get(found.uncounted)
    # These need every header of the vault.
    if field is not None and (field.open or not found.texts):
        desk.completer.count(field.name)
        found = desk.completer.complete(prefix)
    return _starting(prefix, found.texts)


def views(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """The views of the schema and those that the user saved, and the notebooks."""
    desk = open_desk(parsed_args)
    saved = load_config(desk.folders.config).views
    names = (*desk.schema.views, *saved, *desk.shelf.members().names)
    return _starting(prefix, dict.fromkeys(names))


def statuses(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """The statuses a source can be moved to."""
    return _starting(prefix, _schema(parsed_args).status.values)


def authors(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """The names that made changes before."""
    return _starting(prefix, open_desk(parsed_args).vault.journal.authors())


def proposers(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """The names that propose something."""
    return _starting(prefix, open_desk(parsed_args).proposals.proposers())


def notebooks(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """The notebooks of the vault."""
    return _starting(prefix, open_desk(parsed_args).shelf.members().names)


def sort_keys(prefix: str, parsed_args: Namespace, **_: object) -> list[str]:
    """What a list can be ordered by."""
    return _starting(prefix, sort_names(_schema(parsed_args)))


def _schema(request: Namespace) -> Schema:
    return load_schema(vault_root(request.vault))


def _starting(prefix: str, texts: Iterable[str]) -> list[str]:
    """The texts that begin so, in any Unicode form; the shell needs the prefix unchanged."""
    if prefix.isascii():
        return [text for text in texts if text.startswith(prefix)]
    begun = one_form(prefix)
    forms = map(one_form, texts)
    return [prefix + text.removeprefix(begun) for text in forms if text.startswith(begun)]
