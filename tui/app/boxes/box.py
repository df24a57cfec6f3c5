"""Box: the base of what opens in a frame over a screen."""

from __future__ import annotations

from typing import TypeVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.display import cells, clean

WIDTH = 72
"""The width of most boxes in cells, on a screen that is wide enough."""
_SHARE, _EDGES = 0.92, 6
"""A box's largest share of the screen, and the cells of the lower border beside the hint."""
Result = TypeVar("Result")


class Box(ModalScreen[Result]):
    """A frame around the parts of a box: heading above, and below the keys that work.

    Of the hints of keys, the first one that fits is shown, else the last: longest first.
    """

    DEFAULT_CSS = """
    Box { align: center middle; background: $background 60%; }
    Box:nocolor { background: transparent; }
    Box > Vertical {
        width: 72; max-width: 92%; height: auto; max-height: 90%;
        border: round $border-focus; border-title-color: $accent; border-title-style: bold;
        border-subtitle-color: $text-dim;
        background: $surface; padding: 0 1;
    }
    Box VerticalScroll { height: auto; max-height: 100%; }
    Box #rule { height: 1; color: $border-quiet; }
    Box Input { border: none; height: 1; padding: 0; background: $surface; }
    Box Input:focus { border: none; background-tint: transparent 0%; }
    """

    def __init__(self, heading: str = "", *keys: str) -> None:
        super().__init__()
        self._heading = heading
        self._keys = keys
        self._frame = Vertical()

    def compose(self) -> ComposeResult:
        """The parts in their frame."""
        self.head(self._heading, *self._keys)
        with self._frame:
            yield from self.parts()

    def parts(self) -> ComposeResult:
        """What stands in the frame; each kind of box has its own."""
        yield from ()

    def head(self, heading: str, *keys: str) -> None:
        """Show another heading, and other hints if there are any."""
        self._frame.border_title = Text(clean(heading, 200))
        if keys:
            self.hint(*keys)

    def hint(self, *keys: str) -> None:
        """Show other hints."""
        self._frame.border_subtitle = Text(longest(width_in(self.app) - _EDGES, *keys))

    def action_scroll(self, lines: int) -> None:
        """Scroll what is longer than the box."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def width_in(app: App[None], widest: int = WIDTH) -> int:
    """A box's width in cells on this screen."""
    return min(widest, int(app.size.width * _SHARE))


def longest(room: int, *words: str) -> str:
    """The first of these that fits into ``room`` cells, else the last: longest first."""
    return next((text for text in words if cells(text) <= room), words[-1])


def rule() -> Static:
    """A line between two parts of a box."""
    return Static(Text("─" * 200, no_wrap=True, overflow="crop"), id="rule")
