"""Absent: what the folder does without, and why the keys for that cannot run."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from tui.session.keys.catalogue import TIERS
from tui.session.keys.command import Refusals
from tui.triage.schema import VAULT_SCHEMA, Schema


class Absent(NamedTuple):
    """Something a folder does without."""

    what: str
    helps: str
    """What in the vault's own schema would give it one."""
    commands: tuple[str, ...]
    """The commands that are about nothing else."""

    @property
    def sentence(self) -> str:
        """Why these commands cannot run, and what helps."""
        return f"This folder has no {self.what}. {VAULT_SCHEMA} can name one: {self.helps}"


_ROLES = {
    "tier": ("tier", TIERS),
    "category": ("category", ("decide.category", "decide.same_category")),
    "insights": ("field for insights", ("decide.insight", "decide.insights")),
    "topics": ("field for topics", ("decide.topics",)),
    "url": ("field for URLs", ("copy.url", "go.open", "app.add")),
    "aliases": ("field for aliases", ("copy.alias",)),
    "snoozed": ("field for snoozing", ("decide.snooze",)),
    "notebooks": (
        "field for notebooks",
        (
            *("decide.notebooks", "decide.same_notebooks", "decide.rename_notebook"),
            *("board.notebooks", "board.move_left", "board.move_right", "board.take_out"),
            *("board.sent", "board.compare", "board.packet"),
        ),
    ),
}
"""What the field of each role is called, and the commands for it."""


def absent_from(schema: Schema) -> list[Absent]:
    """What a schema lacks, in the order of the commands."""
    found = [
        Absent(what, f"roles: {{{role}: FIELD}}", commands)
        for role, (what, commands) in _ROLES.items()
        if not getattr(schema.roles, role)
    ]
    if any(field.kind == "url" for field in schema.fields.values()):
        # An address can be captured into any such field.
        found = [
            one._replace(commands=tuple(id for id in one.commands if id != "app.add"))
            for one in found
        ]
    if not schema.flow.archive:
        helps = "flow: {archive: STATUS}"
        found.append(Absent("status for the archive", helps, ("decide.archive",)))
    return found


def spare_tiers(schema: Schema) -> frozenset[str]:
    """The commands for more tiers than there are."""
    return frozenset(TIERS[len(schema.tier.values) : -1])


def without_roles(schema: Schema) -> Refusals:
    """A sentence for each command about something that the schema lacks."""
    return {
        id: partial(str, absent.sentence)
        for absent in absent_from(schema)
        for id in absent.commands
    }
