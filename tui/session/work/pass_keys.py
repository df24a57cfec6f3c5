"""The keys of a rapid pass: those that every pass has, and the commands that work in one."""

from __future__ import annotations

from typing import Literal, NamedTuple

from tui.triage.passes import ARCHIVE, PROMOTE, Answer

Act = Literal["keep", "skip", "back", "other", "end"]
"""What a key does in every pass."""


class PassKey(NamedTuple):
    """Keys that do the same in every pass, whatever the keymap says."""

    keys: tuple[str, ...]
    act: Act
    meaning: str


FIXED = (
    PassKey(("enter",), "keep", "keep the value, accept a proposal"),
    PassKey(("space",), "skip", "skip the source"),
    PassKey(("u",), "back", "undo here, else undo the last answer"),
    PassKey(("r",), "other", "switch pass, or draw a sample"),
    PassKey(("q", "escape"), "end", "end with a summary"),
)
ACTS: dict[str, Act] = {key: one.act for one in FIXED for key in one.keys}
"""What each of these keys does."""
WORKING = (
    "decide.", "copy.", "own.", "go.open", "go.edit", "go.today", "go.history",
    "find.repair", "find.search", "find.next_hit", "find.previous_hit", "select.", "move.",
    "app.help", "app.palette", "app.redraw", "app.suspend",
)  # fmt: skip
"""The beginnings of the ids of the commands that work on the source in hand, or on its text."""
MOVES = {
    "decide.promote": Answer("", "promote", (), PROMOTE),
    "decide.archive": Answer("", "archive", (), ARCHIVE),
}
"""The commands that answer every pass: they move the source, and the next one comes."""
