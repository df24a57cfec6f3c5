"""Ring: the places that tab goes through, from the queue around the source and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tui.session.model.reader_state import ReaderState
from tui.session.ports import Pane, Panes
from tui.session.work.pickers import Pickers
from tui.triage.field import Roles

Stop = Pane | Literal["category", "status"]
"""A place on the way: something that gets the keyboard, or a picker that opens."""
STOPS: tuple[Stop, ...] = ("queue", "preview", "insights", "category", "status")


@dataclass(frozen=True)
class Ring:
    """Goes from one place to the next one, or to the previous one."""

    _panes: Panes
    _pickers: Pickers
    _reader: ReaderState
    _roles: Roles

    @property
    def _stops(self) -> Sequence[Stop]:
        """The places that there are: a vault may have no insights or no categories."""
        roles = self._roles
        none = {"queue": self._reader.is_open,  # It is in the queue's place.
                "insights": not roles.insights,
                "category": not roles.category}  # fmt: skip
        return [stop for stop in STOPS if not none.get(stop)]

    def step(self, by: int, start: Stop | None = None) -> None:
        """Go so many places on, from ``start`` or from what has the keyboard."""
        stops = self._stops
        at = stops.index(start or self._panes.focused)
        stop = stops[(at + by) % len(stops)]
        if stop == "category" or stop == "status":  # noqa: PLR1714 - mypy reads this one
            if self._panes.focused == "insights":
                # A closed picker gives the keyboard back to what opened the insights.
                self._panes.leave()
            (self._pickers.pick_category if stop == "category" else self._pickers.promote_to)()
        else:
            self._panes.show(stop)
