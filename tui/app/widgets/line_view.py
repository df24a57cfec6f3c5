"""LineView: a scroll view that draws only the lines in sight, however long its content is."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.theme import Theme

from tui.app.textual_private import set_extent
from tui.app.widgets.wrapping import wrap
from tui.display import cells, clean_lines, fit

CHOICE_COLOURS = (
    *(f"tier-{number}" for number in range(1, 5)),
    *(f"status-{number}" for number in range(1, 6)),
)
"""The theme colours that a schema may give to a value."""
FARTHEST = 10**9
"""More lines than any text has: scrolling by it goes to the end."""
_MARGIN = 1
"""Cells left free on either side of what an empty view says."""
_PLAIN = Style.null()


class LineView(ScrollView, can_focus=True, inherit_bindings=False):
    """The base of queue and preview: styles, length and scrolling.

    It has no key bindings: those of the screen work, and Textual's own would hide them.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line--headline",
        "line--dim",
        "line--faint",
        "line--quiet",
        "line--accent",
        "line--hit",
        "line--problem",
        "line--key",
        "line--title",
        "line--title-focused",
        "line--edge",
        "line--edge-focused",
        "line--panel",
        *(f"line--{colour}" for colour in CHOICE_COLOURS),
    }
    DEFAULT_CSS = """
    LineView {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        scrollbar-color: $border-quiet;
        scrollbar-color-hover: $text-faint;
        scrollbar-color-active: $text-dim;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
    }
    LineView > .line--headline { color: $foreground; text-style: bold; }
    LineView > .line--dim { color: $text-dim; }
    LineView > .line--faint { color: $text-faint; }
    LineView > .line--quiet { color: $border-quiet; }
    LineView > .line--accent { color: $accent; }
    LineView > .line--hit { color: $hit; text-style: bold underline; }
    LineView > .line--problem { color: $problem; text-style: bold; }
    LineView > .line--key { color: $accent; text-style: bold; }
    LineView > .line--title { color: $text-dim; }
    LineView > .line--title-focused { color: $accent; text-style: bold; }
    LineView > .line--edge { color: $border-quiet; }
    LineView > .line--edge-focused { color: $border-focus; }
    LineView > .line--panel { background: $panel; }
    """ + "\n".join(f"LineView > .line--{name} {{ color: ${name}; }}" for name in CHOICE_COLOURS)

    def __init__(self, *, id: str | None = None) -> None:
        self._looks: dict[str, Style] = {}
        self._ground: Style | None = None
        self._drawn_with: tuple[Style, Theme] | None = None
        self._empty_text = ""
        self._is_lent = False
        super().__init__(id=id)

    @property
    def has_keyboard(self) -> bool:
        """Whether keys go here: it has the focus, and no drawer is open."""
        return self.has_focus and not self._is_lent

    def lend_keyboard(self, lent: bool) -> None:
        """Show that an open drawer has the keyboard, or no longer."""
        self._is_lent = lent
        if self.has_focus:
            self.set_class(lent, "-lent")
            self.refresh()

    @property
    def text_width(self) -> int:
        """The cells in a line; at least one, so that a squeezed view still wraps."""
        return max(1, self.scrollable_content_region.width)

    @property
    def text_height(self) -> int:
        """The lines in sight."""
        return max(1, self.scrollable_content_region.height)

    @property
    def first_line(self) -> int:
        """The line at the top of the view."""
        return self.scroll_offset.y

    @property
    def ground(self) -> Style:
        """The style of a plain character."""
        if self._ground is None:
            self._ground = self.rich_style
        return self._ground

    def look(self, name: str) -> Style:
        """The style that a component class adds to the ground; none for an unknown name."""
        look = self._looks.get(name)
        if look is None:
            look = self.get_component_rich_style(name, partial=True, default=_PLAIN)
            self._looks[name] = look
        return look

    def set_line_count(self, count: int) -> None:
        """Set the number of lines, without laying out the whole screen."""
        self.set_size(Size(self.text_width, count))

    def set_size(self, size: Size) -> None:
        """Set the size that is scrolled over, without laying out the whole screen."""
        if size != self.virtual_size:
            set_extent(self, size)

    def scroll_to_line(self, line: int) -> None:
        """Scroll a line to the top of the view, or as near as possible, without animation."""
        if self.is_attached:
            self.scroll_to(y=max(0, line), animate=False, immediate=True, force=True)

    def scroll_by_lines(self, count: int) -> None:
        """Scroll down by so many lines, or up; no further than the ends."""
        self.scroll_to_line(self.first_line + count)

    def page(self, pages: float) -> None:
        """Scroll by a page, or a part of one; two lines stay in sight."""
        self.scroll_by_lines(round(max(1, self.text_height - 2) * pages))

    def notify_style_update(self) -> None:
        """Forget the styles of the previous theme, but not when only the focus came or went."""
        now = self.rich_style, self.app.current_theme
        if now != self._drawn_with:
            self._drawn_with = now
            self._looks.clear()
            self._ground = None
            self.forget_strips()
        super().notify_style_update()

    @property
    def empty_text(self) -> str:
        """The text of an empty view, its first line as a headline."""
        return self._empty_text

    @empty_text.setter
    def empty_text(self, text: str) -> None:
        self._empty_text = text
        self.refresh()

    def empty_line(self, y: int) -> Strip:
        """Line `y` of the view with the empty text in its middle, wrapped to its width."""
        width, ground = self.text_width, self.ground
        lines = [
            (words[start:end], "line--dim" if place else "line--headline")
            for place, words in enumerate(clean_lines(self._empty_text).splitlines())
            for start, end in wrap(words, max(1, width - 2 * _MARGIN))
        ]
        number = y - max(0, (self.text_height - len(lines)) // 2)
        if not 0 <= number < len(lines):
            return Strip.blank(width, ground)
        line, name = lines[number]
        words, look = fit(line, min(width, cells(line))), self.look(name)
        left = " " * ((width - cells(words)) // 2)
        segments = [Segment(left, ground), Segment(words, ground + look), Segment(" ", ground)]
        return strip_of(segments, width)

    def forget_strips(self) -> None:
        """Drop the cached strips; a view that caches some overrides it."""


def strip_of(segments: list[Segment], width: int) -> Strip:
    """A strip of exactly `width` cells."""
    strip = Strip(segment for segment in segments if segment.text)
    return strip.adjust_cell_length(width, segments[-1].style if segments else None)
