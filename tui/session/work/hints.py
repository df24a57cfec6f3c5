"""The hints around the queue: the keys that work now, the pace, what an empty queue says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import UTC, datetime
from functools import cached_property

from tui.desk import Desk
from tui.display import clean, counted
from tui.session.flow.marker import Marker
from tui.session.flow.view_counts import ViewCounts
from tui.session.keys.catalogue import TIERS
from tui.session.keys.command import Command
from tui.session.keys.keymap import Keymap
from tui.session.model.board import Board
from tui.session.model.reading import ReadingState
from tui.session.model.views import Views
from tui.session.model.worklist import Worklist
from tui.session.option import SLOTS
from tui.session.ports import Focus, Panes, TextView
from tui.session.update import Figures, Key, KeysNow
from tui.session.work import reader_keys
from tui.triage.pace import ENOUGH, Moves, Pace, spoken
from tui.triage.schema import Schema

_LONGEST_FILTER = 24
"""Characters of an example of a filter."""
WRITING: tuple[tuple[str, str], ...] = (("enter", "saves"), ("esc", "keeps the draft"))
FINDING: tuple[tuple[str, str], ...] = (("enter", "to matches"), ("esc", "clears"))
DECIDING = (
    *("decide.tier_1", "decide.category", "decide.insight", "decide.promote", "decide.archive"),
    "decide.suggested",
)
"""The commands at the left end of the key bar."""
OTHERS = (
    *("find.search", "go.read", "select.mark", "copy.url", "decide.snooze", "undo.undo"),
    *("decide.notebooks", "find.view"),
    *("board.rapid", "app.back"),
)
"""The commands after them and the person's own."""
REPAIRING = ("find.repair", "go.edit")
"""What comes first on a source with a broken header."""


def may_interrupt(panes: Panes) -> bool:
    """Whether a late box may be shown: nobody is in another one or in a text field."""
    return panes.is_on_top and panes.focus not in ("search", "field", "phrase")


@dataclass(eq=False)
class KeyHints:
    """The keys that work now.

    ``refusal`` says why the command with an id cannot run now; ``offered``, with which symbol a
    value is suggested or proposed for the source in hand; ``in_pass`` gives the keys of a pass,
    ``contact`` those that answer in a folder that sluice cannot use.
    """

    _schema: Schema
    _board: Board
    _marker: Marker
    _keymap: Keymap
    _panes: Panes
    _text: TextView
    _: KW_ONLY
    refusal: Callable[[str], str | None]
    offered: Callable[[], str]
    in_pass: Callable[[], KeysNow]
    contact: Callable[[], Sequence[Key]]

    def now(self) -> KeysNow:
        """The keys that work where the focus is, and the one at the right end."""
        focus = self._panes.focus
        if focus == "preview" and self._board.in_pass.is_running:
            return self.in_pass()
        if focus == "preview" and self._board.reader.is_open:
            return KeysNow([*self._of_reader()], self._last("app.back", "back"))
        keys = [*self._about_marks(), *self._at(focus)]
        if contact := self.contact():
            keys = [*contact, *self._keys_of("app.back")]
        is_typed = focus in ("search", "field", "phrase")
        return KeysNow(keys, None if is_typed else self._last("app.help", "help"))

    def _last(self, id: str, what: str) -> Key | None:
        sign = self._keymap.sign(id)
        return Key(sign, what) if sign else None

    def _about_marks(self) -> Iterator[Key]:
        count, _, words = self._marker.words.partition(" ")
        if count:
            yield Key(count, words)
            if sign := self._keymap.sign("select.clear"):
                yield Key(sign, "unmark")

    def _at(self, focus: Focus) -> Iterable[Key]:
        sign = self._keymap.sign
        keys: tuple[tuple[str, str], ...] = ()
        if focus == "search":
            keys = (
                ("enter", "to matches"), ("esc", "clears"), ("→", "completes"),
                (self._filter, "filters"), ("-x", "excludes x"),
            )  # fmt: skip
        elif focus == "field":
            keys = WRITING
        elif focus == "phrase":
            keys = FINDING
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
            return [Key(*key) for key in keys if key[0]]
        return self._of_queue()

    @cached_property
    def _filter(self) -> str:
        """A filter as an example: the last tier, else the first status."""
        schema = self._schema
        has_tiers = bool(schema.tier.values)
        field = schema.tier if has_tiers else schema.status
        value = [*field.values][-1 if has_tiers else 0]
        said = value if re.fullmatch(r"[\w-]+", value) else f'"{value}"'
        return clean(f"{field.short or field.name}:{said}", _LONGEST_FILTER)

    def _of_queue(self) -> Iterator[Key]:
        return self._keys_of(*self._deciding(), *OTHERS)

    def _of_reader(self) -> Iterator[Key]:
        return self._keys_of(*self._deciding(), *reader_keys.OTHERS)

    def _deciding(self) -> Iterator[str]:
        current = self._board.current
        if current is not None and current.problem is not None:
            yield from REPAIRING
        yield from DECIDING
        yield from (command.id for command in self._keymap.groups.get("own", ()) if command.bar)

    def _keys_of(self, *ids: str) -> Iterator[Key]:
        keys = (self._key_of(self._keymap[id]) for id in ids if self._works(id))
        return (key for key in keys if key.sign)

    def _works(self, id: str) -> bool:
        if id == "decide.suggested" and not self.offered():
            return False
        return not self.refusal(id)

    def _key_of(self, command: Command) -> Key:
        id, signs = command.id, self._keymap.sign(command.id)
        if id == "decide.tier_1":
            signs = tier_keys(self._schema, self._keymap)
        elif self._board.reader.is_open and id in reader_keys.TOGETHER:
            signs = self._keymap.sign(*reader_keys.TOGETHER[id])
        # A click cannot say which of several keys.
        clicked = reader_keys.CLICKED.get(id)
        keys = self._keymap[clicked].keys if clicked else ()
        return Key(signs, self._word(command), keys[0] if keys else "")

    def _word(self, command: Command) -> str:
        if command.id == "decide.suggested":
            return f"take {self.offered()}"
        if not self._board.reader.is_open:
            back = command.id == "app.back" and self._board.worklist.looking_up
            return "back" if back else command.bar
        if command.id == "decide.insight" and self._text.has_quote:
            return "quote"
        return reader_keys.WORDS.get(command.id, command.bar)


def tier_keys(schema: Schema, keymap: Keymap) -> str:
    """The keys that set the tiers: "1-4" when they are in a row."""
    return keymap.row(*TIERS[: len(schema.tier.values)])


@dataclass(eq=False)
class EmptyQueue:
    """What an empty queue says: a headline, and what to do."""

    _desk: Desk
    _worklist: Worklist
    _views: Views
    _reading: ReadingState
    _moves: Moves
    _keymap: Keymap
    _: KW_ONLY
    contact: Callable[[], str]
    """What to say of a folder that sluice cannot use; empty for nothing."""

    def text(self) -> str:
        """The lines."""
        worklist, desk, hint = self._worklist, self._desk, self._keymap.hint
        if worklist.looking_up:
            return "No source matches\nesc clears the search"
        if self._reading.busy:
            return "Reading the vault…"
        if worklist.size:
            return ""
        if worklist.view != "problems" and (said := self.contact()):
            return said
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
        head = f"{nothing} {worklist.view}"
        return _lines(head, self._snoozed(), *unknown, hint("find.view", opens), again)

    def _snoozed(self) -> str:
        """How many sources the view leaves out, and the keys that show them."""
        count = len(self._worklist.snoozed)
        if not count:
            return ""
        shows = keys_of_snoozed(self._views, self._keymap)
        them = "it" if count == 1 else "them"
        shown = f"; {shows} shows {them}" if shows else ""
        return f"{counted(count, 'snoozed source')} left out{shown}"

    def _all_sources(self) -> str:
        """What follows the key of the views to show every source, if a view does that."""
        for slot, view in zip(SLOTS, self._views.all.values(), strict=False):
            if not view.query.strip():
                count = self._desk.vault.count
                if count > 1:
                    return f"then {slot} shows all {count:,} sources"
                return f"then {slot} shows it"
        return "opens another view"


def keys_of_snoozed(views: Views, keymap: Keymap) -> str:
    """The keys that open the view of snoozed sources, or what to search for; empty without any."""
    if (slot := views.key_of_snoozed()) and (opens := keymap.sign("find.view")):
        return f"{opens} {slot}"
    search = keymap.sign("find.search")
    return f"{search} {views.query_of_snoozed}" if search and views.query_of_snoozed else ""


def _lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))


@dataclass(eq=False)
class Gauges:
    """The figures above and below the queue. ``goal`` is the number of sources wanted in a day.

    ``pending`` gives the count that was typed before a command.
    """

    _desk: Desk
    _board: Board
    _reading: ReadingState
    _moves: Moves
    _views: Views
    _counts: ViewCounts
    _keymap: Keymap
    _: KW_ONLY
    goal: int
    pending: Callable[[], str]

    def now(self) -> Figures:
        """The figures."""
        worklist, reading = self._board.worklist, self._reading
        pace = self._moves.pace(datetime.now(UTC))
        note = f"reading {reading.count:,}…" if reading.busy and reading.count else ""
        is_lookup = worklist.looking_up
        shown = self._board.rows.source_count if is_lookup else worklist.left
        return Figures(
            view=worklist.view,
            shown=shown,
            total=max(self._desk.vault.count, shown),
            note=note,
            is_lookup=is_lookup,
            views=self._counts.tabs,
            views_key=self._keymap.sign("find.view"),
            done=pace.done_today,
            goal=self.goal,
            today=self._today(pace.done_today),
            words=self._left(pace, shown),
            pending=self.pending(),
        )

    def _today(self, done: int) -> str:
        if self.goal:
            return f"{done:,} of {self.goal:,} today"
        return f"{done:,} today" if done else ""

    def _left(self, pace: Pace, shown: int) -> list[str]:
        """What is left, seconds per source and time left, where they say something."""
        worklist = self._board.worklist
        empties = not worklist.looking_up and self._views.is_emptied(worklist.view_query)
        words = [f"{shown:,} {'left' if empties else 'shown'}"]
        if (snoozed := len(worklist.snoozed)) and not worklist.looking_up:
            keys = keys_of_snoozed(self._views, self._keymap)
            words.append(f"{snoozed:,} snoozed{f' ({keys})' if keys else ''}")
        if pace.seconds_each is not None and pace.done_today >= ENOUGH:
            words.append(f"{spoken(pace.seconds_each)} each")
            if empties and shown:
                words.append(spoken(pace.seconds_each * shown))
        return words
