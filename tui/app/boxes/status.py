"""StatusBox: the statuses a source can move to, beside the tiers."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from tui.app.boxes.box import Box, Place
from tui.app.boxes.columns import Columns
from tui.app.boxes.row_list import RowList
from tui.display import clean, fit
from tui.session.option import Option
from tui.session.questions import PickStatus

BESIDE = 48
"""Cells from which the tiers are beside the statuses, else below them."""


class StatusBox(Box[str | None]):
    """Returns the chosen status, or None; a tier's digit sets the tier at once.

    The cursor goes through the statuses and then the tiers; ``h`` and ``l`` change the column.
    """

    DEFAULT_CSS = """
    StatusBox Horizontal { height: auto; }
    StatusBox #choices { width: 1fr; }
    StatusBox #tiers { width: auto; }
    StatusBox #said { height: 1; color: $text-dim; padding: 0 1; }
    StatusBox.-stacked Horizontal { layout: vertical; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "back"),
        Binding("j,down,ctrl+n", "move(1)", "next", show=False),
        Binding("k,up,ctrl+p", "move(-1)", "previous", show=False),
        Binding("l,right", "side(1)", "tiers", show=False),
        Binding("h,left", "side(0)", "statuses", show=False),
        Binding("tab", "tab(1)", "next drawer", show=False),
        Binding("shift+tab", "tab(-1)", "previous drawer", show=False),
        Binding("enter", "choose", "choose"),
    ]

    def __init__(self, question: PickStatus, place: Place | None = None) -> None:
        super().__init__(question.title, place=place, ring=question.ring)
        self.add_class("-list")
        self._question = question
        self._statuses, self._tiers = list(question.options), list(question.tiers)
        self._moves = {one.slot: one for one in self._statuses if one.slot}
        self._rates = {one.slot: one for one in self._tiers if one.slot}
        self._lists = (
            RowList(lambda row: self._move_to(self._statuses[row])),
            RowList(lambda row: self._rate(self._tiers[row]), id="tiers"),
        )
        self._said = Static(id="said", markup=False)
        self._side = 0
        """The column with the cursor: the statuses, or the tiers."""
        now = f" · {question.now}" if question.now else ""
        digits = " · a digit sets the tier" if self._rates else ""
        self._keys = [
            f"enter picks{digits} · tab the next drawer{now} · esc closes",
            f"enter picks{digits}{now} · esc closes",
            f"enter picks{now} · esc closes",
            f"enter picks{now} · esc",
            "enter picks · esc closes",
        ]

    def parts(self) -> ComposeResult:
        """The statuses beside the tiers."""
        with Horizontal():
            yield self._lists[0]
            if self._tiers:
                yield self._lists[1]
        if self._question.said:
            yield self._said

    def on_mount(self) -> None:
        """Start on the next status."""
        self._show()

    def on_resize(self) -> None:
        """Put the columns beside each other where there is room."""
        super().on_resize()
        if self.is_mounted:
            self._show()

    def _show(self) -> None:
        stacked = self.inner_width < BESIDE and bool(self._tiers)
        self.set_class(stacked, "-stacked")
        room = self.inner_height
        if said := self._question.said:
            room -= 1
            self._said.update(fit(clean(said[0]), self.inner_width - 2), layout=False)
        values = [option.value for option in self._statuses]
        at = self._lists[0].cursor if self.is_attached and self._lists[0].texts else None
        if at is None:
            current = self._question.current
            at = values.index(current) if current in values else 0
        tall = max(1, room - min(len(self._tiers), room // 2)) if stacked else room
        self._lists[0].show(self._statuses, at, most=tall)
        if self._tiers:
            left = max(1, room - min(tall, len(self._statuses))) if stacked else room
            tiers = Columns.of(self._tiers)
            self._lists[1].styles.width = self.inner_width if stacked else tiers.whole
            self._lists[1].show(self._tiers, self._lists[1].cursor or 0, columns=tiers, most=left)
        self._light(self._side)

    def _light(self, side: int) -> None:
        self._side = side
        for number, one in enumerate(self._lists):
            one.light(number == side)

    def on_key(self, event: events.Key) -> None:
        """Move or rate at once by a key."""
        typed = event.character or ""
        if typed in self._rates or typed in self._moves:
            # Otherwise the app passes the key to the screen below once this one is closed.
            event.stop()
            event.prevent_default()
            if typed in self._rates:
                self._rate(self._rates[typed])
            else:
                self._move_to(self._moves[typed])

    def action_move(self, rows: int) -> None:
        """Move the cursor; behind the last status come the tiers."""
        shown = self._lists[self._side]
        before = shown.cursor
        shown.move(rows)
        if shown.cursor == before and self._tiers:
            if rows > 0 and self._side == 0:
                self._light(1)
                self._lists[1].go_to(0)
            elif rows < 0 and self._side == 1:
                self._light(0)
                self._lists[0].go_to(len(self._statuses) - 1)

    def action_side(self, side: int) -> None:
        """Go to the other column."""
        if self._tiers or side == 0:
            self._light(side)

    def action_tab(self, by: int) -> None:
        """Go to the next drawer or the previous one."""
        self.dismiss(None)
        if self._question.on_tab is not None:
            self._question.on_tab(by)

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        at = self._lists[self._side].cursor
        if at is None:
            return
        if self._side == 0:
            self._move_to(self._statuses[at])
        else:
            self._rate(self._tiers[at])

    def _move_to(self, status: Option) -> None:
        self.dismiss(status.value)

    def _rate(self, tier: Option) -> None:
        self.dismiss(None)
        self._question.rate(tier.value)
