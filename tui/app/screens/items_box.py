"""ItemsBox: adds and removes many items of a list at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.app.screens.box import width_in
from tui.app.screens.edit_box import EditBox, LineField, rule
from tui.app.screens.offer import Offer
from tui.app.screens.picker import PickerList
from tui.app.themes import rich_colour
from tui.display import cells, clean, fit

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
    ItemsBox PickerList {
        height: auto; max-height: 16; border: none; background: $surface; padding: 0;
        scrollbar-size-vertical: 1;
    }
    ItemsBox.-low PickerList { max-height: 9; }
    ItemsBox PickerList > .option-list--option { padding: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+s", "finish", "save", priority=True),
        Binding("enter", "take", "toggle", priority=True),
        Binding("down,ctrl+n,tab", "move(1)", "next", show=False),
        Binding("up,ctrl+p,shift+tab", "move(-1)", "previous", show=False),
        Binding("pagedown", "move(8)", "page down", show=False),
        Binding("pageup", "move(-8)", "page up", show=False),
    ]

    def __init__(
        self,
        heading: str,
        lists: Sequence[Sequence[str]],
        *,
        wanted: tuple[int, int],
        save: Callable[[Sequence[str], Sequence[str]], bool],
    ) -> None:
        super().__init__(heading, KEYS)
        self._wanted = wanted
        self._save = save
        self._lists = [list(dict.fromkeys(items)) for items in lists]
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
        self._options = PickerList(markup=False, id="choices")

    def parts(self) -> tuple[Widget, ...]:
        """The field above the items it finds."""
        return (self._field, rule(), self._options)

    def on_mount(self) -> None:
        """Show the items that the sources have."""
        self.set_focus(self._field)
        self._show()

    def on_resize(self) -> None:
        """Cut the lines to the new width."""
        if self.is_mounted:
            self._show(self._options.highlighted)

    def take_counts(self, counts: Mapping[str, int]) -> None:
        """Offer the items used in the vault, most used first."""
        self._offer = Offer(counts)
        if self.is_mounted and self.is_attached:
            self._show(self._options.highlighted)

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
        self._options.clear_options()
        self._options.add_options([Option(line) for line in self._lines()])
        self._options.display = bool(self._rows)
        if self._rows and (typed or at is not None):
            self._options.highlighted = min(at or 0, len(self._rows) - 1)
        self._tell()

    def _lines(self) -> list[Text]:
        width = max(12, width_in(self.app) - 5)
        label_width = max(
            8, min(width - _SHORTEST_NOTE, max(map(cells, map(_label, self._rows)), default=8))
        )
        variables = self.app.theme_variables
        accent, dim = rich_colour(variables, "accent"), rich_colour(variables, "text-dim")
        lines = []
        for row in self._rows:
            symbol = "+" if row == self._new else self.state(row)
            line = Text(f"{symbol} ", style=f"bold {accent}", no_wrap=True, overflow="crop")
            line.append(fit(_label(row), label_width), style="bold" if symbol == ALL else "default")
            line.append(f"  {self._note(row)}", style=dim)
            lines.append(line)
        return lines

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
        least, most = self._wanted
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
        if not self._rows:
            return
        now = self._options.highlighted
        at = (0 if by > 0 else -1) if now is None else now + by
        if abs(by) > 1:
            at = min(max(at, 0), len(self._rows) - 1)
        self._options.highlighted = at % len(self._rows)
        self._moved = True

    def action_take(self) -> None:
        """Toggle the item under the cursor; without typing or moving first, save."""
        at = self._options.highlighted
        typed = bool(self._field.value.strip())
        if at is None or not (typed or self._moved):
            self.action_finish()
            return
        self._turn(at, keep_place=not typed)

    def _turn(self, at: int, keep_place: bool) -> None:
        item = self._rows[at]
        if item == self._new and self._asked != item:
            self._asked = item
            for index, line in enumerate(self._lines()):
                self._options.replace_option_prompt_at_index(index, line)
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
            self.finish(lambda: self._save(tuple(self._added), tuple(self._removed)))
        else:
            self.dismiss(None)


def _label(item: str) -> str:
    return clean(item, 200)
