"""Sent: which notebooks got a source, and on which day, as its header says.

An item is ``name@2026-11-30``. The name may have an ``@`` too: the last one is before the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from tui.notebooks.members import known_name
from tui.triage.fields import list_items
from tui.triage.schema import Schema
from tui.vault.header.typed import text_of
from tui.vault.source import Source


class Sent(NamedTuple):
    """A source is in the notebook of the service since a day."""

    notebook: str
    day: date | None
    """None where the header does not say it."""

    @property
    def text(self) -> str:
        """The item of the header."""
        return self.notebook if self.day is None else f"{self.notebook}@{self.day.isoformat()}"


def read_sent(text: str) -> Sent:
    """The notebook and the day of an item."""
    name, at, day = text.rpartition("@")
    try:
        return Sent(name, date.fromisoformat(day.strip())) if at and name else Sent(text, None)
    except ValueError:
        return Sent(text, None)


def sent_of(schema: Schema, source: Source) -> tuple[Sent, ...]:
    """The deliveries of a source, in the order of its header."""
    field = schema.roles.sent
    if not field or not source.has(field):
        return ()
    return tuple(
        sent._replace(notebook=known_name(schema, sent.notebook))
        for sent in map(read_sent, source.listed(field))
    )


def sent_to(schema: Schema, source: Source, notebook: str) -> Sent | None:
    """The last delivery of a source to a notebook; None when it was not delivered there."""
    found = [sent for sent in sent_of(schema, source) if sent.notebook == notebook]
    return max(found, key=lambda sent: sent.day or date.min, default=None)


def with_sent(
    schema: Schema, items: Sequence[Any], notebook: str, day: date | None
) -> tuple[Any, ...]:
    """The items of a header with a delivery, which replaces those of the same notebook.

    It takes the place of the first one, else the end. With None there is none.
    """
    waiting: list[Any] = [] if day is None else [Sent(notebook, day).text]
    found: list[Any] = []
    for item in items:
        if known_name(schema, read_sent(text_of(item)).notebook) != notebook:
            found.append(item)
            continue
        # One that is there already stays as it is written.
        found += [item if text_of(item) == text else text for text in waiting]
        waiting = []
    return (*found, *waiting)


def renamed_sent(schema: Schema, items: Sequence[Any], old: str, new: str) -> tuple[Any, ...]:
    """The items of a header where the notebook ``old`` is called ``new``."""
    found: dict[str, Any] = {}
    for item in items:
        sent = read_sent(text_of(item))
        is_old = known_name(schema, sent.notebook) == old
        named = sent._replace(notebook=new).text if is_old else item
        found.setdefault(text_of(named), named)
    return tuple(found.values())


def sent_items(schema: Schema, source: Source) -> tuple[Any, ...]:
    """The items of the header's list of deliveries, as they are."""
    return list_items(source, source.key(schema.roles.sent))
