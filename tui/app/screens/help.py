"""Help: every command with its key; letters filter, enter runs."""

from __future__ import annotations

from tui.app.commands import GROUPS
from tui.app.screens.picker import Choice, Picker


def help_screen() -> Picker:
    """The list of every command; returns the id of the one to run."""
    choices = [
        Choice(
            command.id,
            command.name,
            note=group,
            lead=command.key_label,
        )
        for group, commands in GROUPS.items()
        for command in commands
    ]
    return Picker("keys", choices)
