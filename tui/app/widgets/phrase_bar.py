"""PhraseBar: the field for words to find in the text; every letter shows the matches."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message

from tui.app.widgets.bars import Bar
from tui.app.widgets.clean_field import FixedInput
from tui.display import cells


class PhraseInput(FixedInput):
    """The words."""

    DEFAULT_CSS = """
    PhraseInput, PhraseInput:focus {
        border: none; height: 1; padding: 0; width: 1fr; background: $panel; color: $foreground;
        background-tint: transparent 0%;
    }
    PhraseInput > .input--placeholder { color: $text-dim; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down,tab", "leave(True)", "go to the matches"),
        Binding("escape", "leave(False)", "clear"),
    ]

    class Left(Message):
        """The field is left: for the matches, or giving them up."""

        def __init__(self, keeps: bool) -> None:
            super().__init__()
            self.keeps = keeps

    def __init__(self, on_phrase: Callable[[str], object]) -> None:
        self._on_phrase = on_phrase
        super().__init__(placeholder="words in this text", id="phrase-input", select_on_focus=True)

    def watch_value(self, value: str) -> None:
        """Search at once, in the frame of the key."""
        if self.has_focus:
            self._on_phrase(value)

    def action_leave(self, keeps: bool) -> None:
        """Say that the field is left."""
        self.post_message(self.Left(keeps))


class PhraseSign(Bar):
    """A few characters beside the field."""

    DEFAULT_CSS = """
    PhraseSign { background: $panel; padding: 0; }
    PhraseSign#found { width: 22; text-align: right; }
    """

    def render(self) -> Text:
        """Draw it."""
        words = self._shown[0] if isinstance(self._shown, tuple) else ""
        style = f"bold {self.colour('accent')}" if self.id == "slash" else self.colour("text-dim")
        return Text(str(words), style=style, no_wrap=True)


class PhraseBar(Horizontal):
    """The field, between its sign and what was found. It lies over a line above the keys."""

    DEFAULT_CSS = """
    PhraseBar {
        layer: above; dock: bottom; margin: 0 0 1 0; height: 1; display: none; background: $panel;
        padding: 0 1;
    }
    """

    def __init__(self, on_phrase: Callable[[str], object]) -> None:
        super().__init__(id="phrase")
        self.input = PhraseInput(on_phrase)
        self._slash, self._found = PhraseSign("slash"), PhraseSign("found")

    def compose(self) -> ComposeResult:
        """The sign, the field and the count."""
        yield self._slash
        yield self.input
        yield self._found

    def open(self, sign: str) -> None:
        """Show the field, with the words before selected, so that typing replaces them."""
        self._slash.say(sign)
        self._slash.styles.width = cells(sign) + 1
        self._found.say("")
        self.display = True
        self.screen.set_focus(self.input)

    def close(self, *, keeps: bool) -> None:
        """Hide the field; it may forget the words."""
        self.display = False
        if not keeps:
            self.input.value = ""

    def show(self, found: str) -> None:
        """Show which match is the current one, and of how many."""
        self._found.say(found)
