"""CaptureBox: asks for the URL and the title of a new source."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.app.screens.box import hint
from tui.app.widgets.clean_field import CleanInput
from tui.display import clean


class Typed(NamedTuple):
    """The text of the two fields."""

    address: str = ""
    title: str = ""


class CaptureField(CleanInput):
    """One field of the box."""

    def __init__(self, text: str, id: str, placeholder: str = "") -> None:
        super().__init__(text, id=id, placeholder=placeholder, select_on_focus=False)


class CaptureBox(ModalScreen[None]):
    """A box with two fields, open until the source is added or the person leaves."""

    DEFAULT_CSS = """
    CaptureBox { align: center middle; background: $background 60%; }
    CaptureBox:nocolor { background: transparent; }
    CaptureBox > Vertical {
        width: 76; max-width: 92%; height: auto; max-height: 90%;
        border: round $border-focus; border-title-color: $accent; border-title-style: bold;
        border-subtitle-color: $text-dim;
        background: $surface; padding: 0 1;
    }
    CaptureBox Static { height: auto; color: $text-dim; }
    CaptureBox #said { color: $problem; margin-top: 1; display: none; }
    CaptureBox Input {
        border: none; border-left: outer $border-quiet; height: 1; padding: 0 0 0 1;
        background: $surface;
    }
    CaptureBox Input:focus {
        border: none; border-left: outer $border-focus; background-tint: transparent 0%;
    }
    CaptureBox > ToastRack { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "add", "add", priority=True),
        Binding("escape", "dismiss(None)", "leave"),
        Binding("down,tab", "app.focus_next", "next field", show=False),
        Binding("up,shift+tab", "app.focus_previous", "previous field", show=False),
    ]

    def __init__(
        self, typed: Typed, add: Callable[[Typed], None], keep: Callable[[Typed], None]
    ) -> None:
        super().__init__()
        self._typed = typed
        self._add = add
        self._keep = keep
        self._offered = ""
        """The URL that was filled in from the clipboard."""

    def compose(self) -> ComposeResult:
        """The URL above the title."""
        with Vertical() as box:
            box.border_title = Text("add a source")
            hint(
                box,
                "enter adds the source · tab switches fields · esc keeps the draft",
                "enter adds · tab next · esc closes",
            )
            yield Static("URL")
            yield CaptureField(self._typed.address, placeholder="https://…", id="address")
            yield Static("title (optional)")
            yield CaptureField(self._typed.title, id="title")
            yield Static("", id="said", markup=False)

    def on_mount(self) -> None:
        """Start in the URL field."""
        self.set_focus(self.query_one("#address"))

    @property
    def typed(self) -> Typed:
        """The text of the two fields now, without blanks around it."""
        address, title = (self.query_one(name, Input).value for name in ("#address", "#title"))
        return Typed(address.strip(), title.strip())

    def offer(self, address: str) -> None:
        """Fill in a URL, unless the person typed one meanwhile."""
        field = self.query_one("#address", Input)
        if not field.value:
            self._offered = address
            field.value = address
            field.cursor_position = len(address)

    def tell(self, sentence: str) -> None:
        """Show below the fields why no source was added."""
        said = self.query_one("#said", Static)
        said.update(clean(sentence, 400))
        said.display = bool(sentence)

    def action_add(self) -> None:
        """Add the source; the next key waits until that succeeds or fails."""
        self.tell("")
        self._add(self.typed)

    def on_input_changed(self) -> None:
        """Save the text as a draft."""
        if self.typed != Typed(self._offered):
            self._keep(self.typed)
