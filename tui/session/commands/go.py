"""Commands that leave the queue: read, open in the browser, edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tui.errors import SluiceError
from tui.session.flow.outside import OutsideChanges
from tui.session.flow.saver import Saver
from tui.session.keys.command import Actions
from tui.session.model.board import Board
from tui.session.ports import Tell, World
from tui.session.work.browsing import Browsing
from tui.session.work.comparer import Comparer
from tui.session.work.historian import Historian
from tui.vault.disk.inside import refuse_outside
from tui.vault.source import Source


@dataclass(frozen=True)
class Leaving:
    """What the keys of the group ``go`` do."""

    _board: Board
    _browsing: Browsing
    _comparer: Comparer
    _historian: Historian
    _saver: Saver
    _outside: OutsideChanges
    _world: World
    _tell: Tell

    @property
    def actions(self) -> Actions:
        """The actions by their ids."""
        return {
            "go.open": partial(self._with_current, self._browsing.open),
            "go.edit": partial(self._with_current, self._edit_when_saved),
            "go.duplicates": partial(self._with_current, self._comparer.start),
            "go.today": self._historian.show_decided,
            "go.history": partial(self._with_current, self._historian.show_source),
        }

    def _with_current(self, do: Callable[[Source], object]) -> None:
        if self._board.current is not None:
            do(self._board.current)

    def _edit_when_saved(self, source: Source) -> None:
        # The editor must find on disk what the screen shows.
        self._saver.when_idle(lambda: self._edit(source), holds_keys=True)

    def _edit(self, source: Source) -> None:
        refused = ""
        try:
            refuse_outside(source.root, source.name)
            self._world.edit(source.path, source.problem.line if source.problem else None)
        except SluiceError as error:
            refused = self._saver.named(error, source.name if source.name in str(error) else "")
        self._outside.take_at_once(source.name)
        if refused:
            self._tell.say(refused, "error")
