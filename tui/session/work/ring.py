"""Ring: the places that tab goes through, from the queue around the source and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tui.session.model.reader_state import ReaderState
from tui.session.ports import Pane, Panes
from tui.session.update import Drawers
from tui.session.work.pickers import Pickers

Stop = Pane | Literal["category", "status"]
"""A place on the way: something that gets the keyboard, or a picker that opens."""


@dataclass(frozen=True)
class Ring:
    """Goes from one place to the next one, or to the previous one."""

    _panes: Panes
    _pickers: Pickers
    _reader: ReaderState
    _drawers: Drawers

    def step(self, by: int, start: Stop | None = None) -> None:
        """Go so many places on, from ``start`` or from what has the keyboard."""
        stops: tuple[Stop, ...] = ("queue", "preview", *self._drawers)
        if self._reader.is_open:
            # The reader is in the queue's place.
            stops = stops[1:]
        at = stops.index(start or self._panes.focused)
        stop = stops[(at + by) % len(stops)]
        if stop == "category" or stop == "status":  # noqa: PLR1714 - mypy reads this one
            if self._panes.focused == "insights":
                # A closed picker gives the keyboard back to what opened the insights.
                self._panes.leave()
            (self._pickers.pick_category if stop == "category" else self._pickers.promote_to)()
        else:
            self._panes.show(stop)
