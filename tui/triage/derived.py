"""What a schema has by its flow and roles where the file says nothing: views, passes, lookup."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tui.state.views import name_fault
from tui.triage.field import Field, Roles
from tui.triage.flow import Flow

_PLAIN = re.compile(r"[\w-]+")
_WEIGHTS = {
    "title": 1.0,
    "aliases": 0.93,
    "author": 0.9,
    "topics": 0.72,
    "category": 0.7,
    "url": 0.6,
}
"""The weights of the roles' fields for lookup."""
ADDED = ("captured_date", "captured", "date_captured", "added", "date_added", "saved", "created",
         "date_created", "created_at")  # fmt: skip
"""The usual names of the day on which a source came."""


def views_of(flow: Flow, status: Field, roles: Roles) -> dict[str, Any]:
    """A view for each status in the order of the flow, and those for what is wrong."""
    *open_ones, last = flow.main if len(flow.main) > 1 else (*flow.main, "")
    beside = [name for name in status.values if name not in (*flow.main, flow.archive)]
    views: dict[str, Any] = {}
    for name in open_ones:
        views[name] = query_of(status, name)
    statuses = {name: query_of(status, name) for name in (*beside, last, flow.archive) if name}
    more: dict[str, Any] = {"all": "", "problems": "has:problem", **statuses}
    if roles.url:
        more["no URL"] = f"-has:{roles.url}"
    more["duplicates"] = {"query": "has:duplicate", "sort": "duplicates"}
    if roles.category:
        more["looks wrong"] = {"query": "has:doubt", "sort": "certainty"}
    more["snoozed"] = {"query": "has:snoozed", "sort": "snoozed"}
    more["proposed"] = "has:proposal"
    # A status may have the name of one of our views, and comes first.
    views |= {name: view for name, view in (more | statuses).items() if name not in views}
    return {name: view for name, view in views.items() if not name_fault(name)}


def query_of(field: Field, value: str) -> str:
    """The query for the sources with a value, and no value that only contains it."""
    others = (other for other in field.values if other != value)
    is_plain = _PLAIN.fullmatch(value) and not any(value.lower() in o.lower() for o in others)
    if is_plain:
        return f"{field.name}:{value}"
    return f'{field.name}:"{value}"'


def passes_of(flow: Flow, status: Field, roles: Roles) -> dict[str, Any]:
    """The first judgement of each source, and the categories that a guess may have wrong."""
    first: dict[str, Any] = {"find": query_of(status, flow.main[0]), "seconds": 5}
    if roles.tier:
        first |= {"meaning": "what is it worth?", "ask": roles.tier, "then": "promote"}
    else:
        keys = {"p": {"name": "promote", "move": "promote"}}
        if flow.archive:
            keys["a"] = {"name": "archive", "move": "archive"}
        first |= {
            "meaning": "keep it, or archive it?" if flow.archive else "what now?",
            "keys": keys,
        }
    passes = {"first": first}
    if roles.category:
        passes["confirm the category"] = {
            "meaning": "is the category right?",
            "sort": "certainty",
            "seconds": 5,
            "ask": roles.category,
        }
    return passes


def lookup_of(roles: Roles, fields: Mapping[str, Field]) -> dict[str, float]:
    """The fields that lookup searches, by what they are for."""
    named = {getattr(roles, role): weight for role, weight in _WEIGHTS.items()}
    found = {name: weight for name, weight in named.items() if name}
    found |= {"id": 0.85} if "id" in fields else {}
    return {**found, "stem": 0.8}


def capture_of(dates: Sequence[str], fields: Mapping[str, Field]) -> dict[str, Any]:
    """The rules for a new source: a file with its title, and the day if there is a field for it."""
    known = (name for name in (*dates, *fields) if name in fields and fields[name].kind == "date")
    added = next((name for name in known if name.lower() in ADDED), None)
    return {"id": "{date}-{number}", "name": "{title}", "stamps": [added] if added else []}


_ON_THE_WAY = ("○", "◔", "◑", "●")
_SET_ASIDE = "×"
_WORTH = ("◆", "▲", "■", "·")


def with_symbols(status: Field, flow: Flow) -> Field:
    """The statuses with the symbols of how far they are, where the schema gives none."""
    last = max(1, len(flow.main) - 1)
    looks = {
        name: (_ON_THE_WAY[step := round(at * 3 / last)], f"status-{step + 1}")
        for at, name in enumerate(flow.main)
    }
    if flow.archive and flow.archive not in flow.main:
        looks[flow.archive] = _SET_ASIDE, "status-5"
    return _dressed(status, looks)


def with_ranks(tier: Field) -> Field:
    """The tiers with the symbols of their rank, where the schema gives none."""
    pairs = zip(tier.values, _WORTH, strict=False)
    looks = {name: (glyph, f"tier-{at}") for at, (name, glyph) in enumerate(pairs, 1)}
    return _dressed(tier, looks)


def _dressed(field: Field, looks: Mapping[str, tuple[str, str]]) -> Field:
    if any(choice.glyph for choice in field.choices):
        return field
    choices = (
        choice._replace(glyph=looks[choice.name][0], colour=choice.colour or looks[choice.name][1])
        if choice.name in looks
        else choice
        for choice in field.choices
    )
    return field._replace(choices=tuple(choices))
