"""Update: what is to be drawn after an event, worked out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.search.complete import Completion
    from tui.session.model.rows import RowChanges
    from tui.suggest.suggestions import Suggestion
    from tui.vault.source import Source

Key = tuple[str, str]
"""A key as people write it, and what it does."""


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


class Figures(NamedTuple):
    """How many sources there are, and how far the view has come."""

    view: str
    shown: int
    """The open sources of the view, or the matches."""
    total: int
    note: str
    """What to show in place of the numbers."""
    done: int
    size: int
    pace: Sequence[str]
    """Done today, left, seconds a source, time left."""


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
    figures: Figures | None = None
    keys: tuple[Sequence[Key], Key | None] | None = None
    """The keys that work now, and the one at the right end."""
    line: SearchLine | None = None
