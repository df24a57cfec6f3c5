"""Update: what is to be drawn after an event, worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from tui.search.complete import Completion
    from tui.session.model.rows import RowChanges
    from tui.suggest.suggestions import Suggestion
    from tui.triage.pending import OfSource
    from tui.triage.schema import Schema
    from tui.vault.source import Source

SUGGESTED, PROPOSED = "≈", "»"
"""The symbols of a value that sluice suggests, and of one that somebody else proposes."""


Drawer = Literal["insights", "category", "status"]
Drawers = Mapping[Drawer, str]
"""What a source's drawers are called, in the order of their lines and of tab."""
ALL_DRAWERS: Drawers = {"insights": "insights", "category": "category", "status": "status·tier"}


def drawers_of(schema: Schema) -> Drawers:
    """The drawers of a vault: none for insights or a category that it does without."""
    there = {"insights": schema.roles.insights, "category": schema.roles.category, "status": True}
    return {
        drawer: name if drawer != "status" or schema.tier.values else "status"
        for drawer, name in ALL_DRAWERS.items()
        if there[drawer]
    }


class Key(NamedTuple):
    """A key as people write it, and what it does."""

    sign: str
    what: str
    press: str = ""
    """What a click presses, if not that key; for a sign of several keys."""


class KeysNow(NamedTuple):
    """The keys that work now."""

    keys: Sequence[Key]
    last: Key | None
    """The one at the right end."""


class ShownSource(NamedTuple):
    """What preview and panes show."""

    source: Source | None
    body: str
    """The text below the header, or what to say in place of a source."""
    lit: str
    """The words to highlight in it."""
    insights: Sequence[str]
    has_draft: bool
    """Whether an insight is half typed."""
    place: int = 0
    """Where in the body to begin."""
    position: tuple[int, int] | None = None
    """In the reader, which source of the queue this is, and of how many."""


class ViewTab(NamedTuple):
    """A view, as the row of views shows it."""

    key: str
    """What opens it after the key of the views; empty when nothing does."""
    name: str
    figure: str
    """The number of its sources; ``…`` while that is unknown."""
    is_open: bool
    rank: int
    """How early it goes when there is no room: the higher, the earlier."""


class Figures(NamedTuple):
    """How many sources there are, and how far the work has come."""

    view: str
    shown: int
    """The open sources of the view, or the matches."""
    total: int
    note: str
    """What to show in place of the numbers."""
    is_lookup: bool
    views: Sequence[ViewTab]
    views_key: str
    """The key of the views, as people write it."""
    done: int
    """The sources moved on today."""
    goal: int
    """How many of them are wanted in a day; 0 without a goal."""
    today: str
    """Both in words; empty as long as there is nothing to say."""
    words: Sequence[str]
    """What is left, and for how long, the most important first."""
    pending: str
    """The count typed before a command."""


class AnswerShown(NamedTuple):
    """An answer of a rapid pass, as it is shown."""

    key: str
    name: str
    symbol: str = ""
    colour: str = ""
    """The theme colour of symbol and name."""
    is_now: bool = False
    """Whether it is the present value."""
    is_move: bool = False
    """Whether it only moves the source on."""


class Asked(NamedTuple):
    """The question of a rapid pass, and how far the pass has come."""

    name: str
    meaning: str
    field: str = ""
    """The field that it asks for, if it does."""
    number: int = 0
    """Which source this is, from 1."""
    size: int = 0
    """How many sources there are."""
    seconds: int = 0
    """The seconds spent on it."""
    limit: float = 0.0
    """The seconds it should take; 0 for any number."""
    answers: Sequence[AnswerShown] = ()
    words: str = ""
    """What to say in place of a source."""
    sentence: str = ""
    """What is asked about this source alone."""


class SearchLine(NamedTuple):
    """The line below the search bar, and what completes the typed filter."""

    sentence: str
    is_hint: bool
    offered: Completion


class Suggested(NamedTuple):
    """What is suggested for the source under the cursor."""

    category: Suggestion | None
    tier: Suggestion | None


class Update(NamedTuple):
    """What changed; None where nothing did."""

    rows: RowChanges | None = None
    source: ShownSource | None = None
    suggested: Suggested | None = None
    proposed: OfSource | None = None
    figures: Figures | None = None
    keys: KeysNow | None = None
    line: SearchLine | None = None
    asked: tuple[Asked | None] | None = None
    """The question of a rapid pass; none in it for a pass that has ended."""
