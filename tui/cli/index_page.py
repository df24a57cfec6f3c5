"""A Markdown index: sources as wikilinks below headings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal

from tui.display import counted
from tui.errors import QueryError
from tui.triage.fields import wikilink
from tui.triage.schema import Schema
from tui.vault.source import Source

Group = Literal["category", "tier", "creator"]
GROUPS: tuple[Group, ...] = ("category", "tier", "creator")


def index_lines(
    schema: Schema, sources: Sequence[Source], heading: str, by: Group | None
) -> Iterator[str]:
    """The lines of an index, grouped ``by`` something; by default by the first that the vault has.

    Raises QueryError when the vault has no such field.
    """
    fields = {
        "category": schema.roles.category,
        "tier": schema.roles.tier,
        "creator": schema.roles.author,
    }
    if by is not None and not fields[by]:
        raise QueryError(f"The schema of this folder has no {by} to group by.")
    by = by or next((name for name in GROUPS if fields[name]), None)
    yield f"# {_line(heading)}"
    yield ""
    yield f"{counted(len(sources))}."
    if by is None:
        yield ""
        yield from map(_entry, sources)
        return
    groups: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        groups[_value(schema, source, by)].append(source)
    for name in _ordered(schema, groups, by):
        yield ""
        yield f"## {_line(name) or f'Without a {by}'} ({len(groups[name]):,})"
        yield ""
        yield from map(_entry, groups[name])


def _value(schema: Schema, source: Source, by: Group) -> str:
    if by == "creator":
        return source.author.strip()
    field = schema.category if by == "category" else schema.tier
    return field.value_in(source).strip()


def _ordered(schema: Schema, groups: dict[str, list[Source]], by: Group) -> list[str]:
    """The groups: tiers in their order, others by name, and what has none last."""
    ranks = {name: at for at, name in enumerate(schema.tier.values)} if by == "tier" else {}
    return sorted(
        groups, key=lambda name: (not name, ranks.get(name, len(ranks)), name.casefold(), name)
    )


def _entry(source: Source) -> str:
    return f"- {wikilink(source)} {_line(source.title)}"


def _line(text: str) -> str:
    """A text on one line, in which nothing is a link."""
    return " ".join(text.split()).replace("[[", "\\[\\[")
