"""InsightsDrawer: the source's insights, and the field to write one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea

from tui.app.widgets.bars import Bar
from tui.app.widgets.clean_field import CleanArea
from tui.app.widgets.drawers import DrawerEdge, Room
from tui.app.widgets.line_view import LineView
from tui.app.widgets.source_lines import open_foot, open_head
from tui.app.widgets.wrapping import wrap
from tui.display import clean, clean_lines, fit
from tui.session.update import ALL_DRAWERS, Drawer

if TYPE_CHECKING:
    from tui.app.widgets.facts import Facts
    from tui.session.keys.keymap import Keymap

LEAD = 5
"""The cells before an insight: the cursor's bar and a number."""
MOST_FIELD_LINES = 6
"""The most lines of the field; a longer text scrolls in it."""
BAR = "▌"


class InsightEditor(CleanArea):
    """The field to write an insight: enter saves, esc keeps the draft."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", "save", priority=True),
        Binding("escape,ctrl+c", "leave", "keep the draft", priority=True),
        Binding("pagedown", "read_on(0, 1)", "text down", priority=True),
        Binding("pageup", "read_on(0, -1)", "text up", priority=True),
        Binding("ctrl+down", "read_on(1, 0)", "text a line down", priority=True),
        Binding("ctrl+up", "read_on(-1, 0)", "text a line up", priority=True),
    ]

    class ReadOn(Message):
        """The person wants to read on while writing: so many lines and pages down."""

        def __init__(self, lines: int, pages: float) -> None:
            super().__init__()
            self.lines = lines
            self.pages = pages

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

    def action_read_on(self, lines: int, pages: float) -> None:
        """Ask to scroll the text that the insight is about."""
        self.post_message(self.ReadOn(lines, pages))

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
    InsightList { scrollbar-size-vertical: 0; }
    InsightList > .insights--at { background: $accent; color: $background; text-style: bold; }
    InsightList:nocolor > .insights--at { text-style: bold reverse; }
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

    @property
    def has_items(self) -> bool:
        """Whether there are any."""
        return bool(self._items)

    def lines_in(self, width: int) -> int:
        """How many lines the list has in so many cells."""
        return max(1, len(self._wrapped(width)))

    def _wrapped(self, width: int) -> list[tuple[str, int, bool]]:
        texts = [clean(item, 4000) for item in self._items]
        return [
            (text[start:end], index, part == 0)
            for index, text in enumerate(texts)
            for part, (start, end) in enumerate(wrap(text, max(4, width - LEAD - 1)))
        ]

    def _wrap(self) -> None:
        self._lines = self._wrapped(self.text_width)
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
            text = fit(f"{' ' * LEAD}{self._empty}" if y == 0 else "", width)
            return Strip([Segment(text, ground + self.look("line--dim"))], width)
        if number >= len(self._lines):
            return Strip.blank(width, ground)
        text, index, first = self._lines[number]
        at = self.has_focus and index == self._at
        accent = ground + self.look("line--accent")
        style = ground + self.look("insights--at") if at else ground
        lead = f"{index + 1:>3} " if first else "    "
        segments = [
            Segment(BAR if at else " ", accent),
            Segment(lead, style if at else accent),
            Segment(text, style),
        ]
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


class FieldNumber(Bar):
    """The number of the insight in the field, and the cursor's bar."""

    DEFAULT_CSS = f"""
    FieldNumber {{ width: {LEAD}; height: 100%; padding: 0; }}
    """

    def render(self) -> Text:
        """Draw it beside the first line of the field."""
        number = self._shown[0] if isinstance(self._shown, tuple) else ""
        accent = self.colour("accent")
        return Text.assemble((BAR, f"bold {accent}"), (f"{number:>{LEAD - 2}} ", accent))


class InsightsDrawer(Vertical):
    """The insights of the source under the cursor, over the lower end of its text.

    While one is written the field is the last line. The drawer is as high as its lines, as far
    as they leave half of the room to the text.
    """

    DEFAULT_CSS = """
    InsightsDrawer {
        layer: above; position: absolute; display: none; background: $surface;
        width: 1; height: 1;
    }
    InsightsDrawer InsightList { height: 1fr; }
    InsightsDrawer #field { display: none; height: 1; }
    InsightsDrawer #field InsightEditor {
        width: 1fr; height: 100%; border: none; padding: 0; background: $surface;
    }
    InsightsDrawer.-writing #field { display: block; }
    InsightsDrawer.-framed InsightList, InsightsDrawer.-framed #field {
        border-left: round $border-focus; border-right: round $border-focus;
    }
    """

    def __init__(
        self,
        on_typed: Callable[[], object],
        room_for: Callable[[Drawer], Room],
        on_scroll: Callable[[int, float], object],
        on_cover: Callable[[int | None], object],
    ) -> None:
        """``on_typed`` is called with every letter that is typed into the field.

        ``on_scroll`` gets the lines and the pages by which the text is to be scrolled while
        the field has the keyboard, ``on_cover`` the row of the screen from which on the drawer
        lies over it, and None when it is closed.
        """
        super().__init__(id="insights")
        self._on_typed = on_typed
        self._room_for = room_for
        self._on_scroll = on_scroll
        self._on_cover = on_cover
        self.keys: Keymap | None = None
        self.list = InsightList()
        self.editor = InsightEditor(soft_wrap=True, compact=True, show_line_numbers=False)
        self._number = FieldNumber("number")
        self._field = Horizontal(id="field")
        self._head, self._foot = DrawerEdge("drawer-head"), DrawerEdge("drawer-foot")
        self._facts: Facts | None = None
        self._opened = ""
        """The text that the field was opened with, with the field's own line breaks."""

    def compose(self) -> ComposeResult:
        """The list and the field between two rules."""
        yield self._head
        yield self.list
        with self._field:
            yield self._number
            yield self.editor
        yield self._foot

    @property
    def is_open(self) -> bool:
        """Whether it is in sight."""
        return bool(self.display)

    @property
    def writing(self) -> bool:
        """Whether the field is open."""
        return self.has_class("-writing")

    @property
    def written(self) -> tuple[str, bool]:
        """The text in the field, and whether it is as it was opened."""
        return self.editor.text, self.editor.text == self._opened

    def show(self, facts: Facts | None, items: Sequence[str]) -> None:
        """Take the insights of a source; they are seen while the drawer is open."""
        self._facts = facts
        self.list.show(items, "draft" if facts and facts.has_draft else "none yet")
        self.place()

    def open(self) -> None:
        """Show the drawer, with the keyboard in its list."""
        self._appear()
        self.screen.set_focus(self.list)

    def write(self, number: int, text: str, draft: str) -> None:
        """Open the field with a text, and put a draft in its place if there is one."""
        self._number.say(number)
        self.editor.load_text(text)
        self._opened = self.editor.text
        if draft:
            self.editor.load_text(draft)
        self.editor.move_cursor(self.editor.document.end)
        self.add_class("-writing")
        self._appear()
        self.screen.set_focus(self.editor)

    def stop_writing(self) -> None:
        """Close the field; the list stays."""
        self.remove_class("-writing")
        self.place()

    def close(self) -> None:
        """Close the drawer."""
        if self.is_open:
            self.display = False
            self._on_cover(None)

    def _appear(self) -> None:
        self.display = True
        self.place()

    def place(self) -> None:
        """Put the drawer where it lies on the screen as it is now."""
        if not self.is_open:
            return
        (x, y, width, height), has_sides = self._room_for("insights")
        self.set_class(has_sides, "-framed")
        inner = width - 2 * has_sides
        field = self._field_height(inner - LEAD) if self.writing else 0
        self._field.styles.height = field
        lines = self.list.lines_in(inner)
        if self.writing and not self.list.has_items:
            lines = 0
        self.list.display = lines > 0
        most = max(height // 2 + 1, field + 3)
        rows = min(height, most, lines + field + 2)
        self.styles.offset = (x, y + height - rows)
        self.styles.width, self.styles.height = width, rows
        self._on_cover(y + height - rows)
        ends = (("├", "┤"), ("├", "┤")) if has_sides else (("", ""), ("", ""))
        facts = self._facts
        head = open_head(
            inner,
            "insights",
            facts.title if facts else "",
            facts.drawers if facts else ALL_DRAWERS,
            has_ends=has_sides,
        )
        self._head.show(head, ends[0])
        self._foot.show(open_foot(inner, self._ways, has_ends=has_sides), ends[1])

    def _field_height(self, width: int) -> int:
        text = clean_lines(self.editor.text)
        lines = sum(1 for line in text.split("\n") for _ in wrap(line, max(1, width - 1)))
        return max(1, min(MOST_FIELD_LINES, lines))

    @property
    def _ways(self) -> Sequence[str]:
        """The hints in the lower rule, the longest first."""
        if self.writing:
            return (
                "enter saves · esc keeps it · pgdn reads on",
                "enter saves · esc keeps it",
                "enter · esc",
            )
        what = "continues it" if self._facts and self._facts.has_draft else "adds one"
        adds = self.keys.hint("decide.insight", what) if self.keys else ""
        if not self.list.has_items:
            return [" · ".join(filter(None, (adds, "esc closes")))]
        ways = (
            (adds, "enter edits · d deletes · J K move · esc closes"),
            (adds, "enter edits · d deletes · esc"),
            (adds, "enter edits · esc"),
        )
        return [" · ".join(filter(None, way)) for way in ways]

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Report every letter."""
        event.stop()
        if self.writing:
            if self._field.size.height != self._field_height(self.editor.size.width):
                self.place()
            self._on_typed()

    def on_insight_editor_read_on(self, event: InsightEditor.ReadOn) -> None:
        """Scroll the text above the field."""
        event.stop()
        self._on_scroll(event.lines, event.pages)
