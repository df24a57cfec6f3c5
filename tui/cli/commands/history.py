"""Commands about earlier changes: log, undo, redo."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from itertools import islice

from tui.cli.opening import matching, open_desk, which
from tui.cli.output import is_for_people, say, write_json, write_painted, write_row
from tui.desk import Desk
from tui.errors import Conflict, EditRefused, StorageError
from tui.records import change_record
from tui.vault.history.change import Change

_MANY = 50
"""From so many changes on it is faster to read the whole vault than each source."""


def run_undo(request: Namespace) -> int:
    """Undo the last change."""
    desk = open_desk(request)
    try:
        change = desk.undo(skip=request.skip)
    except (Conflict, EditRefused, StorageError) as error:
        hint = "" if request.skip else " `sluice undo --skip` undoes the one before it."
        raise type(error)(f"{error}{hint}") from error
    return _tell(desk, request, "Undone", change)


def run_redo(request: Namespace) -> int:
    """Redo the last undone change."""
    desk = open_desk(request)
    return _tell(desk, request, "Redone", desk.redo())


def _tell(desk: Desk, request: Namespace, done: str, change: Change) -> int:
    say(f"{done}: {_summary(desk, change)}")
    if request.json:
        from tui.cli.outcome import write_change  # noqa: PLC0415 - for JSON only

        write_change(desk, change, undone=done == "Undone")
    return 0


def _summary(desk: Desk, change: Change) -> str:
    return f"{change.label} ({which(desk, change.names)})"


def run_log(request: Namespace) -> int:
    """Print changes, newest first."""
    desk = open_desk(request)
    history = desk.vault.log()
    changes: Iterable[Change] = history if request.reverse else reversed(history)
    if request.query.strip():
        names = {source.name for source in matching(desk, request.query)}
        changes = (change for change in changes if not names.isdisjoint(change.names))
    if is_for_people() and len(history) > _MANY and not request.json:
        desk.vault.load()
    for change in islice(changes, request.limit):
        if request.json:
            write_json(change_record(change))
        elif is_for_people():
            _write_change(desk, change)
        else:
            state = "undone" if change.undone else "done"
            row = (change.id, change.time.isoformat(), state, change.label)
            write_row([(text, "") for text in (*row, " ".join(change.names))])
    return 0


def _write_change(desk: Desk, change: Change) -> None:
    when = change.time.astimezone().strftime("%Y-%m-%d %H:%M")
    undone = "  (undone)" if change.undone else ""
    write_painted([(f"{when}  ", "quiet"), (_summary(desk, change), ""), (undone, "quiet")])
