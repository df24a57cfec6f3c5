"""Why keys for what the folder does without cannot run."""

from __future__ import annotations

from functools import partial

from tui.session.keys.command import Refusals
from tui.triage.schema import Schema

_ROLES = {
    "tier": tuple(f"decide.tier_{number}" for number in range(5)),
    "category": ("decide.category", "decide.same_category"),
    "insights": ("decide.insight", "decide.insights"),
    "topics": ("decide.topics",),
    "url": ("copy.url",),
    "aliases": ("copy.alias",),
}
"""The commands for the field of each role."""
_NOUNS = {"url": "field for URLs", "insights": "field for insights", "topics": "field for topics",
          "aliases": "field for aliases"}  # fmt: skip


def without_roles(schema: Schema) -> Refusals:
    """A sentence for each command about a field that the schema lacks."""
    found: Refusals = {}
    for role, commands in _ROLES.items():
        if not getattr(schema.roles, role):
            said = f"This folder has no {_NOUNS.get(role, role)}."
            found |= dict.fromkeys(commands, partial(str, said))
    if not schema.flow.archive:
        said = "This folder has no status for the archive."
        found["decide.archive"] = partial(str, said)
    return found
