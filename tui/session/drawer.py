"""Drawer: works out what is to be drawn, and has it drawn once an event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass

from tui.session.bodies import Bodies
from tui.session.changes import Changes, Figures, Key, Line, Shown
from tui.session.flow.suggester import Suggester
from tui.session.model.board import Board
from tui.session.model.reading import Reading
from tui.session.ports import View
from tui.session.work.noter import Noter
from tui.vault.source import Source


@dataclass(eq=False)
class Drawer:
    """Draws what changed on the board.

    ``insights`` is the field of the insights.

    ``on_rows`` is called when the rows have changed, the functions in ``on_source`` when
    another source is under the cursor, or the same with other fields.
    """

    _board: Board
    _bodies: Bodies
    _reading: Reading
    _suggester: Suggester
    _noter: Noter
    _view: View
    _: KW_ONLY
    insights: str
    figures: Callable[[], Figures]
    keys: Callable[[], tuple[Sequence[Key], Key | None]]
    line: Callable[[], Line]
    on_rows: Callable[[], object]
    on_source: Sequence[Callable[[Source | None], object]]

    def __post_init__(self) -> None:
        self._seen: Source | None = None
        """The source under the cursor when its functions were called last."""

    def draw(self) -> None:
        """Have everything drawn that changed since the last call."""
        board, rows = self._board, self._board.rows
        while (current := rows.current) is not self._seen:
            self._seen = current
            board.outdate("source")
            for call in self.on_source:
                call(current)
        if rows.are_new:
            self.on_rows()
        changed, outdated = rows.take_changes(), board.take_outdated()
        changes = Changes(
            rows=changed,
            source=self._shown(current) if "source" in outdated else None,
            suggested=self._suggester.suggested if "suggested" in outdated else None,
            figures=self.figures() if "figures" in outdated else None,
            keys=self.keys() if "keys" in outdated else None,
            line=self.line() if "line" in outdated else None,
        )
        self._view.draw(changes)

    def _shown(self, source: Source | None) -> Shown:
        if source is None:
            return Shown(None, "" if self._reading.busy else "Nothing to show", "", (), False)
        return Shown(
            source,
            self._bodies.of(source),
            self._board.worklist.lit,
            source.items(self.insights),
            self._noter.has_draft(source.name),
        )
