"""EditBox: what the boxes that edit one field have in common; LineField, their one-line field."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from tui.app.themes import rich_colour
from tui.app.widgets.clean_field import CleanInput
from tui.display import clean


class LineField(CleanInput):
    """One line of text; who opened it is told of every letter at once."""

    def __init__(self, text: str, on_letters: Callable[[str], None], hint: str = "") -> None:
        self._on_letters = on_letters
        super().__init__(text, placeholder=hint, select_on_focus=False)

    def _watch_value(self, value: str) -> None:
        super()._watch_value(value)
        # Called here and not by Input.Changed: enter may come before that message.
        if self.is_mounted:
            self._on_letters(value)


class EditBox(ModalScreen[None]):
    """A box with a heading, what is edited, and a line below it that says what it means."""

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
    EditBox #told { height: auto; max-height: 3; color: $text-dim; }
    """

    def __init__(self, heading: str, keys: str) -> None:
        super().__init__()
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-high")]
        self._heading = heading
        self._keys = keys
        self.leaves_first = False
        """Whether a box that asks whether it is meant may follow: then this one is gone by then."""

    def compose(self) -> ComposeResult:
        """The parts of the box, one below the other."""
        with Vertical() as box:
            box.border_title = Text(clean(self._heading, 200))
            box.border_subtitle = Text(self._keys)
            yield from self.parts()
            yield Static("", id="told", markup=False)

    def parts(self) -> tuple[Widget, ...]:
        """What is in the box; each kind of box has its own."""
        return ()

    def finish(self, save: Callable[[], bool]) -> None:
        """Leave when ``save`` took what was typed; else stay with it."""
        if self.leaves_first:
            self.dismiss(None)
            save()
        elif save():
            self.dismiss(None)

    def tell(self, sentence: str, sign: str = "", colour: str = "text-dim") -> None:
        """Say what the text means, or why it cannot be taken."""
        shown = Text(f"{sign} " if sign else "")
        shown.append(clean(sentence, 600))
        shown.stylize(rich_colour(self.app.theme_variables, colour))
        self.query_one("#told", Static).update(shown)

    def head(self, heading: str, keys: str = "") -> None:
        """Show another heading, and other keys if some are named."""
        box = self.query_one(Vertical)
        box.border_title = Text(clean(heading, 200))
        if keys:
            box.border_subtitle = Text(keys)


def rule() -> Static:
    """A line between two parts of a box."""
    return Static(Text("─" * 200, no_wrap=True, overflow="crop"), id="rule")
