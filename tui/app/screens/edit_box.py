"""EditBox: the base of the boxes that edit one field; LineField, a field of one line."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from tui.app.screens.box import hint
from tui.app.themes import rich_colour
from tui.app.widgets.clean_field import CleanInput
from tui.display import clean


class LineField(CleanInput):
    """One line of text; calls ``on_letters`` at once with every letter."""

    def __init__(self, text: str, on_letters: Callable[[str], None], hint: str = "") -> None:
        self._on_letters = on_letters
        super().__init__(text, placeholder=hint, select_on_focus=False)

    def watch_value(self, value: str) -> None:
        """Say so at once; Textual's own watcher of the value was called before this one."""
        # Called here and not by Input.Changed: enter may come before that message.
        if self.is_mounted:
            self._on_letters(value)


class EditBox(ModalScreen[None]):
    """A box with a heading, a field, and below it a line that explains the value."""

    DEFAULT_CSS = """
    EditBox { align: center middle; background: $background 60%; }
    EditBox:nocolor { background: transparent; }
    EditBox > Vertical {
        width: 72; max-width: 92%; height: auto; max-height: 90%;
        border: round $border-focus; border-title-color: $accent; border-title-style: bold;
        border-subtitle-color: $text-dim;
        background: $surface; padding: 0 1;
    }
    EditBox Input { border: none; height: 1; padding: 0; background: $surface; }
    EditBox Input:focus { border: none; background-tint: transparent 0%; }
    EditBox TextArea { border: none; padding: 0; background: $surface; }
    EditBox #rule { height: 1; color: $border-quiet; }
    EditBox #meaning { height: auto; max-height: 3; color: $text-dim; }
    """

    def __init__(self, heading: str, *keys: str) -> None:
        super().__init__()
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-high")]
        self._heading = heading
        self._keys = keys
        self.leaves_first = False
        """Whether to close before saving: a question in another box may follow."""

    def compose(self) -> ComposeResult:
        """The field, and the line below it."""
        with Vertical() as box:
            box.border_title = Text(clean(self._heading, 200))
            hint(box, *self._keys)
            yield from self.parts()
            yield Static("", id="meaning", markup=False)

    def parts(self) -> tuple[Widget, ...]:
        """The widgets between heading and last line; each kind of box has its own."""
        return ()

    def finish(self, save: Callable[[], bool]) -> None:
        """Close when ``save`` accepts the value; else stay open."""
        if self.leaves_first:
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

    def head(self, heading: str, *keys: str) -> None:
        """Show another heading, and other key hints if there are any: longest first."""
        box = self.query_one(Vertical)
        box.border_title = Text(clean(heading, 200))
        if keys:
            hint(box, *keys)


def rule() -> Static:
    """A line between two parts of a box."""
    return Static(Text("─" * 200, no_wrap=True, overflow="crop"), id="rule")
