"""Settler: shows sources as a change makes them, and as they were when it fails."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tui.app.screens.triage import TriageScreen
    from tui.triage.pace import Move
    from tui.vault.source import Source


class Shown(NamedTuple):
    """What the screen shows of a change that is not on disk yet."""

    made_done: frozenset[str]
    """The sources whose rows it was that dimmed."""
    moves: frozenset[Move]
    """What it added to the pace."""


class Settler:
    """Brings changed sources to one screen, however many at once."""

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
        """Show sources of a change ``asked`` for then; those in ``moved`` got another status.

        The cursor goes on when it stands on one that is done with now. Not while ``more`` of
        the same change follow. A change that is shown ``late`` does not take the cursor from
        an insight that is being written.
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
        """Let the cursor go on when it stands on one of these that is done with."""
        screen = self._screen
        if screen.insights.writing:
            return
        here = screen.current.name if screen.current else ""
        if here in names and here in screen.worklist.done:
            screen.advance()

    def bring_back(self, names: Collection[str], shown: Shown | None) -> None:
        """Show sources as their files are after all; the cursor stays where it is."""
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
        # Others may have written them, and that may be the reason.
        if len(names) == 1:
            screen.outside.take_at_once(*names)
        else:
            screen.outside.take(list(names))
