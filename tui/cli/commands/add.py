"""The command that writes a new source: add."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from tui.cli.opening import open_desk
from tui.cli.output import say, write_line


def run_add(request: Namespace) -> int:
    """Write a raw source for an address; its path goes to stdout."""
    desk = open_desk(request)
    texts = {assignment.field: assignment.value for assignment in request.assignments}
    if request.title is not None:
        texts["title"] = request.title
    # The user's own day, not that of Greenwich.
    today = date.today()
    desk.vault.load()
    if request.dry_run:
        from tui.cli.diff import write_diff  # noqa: PLC0415 - for a dry run only

        new = desk.draft(request.url, today, texts)
        write_diff(new.name, "", new.text)
        return 0
    (name,) = desk.add(request.url, today, texts).names
    say(f"Added {name}")
    write_line(str(desk.vault.root / name))
    return 0
