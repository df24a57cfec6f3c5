"""The hints around the queue: the keys that work now, the pace, what an empty queue says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tui.desk import Desk
from tui.session.flow.marker import Marker
from tui.session.keys.command import Command, key_sign
from tui.session.keys.keymap import Keymap
from tui.session.model.board import Board
from tui.session.model.reading import ReadingState
from tui.session.model.views import SLOTS, Views
from tui.session.model.worklist import Worklist
from tui.session.ports import Focus, Panes
from tui.session.update import Figures, Key
from tui.triage.pace import Moves, spoken
from tui.triage.schema import Schema

SEARCHING: tuple[Key, ...] = (
    ("enter", "to matches"), ("esc", "clears"), ("→", "completes"), ("tier:noise", "filters"),
    ("-x", "excludes x"),
)  # fmt: skip
WRITING: tuple[Key, ...] = (("enter", "saves"), ("esc", "keeps the draft"))
BAR_GROUPS = (*("decide", "find", "undo", "own", "select"), *("copy", "go", "board", "move", "app"))
"""The groups, by their priority in the key bar."""


def may_interrupt(panes: Panes) -> bool:
    """Whether a late box may be shown: nobody is in another one or in a text field."""
    return panes.is_on_top and panes.focus not in ("search", "field")


@dataclass(eq=False)
class KeyHints:
    """The keys that work now.

    ``refusal`` says why the command with an id cannot run now.
    """

    _schema: Schema
    _marker: Marker
    _keymap: Keymap
    _panes: Panes
    _refusal: Callable[[str], str | None]

    def now(self) -> tuple[Sequence[Key], Key | None]:
        """The keys that work where the focus is, and the one at the right end."""
        count, _, words = self._marker.words.partition(" ")
        keys = [*([(count, words)] if count else []), *self._at(self._panes.focus)]
        sign = self._keymap.sign("app.help")
        return keys, (sign, "help") if sign and self._panes.focus not in (
            "search",
            "field",
        ) else None

    def _at(self, focus: Focus) -> Sequence[Key]:
        sign = self._keymap.sign
        keys: tuple[Key, ...] = ()
        if focus == "search":
            keys = SEARCHING
        elif focus == "field":
            keys = WRITING
        elif focus == "list":
            keys = (
                (sign("decide.insight"), "add"), ("e", "edit"), ("d", "delete"), ("J K", "reorder"),
                (sign("app.back"), "back"),
            )  # fmt: skip
        elif focus == "preview":
            keys = (
                (sign("move.down", "move.up"), "scroll"), (sign("move.preview_page"), "page"),
                (sign("find.next_hit", "find.previous_hit"), "matches"),
                (sign("go.read"), "read"), (sign("app.back"), "back"),
            )  # fmt: skip
        if keys:
            return [key for key in keys if key[0]]
        return [
            (self._shown_key(command), command.bar)
            for group in BAR_GROUPS
            for command in self._keymap.groups.get(group, ())
            if self._is_in_bar(command)
        ]

    def _shown_key(self, command: Command) -> str:
        if command.bar == "tier":
            return tier_keys(self._schema, self._keymap)
        return key_sign(command.keys[0])

    def _is_in_bar(self, command: Command) -> bool:
        shown = command.bar and command.bar != "help" and command.keys
        return bool(shown) and not self._refusal(command.id)


def tier_keys(schema: Schema, keymap: Keymap) -> str:
    """The keys that set the tiers: "1-4" when they are in a row."""
    count = min(len(schema.tier.values), 4)
    return keymap.row(*(f"decide.tier_{number}" for number in range(1, count + 1)))


@dataclass(eq=False)
class EmptyQueue:
    """What an empty queue says: a headline, and what to do."""

    _desk: Desk
    _worklist: Worklist
    _views: Views
    _reading: ReadingState
    _moves: Moves
    _keymap: Keymap

    def text(self) -> str:
        """The lines."""
        worklist, desk, hint = self._worklist, self._desk, self._keymap.hint
        if worklist.looking_up:
            return "No source matches\nesc clears the search"
        if self._reading.busy:
            return "Reading the vault…"
        if worklist.size:
            return ""
        if not desk.vault.count:
            none, *what = desk.guidance()
            return _lines(none.rstrip("."), *what, hint("app.add", "adds a source for a URL"))
        if worklist.view == "problems":
            return "No problems\nEvery header can be read and has known values"
        # Nothing is "left" only for a user who has moved sources on today.
        nothing = "Nothing left in" if any(self._moves) else "Nothing in"
        unknown = desk.guidance()
        opens = self._all_sources() if unknown else "opens another view"
        again = hint("app.rescan", "reloads the vault")
        return _lines(f"{nothing} {worklist.view}", *unknown, hint("find.view", opens), again)

    def _all_sources(self) -> str:
        """What follows the key of the views to show every source, if a view does that."""
        for slot, view in zip(SLOTS, self._views.all.values(), strict=False):
            if not view.query.strip():
                count = self._desk.vault.count
                if count > 1:
                    return f"then {slot} shows all {count:,} sources"
                return f"then {slot} shows it"
        return "opens another view"


def _lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))


def figures_of(board: Board, reading: ReadingState, moves: Moves, total: int) -> Figures:
    """The figures above and below the queue; ``total`` is the number of sources in the vault."""
    worklist, left = board.worklist, board.worklist.left
    name, count, note = worklist.view, left, ""
    if reading.busy and reading.count:
        name, count, note = worklist.view, 0, f"reading {reading.count:,}…"
    elif worklist.looking_up:
        name, count = "matches", board.rows.source_count
    done, size = worklist.size - left, worklist.size
    return Figures(name, count, total, note, done, size, pace_words(moves, left))


def pace_words(moves: Moves, left: int) -> list[str]:
    """Done today, left, seconds per source and time left, as far as known."""
    pace = moves.pace(datetime.now(UTC))
    words = [f"{pace.done_today:,} done today", f"{left:,} left"]
    if pace.seconds_each is not None:
        words.append(f"{spoken(pace.seconds_each)} per source")
        if left:
            words.append(f"{spoken(pace.seconds_each * left)} to go")
    return words
