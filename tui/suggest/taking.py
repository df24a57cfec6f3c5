"""Accept suggestions: the change that sets sure values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from tui.errors import NothingSuggested
from tui.suggest.suggestions import Suggestion, Suggestions
from tui.triage import changes, lists
from tui.triage.field import Field
from tui.triage.fields import list_items
from tui.triage.planned import PlannedChange, combine, in_turn
from tui.triage.schema import Schema
from tui.vault.source import Source

FEW_TOPICS, FULL = 3, 5
"""A source with fewer topics than the first number gets sure ones, up to the second."""


def take_suggestions(
    schema: Schema,
    sources: Sequence[Source],
    of: Callable[[Source], Suggestions | None],
    hint: str = "",
    proposed: Callable[[Source], PlannedChange | None] = lambda _: None,
) -> PlannedChange:
    """Set category, tier and topics of every source to the suggestions.

    An existing value is replaced only by a sure one; an empty field gets the most likely value.
    ``proposed`` gives the change that takes what somebody else proposes for a source: of a field
    for which there is such a proposal, nothing is suggested. ``hint`` says which key helps where
    nothing changes.

    Raises NothingSuggested when nothing changes.
    """
    parts: list[PlannedChange] = []
    changed = 0
    for source in sources:
        suggestions, first = of(source) or Suggestions(), proposed(source)
        if first is None:
            found = _parts(schema, source, suggestions)
        else:
            found = [_proposed_first(schema, source, suggestions, first)]
        parts += found
        changed += bool(found)
    if not parts:
        raise NothingSuggested(_nothing(schema, sources, of, hint))
    if changed > 1:
        return combine(f"suggestions for {changed} sources", parts)
    return combine(" · ".join(part.label for part in parts), parts)


def _proposed_first(
    schema: Schema, source: Source, suggestions: Suggestions, first: PlannedChange
) -> PlannedChange:
    """What is proposed, then what is suggested for the other fields."""
    taken = {str(row["field"]) for row in first.answered}

    def rest(meant: Sequence[Source]) -> PlannedChange:
        parts = _parts(schema, meant[0], suggestions, taken)
        return combine(" · ".join(part.label for part in parts), parts)

    return in_turn([source], [lambda _: first, rest])


def _parts(
    schema: Schema, source: Source, suggestions: Suggestions, without: Collection[str] = ()
) -> list[PlannedChange]:
    """The changes that set suggested values, but not those of some fields."""
    parts = [
        changes.set_field(schema, [source], field.name, first.value)
        for field, ranked in (
            (schema.category, suggestions.category),
            (schema.tier, suggestions.tier),
        )
        if source.key(field.name) not in without and (first := news(source, field, ranked))
    ]
    has_topics = schema.roles.topics and source.key(schema.roles.topics) not in without
    topics = taken_topics(source, suggestions) if has_topics else ()
    if topics:
        name = schema.roles.topics
        items = (*list_items(source, name), *topics)
        listed = lists.set_items(schema, [source], name, items)
        parts.append(listed._replace(label=f"{name} += {', '.join(topics)}"))
    return parts


def news(source: Source, field: Field, ranked: Sequence[Suggestion]) -> Suggestion | None:
    """The first suggestion, if it is new and sure, or if there is no value yet.

    A field with several values is left alone.
    """
    if len(source.items(field.name)) > 1:
        return None
    held = field.value_in(source)
    if not ranked or ranked[0].value == held or (held and not ranked[0].sure):
        return None
    return ranked[0]


def is_offered(schema: Schema, source: Source, suggestions: Suggestions) -> bool:
    """Whether the source lacks a suggested category or tier."""
    ranked = (schema.category, suggestions.category), (schema.tier, suggestions.tier)
    return any(news(source, field, first) for field, first in ranked)


def taken_topics(source: Source, suggestions: Suggestions) -> tuple[str, ...]:
    """The topics to add."""
    held = len(source.topics)
    return suggestions.sure_topics[: FULL - held] if held < FEW_TOPICS else ()


def _nothing(
    schema: Schema,
    sources: Sequence[Source],
    of: Callable[[Source], Suggestions | None],
    hint: str,
) -> str:
    """Why there is nothing to accept."""
    helps = f"; {hint}" if hint else ""
    if len(sources) != 1:
        return (
            "No new suggestions: these sources have the sure values, or you set them "
            f"yourself{helps}."
        )
    (source,) = sources
    found = of(source) or Suggestions()
    if found.by_hand:
        fields = " and ".join(found.by_hand)
        return f"No new suggestion: you set {fields} of this source yourself{helps}."
    ranked = ((schema.category, found.category), (schema.tier, found.tier))
    several = [field.name for field, _ in ranked if len(source.items(field.name)) > 1]
    for field, suggested in ranked:
        if suggested and field.name not in several and suggested[0].value != field.value_in(source):
            best = suggested[0]
            return (
                f"No suggestion is sure enough; the most likely is {best.value} "
                f"({best.reason}){helps}."
            )
    if several:
        return f"No new suggestion: {' and '.join(several)} has several values{helps}."
    if found.category or found.tier:
        return f"No new suggestion: this source has the most likely values{helps}."
    return f"No suggestion: no decided source is like this one{helps}."
