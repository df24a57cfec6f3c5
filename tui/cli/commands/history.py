"""Commands about what was done: undo, redo, log."""

from __future__ import annotations

from argparse import Namespace

from tui.cli.opening import open_desk
from tui.cli.output import is_terminal, say, write_json, write_painted, write_row
from tui.errors import Conflict, EditRefused, StorageError
from tui.records import change_record
from tui.vault.change import Change


def run_undo(request: Namespace) -> int:
    """Take the last change back."""
    desk = open_desk(request)
    try:
        change = desk.undo(skip=request.skip)
    except (Conflict, EditRefused, StorageError) as error:
        hint = "" if request.skip else " `sluice undo --skip` undoes the one before it."
        raise type(error)(f"{error}{hint}") from error
    say(f"Undone: {_summary(change)}")
    return 0


def run_redo(request: Namespace) -> int:
    """Make the change undone last again."""
    change = open_desk(request).redo()
    say(f"Done again: {_summary(change)}")
    return 0


def _summary(change: Change) -> str:
    names = change.names
    where = names[0] if len(names) == 1 else f"{len(names)} sources"
    return f"{change.label} ({where})"


def run_log(request: Namespace) -> int:
    """Print every change, oldest first."""
    for change in open_desk(request).vault.log():
        if request.json:
            write_json(change_record(change))
        elif is_terminal():
            _write_change(change)
        else:
            state = "undone" if change.undone else "done"
            row = (change.id, change.time.isoformat(), state, change.label)
            write_row((*row, " ".join(change.names)))
    return 0


def _write_change(change: Change) -> None:
    when = change.time.astimezone().strftime("%Y-%m-%d %H:%M")
    undone = "  (undone)" if change.undone else ""
    write_painted([(f"{when}  ", "quiet"), (_summary(change), ""), (undone, "quiet")])
