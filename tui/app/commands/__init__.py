"""Everything that keys do on the triage screen, one file per group."""

from tui.app.commands import (
    board,
    copy,
    decide,
    find,
    general,
    go,
    move,
    select,
    suggest,
    undo,
    view,
)
from tui.app.commands.command import Command

GROUPS: dict[str, tuple[Command, ...]] = {
    "move": move.COMMANDS,
    "decide": decide.COMMANDS + suggest.COMMANDS,
    "select": select.COMMANDS,
    "find": find.COMMANDS + view.COMMANDS,
    "copy": copy.COMMANDS,
    "go": go.COMMANDS,
    "board": board.COMMANDS,
    "undo": undo.COMMANDS,
    "app": general.COMMANDS,
}
"""The commands by group, in the order that help and README list them."""

COMMANDS: dict[str, Command] = {
    command.id: command for commands in GROUPS.values() for command in commands
}
"""Every command by its id."""
