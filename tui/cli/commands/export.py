"""The command that writes a view as JSON, CSV or a Markdown index: export."""

from __future__ import annotations

import csv
import io
from argparse import Namespace
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tui.cli.index_page import index_lines
from tui.cli.opening import matching, open_desk
from tui.cli.output import plain, say, to_json, write_line, write_text
from tui.desk import Desk
from tui.display import clean_lines, listed, short
from tui.errors import QueryError
from tui.records import source_record
from tui.state.views import View
from tui.vault.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

_BETWEEN = "; "
"""What separates the items of a list in CSV."""


def run_export(request: Namespace) -> int:
    """Print the sources of a view or a query."""
    desk = open_desk(request)
    view = View("", request.query) if request.view is None else _view(desk, request.view)
    sources = matching(desk, view.query)
    if order := request.sort or view.sort:
        sources = desk.orders.read(order, desk.vault.sources).sort(sources)
    _WRITERS[request.form](desk, request, view, sources)
    return 0


def _view(desk: Desk, name: str) -> View:
    """The view of that name: saved, the schema's, or one of a notebook. Raises QueryError."""
    from tui.state.config import load_config  # noqa: PLC0415 - for a name only

    config = load_config(desk.folders.config)
    if config.broken:
        say(f"note: {config.broken}")
    views = {**desk.schema.views, **config.views}
    members = desk.shelf.members()
    if name in views:
        return views[name]
    alike = [view for view in views.values() if view.name.casefold() == name.casefold()]
    if len(alike) == 1 and name not in members:
        return alike[0]
    if (notebook := members.found(name)) is not None:
        return View(notebook, desk.shelf.query_of(notebook))
    raise QueryError(
        f"There is no view “{short(name)}”; use -q QUERY, or one of {listed(list(views))}."
    )


def _write_json(desk: Desk, _request: Namespace, _view: View, sources: Sequence[Source]) -> None:
    """One JSON array, with an object on each line."""
    for at, source in enumerate(sources):
        record = {**source_record(desk, source), "fields": source.fields}
        write_text(("[\n" if at == 0 else ",\n") + to_json(record))
    write_text("\n]\n" if sources else "[]\n")


def _write_csv(desk: Desk, _request: Namespace, _view: View, sources: Sequence[Source]) -> None:
    """A heading, then a row for each source; of a list the items with semicolons between them."""
    file = io.StringIO()
    write = csv.writer(file, lineterminator="\n").writerow
    rows = (source_record(desk, source) for source in sources)
    head = _head(desk)
    write(head)
    for row in rows:
        write([_cell(row.get(name)) for name in head])
        write_text(file.getvalue())
        file.seek(0)
        file.truncate()
    write_text(file.getvalue())


def _head(desk: Desk) -> list[str]:
    """The columns: those of ``list --json``."""
    from tui.vault.source import Stamp  # noqa: PLC0415 - as below

    # The same without any source.
    nothing = Source(desk.vault.root, "", {}, "", None, Stamp(0, 0, 0), rule=desk.schema.rule)
    return list(source_record(desk, nothing))


def _cell(value: Any) -> str:
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, list):
        return clean_lines(_BETWEEN.join(map(str, value)))
    if isinstance(value, Mapping):
        return to_json(value)
    return clean_lines(str(value))


def _write_index(desk: Desk, request: Namespace, view: View, sources: Sequence[Source]) -> None:
    """Wikilinks below a heading for each group."""
    heading = view.name or request.query.strip() or "All sources"
    lines: Iterable[str] = index_lines(desk.schema, sources, heading, request.by)
    for line in lines:
        write_line(line)


_WRITERS: Mapping[str, Callable[[Desk, Namespace, View, Sequence[Source]], None]] = {
    "json": _write_json,
    "csv": _write_csv,
    "md": _write_index,
}
