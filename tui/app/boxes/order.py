"""OrderBox: the statuses in the order that a note goes through them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from tui.app.boxes.box import Box, longest
from tui.app.boxes.row_list import RowList
from tui.display import clean
from tui.session.option import Option
from tui.session.questions import OrderStatuses

if TYPE_CHECKING:
    from tui.guess.placed import Placed

_SAID = "A note goes through the numbered ones, from the top.", "A note goes through 1, 2, 3…"
_KEYS = (
    "J K move it · a archive, or not · b beside the line, or back",
    "J K move · a archive · b beside the line",
    "J K move · a archive · b beside",
)
_FIRST = "not judged yet"
"""What the first status means."""


class OrderBox(Box["Placed | None"]):
    """The line, then what is beside it, then the archive. Returns where the statuses are."""

    DEFAULT_CSS = """
    OrderBox Static.said { height: 1; color: $text-dim; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down,ctrl+n", "move(1)", "next"),
        Binding("k,up,ctrl+p", "move(-1)", "previous"),
        Binding("J,shift+down", "reorder(1)", "move down"),
        Binding("K,shift+up", "reorder(-1)", "move up"),
        Binding("a", "archive", "make it the archive, or not"),
        Binding("b", "turn", "put it beside the line, or back"),
        Binding("enter", "finish", "accept"),
        Binding("escape,q", "dismiss(None)", "leave"),
    ]

    def __init__(self, question: OrderStatuses) -> None:
        super().__init__("order of the statuses", "enter accepts · esc leaves")
        self.add_class("-list")
        self._placed = question.placed
        self._numbers = question.numbers
        self._at = question.placed.main[0]
        """The status under the cursor."""
        self._rows: list[Option] = []
        self._list = RowList(lambda _: None, self._came)
        self._said, self._keys_said = Static(classes="said"), Static(classes="said")

    def parts(self) -> ComposeResult:
        """What the numbers mean, the statuses, and the keys that move them."""
        yield self._said
        yield self._list
        yield self._keys_said

    def on_mount(self) -> None:
        """Show where they are."""
        self._show()

    def on_resize(self) -> None:
        """Fit the rows into the new height."""
        super().on_resize()
        if self.is_mounted:
            self._show()

    def _show(self) -> None:
        room = max(1, self.inner_width - 2)
        self._said.update(longest(room, *_SAID), layout=False)
        self._keys_said.update(longest(room, *_KEYS), layout=False)
        self._rows = list(self._options())
        at = next(number for number, row in enumerate(self._rows) if row.value == self._at)
        self._list.show(self._rows, at, most=max(1, self.inner_height - 2))

    def _options(self) -> Iterator[Option]:
        placed = self._placed
        for number, name in enumerate(placed.main, 1):
            yield self._option(name, str(number), _FIRST if number == 1 else "")
        for heading, names in (
            ("beside the line", placed.beside),
            ("archive", (placed.archive,) if placed.archive else ()),
        ):
            yield Option("", heading if names else f"{heading}: none", is_prose=True)
            for name in names:
                yield self._option(name, "", "")

    def _option(self, name: str, key: str, note: str) -> Option:
        count = self._numbers.get(name, 0)
        return Option(
            name, clean(name, 200), note, lead=key, number=f"{count:,}" if count else "new"
        )

    def _came(self, row: int) -> None:
        self._at = self._rows[row].value

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self._list.move(rows)

    def action_reorder(self, by: int) -> None:
        """Move the status under the cursor."""
        self._put(self._placed.moved(self._at, by))

    def action_archive(self) -> None:
        """Make the status the archive; if it is, the folder has none."""
        self._put(self._placed.archived(self._at))

    def action_turn(self) -> None:
        """Put the status beside the line, or back at its end."""
        self._put(self._placed.turned(self._at))

    def _put(self, placed: Placed) -> None:
        self._placed = placed
        self._show()

    def action_finish(self) -> None:
        """Accept them as they are."""
        self.dismiss(self._placed)
