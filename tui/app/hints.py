"""The hints around the queue: the keys that work now, the pace, what an empty queue says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.app.commands.command import Command, key_sign
from tui.app.widgets.bars import Key
from tui.app.widgets.facts import FactPane
from tui.app.widgets.insights import InsightEditor, InsightList
from tui.app.widgets.preview import Preview
from tui.app.widgets.search_bar import SearchBar
from tui.triage.pace import Moves, spoken

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen

SEARCHING: tuple[Key, ...] = (
    ("enter", "to matches"), ("esc", "clears"), ("→", "completes"), ("tier:noise", "filters"),
    ("-x", "excludes x"),
)  # fmt: skip
WRITING: tuple[Key, ...] = (("enter", "saves"), ("esc", "keeps the draft"))
BAR_GROUPS = (
    *("decide", "find", "undo", "own", "select"),
    *("copy", "go", "board", "move", "app"),
)
"""The groups, by their priority in the key bar."""


def in_text_field(screen: TriageScreen) -> bool:
    """Whether printable keys type text now."""
    return isinstance(screen.focused, SearchBar | InsightEditor)


def may_interrupt(screen: TriageScreen) -> bool:
    """Whether a late box may be shown: the user is not in another box or text field."""
    return screen.is_current and not in_text_field(screen)


def keys_now(screen: TriageScreen) -> Sequence[Key]:
    """The keys that work where the focus is, after the number of marked sources."""
    count, _, words = screen.marker.words.partition(" ")
    return [*([(count, words)] if count else []), *_keys_at_focus(screen)]


def _keys_at_focus(screen: TriageScreen) -> Sequence[Key]:
    sign = screen.keymap.sign
    for kind, keys in (
        (SearchBar, SEARCHING),
        (InsightEditor, WRITING),
        (InsightList, _of_insights(sign)),
        (FactPane, _of_facts(sign)),
        (Preview, _of_reading(sign)),
    ):
        if isinstance(screen.focused, kind):
            return [key for key in keys if key[0]]
    return [
        (tier_keys(screen) if command.bar == "tier" else key_sign(command.keys[0]), command.bar)
        for group in BAR_GROUPS
        for command in screen.keymap.groups.get(group, ())
        if _is_in_bar(screen, command)
    ]


def _of_insights(sign: Callable[..., str]) -> tuple[Key, ...]:
    return (
        (sign("decide.insight"), "add"), ("e", "edit"), ("d", "delete"), ("J K", "reorder"),
        (sign("app.back"), "back"),
    )  # fmt: skip


def _of_facts(sign: Callable[..., str]) -> tuple[Key, ...]:
    return ("enter", "change"), (sign("move.next_pane"), "next pane"), (sign("app.back"), "back")


def _of_reading(sign: Callable[..., str]) -> tuple[Key, ...]:
    return (
        (sign("move.down", "move.up"), "scroll"), (sign("move.preview_page"), "page"),
        (sign("find.next_hit", "find.previous_hit"), "matches"), (sign("go.read"), "read"),
        (sign("app.back"), "back"),
    )  # fmt: skip


def _is_in_bar(screen: TriageScreen, command: Command) -> bool:
    shown = command.bar and command.bar != "help" and command.keys
    return bool(shown) and not command.refusal(screen)


def tier_keys(screen: TriageScreen) -> str:
    """The keys that set the tiers: "1-4" when they are in a row."""
    count = min(len(screen.desk.schema.tier.values), 4)
    return screen.keymap.row(*(f"decide.tier_{number}" for number in range(1, count + 1)))


def help_key(screen: TriageScreen) -> Key | None:
    """The key at the right end of the key bar."""
    sign = screen.keymap.sign("app.help")
    return (sign, "help") if sign else None


def empty_text(screen: TriageScreen) -> str:
    """What an empty queue says: a headline, and what to do."""
    worklist, desk, hint = screen.worklist, screen.desk, screen.keymap.hint
    if worklist.looking_up:
        return "No source matches\nesc clears the search"
    if screen.loader.busy:
        return "Reading the vault…"
    if worklist.size:
        return ""
    if not desk.vault.count:
        none, *what = desk.guidance()
        return _lines(none.rstrip("."), *what, hint("app.add", "adds a source for a URL"))
    if worklist.view == "problems":
        return "No problems\nEvery header can be read and has known values"
    # Nothing is "left" only for a user who has moved sources on today.
    nothing = "Nothing left in" if any(screen.moves) else "Nothing in"
    unknown = desk.guidance()
    opens = _all_sources(screen) if unknown else "opens another view"
    again = hint("app.rescan", "reloads the vault")
    return _lines(f"{nothing} {worklist.view}", *unknown, hint("find.view", opens), again)


def _lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))


def _all_sources(screen: TriageScreen) -> str:
    """What follows the key of the views to show every source, if a view does that."""
    from tui.app.commands.view import SLOTS  # noqa: PLC0415 - it is imported with the keymap

    for slot, view in zip(SLOTS, screen.viewer.views.values(), strict=False):
        if not view.query.strip():
            count = screen.desk.vault.count
            return (
                f"then {slot} shows all {count:,} sources" if count > 1 else f"then {slot} shows it"
            )
    return "opens another view"


def pace_words(moves: Moves, left: int) -> list[str]:
    """Done today, left, seconds per source and time left, as far as known."""
    pace = moves.pace(datetime.now(UTC))
    words = [f"{pace.done_today:,} done today", f"{left:,} left"]
    if pace.seconds_each is not None:
        words.append(f"{spoken(pace.seconds_each)} per source")
        if left:
            words.append(f"{spoken(pace.seconds_each * left)} to go")
    return words
