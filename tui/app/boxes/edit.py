"""EditBox: what the boxes share that edit one field."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.text import Text
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static

from tui.app.boxes.box import Box, Place
from tui.app.themes import rich_colour
from tui.display import clean


class EditBox(Box[None]):
    """A box with a heading, a field, and below it a line that explains the value."""

    DEFAULT_CSS = """
    EditBox TextArea { border: none; padding: 0; background: $surface; }
    EditBox #meaning { max-height: 3; color: $text-dim; }
    EditBox.-list #meaning { padding: 0 1; }
    """

    def __init__(
        self, heading: str, *keys: str, leaves_first: bool, place: Place | None = None
    ) -> None:
        super().__init__(heading, *keys, place=place)
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-high")]
        self._leaves_first = leaves_first
        """Whether to close before saving: a question in another box may follow."""

    def parts(self) -> ComposeResult:
        """The field, and the line below it."""
        yield from self.fields()
        yield Static(id="meaning", markup=False)

    def fields(self) -> Iterable[Widget]:
        """The widgets between heading and last line; each kind of box has its own."""
        return ()

    def finish(self, save: Callable[[], bool]) -> None:
        """Close when ``save`` accepts the value; else stay open."""
        if self._leaves_first:
            self.dismiss(None)
            save()
        elif save():
            self.dismiss(None)

    def tell(self, sentence: str, symbol: str = "", colour: str = "text-dim") -> None:
        """Show what the value means, or why it is invalid."""
        shown = Text(f"{symbol} " if symbol else "")
        shown.append(clean(sentence, 600))
        shown.stylize(rich_colour(self.app.theme_variables, colour))
        self.query_one("#meaning", Static).update(shown)
