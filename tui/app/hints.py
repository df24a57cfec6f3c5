"""The words around the work: keys that work now, the pace, an empty queue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.app.commands import GROUPS
from tui.app.commands.command import key_sign
from tui.app.widgets.bars import Key
from tui.app.widgets.facts import FactPane
from tui.app.widgets.insights import InsightEditor, InsightList
from tui.app.widgets.preview import Preview
from tui.app.widgets.search_bar import SearchBar
from tui.triage.pace import pace_of, spoken

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen
    from tui.app.worklist import Worklist

SEARCHING: tuple[Key, ...] = (
    ("enter", "to the hits"), ("esc", "clears"), ("→", "completes"), ("tier:noise", "filters"),
    ("-x", "without x"),
)  # fmt: skip
WRITING: tuple[Key, ...] = (("enter", "saves"), ("esc", "keeps the draft"))
INSIGHTS: tuple[Key, ...] = (
    ("i", "add"), ("e", "edit"), ("d", "delete"), ("J K", "reorder"), ("q", "back"),
)  # fmt: skip
BAR_GROUPS = ("decide", "find", "undo", "select", "copy", "go", "board", "move", "app")
"""The groups in the order the key bar has room for them."""
HELP: Key = ("?", "help")
FACT: tuple[Key, ...] = (("enter", "change"), ("tab", "next pane"), ("q", "back"))
READING: tuple[Key, ...] = (
    ("j k", "scroll"), ("space", "page"), ("n N", "hits"), ("enter", "read"), ("q", "back"),
)  # fmt: skip


def in_text_field(screen: TriageScreen) -> bool:
    """Whether printable keys are text now."""
    return isinstance(screen.focused, SearchBar | InsightEditor)


def keys_now(screen: TriageScreen) -> Sequence[Key]:
    """The keys that work where the focus is; before them how many sources are marked."""
    count, _, words = screen.marker.words.partition(" ")
    return [*([(count, words)] if count else []), *_keys_at_focus(screen)]


def _keys_at_focus(screen: TriageScreen) -> Sequence[Key]:
    for kind, keys in (
        (SearchBar, SEARCHING),
        (InsightEditor, WRITING),
        (InsightList, INSIGHTS),
        (FactPane, FACT),
        (Preview, READING),
    ):
        if isinstance(screen.focused, kind):
            return keys
    tiers = len(screen.desk.schema.tier.values)
    return [
        (f"1-{tiers}" if command.bar == "tier" else key_sign(command.keys[0]), command.bar)
        for group in BAR_GROUPS
        for command in GROUPS[group]
        if command.bar and command.bar != "help" and not command.refusal(screen)
    ]


def empty_text(worklist: Worklist) -> str:
    """What an empty queue says: a headline, and what to do."""
    if worklist.looking_up:
        return "No source matches\nesc clears the search"
    if not worklist.desk.vault.count:
        return (
            "No sources in this folder\nA source is a .md file called SOURCE-… or with a status\n"
            "+ adds one for an address"
        )
    if worklist.view == "problems":
        return "No problems\nEvery header can be read and holds known values"
    return f"Nothing left in {worklist.view}\nv opens another view, R reads the vault again"


def pace_words(moves: Sequence[tuple[datetime, str]], left: int) -> list[str]:
    """Done today, left, seconds a source, time left: as far as they are known."""
    pace = pace_of(moves, datetime.now(UTC))
    words = [f"{pace.done_today:,} done today", f"{left:,} left"]
    if pace.seconds_each is not None:
        words.append(f"{spoken(pace.seconds_each)} a source")
        if left:
            words.append(f"{spoken(pace.seconds_each * left)} to go")
    return words
