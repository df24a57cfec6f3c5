"""Facts: what the lines around a source's text say, safe to show and of any length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.display import clean
from tui.session.keys.catalogue import TIERS
from tui.session.update import ALL_DRAWERS, PROPOSED, SUGGESTED, Drawers, drawers_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.notebooks.sent import Sent
    from tui.session.keys.keymap import Keymap
    from tui.session.update import Suggested
    from tui.suggest.suggestions import Suggestion
    from tui.triage.field import Field
    from tui.triage.pending import OfSource
    from tui.triage.proposed import Proposed
    from tui.triage.schema import Schema
    from tui.vault.source import Source

LONGEST = 200
"""Characters of a fact that can be in sight."""
MOST_ITEMS = 60
"""Topics or insights that can be in sight."""
FORMAT = "format"
"""The field for the kind of content, shown where a schema has it."""
_HOST = re.compile(r"\s*https?://(?:[^/?#\s]*@)?(?:www\.)?([^/:?#\s]+)", re.IGNORECASE)


class Keys(NamedTuple):
    """The keys named in the lines, as people write them; empty for a command without a key."""

    insights: str = ""
    insight: str = ""
    category: str = ""
    promote: str = ""
    promote_to: str = ""
    tiers: str = ""
    suggested: str = ""
    proposals: str = ""
    notebooks: str = ""

    @classmethod
    def of(cls, keymap: Keymap, tiers: int) -> Keys:
        """The keys of a keymap, for a schema with so many tiers."""
        return cls(
            insights=keymap.sign("decide.insights"),
            insight=keymap.sign("decide.insight"),
            category=keymap.sign("decide.category"),
            promote=keymap.sign("decide.promote"),
            promote_to=keymap.sign("decide.promote_to"),
            tiers=keymap.row(*TIERS[:tiers]),
            suggested=keymap.sign("decide.suggested"),
            proposals=keymap.sign("decide.proposals"),
            notebooks=keymap.sign("decide.notebooks"),
        )


class Value(NamedTuple):
    """A value: its symbol and name, and the look of both."""

    symbol: str
    name: str
    look: str = ""

    def __str__(self) -> str:
        return f"{self.symbol} {self.name}".strip()


class Hint(NamedTuple):
    """A value that is suggested, or that somebody else proposes."""

    value: Value
    said: str
    """How probable it is; of a proposal, who proposes it and why."""
    sign: str = SUGGESTED
    """Tells a proposal from a suggestion."""

    def __str__(self) -> str:
        return f"{self.sign} {self.value}"


class Facts(NamedTuple):
    """The facts of one source."""

    title: str
    creator: str = ""
    format: str = ""
    date: str = ""
    host: str = ""
    topics: tuple[str, ...] = ()
    insights: tuple[str, ...] = ()
    """The first of them; see ``insight_count``."""
    insight_count: int = 0
    has_draft: bool = False
    """Whether an insight is half typed."""
    has_tiers: bool = True
    """Whether the schema names tiers."""
    category: str = ""
    category_hint: Hint | None = None
    status: Value = Value("", "")
    next_status: Value | None = None
    tier: Value | None = None
    tier_hint: Hint | None = None
    proposed: Hint | None = None
    """The first proposal that is not one of these hints, else the first; its value says the field
    too."""
    more_proposed: int = 0
    """How many more of them there are."""
    is_hinted: bool = False
    """Whether all proposals are these hints."""
    can_take: bool = False
    """Whether the first proposal can be taken: the field has not changed since."""
    snoozed: str = ""
    """The day until which it is snoozed, as people say it."""
    notebooks: tuple[str, ...] = ()
    """The notebooks that it is in; none where another line says them, as its category."""
    sent: tuple[str, ...] = ()
    """For each of them the day on which it was delivered there, as people say it; or nothing."""
    drawers: Drawers = ALL_DRAWERS
    """The drawers that the vault has."""


def facts_of(
    schema: Schema,
    source: Source,
    insights: Sequence[str],
    suggested: Suggested | None,
    proposed: OfSource | None = None,
    *,
    has_draft: bool,
    snoozed: str = "",
) -> Facts:
    """The facts of a source, with what is suggested and proposed for it."""
    from tui.triage.status import next_status, status_of  # noqa: PLC0415 - not for the frame

    status = status_of(schema, source)
    following = next_status(schema, status)
    tier = schema.tier.value_in(source)
    host = _HOST.match(source.url)
    able, old = proposed if proposed is not None else ((), ())
    best = {one.field: one for one in reversed(able) if not one.is_of_items}
    first_category, first_tier = (
        best.get(source.key(field.name)) for field in (schema.category, schema.tier)
    )
    category, rated = (
        _proposal(schema.category, first_category),
        _proposal(schema.tier, first_tier),
    )
    others = [one for one in (*able, *old) if one not in (first_category, first_tier)]
    shown = others or able
    topics = (clean(topic, LONGEST).strip() for topic in source.topics[:MOST_ITEMS])
    return Facts(
        title=clean(source.title, LONGEST).strip(),
        snoozed=snoozed,
        creator=_text(source, source.rule.names.author),
        format=_text(source, FORMAT).replace("_", " ") if FORMAT in schema.fields else "",
        date=_date(source),
        host=clean(host[1].lower(), LONGEST) if host else "",
        topics=tuple(filter(None, topics)),
        insights=tuple(clean(item, LONGEST) for item in insights[:MOST_ITEMS]),
        insight_count=len(insights),
        has_draft=has_draft,
        drawers=drawers_of(schema),
        has_tiers=bool(schema.tier.values),
        category=_text(source, schema.category.name),
        category_hint=category or _hint(schema.category, suggested and suggested.category),
        status=_value(schema.status, status),
        next_status=_value(schema.status, following) if following else None,
        tier=_value(schema.tier, _all_of(schema.tier, source, tier)) if tier else None,
        tier_hint=rated or _hint(schema.tier, suggested and suggested.tier),
        proposed=_listed(schema, shown[0], is_outdated=shown[0] not in able) if shown else None,
        more_proposed=max(0, len(shown) - 1),
        is_hinted=not others,
        can_take=bool(shown) and shown[0] in able,
        **_shelved(schema, source),
    )


def _shelved(schema: Schema, source: Source) -> dict[str, tuple[str, ...]]:
    """The notebooks of a source, and when it was delivered to each."""
    field = schema.roles.notebooks
    if not field or field == schema.roles.category or not source.has(field):
        return {}
    from tui.notebooks.members import names_of  # noqa: PLC0415 - most sources are in none
    from tui.notebooks.sent import sent_to  # noqa: PLC0415 - as above

    names = names_of(schema, source)[:MOST_ITEMS]
    sent = (sent_to(schema, source, name) for name in names)
    return {
        "notebooks": tuple(clean(name, LONGEST) for name in names),
        "sent": tuple(_sent_day(each) for each in sent),
    }


def _sent_day(sent: Sent | None) -> str:
    if sent is None:
        return ""
    return f"sent {sent.day.day} {sent.day:%b}" if sent.day is not None else "sent"


def _text(source: Source, field: str) -> str:
    return clean(source.text(field), LONGEST).strip()


def _date(source: Source) -> str:
    from tui.search.dates import shown_day  # noqa: PLC0415 - after the first frame

    day = shown_day(source)
    return f"{day.day} {day:%b %Y}" if day else ""


def _all_of(field: Field, source: Source, value: str) -> str:
    """The value; of several, all as they are written."""
    return source.text(field.name) if len(source.items(field.name)) > 1 else value


def _value(field: Field, name: str) -> Value:
    choice = field.choice(name)
    known = choice.name in field.values
    symbol = clean(choice.glyph, 4) if known else "?"
    look = f"line--{choice.colour}" if choice.colour else ""
    return Value(symbol, clean(name, LONGEST).strip(), look if known else "line--problem")


def _hint(field: Field, suggestion: Suggestion | None) -> Hint | None:
    if suggestion is None:
        return None
    return Hint(_value(field, suggestion.value)._replace(look=""), suggestion.percent)


def _proposal(field: Field, proposed: Proposed | None) -> Hint | None:
    if proposed is None:
        return None
    name = field.spelt(proposed.text)
    value = _value(field, name) if name else Value("", "nothing")
    return Hint(value._replace(look=""), clean(proposed.grounds, LONGEST), PROPOSED)


def _listed(schema: Schema, proposed: Proposed, *, is_outdated: bool) -> Hint:
    said = "outdated · " * is_outdated + proposed.grounds
    label = proposed.label_of(schema.roles.word_for(proposed.field))
    return Hint(Value("", clean(label, LONGEST)), clean(said, LONGEST), PROPOSED)
