"""ListBox: edits the items of a list, and saves them as one change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import TextArea

from tui.app.boxes.box import Place
from tui.app.boxes.edit import EditBox
from tui.app.widgets.insights import InsightEditor, InsightList
from tui.session.questions import EditList
from tui.state.field_drafts import Items

KEYS = "i adds · e edits · d deletes · J K move"
WAYS_OUT = "enter or ctrl+s saves · esc closes", "enter saves · esc closes"
UNSAVED = "enter or ctrl+s saves · esc keeps the draft", "enter saves · esc keeps the draft"
DRAFT = (
    "enter saves · ctrl+r restores the saved list · esc keeps the draft",
    "enter saves · ctrl+r restores",
)
WRITING = "enter puts it into the list · esc keeps the draft", "enter puts it in · esc"


class ItemList(InsightList, inherit_bindings=False):
    """The items, numbered and wrapped; enter belongs to the box."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "select(1)", "next"),
        Binding("k,up", "select(-1)", "previous"),
        Binding("e", "edit", "edit"),
        Binding("d,delete", "delete", "delete"),
        Binding("J,shift+down", "reorder(1)", "move down"),
        Binding("K,shift+up", "reorder(-1)", "move up"),
        Binding("g,home", "select(-1000000)", "first", show=False),
        Binding("G,end", "select(1000000)", "last", show=False),
    ]

    def go_to(self, index: int) -> None:
        """Put the cursor on an item."""
        self.action_select(index - self._at)


class ListBox(EditBox):
    """Asks for a list; closes when ``save`` accepts it. Esc saves nothing and keeps a draft.

    The list is kept after every step, so that edits survive a crash.
    """

    DEFAULT_CSS = """
    ListBox ItemList { height: 12; background: $surface; }
    ListBox InsightEditor { display: none; height: 4; background: $surface; }
    ListBox.-writing InsightEditor { display: block; }
    ListBox.-writing ItemList { height: 8; }
    ListBox.-low ItemList { height: 6; }
    ListBox.-low.-writing ItemList { height: 3; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "save", "save"),
        Binding("escape,q", "leave", "leave"),
        Binding("i,a", "add", "add"),
        Binding("ctrl+r", "restore", "restore what is saved"),
    ]

    def __init__(self, question: EditList, place: Place | None = None) -> None:
        super().__init__(
            question.heading, *WAYS_OUT, leaves_first=question.leaves_first, place=place
        )
        self._question = question
        self._texts = tuple(question.texts)
        self._untouched: Items = tuple(range(len(self._texts)))
        self._items = self._untouched if question.draft is None else question.draft
        self._from_draft = question.draft is not None
        self._half: tuple[int, str] | None = None
        """An item that was left half typed: its index, and the text."""
        self._writing: int | None = None
        """The index of the item in the field; the list's length for a new one."""
        self._list = ItemList()
        self._editor = InsightEditor(soft_wrap=True, compact=True, show_line_numbers=False)

    def fields(self) -> Iterable[Widget]:
        """The items, and the field to write one."""
        return (self._list, self._editor)

    def on_mount(self) -> None:
        """Show the items."""
        self.set_focus(self._list)
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        texts = tuple(self._texts[i] if isinstance(i, int) else i for i in self._items)
        self._list.show(texts, "no items · i adds one")
        changed = self._items != self._untouched
        ways = UNSAVED if changed else WAYS_OUT
        if self._from_draft and changed:
            ways = DRAFT
        if self._writing is not None:
            ways = WRITING
        count = len(texts)
        self.head(f"{self._question.heading} · {count}{' · unsaved' if changed else ''}", *ways)
        if self._half is not None and self._writing is None:
            key = "i" if self._half[0] == count else "e"
            self.tell(f"{key} continues the draft · {KEYS}")
        else:
            self.tell(KEYS)

    def _change(self, items: Items) -> None:
        self._items, self._half = items, None
        self._question.keep(items if items != self._untouched else None)
        self._show()

    def on_insight_list_reordered(self, event: InsightList.Reordered) -> None:
        """Take over the new order, or a deletion."""
        event.stop()
        self._change(tuple(self._items[index] for index in event.order))

    def on_insight_list_edit(self, event: InsightList.Edit) -> None:
        """Open an item in the field."""
        event.stop()
        item = self._items[event.index]
        self._write(event.index, self._texts[item] if isinstance(item, int) else item)

    def action_add(self) -> None:
        """Open the field for a new item."""
        self._write(len(self._items), "")

    def _write(self, index: int, text: str) -> None:
        self._writing = index
        self._editor.load_text(text)
        self._opened = self._editor.text
        if self._half is not None and self._half[0] == index:
            self._editor.load_text(self._half[1])
        self._editor.move_cursor(self._editor.document.end)
        self.add_class("-writing")
        self.set_focus(self._editor)
        self._show()

    def on_insight_editor_saved(self, event: InsightEditor.Saved) -> None:
        """Take over the text; an empty one deletes the item."""
        event.stop()
        self._take(self._editor.text)

    def _take(self, typed: str) -> None:
        at, items = self._writing, self._with(typed.strip())
        self._writing = None
        self.remove_class("-writing")
        self.set_focus(self._list)
        if at is None or typed == self._opened:
            self._show()
        else:
            self._change(items)
            self._list.go_to(at)

    def on_insight_editor_left(self, event: InsightEditor.Left) -> None:
        """Go back to the list; what was typed is a draft of the item."""
        event.stop()
        if self._writing is not None:
            typed, self._half = self._editor.text, None
            if typed != self._opened:
                self._half = self._writing, typed
            self._writing = None
            self.remove_class("-writing")
            self.set_focus(self._list)
            self._show()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Save a draft with every letter."""
        event.stop()
        if self._writing is not None and self._editor.text != self._opened:
            self._question.keep(self._with(self._editor.text.strip()))

    def _with(self, text: str) -> Items:
        """The items with ``text`` in place of the one in the field; an empty text removes it."""
        at = len(self._items) if self._writing is None else self._writing
        return (*self._items[:at], *([text] if text else []), *self._items[at + 1 :])

    def action_save(self) -> None:
        """Save the list as one change."""
        if self._items == self._untouched:
            self._question.keep(None)
            self.dismiss(None)
        else:
            self.finish(lambda: self._question.save(self._items))

    def action_leave(self) -> None:
        """Close without saving; the draft stays."""
        self.dismiss(None)

    def action_restore(self) -> None:
        """Show the saved list again."""
        self._from_draft = False
        self._change(self._untouched)
