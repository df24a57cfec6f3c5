"""Preview: the text of one source, with the lines around it that say the rest."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

from tui.app.widgets.bars import press, presses_of
from tui.app.widgets.line_view import LineView, strip_of
from tui.app.widgets.source_lines import (
    Around,
    EdgeLine,
    Place,
    Surround,
    View,
    nothing_around,
)
from tui.session.update import Drawer, Key

if TYPE_CHECKING:
    from tui.app.widgets.facts import Facts
    from tui.app.widgets.preview_text import PreviewText
    from tui.app.widgets.text_hits import HitAt
    from tui.app.widgets.text_layout import Line, TextLayout, TextPlace
    from tui.app.widgets.text_tools import TextTools, TextWork
    from tui.search.body_hits import BodyHits
    from tui.vault.source import Source

AHEAD = 40
"""Lines laid out below the view, so that scrolling down finds them ready."""
BESIDE = 2
"""The cells left of the text for the cursor on its lines."""
WIDEST = 88
"""The longest line that is comfortable to read, in cells."""


class Preview(LineView):
    """A source, laid out only around the lines in sight.

    Above and below the text are lines that do not scroll: a ``Surround`` works them out. They
    are drawn and not laid out, so that a source with more of them leaves less to the text and
    changes nothing else.

    The layout code is imported with the first source, after the first frame.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "preview--title",
        "preview--heading",
        "preview--subheading",
        "preview--quote",
        "preview--code",
        "preview--fence",
        "preview--language",
        "preview--link",
        "preview--bold",
        "preview--italic",
        "preview--struck",
        "preview--hit-here",
        "preview--marked",
    }
    DEFAULT_CSS = """
    Preview { padding: 0 1; scrollbar-size-vertical: 0; }
    Preview > .preview--title { text-style: bold; }
    Preview > .preview--heading { color: $accent; text-style: bold; }
    Preview > .preview--subheading { text-style: bold; }
    Preview > .preview--quote { color: $text-dim; text-style: italic; }
    Preview > .preview--code { background: $panel; }
    Preview > .preview--fence { background: $panel; }
    Preview > .preview--language { color: $text-dim; background: $panel; text-style: italic; }
    Preview > .preview--link { text-style: underline; }
    Preview > .preview--bold { text-style: bold; }
    Preview > .preview--italic { text-style: italic; }
    Preview > .preview--struck { text-style: strike; }
    Preview > .preview--hit-here { color: $hit; text-style: bold reverse; }
    Preview > .preview--marked { background: $panel; text-style: bold; }
    """

    class DrawerClicked(Message):
        """The line of a closed drawer was clicked."""

        def __init__(self, drawer: Drawer) -> None:
            super().__init__()
            self.drawer = drawer

    def __init__(
        self,
        *,
        problem_of: Callable[[Source], str | None] | None = None,
        surround: Surround = nothing_around,
        names_title: Callable[[str], bool] = lambda _: True,
        on_work: Callable[[], object] = lambda: None,
        id: str | None = None,
    ) -> None:
        """``names_title`` says whether the text begins with a title that is in no other line.

        ``on_work`` is called after a search or a mark in the text has changed.
        """
        self._surround = surround
        self._names_title = names_title
        self._on_work = on_work
        self._tools: TextTools | None = None
        """Search, cursor and marks, once they are used in this text."""
        self._began = 0
        """The place where the search began."""
        self._under = self._spare = 0
        """The rows of the text that something lies over, and those past its end that are shown."""
        self._facts: Facts | None = None
        self._minutes = 0
        self._around = Around()
        self._source: Source | None = None
        self._body = ""
        self._offset = 0
        """The place in the body: a character of the line at the top of the view."""
        self._words = ""
        self._hits: BodyHits | None = None
        self._here: HitAt | None = None
        self._selectable = False
        self._layout_width = 0
        self._has_title = False
        """Whether the text was laid out below the source's title."""
        self._text_layout: TextLayout | None = None
        self._text: PreviewText | None = None
        """What that layout has."""
        self._in_sight: list[tuple[TextPlace, Line]] = []
        """The lines from the top of the view to some below its end."""
        self._problem_of = problem_of
        self._strips: LRUCache[tuple[TextPlace, int], Strip] = LRUCache(512)
        super().__init__(id=id)

    def show(
        self,
        source: Source,
        body: str,
        query: str = "",
        place: int = 0,
        facts: Facts | None = None,
    ) -> None:
        """Show a source from a place in its body; the same one again keeps its own."""
        same = self._source is not None and self._source.name == source.name
        if same and body != self._body:
            from tui.app.widgets.text_layout import moved_offset  # noqa: PLC0415

            # Line numbers of the old text point to other places now.
            self._here = None
            self._select_nothing()
            self._offset = moved_offset(self._offset, self._body, body)
        if query != self._words:
            self._here = None
        self._source, self._body, self._words = source, body, query
        self._facts = facts
        if not same:
            self._forget_place()
            self._offset = place
        elif self._text_layout is not None and self._text_of(source) == self._text:
            # Most decisions change nothing but what is said around the text.
            self._renew_beside()
            return
        self._lay_out()

    @property
    def place(self) -> tuple[str, int]:
        """The name of the source that is shown, and the place in its body; it has none at 0."""
        return self._source.name if self._source is not None else "", self._offset

    def _renew_beside(self) -> None:
        """Draw all that the surround says now, also beside the text."""
        before = self._around.beside
        self.renew_around()
        if self._around.beside != before:
            self.refresh()

    def show_facts(self, facts: Facts) -> None:
        """Show other facts around the same text."""
        if facts != self._facts:
            self._facts = facts
            self.renew_around()

    def renew_around(self) -> None:
        """Draw what the surround says now; lay out the text where that changes its room."""
        if self._surrounded():
            self._lay_out()
        else:
            self._refresh_around()

    @property
    def facts(self) -> Facts | None:
        """The facts of the source that is shown, if it has lines around it."""
        return self._facts

    def surround_again(self) -> None:
        """Draw what the surround says now; the text stays where it is, as far as it fits."""
        self._lay_out()

    def show_empty(self, text: str) -> None:
        """Show a message in the middle in place of a source, its first line as a headline."""
        self._source, self._body, self._facts = None, "", None
        self.empty_text = text
        self._forget_place()
        self._lay_out()

    def scroll_by_lines(self, count: int) -> None:
        """Scroll down by so many lines, or up."""
        if self._text_layout is not None and self._in_sight:
            self._spare = self._under
            self._scroll_to_place(self._text_layout.step(self._in_sight[0][0], count))

    def find_next(self, direction: int) -> bool:
        """Go to the next or previous match in the body, around its ends; whether there is one."""
        layout = self._text_layout
        if layout is None or not self._in_sight:
            return False
        if self._tools is not None and self._tools.search is not None:
            return self._go_to_match(self._tools.step(layout, direction))
        if self._hits is None:
            return False
        from tui.app.widgets.text_hits import HitAt, hit_above, hit_below  # noqa: PLC0415
        from tui.app.widgets.text_layout import BODY  # noqa: PLC0415

        here = self._here or HitAt(max(self._in_sight[0][0], BODY), -1)
        find = hit_below if direction > 0 else hit_above
        found = find(layout, self._hits, here)
        if found is None:
            return False
        self._here = found
        self._strips.clear()
        self._reveal(found.place)
        self.refresh()
        return True

    # Search, cursor and marks

    def begin_search(self) -> None:
        """Remember the place: a search begins there, and returns there when it is given up."""
        self._began = self._offset

    def find(self, phrase: str) -> None:
        """Show the matches of a phrase, and go to the first one from where the search began."""
        layout = self._text_layout
        if layout is not None:
            start = layout.place_at_offset(self._began)
            if not self._go_to_match(self._ready_tools(layout).find(layout, phrase, start)):
                self._scroll_to_place(start)

    def give_up_search(self) -> None:
        """Forget the words, and return to where the search began."""
        if self.forget_search() and self._text_layout is not None:
            self._scroll_to_place(self._text_layout.place_at_offset(self._began))

    def forget_search(self) -> bool:
        """Forget the words that are searched for; whether there were any."""
        tools = self._tools
        if tools is None or tools.search is None:
            return False
        tools.search = None
        self._work_changed()
        return True

    def point(self) -> bool:
        """Show a cursor on the lines: on the match in sight, else a third down."""
        layout = self._text_layout
        if layout is None or not self._in_sight:
            return False
        tools = self._ready_tools(layout)
        in_sight = [place for place, _ in self._in_sight[: self.text_height]]
        match = tools.match_in(layout) or (self._here.place if self._here else None)
        third = in_sight[min(self.text_height // 3, len(in_sight) - 1)]
        is_there = tools.marks.put(layout, match if match in in_sight and match else third)
        if is_there:
            self._reveal(tools.marks.place(layout))
            self._work_changed()
        return is_there

    def move_cursor(self, lines: int) -> None:
        """Move the cursor on the lines, or scroll where there is none."""
        layout, tools = self._text_layout, self._tools
        if layout is None or tools is None or not tools.marks:
            self.scroll_by_lines(lines)
            return
        tools.marks.move(layout, lines)
        self._cursor_moved()

    def mark_line(self) -> None:
        """Mark or unmark the line under the cursor, and move down."""
        if self._text_layout is not None and self._tools is not None and self._tools.marks:
            self._tools.marks.toggle(self._text_layout)
            self._cursor_moved()

    def stretch_marks(self, by: int) -> None:
        """Move the cursor, and mark from where that began."""
        if self._text_layout is not None and self._tools is not None and self._tools.marks:
            self._tools.marks.stretch(self._text_layout, by)
            self._cursor_moved()

    def drop_marks(self) -> bool:
        """Drop the marks, else the cursor on the lines; whether there were any."""
        dropped = self._tools is not None and self._tools.marks.drop()
        if dropped:
            self._work_changed()
        return dropped

    def drop_work(self) -> None:
        """Drop search, cursor and marks."""
        if self._tools is not None:
            self._tools = None
            self._work_changed()

    def take_quote(self) -> str:
        """The words that are marked, selected or under the cursor; they are dropped then."""
        layout, selection = self._text_layout, self.text_selection if self.is_attached else None
        if layout is None:
            return ""
        quote = self._tools.quote(layout) if self._tools is not None else ""
        if not quote and selection is not None:
            from tui.app.widgets.text_quote import quote_of, selected_pieces  # noqa: PLC0415

            quote = quote_of(layout, selected_pieces(layout, selection))
            if quote:
                self._select_nothing()
        if self._tools is not None and self._tools.marks:
            self._tools.marks.clear()
            self._work_changed()
        return quote

    @property
    def is_searched(self) -> bool:
        """Whether words are searched for in the text."""
        return self._tools is not None and self._tools.search is not None

    @property
    def has_cursor(self) -> bool:
        """Whether there is a cursor on the lines."""
        return self._tools is not None and bool(self._tools.marks)

    @property
    def has_quote(self) -> bool:
        """Whether something is marked or selected or under the cursor."""
        is_selected = self.is_attached and self.text_selection is not None
        return self._text_layout is not None and (self.has_cursor or is_selected)

    @property
    def work(self) -> TextWork | None:
        """What is searched for and marked, in words; None without either."""
        layout, tools = self._text_layout, self._tools
        if tools is not None and layout is not None:
            work = tools.work(layout)
            if work.marked or not self.has_quote:
                return work
            return work._replace(marked="text selected")
        if not self.has_quote:
            return None
        from tui.app.widgets.text_tools import TextWork  # noqa: PLC0415

        return TextWork(marked="text selected")

    def _ready_tools(self, layout: TextLayout) -> TextTools:
        if self._tools is None:
            from tui.app.widgets.text_tools import TextTools  # noqa: PLC0415

            self._tools = TextTools(layout)
        return self._tools

    def _go_to_match(self, place: TextPlace | None) -> bool:
        if place is not None:
            self._reveal(place)
        self._work_changed()
        return place is not None

    def _cursor_moved(self) -> None:
        """Keep the cursor on the lines in sight."""
        layout, tools = self._text_layout, self._tools
        if layout is None or tools is None:
            return
        place, first = tools.marks.place(layout), self._in_sight[0][0]
        below = layout.number_of(place) - layout.number_of(first) - self.text_height + 1
        if place < first:
            self._scroll_to_place(place)
        elif below > 0:
            self._scroll_to_place(layout.step(first, below))
        self._work_changed()

    def _reveal(self, place: TextPlace) -> None:
        """Scroll so far that a line is a third down, unless it is in sight."""
        layout = self._text_layout
        if layout is None:
            return
        self._spare = self._under
        if place not in [place for place, _ in self._in_sight[: self.text_height]]:
            self._scroll_to_place(layout.step(place, -(self.text_height // 3)))

    def _work_changed(self) -> None:
        self._strips.clear()
        self.refresh()
        self._on_work()

    def _lay_out(self) -> None:
        """Lay out the text again; the text at the top stays there."""
        self._surrounded()
        offset = self._offset
        self._layout_width = self.text_width
        self._hits = self._text_layout = layout = None
        if (source := self._source) is not None:
            self._has_title = self._names_title(source.title)
            self._text = text = self._text_of(source)
            self._minutes, self._hits = text.minutes, text.hits
            self._text_layout = layout = text.laid_out
        self._strips.clear()
        if layout is None:
            self.set_line_count(0)
        else:
            place = layout.place_at_offset(offset)
            self._scroll_to_place(place)
            # Where it is near the end, more of it may be in sight than from there on.
            self._offset = offset
            if self._tools is not None and self._tools.take(layout, place):
                self._on_work()
        self.refresh()

    def _text_of(self, source: Source) -> PreviewText:
        """What is to be laid out for a source."""
        from tui.app.widgets.preview_text import PreviewText  # noqa: PLC0415

        problem = source.problem.sentence if source.problem else None
        if self._problem_of is not None:
            problem = self._problem_of(source)
        return PreviewText.of(
            source,
            problem or "",
            self._body,
            self._words,
            max(1, min(WIDEST, self.text_width)),
            names_title=self._names_title(source.title),
        )

    # The lines around the text

    @property
    def text_width(self) -> int:
        """The cells in a line of the text."""
        beside = 2 * (self._around.margin + self._around.has_sides)
        return max(1, super().text_width - beside)

    @property
    def text_height(self) -> int:
        """The lines of the text in sight."""
        around = len(self._around.head) + len(self._around.foot)
        return max(1, super().text_height - around - self._spare)

    def set_line_count(self, count: int) -> None:
        """Set the number of lines of the text; those around it are never scrolled away."""
        around = len(self._around.head) + len(self._around.foot)
        self.set_size(Size(self.text_width, count + around + self._spare))

    def cover(self, rows: int) -> None:
        """Something lies over so many of the last rows of the text, or over none.

        The text can be scrolled so far that its end is above them. Nothing moves by this alone:
        where the end was scrolled so far, it stays there until the next key scrolls.
        """
        self._under = rows
        layout = self._text_layout
        if layout is None or not self._in_sight:
            self._spare = rows
            return
        height, left = self.text_height + self._spare, len(self._in_sight)
        is_past_end = left < height and layout.number_of(self._in_sight[0][0]) > 0
        spare = max(rows, height - left if is_past_end else 0)
        if spare != self._spare:
            self._spare = spare
            self.set_line_count(layout.line_count)
            self._surrounded()
            self._refresh_around()

    def _surrounded(self) -> bool:
        """Work out the lines around the text; whether it has more room now, or less."""
        before = self._around
        whole = self.scrollable_content_region
        self._around = self._surround(
            View(whole.width, whole.height, self._facts, self._place_in_text)
        )
        return _room_of(before) != _room_of(self._around)

    @property
    def _place_in_text(self) -> Place:
        layout = self._text_layout
        if layout is None or not self._in_sight:
            return Place(0, self._minutes)
        below = layout.line_count - self.text_height
        percent = 100 * layout.number_of(self._in_sight[0][0]) // below if below > 0 else 0
        return Place(max(0, min(100, percent)), self._minutes, is_whole=below <= 0)

    def _refresh_around(self) -> None:
        """Draw the lines around the text."""
        width, height = self.size
        head, foot = len(self._around.head), len(self._around.foot)
        self.refresh(Region(0, 0, width, head), Region(0, height - foot, width, foot))

    def _edge_line(self, line: EdgeLine, ground: Style) -> Strip:
        width = self.scrollable_content_region.width
        edge = self.ground + self._edge
        segments = [
            Segment(line.ends[0], edge),
            *(Segment(piece.text, ground + self._look_of(piece.look)) for piece in line.pieces),
            Segment(line.ends[1], edge),
        ]
        return strip_of(segments, width)

    @property
    def _edge(self) -> Style:
        """The look of frame and rules: they show where the keyboard is."""
        return self.look("line--edge-focused" if self.has_keyboard else "line--edge")

    def _look_of(self, name: str) -> Style:
        focused = self.has_keyboard and name in ("line--edge", "line--title")
        return self.look(f"{name}-focused" if focused else name)

    def on_focus(self) -> None:
        """Show that the keyboard is here."""
        self._show_focus()

    def on_blur(self) -> None:
        """Show that the keyboard is elsewhere."""
        self._show_focus()

    def _show_focus(self) -> None:
        if self._around.has_sides:
            self.refresh()
        else:
            self._refresh_around()

    def on_click(self, event: events.Click) -> None:
        """Open the drawer whose line was clicked, or press the key."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        at = offset.y - (self.size.height - len(self._around.foot))
        piece = self._around.foot[at].piece_at(offset.x) if at >= 0 else None
        if piece is not None and piece.key:
            press(self.app, presses_of(Key(piece.key, "")))
        elif piece is not None and piece.drawer is not None:
            self.post_message(self.DrawerClicked(piece.drawer))

    @property
    def text_region(self) -> Region:
        """Where the text is on the screen, its margin included as far as the cursor needs it."""
        region, around = self.region, self._around
        x = max(0, around.margin - BESIDE)
        rows = len(around.head) + len(around.foot)
        return Region(
            region.x + x,
            region.y + len(around.head),
            max(1, region.width - 2 * x),
            max(1, region.height - rows),
        )

    def rows_of(self, drawer: Drawer) -> tuple[int, int]:
        """The first row of the widget below the text's head, and the one after a drawer's lines."""
        foot = self._around.foot
        ends = [at for at, line in enumerate(foot, 1) if line.drawer == drawer]
        first = self.size.height - len(foot)
        return len(self._around.head), first + (ends[-1] if ends else len(foot))

    def _forget_place(self) -> None:
        """Go to the top, with no hit and nothing selected."""
        self._here = None
        self._offset, self._spare = 0, self._under
        self.drop_work()
        self._text_layout = None
        self._in_sight = []
        self.scroll_to_line(0)
        self._select_nothing()

    def _select_nothing(self) -> None:
        if self.is_attached and self.text_selection is not None:
            self.screen.clear_selection()

    def _scroll_to_place(self, place: TextPlace) -> None:
        self.scroll_to_line(self._bring_into_sight(place))

    def _bring_into_sight(self, place: TextPlace) -> int:
        """Lay out the view from this place on, or the end of the text; its top line's number."""
        layout = self._text_layout
        if layout is None:
            return 0
        count = self.text_height + AHEAD
        in_sight = layout.lines_from(place, count)
        if len(in_sight) < self.text_height:
            in_sight = layout.lines_from(layout.step(layout.end, -self.text_height), count)
        if self._hits is not None and self._hits.read_to(layout.span_of(in_sight[-1][0].part)[1]):
            self._strips.clear()
        self.set_line_count(layout.line_count)
        # Last: Textual may scroll when the length changes.
        self._in_sight = in_sight
        self._offset = layout.offset_of(in_sight[0][0])
        self._surrounded()
        self.refresh()
        return layout.number_of(in_sight[0][0])

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Lay out what wheel and scrollbar bring into sight.

        Exact line counts replace the estimates above, so the text keeps its place on the screen
        while the number of its line changes.
        """
        layout = self._text_layout
        if layout is not None and self._in_sight:
            top = self._in_sight[0][0]
            if count := round(new_value) - layout.number_of(top):
                self._spare = self._under
                new_value = self._bring_into_sight(layout.step(top, count))
                self.set_reactive(Widget.scroll_y, new_value)
                self.set_reactive(Widget.scroll_target_y, new_value)
        super().watch_scroll_y(old_value, new_value)

    def on_resize(self) -> None:
        """Wrap for the new width."""
        self._spare = self._under
        self._surrounded()
        source = self._source
        names_title = source is not None and self._names_title(source.title)
        if self.text_width != self._layout_width or names_title != self._has_title:
            self._here = None
            self._lay_out()
        elif self._text_layout is not None:
            offset = self._offset
            self._scroll_to_place(self._text_layout.place_at_offset(offset))
            self._offset = offset

    def forget_strips(self) -> None:
        """Drop what was drawn."""
        self._strips.clear()

    def on_enter(self) -> None:
        """Make the text selectable, once the mouse is over it.

        This costs as much as drawing the text, so it waits for a mouse.
        """
        if not self._selectable:
            self._selectable = True
            self._strips.clear()
            self.refresh()

    def on_leave(self) -> None:
        """Draw plainly again."""
        self._selectable = False

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text selected with the mouse; a wrapped paragraph is one line again."""
        if self._text_layout is None:
            return None
        from tui.app.widgets.text_layout import selected_text  # noqa: PLC0415

        return selected_text(self._text_layout, selection), "\n"

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002 - Textual asks
        """Draw the new selection."""
        self._work_changed()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the widget."""
        around, height = self._around, self.scrollable_content_region.height
        head = len(around.head)
        if y < head:
            return self._edge_line(around.head[y], self.ground)
        if 0 <= (at := y - max(head, height - len(around.foot))) < len(around.foot):
            line = around.foot[at]
            panel = self.look("line--panel") if line.is_decision else Style.null()
            return self._edge_line(line, self.ground + panel)
        strip = self._text_line(y - head)
        if not around.margin and not around.has_sides:
            return strip
        margin = " " * around.margin
        side = "│" if around.has_sides else ""
        edge = self.ground + self._edge
        left = Strip([Segment(side, edge), *self._beside(y - head, margin)])
        right = Strip([*self._margin_right(y - head, margin), Segment(side, edge)])
        return Strip.join([left, strip, right])

    def _margin_right(self, y: int, margin: str) -> list[Segment]:
        """The margin right of a line of the text, with what is beside the text."""
        beside = self._around.beside
        if y >= len(beside):
            return [Segment(margin, self.ground)]
        return [Segment(piece.text, self.ground + self.look(piece.look)) for piece in beside[y]]

    def _beside(self, y: int, margin: str) -> list[Segment]:
        """The margin left of a line of the text, with the cursor on the lines."""
        tools = self._tools
        if tools is None or len(margin) < BESIDE or y >= len(self._in_sight):
            return [Segment(margin, self.ground)]
        return [
            Segment(margin[BESIDE:], self.ground),
            Segment(tools.beside(*self._in_sight[y]), self.ground + self.look("line--key")),
            Segment(margin[: BESIDE - 1], self.ground),
        ]

    def _text_line(self, y: int) -> Strip:
        """Draw one line of the text."""
        if self._text_layout is None:
            return self.empty_line(y)
        width = self.text_width
        if y >= len(self._in_sight):
            return Strip.blank(width, self.ground)
        place, line = self._in_sight[y]
        strip = self._strips.get((place, width))
        if strip is None:
            strip = strip_of(self._segments(place, line, width), width)
            if self._selectable:
                strip = strip.apply_offsets(0, place.key)
            self._strips[place, width] = strip
        return strip

    def _segments(self, place: TextPlace, line: Line, width: int) -> list[Segment]:
        block = line.block
        edge = self.ground + self.look(block.edge)
        if block.rule:
            return [Segment("─" * min(WIDEST, width), edge), Segment(" ", self.ground)]
        ground = self.ground + self.look(block.look)
        if self._tools is not None and self._tools.marks.is_marked(place, line):
            ground += self.look("preview--marked")
            edge += self.look("preview--marked")
        segments = [Segment(line.before, edge)]
        overlays = self._overlays(place, line)
        cuts = sorted(
            {0, len(line.text), *(at for start, end, _ in overlays for at in (start, end))}
        )
        for start, end in pairwise(cuts):
            style = ground
            for left, right, look in overlays:
                if left <= start and end <= right:
                    style += look
            segments.append(Segment(line.text[start:end], style))
        segments.append(Segment("", ground if block.chopped else self.ground))
        return segments

    def _overlays(self, place: TextPlace, line: Line) -> list[tuple[int, int, Style]]:
        """Parts of the line with another style; later ones are on top."""
        length = len(line.text)
        overlays = [
            (max(0, start - line.start), min(length, end - line.start), self.look(look))
            for start, end, look in line.block.spans
            if start - line.start < length and end > line.start
        ]
        if self.is_searched and self._tools is not None:
            overlays += (
                (start, end, self.look("preview--hit-here" if is_here else "line--hit"))
                for start, end, is_here in self._tools.spans_in(line, place.part)
            )
        elif self._hits is not None and self._hits.pattern is not None:
            for match in self._hits.pattern.finditer(line.text):
                here = self._here == (place, match.start())
                look = self.look("preview--hit-here" if here else "line--hit")
                overlays.append((*match.span(), look))
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(place.key)) is not None:
            before = len(line.before)
            start, end = max(0, span[0] - before), span[1] - before if span[1] >= 0 else length
            if start < end:
                selected = self.screen.get_component_rich_style("screen--selection")
                overlays.append((min(start, length), min(end, length), selected))
        return overlays


def _room_of(around: Around) -> tuple[int, bool, int]:
    """What of the lines around a text decides how much room it has."""
    return len(around.head) + len(around.foot), around.has_sides, around.margin
