"""Drawer: works out what is to be drawn, and has it drawn once an event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass

from tui.session.flow.suggester import Suggester
from tui.session.last_body import LastBody
from tui.session.model.board import Board
from tui.session.model.reading import ReadingState
from tui.session.ports import Canvas
from tui.session.update import Asked, Figures, KeysNow, SearchLine, ShownSource, Update
from tui.session.work.noter import Noter
from tui.triage.pending import NOTHING, OfSource
from tui.vault.source import Source


@dataclass(eq=False)
class Drawer:
    """Draws what changed on the board.

    ``insights`` is the field of the insights, ``place_in`` says where a source is read on,
    ``position`` which one is read of how many, ``asked`` what a rapid pass asks, ``proposed`` what
    is proposed for a source.

    ``on_event`` is called first, ``on_rows`` when the rows have changed, the functions in
    ``on_source`` when another source is in hand, or the same with other fields.
    """

    _board: Board
    _bodies: LastBody
    _reading: ReadingState
    _suggester: Suggester
    _noter: Noter
    _canvas: Canvas
    _: KW_ONLY
    insights: str
    figures: Callable[[], Figures]
    keys: Callable[[], KeysNow]
    line: Callable[[], SearchLine]
    place_in: Callable[[str], int]
    position: Callable[[], tuple[int, int] | None]
    asked: Callable[[], Asked | None]
    proposed: Callable[[Source], OfSource]
    on_event: Callable[[], object]
    on_rows: Callable[[], object]
    on_source: Sequence[Callable[[Source | None], object]]

    def __post_init__(self) -> None:
        self._seen: Source | None = None
        """The source under the cursor when its functions were called last."""
        self._keys: KeysNow | None = None

    def draw(self) -> None:
        """Have everything drawn that changed since the last call."""
        board, rows = self._board, self._board.rows
        self.on_event()
        while (current := board.current) is not self._seen:
            self._seen = current
            board.outdate("source", "asked")
            for call in self.on_source:
                call(current)
        if rows.are_new:
            self.on_rows()
        changed, outdated = rows.take_changes(), board.take_outdated()
        # Too many things decide which keys work to have each of them announce a change.
        keys = self.keys()
        are_new, self._keys = keys != self._keys, keys
        changes = Update(
            rows=changed,
            source=self._shown(current) if "source" in outdated else None,
            suggested=self._suggester.suggested if "suggested" in outdated else None,
            proposed=None
            if outdated.isdisjoint(("source", "proposed"))
            else self._proposed(current),
            figures=self.figures() if "figures" in outdated else None,
            keys=keys if are_new else None,
            line=self.line() if "line" in outdated else None,
            asked=(self.asked(),) if "asked" in outdated else None,
        )
        self._canvas.draw(changes)

    def _proposed(self, source: Source | None) -> OfSource:
        return self.proposed(source) if source is not None else NOTHING

    def _shown(self, source: Source | None) -> ShownSource:
        if source is None:
            asked = self.asked()
            words = asked.words if asked else "" if self._reading.busy else "Nothing to show"
            return ShownSource(None, words, "", (), False)
        return ShownSource(
            source,
            self._bodies.of(source),
            self._board.worklist.lit,
            source.items(self.insights),
            self._noter.has_draft(source.name),
            self.place_in(source.name),
            self.position(),
        )
