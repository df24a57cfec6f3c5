"""Box: the base of what opens in a frame over a screen, in its middle or as a drawer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.geometry import Region, Spacing
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.app.themes import rich_colour
from tui.app.widgets.bars import press, presses_of
from tui.app.widgets.drawers import DrawerRoom
from tui.display import cells, clean, fit
from tui.session.update import Drawer, Key

WIDTH = 76
"""The width of most boxes in cells, on a screen that is wide enough."""
WHOLE = 60
"""The width in cells of a screen below which a box takes all of it."""
_EDGES = 5
"""The cells of the lower border beside the hint."""
_LOWEST, _BARS = 12, 2
"""The rows of the lowest room for a drawer, and those below it on a screen without a source."""
_FIELD = 9
"""The least cells of a field in the upper edge."""
_CORNERS = {"box": "╭╮╰╯", "framed": "├┤├┤", "bare": "────"}
"""The corners of a box, of a drawer between two borders, and of one without."""
_PARTED = " · "
"""What is between two hints of keys."""
_KEY_FIRST = re.compile(
    r"(?:enter|esc|tab|space|delete|ctrl\+\w|[A-Za-z])(?=$| (?!key\b|digit\b|\S(?: |$)))"
)
"""The key that a hint begins with, where it is one key."""
_BEHIND = re.compile(r" (?:·|of [\d,]+ marked).*")
"""What follows a drawer's name in its heading."""
Result = TypeVar("Result")


class Place(NamedTuple):
    """The place of a drawer."""

    room: DrawerRoom
    """Knows where it may lie."""
    drawer: Drawer
    """The drawer whose room it takes."""


class KeysEdge(Static):
    """The lower edge: a click on a hint presses its key."""

    _BEFORE = 3
    """The cells before the hints."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._spots: list[tuple[int, int, tuple[str, ...]]] = []
        """From which cell to which a click presses which keys."""

    def can_press(self, hints: str) -> None:
        """Remember where each hint is; they are parted by ``·``."""
        self._spots, at = [], self._BEFORE
        for hint in hints.split(_PARTED):
            if (begun := _KEY_FIRST.match(hint)) and (keys := presses_of(Key(begun[0], ""))):
                self._spots.append((at, at + cells(hint), keys))
            at += cells(hint) + cells(_PARTED)

    def on_click(self, event: events.Click) -> None:
        """Press the key of the hint that was clicked."""
        for start, end, keys in self._spots:
            if start <= event.x < end:
                event.stop()
                press(self.app, keys)
                return


class Box(ModalScreen[Result]):
    """A frame around the parts of a box: heading above, and below the keys that work.

    Of the hints of keys, the first one that fits is shown, else the last: longest first. With a
    ``place`` it is a drawer: it lies over the text of the source that it is about.
    """

    DEFAULT_CSS = """
    Box { align: center middle; background: $background 60%; overflow: hidden; }
    Box:nocolor { background: transparent; }
    Box > #frame {
        width: 76; max-width: 92%; height: auto; max-height: 90%; background: $surface;
    }
    Box #inside {
        height: auto; max-height: 100%; padding: 0 1;
        border-left: round $border-focus; border-right: round $border-focus;
    }
    Box #upper { dock: top; height: 1; color: $border-focus; }
    Box #lower { dock: bottom; height: 1; color: $border-focus; }
    Box #heading { height: 1; width: auto; }
    Box #corner { height: 1; width: auto; }
    Box.-whole > #frame { width: 100%; max-width: 100%; max-height: 100%; }
    Box.-drawer { align: left bottom; background: transparent; }
    Box.-drawer > #frame { max-width: 100%; max-height: 100%; }
    Box.-bare #inside { border: none; }
    Box.-list #inside { padding: 0; }
    Box VerticalScroll { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    Box #rule { height: 1; color: $border-quiet; }
    Box Input { border: none; height: 1; padding: 0; background: $surface; }
    Box Input:focus { border: none; background-tint: transparent 0%; }
    """

    widest = WIDTH
    """The width in cells that it has at most."""

    def __init__(
        self,
        heading: str = "",
        *keys: str,
        place: Place | None = None,
        ring: Sequence[str] = (),
    ) -> None:
        """``ring`` has the names of the drawers beside it, its heading among them."""
        super().__init__()
        self._heading = heading
        self._keys: Sequence[str] = keys
        self._place = place
        self._ring = ring
        self._frame = Vertical(id="frame")
        self._upper = Static(id="heading")
        self._corner = Static(id="corner")
        self._lower = KeysEdge(id="lower")
        self._width = WIDTH
        self._has_sides = False
        self._aside = ""
        """What the lower edge says at its right end."""
        self._upper_text = Text()
        self._theme = ""
        """The theme in whose colours the edges are drawn."""

    @property
    def is_drawer(self) -> bool:
        """Whether it lies at the lower end of a source."""
        return self._place is not None

    @property
    def inner_width(self) -> int:
        """The cells between its borders."""
        borders = 0 if self.has_class("-bare") else 2
        return max(1, self._width - borders - (0 if self.has_class("-list") else 2))

    @property
    def inner_height(self) -> int:
        """The rows between its edges, at most."""
        if self._place is not None:
            return max(1, self._region(self._place).height - 2)
        height = self.app.size.height
        return max(1, (height if self.has_class("-whole") else int(height * 0.9)) - 2)

    def compose(self) -> ComposeResult:
        """The parts between the two edges of the frame."""
        self._theme = self.app.theme
        self._place_frame()
        with self._frame:
            with Horizontal(id="upper"):
                yield self._upper
                if (field := self.in_edge()) is not None:
                    yield field
                yield self._corner
            with Vertical(id="inside"):
                yield from self.parts()
            yield self._lower
        self._draw_edges()

    def in_edge(self) -> Input | None:
        """The field in the upper edge behind the heading, if there is one."""
        return None

    def parts(self) -> ComposeResult:
        """What stands in the frame; each kind of box has its own."""
        yield from ()

    def _place_frame(self) -> None:
        """Put the frame in its place, before it is shown."""
        screen, styles = self.app.size, self._frame.styles
        if self._place is None:
            self.set_class(screen.width < WHOLE, "-whole")
            whole = self.has_class("-whole")
            self._width = screen.width if whole else min(self.widest, int(screen.width * 0.92))
            styles.width = self._width
            return
        region = self._region(self._place)
        self.add_class("-drawer")
        self.set_class(not self._has_sides, "-bare")
        self._width = styles.width = region.width
        below = max(0, screen.height - region.bottom)
        styles.margin = Spacing(0, 0, below, region.x)
        styles.max_height = region.height

    def _region(self, place: Place) -> Region:
        """Where the drawer may lie: the room of its source, but not so low that little fits."""
        region, has_sides = place.room.room_for(place.drawer)
        screen = self.app.size
        self._has_sides = has_sides and region.width > 0
        if region.width <= 0 or region.height <= 0:
            # A screen that shows one pane at a time, and not the source.
            region = Region(0, 0, screen.width, max(1, screen.height - _BARS))
        least = min(_LOWEST, region.bottom)
        if region.height < least:
            return Region(region.x, region.bottom - least, region.width, least)
        return region

    def notify_style_update(self) -> None:
        """Draw the edges in the colours of another theme."""
        super().notify_style_update()
        if self._theme not in ("", self.app.theme):
            self._theme, self._upper_text = self.app.theme, Text()
            self._draw_edges()

    def on_resize(self) -> None:
        """Put it where it belongs on a screen of this size."""
        if self.is_mounted:
            self._place_frame()
            self._draw_edges()

    # The edges

    def head(self, heading: str, *keys: str) -> None:
        """Show another heading, and other hints if there are any."""
        self._heading = heading
        if keys:
            self._keys = keys
        self._draw_edges()

    def hint(self, *keys: str) -> None:
        """Show other hints."""
        self._keys = keys
        self._draw_lower()

    def aside(self, words: str) -> None:
        """Show words at the right end of the lower edge, where there is room."""
        if words != self._aside:
            self._aside = words
            self._draw_lower()

    @property
    def _corners(self) -> str:
        if not self.is_drawer:
            return _CORNERS["box"]
        return _CORNERS["framed" if self._has_sides else "bare"]

    def _draw_edges(self) -> None:
        self._draw_upper()
        self._draw_lower()

    def _draw_upper(self) -> None:
        corners, width, field = self._corners, self._width, self.in_edge()
        variables = self.app.theme_variables
        bold, dim = f"bold {rich_colour(variables, 'accent')}", rich_colour(variables, "text-dim")
        names, own = self._title(max(8, width - 6 - (_FIELD + 2 if field is not None else 0)))
        upper = Text(f"{corners[0]}─ ", no_wrap=True, overflow="crop")
        for number, name in enumerate(names):
            upper.append(" · " if number else "", style=dim)
            upper.append(name, style=bold if number == own else dim)
        upper.append(" ")
        room = max(0, width - 2 - cells(upper.plain))
        if field is None:
            upper.append("─" * room)
        else:
            own_width = max(4, min(room - 3, max(_FIELD, cells(field.placeholder) + 1)))
            upper.append("─" * max(0, room - own_width - 1) + " ")
            field.styles.width = own_width
        if upper != self._upper_text:
            self._upper_text = upper
            self._upper.update(upper)
            self._corner.update(Text(f"─{corners[1]}"))

    def _draw_lower(self) -> None:
        corners, width = self._corners, self._width
        dim = rich_colour(self.app.theme_variables, "text-dim")
        keys = [clean(words, 300) for words in self._keys]
        hint = longest(width - _EDGES - 1, *keys) if keys else ""
        lower = Text(f"{corners[2]}─", no_wrap=True, overflow="crop")
        if hint:
            shown = fit(hint, min(cells(hint), width - _EDGES - 1))
            lower.append(f" {shown} ", style=dim)
            self._lower.can_press(shown)
        else:
            self._lower.can_press("")
        aside = f" {clean(self._aside, 100)} " if self._aside else ""
        room = max(0, width - 2 - cells(lower.plain))
        if cells(aside) + 2 > room:
            aside = ""
        lower.append("─" * (room - cells(aside)))
        lower.append(aside, style=dim)
        lower.append(f"─{corners[3]}")
        self._lower.update(lower, layout=False)

    def _title(self, room: int) -> tuple[list[str], int]:
        """The names in the upper edge, and which of them is its own."""
        heading = clean(self._heading, 200)
        own = _BEHIND.sub("", heading)
        own = own.upper() + heading[len(own) :] if self.is_drawer else heading
        ring = [own if heading.startswith(name) else name for name in self._ring]
        if ring and cells(" · ".join(ring)) <= room:
            return ring, ring.index(own)
        return [own if cells(own) <= room else fit(own, room)], 0

    def action_scroll(self, lines: int) -> None:
        """Scroll what is longer than the box."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def longest(room: int, *words: str) -> str:
    """The first of these that fits into ``room`` cells, else the last: longest first."""
    return next((text for text in words if cells(text) <= room), words[-1])


def rule() -> Static:
    """A line between two parts of a box."""
    return Static(Text("─" * 200, no_wrap=True, overflow="crop"), id="rule")
