"""Counting: the count that is typed before a command, such as 50 before x."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tui.session.keys.keymap import Keymap
from tui.session.model.board import Board
from tui.triage.schema import Schema

MOST = 6
"""Digits of the largest count."""
USUAL_TIERS = 4
"""Tiers of the built-in schema."""


@dataclass(eq=False)
class Counting:
    """Collects the digits of a count.

    A count begins with a digit that has no other meaning, then any digit belongs to it.
    """

    _schema: Schema
    _keymap: Keymap
    _board: Board

    def __post_init__(self) -> None:
        self._digits = ""

    @property
    def shown(self) -> str:
        """What was typed so far; empty without a count."""
        return f"{self._digits}…" if self._digits else ""

    def take_digit(self, digit: str, run: Callable[[str], object]) -> None:
        """Take a digit into the count, or else run the command that has it as its key."""
        id = self._keymap.id_of(digit)
        if not self._digits and id is not None and not self._is_spare(id):
            run(id)
        elif self._digits or digit != "0":
            self._digits = f"{self._digits}{digit}"[:MOST]
            self._board.outdate("figures")

    def _is_spare(self, id: str) -> bool:
        """Whether the key is that of a tier that the schema does not have."""
        group, _, number = id.rpartition("_")
        if group != "decide.tier":
            return False
        # A folder without tiers says so at the keys that nearly every other folder has.
        most = len(self._schema.tier.values) if self._schema.roles.tier else USUAL_TIERS
        return int(number) > most

    def take(self) -> int:
        """The count, which ends here; 0 without one."""
        count, self._digits = int(self._digits or 0), ""
        if count:
            self._board.outdate("figures")
        return count
