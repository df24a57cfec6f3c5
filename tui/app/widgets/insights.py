"""InsightsPane: the source's insights, and the field to write one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea

from tui.app.widgets.clean_field import CleanArea
from tui.app.widgets.line_view import LineView
from tui.app.widgets.wrapping import wrap
from tui.display import clean, fit

if TYPE_CHECKING:
    from tui.session.keys.keymap import Keymap


class InsightEditor(CleanArea):
    """The field to write an insight: enter saves, esc keeps the draft."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", "save", priority=True),
        Binding("escape,ctrl+c", "leave", "keep the draft", priority=True),
    ]

    class Saved(Message):
        """Enter was pressed."""

    class Left(Message):
        """The field was left without saving."""

        def __init__(self, keys_went: bool = False) -> None:
            super().__init__()
            self.keys_went = keys_went
            """Whether it only lost the focus, and may have it again by now."""

    def action_save(self) -> None:
        """Ask to save the text."""
        self.post_message(self.Saved())

    def action_leave(self) -> None:
        """Say that the field is left."""
        self.post_message(self.Left())

    def on_blur(self) -> None:
        """Report a lost focus too, as after a click."""
        self.post_message(self.Left(keys_went=True))

    def on_paste(self, event: events.Paste) -> None:
        """Join pasted lines: an insight is one item of a list.

        Textual itself calls the base class's handler after this one.
        """
        event.text = " ".join(event.text.split())


class InsightList(LineView):
    """The insights, numbered and wrapped."""

    DEFAULT_CSS = """
    InsightList > .insights--at { background: $row-cursor; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"insights--at"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "select(1)", "next"),
        Binding("k,up", "select(-1)", "previous"),
        Binding("e,enter", "edit", "edit"),
        Binding("d,delete", "delete", "delete"),
        Binding("J,shift+down", "reorder(1)", "move down"),
        Binding("K,shift+up", "reorder(-1)", "move up"),
    ]

    class Edit(Message):
        """The person wants to edit an insight."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    class Reordered(Message):
        """The person reordered the insights, or deleted one: the indexes in their new order."""

        def __init__(self, order: Sequence[int]) -> None:
            super().__init__()
            self.order = tuple(order)

    def __init__(self) -> None:
        self._items: Sequence[str] = ()
        self._empty = ""
        self._at = 0
        self._lines: list[tuple[str, int, bool]] = []
        super().__init__(id="insight-list")

    def show(self, items: Sequence[str], empty: str) -> None:
        """Show these insights, or the text ``empty`` if there are none."""
        self._items, self._empty = items, empty
        self._at = min(self._at, max(0, len(items) - 1))
        self._wrap()

    def _wrap(self) -> None:
        width = max(4, self.text_width - 3)
        texts = [clean(item, 4000) for item in self._items]
        self._lines = [
            (text[start:end], index, part == 0)
            for index, text in enumerate(texts)
            for part, (start, end) in enumerate(wrap(text, width))
        ]
        self.set_line_count(max(1, len(self._lines)))
        self._reveal()
        self.refresh()

    def _reveal(self) -> None:
        mine = [y for y, line in enumerate(self._lines) if line[1] == self._at]
        if not mine:
            self.scroll_to_line(0)
        elif mine[0] < self.first_line:
            self.scroll_to_line(mine[0])
        elif mine[-1] >= self.first_line + self.text_height:
            self.scroll_to_line(min(mine[0], mine[-1] - self.text_height + 1))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        width, ground = self.text_width, self.ground
        number = y + self.first_line
        if not self._items:
            text = fit(self._empty if y == 0 else "", width)
            return Strip([Segment(text, ground + self.look("line--dim"))], width)
        if number >= len(self._lines):
            return Strip.blank(width, ground)
        text, index, first = self._lines[number]
        at = self.has_focus and index == self._at
        style = ground + self.look("insights--at") if at else ground
        lead = f"{index + 1:>2} " if first else "   "
        segments = [Segment(lead, style + self.look("line--accent")), Segment(text, style)]
        return Strip(segments).adjust_cell_length(width, style)

    def on_resize(self) -> None:
        """Wrap to the new width."""
        self._wrap()

    def on_focus(self) -> None:
        """Highlight the insight under the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Remove the highlight."""
        self.refresh()

    def action_select(self, rows: int) -> None:
        """Move the cursor to another insight."""
        self._at = min(max(self._at + rows, 0), max(0, len(self._items) - 1))
        self._reveal()
        self.refresh()

    def action_edit(self) -> None:
        """Edit the insight."""
        if self._items:
            self.post_message(self.Edit(self._at))

    def action_delete(self) -> None:
        """Delete the insight."""
        if self._items:
            rest = [index for index in range(len(self._items)) if index != self._at]
            self.post_message(self.Reordered(rest))

    def action_reorder(self, by: int) -> None:
        """Move the insight up or down."""
        to = self._at + by
        if 0 <= to < len(self._items):
            order = list(range(len(self._items)))
            order.insert(to, order.pop(self._at))
            self._at = to
            self.post_message(self.Reordered(order))


class InsightsPane(Vertical):
    """The insights of the source under the cursor."""

    DEFAULT_CSS = """
    InsightsPane { border: round $border-quiet; padding: 0 1; border-title-color: $text-dim; }
    InsightsPane:focus-within {
        border: round $border-focus; border-title-color: $accent; border-title-style: bold;
    }
    InsightsPane InsightEditor {
        display: none; border: none; height: 1fr; padding: 0; background: $background;
    }
    InsightsPane.-writing InsightEditor { display: block; }
    InsightsPane.-writing InsightList { display: none; }
    """

    def __init__(self, on_typed: Callable[[], object]) -> None:
        """``on_typed`` is called with every letter that is typed into the field."""
        super().__init__(id="insights")
        self._on_typed = on_typed
        self.keys: Keymap | None = None
        self.items: Sequence[str] = ()
        self.list = InsightList()
        self.editor = InsightEditor(soft_wrap=True, compact=True, show_line_numbers=False)
        self._opened = ""
        """The text that the field was opened with, with the field's own line breaks."""
        self._has_draft = False

    def compose(self) -> ComposeResult:
        """The list, and the field that takes its place."""
        yield self.list
        yield self.editor

    @property
    def writing(self) -> bool:
        """Whether the field is open."""
        return self.has_class("-writing")

    @property
    def written(self) -> tuple[str, bool]:
        """The text in the field, and whether it is as it was opened."""
        return self.editor.text, self.editor.text == self._opened

    def show(self, items: Sequence[str], has_draft: bool) -> None:
        """Show the insights of a source."""
        self.items, self._has_draft = items, has_draft
        self._head()
        what = "continues it" if has_draft else "adds one"
        hint = self.keys.hint("decide.insight", what) if self.keys else ""
        none = "draft kept" if has_draft else "none yet"
        self.list.show(items, " · ".join(filter(None, (none, hint))))

    def _head(self) -> None:
        if not self.writing:
            count = f" {len(self.items)}" if self.items else ""
            self.border_title = Text(f"insights{count}{' · draft' if self._has_draft else ''}")
            self.border_subtitle = ""

    def write(self, heading: str, text: str, draft: str) -> None:
        """Open the field with a text, and put a draft in its place if there is one."""
        self.add_class("-writing")
        self.screen.add_class("-noting")
        self.border_title = Text(heading)
        self.border_subtitle = Text("enter saves · esc keeps the draft")
        self.editor.load_text(text)
        self._opened = self.editor.text
        if draft:
            self.editor.load_text(draft)
        self.editor.move_cursor(self.editor.document.end)
        self.screen.set_focus(self.editor)

    def close(self) -> None:
        """Close the field."""
        self.remove_class("-writing")
        self.screen.remove_class("-noting")
        self._head()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Report every letter."""
        event.stop()
        if self.writing:
            self._on_typed()
