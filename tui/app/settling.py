"""Settler: shows changed sources, and restores them when the change fails."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen
    from tui.triage.pace import Move
    from tui.vault.source import Source


class Shown(NamedTuple):
    """What the screen shows of a change that is not saved yet."""

    made_done: frozenset[str]
    """The sources whose rows it dimmed."""
    moves: frozenset[Move]
    """What it added to the pace."""


class Settler:
    """Shows changed sources on one screen."""

    def __init__(self, screen: TriageScreen) -> None:
        self._screen = screen

    def settle(
        self,
        sources: Iterable[Source],
        moved: Collection[str],
        asked: datetime,
        *,
        more: bool = False,
        late: bool = False,
    ) -> Shown:
        """Show the sources of a change requested at ``asked``; ``moved`` changed their status.

        If the source under the cursor is done now, the cursor moves on, but not while ``more``
        sources of the change follow. A change that is shown ``late`` does not move the cursor
        while an insight is being written.
        """
        screen, worklist = self._screen, self._screen.worklist
        sources, done_now, made_done = list(sources), set[str](), set[str]()
        for source in sources:
            was_done = source.name in worklist.done
            if worklist.settle(source, source.name in moved):
                done_now.add(source.name)
            if not was_done and source.name in worklist.done:
                made_done.add(source.name)
        moves = frozenset((asked, source.name) for source in sources if source.name in moved)
        screen.moves.add(moves)
        screen.show_changed(*sources)
        stays = more or (late and screen.insights.writing)
        if not stays and screen.current is not None and screen.current.name in done_now:
            screen.advance()
        return Shown(frozenset(made_done), moves)

    def go_on(self, names: Collection[str]) -> None:
        """Move the cursor on if it is on one of these sources and that one is done."""
        screen = self._screen
        if screen.insights.writing:
            return
        here = screen.current.name if screen.current else ""
        if here in names and here in screen.worklist.done:
            screen.advance()

    def bring_back(self, names: Collection[str], shown: Shown | None) -> None:
        """Show sources as their files are; the cursor stays where it is."""
        screen, worklist = self._screen, self._screen.worklist
        names = dict.fromkeys(names)
        if shown is not None:
            screen.moves.drop(move for move in shown.moves if move[1] in names)
            for name in shown.made_done.intersection(names):
                worklist.unsettle(name)
        fresh = screen.desk.vault.known(names)
        for source in fresh:
            worklist.take_in(source)
        screen.show_changed(*fresh)
        # Another program may have written them, which may be why the change failed.
        if len(names) == 1:
            screen.outside.take_at_once(*names)
        else:
            screen.outside.take(list(names))
