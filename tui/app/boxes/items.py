"""ItemsBox: adds and removes many items of a list at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import OptionList

from tui.app.boxes.box import rule, width_in
from tui.app.boxes.columns import colours_of
from tui.app.boxes.edit import EditBox
from tui.app.boxes.offer import Offer
from tui.app.boxes.row_list import MOVES, RowList
from tui.app.widgets.clean_field import LineField
from tui.display import cells, clean, fit
from tui.session.questions import TurnItems

MOST = 40
"""Rows that are shown; typing finds the rest."""
ALL, SOME, NONE = "✓", "~", " "
"""Whether all, some or none of the sources have the item."""
KEYS = "enter toggles · esc saves"
_SHORTEST_NOTE = 12


class ItemsBox(EditBox):
    """Asks for items; ``save`` gets the items to add and those to remove, as one change.

    Enter toggles the item that was typed or moved to, and the box stays open. With nothing
    typed and no move, enter saves as esc does.
    """

    DEFAULT_CSS = """
    ItemsBox RowList { max-height: 16; }
    ItemsBox.-low RowList { max-height: 9; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "finish", "save", priority=True),
        Binding("enter", "take", "toggle", priority=True),
        *MOVES,
    ]

    def __init__(self, question: TurnItems) -> None:
        super().__init__(question.heading, KEYS, leaves_first=question.leaves_first)
        self._question = question
        self._lists = [list(dict.fromkeys(items)) for items in question.lists]
        self._held = list(dict.fromkeys(item for items in self._lists for item in items))
        self._added: dict[str, None] = {}
        self._removed: dict[str, None] = {}
        self._offer = Offer({})
        self._rows: list[str] = []
        self._new = ""
        """The typed text, if no source in the vault has that item."""
        self._asked = ""
        """The new item that enter was pressed on once."""
        self._moved = False
        """Whether the cursor moved since the field was last emptied."""
        self._field = LineField("", self._typed, "type to find or add")
        self._list = RowList()

    def fields(self) -> Iterable[Widget]:
        """The field above the items it finds."""
        return (self._field, rule(), self._list)

    def on_mount(self) -> None:
        """Show the items that the sources have."""
        self.set_focus(self._field)
        self._show()

    def on_resize(self) -> None:
        """Cut the lines to the new width."""
        if self.is_mounted:
            self._show(self._list.highlighted)

    def take_counts(self, counts: Mapping[str, int]) -> None:
        """Offer the items used in the vault, most used first."""
        self._offer = Offer(counts)
        if self.is_mounted and self.is_attached:
            self._show(self._list.highlighted)

    def state(self, item: str) -> str:
        """Whether all, some or none of the sources have an item, with the edits made here."""
        if item in self._added:
            return ALL
        if item in self._removed:
            return NONE
        count = sum(item in items for items in self._lists)
        return ALL if count == len(self._lists) else SOME if count else NONE

    # Showing

    def _typed(self, _text: str) -> None:
        self._asked, self._moved = "", False
        self._show()

    def _show(self, at: int | None = None) -> None:
        typed = " ".join(self._field.value.split())
        mine = [*self._held, *(item for item in self._added if item not in self._held)]
        if typed:
            rows = self._offer.matching(typed, mine)
        else:
            rows = [*mine, *self._offer.most_used(set(mine))]
        self._rows = rows[:MOST]
        self._new = typed if typed and typed not in self._offer.counts and typed not in mine else ""
        if self._new:
            self._rows.append(self._new)
        self._list.show(list(self._lines()), 0 if typed and at is None else at)
        self._tell()

    def _lines(self) -> Iterator[Text]:
        room = max(12, width_in(self.app) - 5) - _SHORTEST_NOTE
        label_width = max(8, min(room, max(map(cells, map(_label, self._rows)), default=8)))
        colours = colours_of(self.app)
        for row in self._rows:
            symbol = "+" if row == self._new else self.state(row)
            line = Text(
                f"{symbol} ", style=f"bold {colours['accent']}", no_wrap=True, overflow="crop"
            )
            line.append(fit(_label(row), label_width), style="bold" if symbol == ALL else "default")
            line.append(f"  {self._note(row)}", style=colours["text-dim"])
            yield line

    def _note(self, row: str) -> str:
        if row == self._new:
            return "enter again adds it" if self._asked == row else "new"
        notes = []
        if row in self._added:
            notes.append("added")
        elif row in self._removed:
            notes.append("removed")
        elif self.state(row) == SOME:
            notes.append(f"in {sum(row in items for items in self._lists)} of {len(self._lists)}")
        if count := self._offer.counts.get(row, 0):
            notes.append(f"{count:,}×")
        if row in self._offer.near:
            notes.append("similar spelling")
        return " · ".join(notes)

    def _tell(self) -> None:
        counts = {self._count(items) for items in self._lists}
        least, most = self._question.wanted
        have = f"{min(counts)}" if len(counts) == 1 else f"{min(counts)} to {max(counts)}"
        self.head(f"{self._heading} · {have}")
        if least and any(not least <= count <= most for count in counts):
            self.tell(f"{have} chosen, {least} to {most} recommended")
        elif self._added or self._removed:
            self.tell(f"{len(self._added)} added, {len(self._removed)} removed")
        else:
            self.tell("")

    def _count(self, items: Sequence[str]) -> int:
        return len((set(items) - self._removed.keys()) | self._added.keys())

    # Keys

    def action_move(self, by: int) -> None:
        """Move the cursor; past the last item comes the first."""
        self._list.move(by, around=True)
        self._moved = bool(self._rows) or self._moved

    def action_take(self) -> None:
        """Toggle the item under the cursor; without typing or moving first, save."""
        at = self._list.highlighted
        typed = bool(self._field.value.strip())
        if at is None or not (typed or self._moved):
            self.action_finish()
            return
        self._turn(at, keep_place=not typed)

    def _turn(self, at: int, keep_place: bool) -> None:
        item = self._rows[at]
        if item == self._new and self._asked != item:
            self._asked = item
            self._list.repaint(list(self._lines()))
            return
        self._flip(item)
        if keep_place:
            self._show(at)
        else:
            self._field.value = ""

    def _flip(self, item: str) -> None:
        """Put an item into every list, or take it out; a second time undoes the first."""
        wanted = self.state(item) != ALL
        for changed in (self._added, self._removed):
            changed.pop(item, None)
        if wanted and self.state(item) != ALL:
            self._added[item] = None
        elif not wanted and self.state(item) != NONE:
            self._removed[item] = None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Toggle the item that was clicked."""
        event.stop()
        self._moved = True
        self._turn(event.option_index, keep_place=not self._field.value.strip())

    def action_finish(self) -> None:
        """Save all toggled items as one change."""
        if self._added or self._removed:
            self.finish(lambda: self._question.save(tuple(self._added), tuple(self._removed)))
        else:
            self.dismiss(None)


def _label(item: str) -> str:
    return clean(item, 200)
