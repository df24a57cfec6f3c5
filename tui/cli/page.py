"""One source as a page: its problem, its fields, its body."""

from __future__ import annotations

from datetime import date
from typing import Any

from tui.cli.output import plain, to_json, write_lines, write_painted
from tui.desk import Desk
from tui.display import cells, clean
from tui.vault.header.typed import text_of
from tui.vault.source import Source


def write_page(desk: Desk, source: Source, body: str) -> None:
    """The title and path, what is wrong, what is proposed, a line for each field, then the body."""
    write_painted([(source.title, "title")])
    write_painted([(str(source.path), "quiet")])
    if problem := desk.problem_of(source):
        write_painted([(f"! {problem}", "problem")])
    if said := _snoozed(desk, source):
        write_painted([(said, "quiet")])
    for one in desk.proposals.of(source):
        why = f": {one.why}" if one.why else ""
        write_painted([(f"? {one.label}", ""), (f"  proposed by {one.by}{why}", "quiet")])
    write_painted([("", "")])
    names = [clean(str(name)) for name in source.fields]
    margin = min(max(map(cells, names), default=0), 24)
    for name, key in zip(names, source.fields, strict=True):
        _write_field(name, source.fields[key], margin)
    if body.strip():
        write_painted([("", "")])
        write_lines(body.strip("\r\n"))


def _snoozed(desk: Desk, source: Source) -> str:
    """Until when the source is snoozed, or why it no longer is; empty if it never was."""
    today = date.today()
    if until := desk.snoozed_until(source):
        from tui.days import spoken_distance  # noqa: PLC0415 - for a snoozed source only

        return f"Snoozed until {until.isoformat()}, {spoken_distance(until, today)}"
    if desk.schema.roles.snoozed and desk.snoozes.is_woken(source, today):
        return f"Was snoozed until {desk.snoozes.day_of(source)}; back, as the file has changed"
    return ""


def _write_field(name: str, value: Any, margin: int) -> None:
    label = name + " " * max(margin - cells(name), 0) + "  "
    if not isinstance(value, list | tuple) or not value:
        write_painted([(label, "quiet"), (_text(value), "")])
        return
    for number, item in enumerate(value):
        lead = label if number == 0 else " " * cells(label)
        write_painted([(lead, "quiet"), (f"- {_text(item)}", "")])


def _text(value: Any) -> str:
    """A value on one line, as a header has it."""
    if value is None or value in ([], ()):
        return "-"
    if isinstance(value, str | bool):
        return text_of(value)
    simple = plain(value)
    return simple if isinstance(simple, str) else to_json(simple)
