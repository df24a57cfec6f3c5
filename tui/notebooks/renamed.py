"""What still has a notebook's old name after it was renamed in the sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tui.display import listed, short
from tui.errors import QueryError
from tui.notebooks.shelf import Shelf
from tui.search.query import Query
from tui.state.views import View
from tui.triage.notebook_settings import folded
from tui.triage.schema import Schema


def left_of_rename(
    schema: Schema,
    shelf: Shelf,
    parse: Callable[[str], Query],
    views: Iterable[View],
    old: str,
    new: str,
) -> Iterator[str]:
    """Sentences on what a person changes after a rename: settings, and views that ask for it.

    The sources are changed as one change with one undo; settings and views are not part of it.
    """
    if hint := shelf.hint_of_settings(old, new):
        yield hint
    fields = {field for field in (schema.roles.notebooks, schema.roles.sent) if field}
    names = [view.name for view in views if _asks_for(parse, view.query, fields, old)]
    if names:
        what = f"view {short(names[0])} asks" if len(names) == 1 else f"views {listed(names)} ask"
        yield f"The {what} for {short(old)}; change that to {short(new)}"


def _asks_for(parse: Callable[[str], Query], query: str, fields: set[str], name: str) -> bool:
    try:
        conditions = parse(query).conditions
    except QueryError:
        return False
    return any(
        folded(value.text) == folded(name)
        for one in conditions
        if one.field in fields
        for value in one.values
    )
