"""ItemsBox: adds and removes many items of a list at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui.app.boxes.box import Place
from tui.app.boxes.edit import EditBox
from tui.app.boxes.offer import Offer
from tui.app.boxes.row_list import MOVES, TABS, RowList
from tui.app.widgets.clean_field import LineField
from tui.display import clean
from tui.session.option import Option
from tui.session.questions import TurnItems

MOST = 40
"""Rows that are shown; typing finds the rest."""
ALL, SOME, NONE, NEW, FITS = "✓", "~", " ", "+", "≈"
"""Whether all, some or none of the sources have the item; a new one, and one that may fit."""
KEYS = (
    "enter adds or removes, again saves · ctrl+s saves · esc keeps the draft",
    "enter toggles, again saves · ctrl+s saves · esc",
    "enter toggles · ctrl+s saves · esc",
)
DRAFT = "ctrl+s saves · ctrl+r restores the saved items · esc", "ctrl+s saves · ctrl+r restores"


class ItemsBox(EditBox):
    """Asks for items; ``save`` gets the items to add and those to remove, as one change.

    Enter toggles the item that was typed or moved to; once more, it saves. Esc saves nothing:
    it keeps what was toggled for the next time.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "leave", priority=True),
        Binding("ctrl+s", "finish", "save", priority=True),
        Binding("ctrl+r", "restore", "restore what is saved", priority=True),
        Binding("enter", "take", "toggle", priority=True),
        *MOVES,
        *TABS,
    ]

    def __init__(self, question: TurnItems, place: Place | None = None) -> None:
        come, gone = question.draft
        super().__init__(
            question.heading,
            *(DRAFT if come or gone else KEYS),
            leaves_first=question.leaves_first,
            place=place,
        )
        self.add_class("-list")
        self._question = question
        self._lists = [list(dict.fromkeys(items)) for items in question.lists]
        self._held = list(dict.fromkeys(item for items in self._lists for item in items))
        self._added = dict.fromkeys(come)
        self._removed = dict.fromkeys(gone)
        self._offer = Offer({})
        self._rows: list[str] = []
        self._new = ""
        """The typed text, if no source in the vault has that item."""
        self._asked = ""
        """The new item that enter was pressed on once."""
        self._moved = False
        """Whether the cursor moved since the field was last emptied."""
        self._field = LineField("", self._typed, "type to find or add")
        self._list = RowList(self._clicked)

    def in_edge(self) -> LineField | None:
        """The field to find an item, or to type a new one."""
        return self._field

    def fields(self) -> Iterable[Widget]:
        """The items it finds."""
        return (self._list,)

    def on_mount(self) -> None:
        """Show the items that the sources have."""
        self.set_focus(self._field)
        self._show()

    def on_resize(self) -> None:
        """Cut the list to the new height."""
        super().on_resize()
        if self.is_mounted:
            self._show(self._list.cursor)

    def take_counts(self, counts: Mapping[str, int]) -> None:
        """Offer the items used in the vault, most used first."""
        self._offer = Offer(counts)
        if self.is_mounted and self.is_attached:
            self._show(self._list.cursor)

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
            fitting = [item for item in self._question.suggested if item not in mine]
            rows = [*mine, *fitting, *self._offer.most_used({*mine, *fitting})]
        self._rows = rows[:MOST]
        self._new = typed if typed and typed not in self._offer.counts and typed not in mine else ""
        if self._new:
            self._rows.append(self._new)
        room = self.inner_height - 2
        self._list.show(list(self._options()), at or 0, words=typed, most=max(1, min(16, room)))
        self._tell()

    def _options(self) -> Iterator[Option]:
        for row in self._rows:
            new = row == self._new
            state = NEW if new else self.state(row)
            fits = state == NONE and row in self._question.suggested
            count = self._offer.counts.get(row, 0)
            yield Option(
                row,
                f"new “{clean(row, 200)}”" if new else clean(row, 200),
                self._note(row),
                sign=FITS if fits else state,
                number=f"{count:,}" if count else "",
                is_chosen=state == ALL,
            )

    def _note(self, row: str) -> str:
        if row == self._new:
            return "enter again adds it" if self._asked == row else "enter adds it"
        notes = []
        if row in self._added:
            notes.append("added")
        elif row in self._removed:
            notes.append("removed")
        elif self.state(row) == SOME:
            notes.append(f"in {sum(row in items for items in self._lists)} of {len(self._lists)}")
        if row in self._offer.near:
            notes.append("similar spelling")
        return " · ".join(notes)

    def _tell(self) -> None:
        counts = {self._count(items) for items in self._lists}
        least, most = self._question.wanted
        have = f"{min(counts)}" if len(counts) == 1 else f"{min(counts)} to {max(counts)}"
        self.head(f"{self._question.heading} · {have}")
        turned = (("+", len(self._added)), ("−", len(self._removed)))
        signs = " ".join(f"{sign}{count}" for sign, count in turned if count)
        said = [f"{signs} not saved yet"] if signs else []
        if least and any(not least <= count <= most for count in counts):
            said.append(f"{have} chosen, {least} to {most} recommended")
        self.tell(" · ".join(said))

    def _count(self, items: Sequence[str]) -> int:
        return len((set(items) - self._removed.keys()) | self._added.keys())

    # Keys

    def action_move(self, by: int) -> None:
        """Move the cursor; past the last item comes the first."""
        self._list.move(by, around=True)
        self._moved = bool(self._rows) or self._moved

    def action_take(self) -> None:
        """Toggle the item under the cursor; without typing or moving first, save."""
        at = self._list.cursor
        typed = bool(self._field.value.strip())
        if at is None or not (typed or self._moved):
            self.action_finish()
            return
        self._turn(at, keep_place=not typed)

    def _turn(self, at: int, keep_place: bool) -> None:
        item = self._rows[at]
        if item == self._new and self._asked != item:
            self._asked = item
            self._list.repaint(list(self._options()))
            return
        self._flip(item)
        # Enter once more saves.
        self._moved = False
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

    def _clicked(self, row: int) -> None:
        """Toggle the item that was clicked."""
        self._moved = True
        self._turn(row, keep_place=not self._field.value.strip())

    def action_finish(self) -> None:
        """Save all toggled items as one change."""
        come, gone = tuple(self._added), tuple(self._removed)
        if not (come or gone):
            self._question.keep((), ())
            self.dismiss(None)
            return

        def save() -> bool:
            saved = self._question.save(come, gone)
            self._question.keep(*(((), ()) if saved else (come, gone)))
            return saved

        self.finish(save)

    def action_leave(self) -> None:
        """Close without saving, and keep what was toggled."""
        self._question.keep(tuple(self._added), tuple(self._removed))
        self.dismiss(None)

    def action_restore(self) -> None:
        """Show the items that are saved."""
        self._added, self._removed = {}, {}
        self.hint(*KEYS)
        self._show(self._list.cursor)
