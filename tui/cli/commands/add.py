"""The command that creates a source: add."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from datetime import date

from tui.cli.opening import author_of, open_desk
from tui.cli.output import say, write_line
from tui.desk import Desk
from tui.errors import AddressTaken
from tui.vault.history.change import Change


def run_add(request: Namespace) -> int:
    """Create a source for a URL; its path goes to stdout."""
    desk = open_desk(request)
    texts = {assignment.field: assignment.value for assignment in request.assignments}
    if request.title is not None:
        texts[desk.schema.roles.title] = request.title
    desk.vault.load()
    try:
        change = _add(desk, request, texts)
    except AddressTaken as error:
        if request.json:
            from tui.cli.outcome import write_refused  # noqa: PLC0415 - for JSON only

            write_refused(desk, {error.name: error})
        raise
    if change is None:
        return 0
    (name,) = change.names
    added = desk.vault.find(name)
    say(f"Added {added.id if added else name}")
    if request.json:
        from tui.cli.outcome import write_change  # noqa: PLC0415 - for JSON only

        write_change(desk, change)
    else:
        write_line(str(desk.vault.root / name))
    return 0


def _add(desk: Desk, request: Namespace, texts: Mapping[str, str]) -> Change | None:
    """The change that creates the source; None if it is only shown."""
    # The user's own day, not Greenwich's.
    today = date.today()
    if not request.dry_run:
        return desk.add(request.url, today, texts, author_of(request))
    from tui.cli.diff import write_diffs  # noqa: PLC0415 - for a dry run only
    from tui.vault.writing.plan import FileDiff  # noqa: PLC0415 - as above

    new = desk.draft(request.url, today, texts)
    write_diffs(desk, request, [FileDiff(new.name, "", new.text)])
    return None
