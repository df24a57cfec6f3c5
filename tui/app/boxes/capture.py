"""CaptureBox: asks for the URL and the title of a new source."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from tui.app.boxes.box import Box
from tui.app.widgets.clean_field import CleanInput
from tui.display import clean
from tui.session.questions import AddSource, TypedSource


class CaptureBox(Box[None]):
    """A box with two fields, open until the source is added or the person leaves."""

    DEFAULT_CSS = """
    CaptureBox Static { color: $text-dim; }
    CaptureBox #said { color: $problem; margin-top: 1; display: none; }
    CaptureBox Input { border-left: outer $border-quiet; padding: 0 0 0 1; }
    CaptureBox Input:focus { border-left: outer $border-focus; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "add", "add", priority=True),
        Binding("escape", "dismiss(None)", "leave"),
        Binding("down,tab", "app.focus_next", "next field", show=False),
        Binding("up,shift+tab", "app.focus_previous", "previous field", show=False),
    ]

    def __init__(self, question: AddSource) -> None:
        super().__init__(
            "add a source",
            "enter adds the source · tab switches fields · esc keeps the draft",
            "enter adds · tab next · esc closes",
        )
        self._question = question
        self._offered = ""
        """The URL that was filled in from the clipboard."""

    def parts(self) -> ComposeResult:
        """The URL above the title."""
        address, title = self._question.typed
        yield Static("URL")
        yield CleanInput(address, "https://…", id="address", select_on_focus=False)
        yield Static("title (optional)")
        yield CleanInput(title, id="title", select_on_focus=False)
        yield Static("", id="said", markup=False)

    def on_mount(self) -> None:
        """Start in the URL field."""
        self.set_focus(self.query_one("#address"))

    @property
    def typed(self) -> TypedSource:
        """The text of the two fields now, without blanks around it."""
        address, title = (self.query_one(name, Input).value for name in ("#address", "#title"))
        return TypedSource(address.strip(), title.strip())

    def offer(self, address: str) -> None:
        """Fill in a URL, unless the person typed one meanwhile."""
        field = self.query_one("#address", Input)
        if not field.value:
            self._offered = address
            field.value = address
            field.cursor_position = len(address)

    def complain(self, sentence: str, _part: str = "") -> None:
        """Show below the fields why no source was added."""
        said = self.query_one("#said", Static)
        said.update(clean(sentence, 400))
        said.display = bool(sentence)

    def action_add(self) -> None:
        """Add the source; the next key waits until that succeeds or fails."""
        self.complain("")
        self._question.add(self.typed)

    def on_input_changed(self) -> None:
        """Save the text as a draft."""
        if self.typed != TypedSource(self._offered):
            self._question.keep(self.typed)
