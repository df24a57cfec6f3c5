"""Help: what every key does, beginning with the place that has the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tui.session.keys.catalogue import TIERS
from tui.session.keys.command import Command, key_sign
from tui.session.keys.keymap import Keymap
from tui.session.model.board import Board
from tui.session.option import Option
from tui.session.ports import Ask, Panes
from tui.session.questions import ShowHelp
from tui.session.work import board_keys, reader_keys
from tui.session.work.absent import Absent, absent_from
from tui.session.work.pass_keys import FIXED
from tui.triage.schema import Schema

PRESS = "key "
"""The prefix of the value of a key that no command has; the key's name follows."""
DECIDE = "decide"
"""The group that belongs to the queue: it is what sluice is for."""
TITLES = {"select": "Mark", "own": "Your own"}
"""The headings of groups that are not the group's name."""


class KeyHere(NamedTuple):
    """Keys as people write them, what they do, and what choosing them does."""

    sign: str
    what: str
    value: str


class Here(NamedTuple):
    """A place, a few words about it, and what keys do there alone."""

    name: str
    prose: Sequence[str]
    keys: Sequence[KeyHere] = ()


Table = Iterable[tuple[tuple[str, ...], str]]
"""Ids of commands, and what they do in a place."""
TEXT: Table = (
    (("move.down", "move.up"), "scroll a line"),
    (("move.preview_page",), "page down"),
    (("move.half_down", "move.half_up"), "half a page down, up"),
    (("move.first", "move.last"), "beginning and end of the text"),
    (("find.next_hit", "find.previous_hit"), "next and previous match"),
    (("go.read",), "read on the whole screen"),
    (("app.back",), "back to the queue"),
)
INSIGHTS = (
    KeyHere("j k", "next and previous insight", f"{PRESS}j"),
    KeyHere("e enter", "edit the insight", f"{PRESS}e"),
    KeyHere("d", "delete the insight", f"{PRESS}d"),
    KeyHere("J K", "move the insight down, up", f"{PRESS}J"),
)
IN_PASS = [
    KeyHere(" ".join(map(key_sign, one.keys)), one.meaning, f"{PRESS}{one.keys[0]}")
    for one in FIXED
]


@dataclass(eq=False)
class Help:
    """Lists every key; the chosen one does what it does.

    ``run`` runs the command with an id.
    """

    _schema: Schema
    _keymap: Keymap
    _board: Board
    _panes: Panes
    _ask: Ask
    _run: Callable[[str], object]

    def show(self) -> None:
        """List the keys of the place that has the keyboard, then all others by group."""
        here, groups = self._here(), dict(self._keymap.groups)
        first = [] if here.name == "queue" else [_heading(DECIDE.capitalize())]
        options = [*_opened(here), *first, *self._rows(groups.pop(DECIDE))]
        for group, commands in groups.items():
            title = TITLES.get(group, group.capitalize())
            options += [_heading(title), *self._rows(commands)]
        self._show([*options, *self._not_here()])

    def show_there(self, here: Here) -> None:
        """List the keys of a screen that has only its own."""
        self._show([*_opened(here)])

    def _show(self, options: Sequence[Option]) -> None:
        def chosen(value: str | None) -> None:
            if value is None:
                return
            if value.startswith(PRESS):
                self._panes.press(value.removeprefix(PRESS))
            else:
                self._run(value)

        self._ask.ask(ShowHelp("help", options, verb="runs"), chosen)

    def _here(self) -> Here:
        focus = self._panes.focus
        if self._board.in_pass.is_running and focus == "preview":
            prose = ("One question about each source; the line", "below the text has the answers.")
            return Here("rapid pass", prose, IN_PASS)
        if self._board.reader.is_open and focus == "preview":
            prose = ("The source on the whole screen.", "Every key that decides works here too.")
            return Here("reader", prose, self._of(reader_keys.HERE))
        if self._board.cards.is_open:
            prose = (
                "Each notebook is a column of cards.",
                "Every key that decides works here too.",
            )
            return Here("notebooks", prose, self._of(board_keys.HERE))
        if focus == "preview":
            prose = ("The text of the source.", "Every key that decides works here too.")
            return Here("text", prose, self._of(TEXT))
        if focus == "list":
            return Here("insights", ("The insights of the source.",), INSIGHTS)
        return Here(
            "queue", ("These keys change the source under the", "cursor, or all marked ones.")
        )

    @cached_property
    def _absent(self) -> Sequence[Absent]:
        return absent_from(self._schema)

    def _not_here(self) -> Iterator[Option]:
        """The keys for what the folder does without; one chosen says what would give it that."""
        if self._absent:
            yield _heading("Not in this folder")
        for absent in self._absent:
            sign = self._keymap.sign(*absent.commands)
            if absent.commands:
                yield Option(absent.commands[0], f"No {absent.what}", lead=sign, is_dim=True)

    def _of(self, table: Table) -> list[KeyHere]:
        return [
            KeyHere(sign, what, ids[0]) for ids, what in table if (sign := self._keymap.sign(*ids))
        ]

    def _rows(self, commands: Iterable[Command]) -> Iterator[Option]:
        gone = {id for absent in self._absent for id in absent.commands}
        here = (one for one in commands if one.id not in gone)
        return (option for one in here for option in self._explained(one))

    def _explained(self, command: Command) -> Iterator[Option]:
        """A command, with what its value means; after it, the values it may set."""
        schema, id = self._schema, command.id
        label, meaning = command.name, ""
        if id in TIERS:
            at, tiers = TIERS.index(id), schema.tier.choices
            if at < len(tiers):
                label = f"Tier {tiers[at].glyph} {tiers[at].name}"
                meaning = tiers[at].meaning
            elif id == TIERS[-1]:
                label = "Clear the tier"
            else:
                # The schema has fewer tiers.
                return
        fields = {"decide.category": schema.category, "decide.insight": schema.insights}
        if id in fields:
            meaning = fields[id].meaning
        yield Option(id, label, meaning, lead=command.key_label, id=id)
        if id == "decide.promote_to":
            for status in schema.status.choices:
                yield Option(id, f"Status {status.glyph} {status.name}", status.meaning, id=id)


def _heading(title: str) -> Option:
    return Option("", title, is_prose=True, is_heading=True)


def _opened(here: Here) -> Iterator[Option]:
    """The heading, the words and the keys of a place."""
    yield _heading(f"HERE: {here.name}")
    for line in here.prose:
        yield Option("", line, is_prose=True)
    for sign, what, value in here.keys:
        id = "" if value.startswith(PRESS) else value
        yield Option(value, what[:1].upper() + what[1:], lead=sign, id=id)
