"""ListBox: edits the items of a list, and saves them as one change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import TextArea

from tui.app.boxes.edit import EditBox
from tui.app.widgets.insights import InsightEditor, InsightList
from tui.session.questions import EditList
from tui.state.field_drafts import Items

KEYS = "i adds · e edits · d deletes · J K move"
WAYS_OUT = "enter saves · esc closes"
WRITING = "enter or esc returns to the list"


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
    """Asks for a list; closes when ``save`` accepts it. Esc asks once about unsaved changes.

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
    ]

    def __init__(self, question: EditList) -> None:
        super().__init__(question.heading, WAYS_OUT, leaves_first=question.leaves_first)
        self._question = question
        self._texts = tuple(question.texts)
        self._untouched: Items = tuple(range(len(self._texts)))
        self._items = self._untouched if question.draft is None else question.draft
        self._from_draft = question.draft is not None
        self._asked = False
        """Whether esc was pressed once with unsaved changes."""
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
        self.head(
            f"{self._heading} · {len(texts)}{' · unsaved' if changed else ''}",
            WRITING if self._writing is not None else WAYS_OUT,
        )
        if self._asked:
            self.tell("Unsaved changes: enter saves them, esc again discards them", "!")
        elif self._from_draft:
            self.tell("Unsaved changes from last time: enter saves them, esc discards them", "→")
        else:
            self.tell(KEYS)

    def _change(self, items: Items) -> None:
        self._items, self._asked, self._from_draft = items, False, False
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
        self._writing, self._asked = index, False
        self._editor.load_text(text)
        self._opened = self._editor.text
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
        """Take over the text as enter does: the list is not saved yet, and no typing is lost."""
        event.stop()
        if self._writing is not None:
            self._take(self._editor.text)

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
        """Close; with unsaved changes only after asking once."""
        if self._items != self._untouched and not (self._asked or self._from_draft):
            self._asked = True
            self._show()
            return
        self._question.keep(None)
        self.dismiss(None)
