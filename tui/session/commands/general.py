"""Commands of sluice itself: help, palette, rescan, quit."""

from __future__ import annotations

from dataclasses import dataclass

from tui.session.flow.loader import Loader
from tui.session.flow.saver import Saver
from tui.session.keys.command import Actions
from tui.session.model.worklist import Worklist
from tui.session.ports import Panes, Tell, World
from tui.session.work.capturer import Capturer
from tui.session.work.help import Help
from tui.session.work.palette import Palette
from tui.session.work.rapid import Rapid
from tui.session.work.searcher import Searcher
from tui.session.work.statistician import Statistician


@dataclass(frozen=True)
class General:
    """What the keys of the groups ``app`` and ``board`` do."""

    _worklist: Worklist
    _palette: Palette
    _help: Help
    _statistician: Statistician
    _rapid: Rapid
    _capturer: Capturer
    _searcher: Searcher
    _saver: Saver
    _loader: Loader
    _panes: Panes
    _world: World
    _tell: Tell

    @property
    def actions(self) -> Actions:
        """The actions by their ids."""
        return {
            "app.help": self._help.show,
            "app.palette": self._palette.show,
            "app.add": self._capturer.start,
            "app.rescan": lambda: self._saver.when_idle(self._loader.start),
            "app.redraw": self._world.redraw,
            "app.suspend": self._suspend,
            "app.back": self._back,
            "board.distribution": self._statistician.show,
            "board.rapid": self._rapid.start,
        }

    def _back(self) -> None:
        """Leave a pane, else the lookup, else sluice."""
        if self._panes.focused != "queue":
            self._panes.leave()
        elif self._worklist.words:
            self._searcher.clear()
        else:
            self._world.end()

    def _suspend(self) -> None:
        """Suspend once all is on disk: a suspended sluice would keep its locks."""
        if self._saver.busy:
            self._tell.say("Saving first, then suspending.")
        self._saver.when_idle(self._world.suspend)
