"""What changed of what the service got of a source, since it was delivered to a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from tui.notebooks.sent import Sent, sent_to
from tui.triage.schema import Schema
from tui.vault.history.last_set import Setting
from tui.vault.source import Source

FILE = "the file"
"""What stands for changes that other programs made: of the text, or of anything."""
_SLACK = timedelta(seconds=5)
"""How long writing a change may take after its time."""


def changed_since(
    schema: Schema,
    source: Source,
    notebook: str,
    settings: Mapping[str, Setting],
) -> tuple[str, ...]:
    """The fields that were set since a source's delivery, and whether its file changed.

    Only title, address and author count: the service does not get the others. ``settings`` are the
    last settings of all its fields. A source that was not delivered has none.
    """
    sent = sent_to(schema, source, notebook)
    since = None if sent is None else _delivered(schema, sent, settings)
    if since is None:
        return ()
    roles = schema.roles
    shown = {source.key(name) for name in (roles.title, roles.url, roles.author) if name}
    later = tuple(
        name for name, setting in settings.items() if name in shown and setting.when > since
    )
    if roles.sent not in settings:
        # In a fresh clone every file is younger than what its header says.
        return later
    written = datetime.fromtimestamp(source.stamp.mtime_ns / 1e9).astimezone()
    last = max([since, *(setting.when for setting in settings.values())])
    return (*later, FILE) if written > last + _SLACK else later


def _delivered(schema: Schema, sent: Sent, settings: Mapping[str, Setting]) -> datetime | None:
    """When a source was delivered: as the undo journal says, else the end of the day."""
    if sent.day is None:
        return None
    setting = settings.get(schema.roles.sent)
    if setting is not None and setting.when.astimezone().date() == sent.day:
        return setting.when
    return _end_of(sent.day)


def _end_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day).astimezone() + timedelta(days=1)
