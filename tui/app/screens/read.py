"""Read: one source on the whole screen."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import ModalScreen

from tui.app.screens.scrolling import Scrolling
from tui.app.widgets.bars import KeyBar
from tui.app.widgets.preview import Preview
from tui.vault.source import Source

KEYS = (("j k", "scroll"), ("space", "page"), ("n N", "matches"), ("g G", "top, bottom"))


class ReadScreen(Scrolling[Preview], ModalScreen[None]):
    """A source as one column of text."""

    DEFAULT_CSS = """
    ReadScreen { background: $background; align: center top; }
    ReadScreen > Container { max-width: 104; height: 1fr; padding: 1 2 0 2; }
    ReadScreen Preview, ReadScreen Preview:focus { border: none; }
    ReadScreen #keys { dock: bottom; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape,enter", "dismiss(None)", "back"),
        Binding("j,down", "scroll(1)", "down"),
        Binding("k,up", "scroll(-1)", "up"),
        Binding("space,pagedown", "page(1)", "page down"),
        Binding("pageup,b", "page(-1)", "page up"),
        Binding("ctrl+d", "page(0.5)", "half a page down"),
        Binding("ctrl+u", "page(-0.5)", "half a page up"),
        Binding("g,home", "first", "top"),
        Binding("G,end", "last", "bottom"),
        Binding("n", "hit(1)", "next match"),
        Binding("N", "hit(-1)", "previous match"),
    ]

    def __init__(self, source: Source, body: str, words: str) -> None:
        super().__init__()
        self.source = source
        """The source shown here."""
        self._text = body
        self._words = words
        self._view = Preview(id="read")

    def compose(self) -> ComposeResult:
        """The text above its keys."""
        with Container():
            yield self._view
        keys = KeyBar("keys")
        keys.show(KEYS, ("q", "back"))
        yield keys

    def on_mount(self) -> None:
        """Show the source once the screen's size is known."""
        self.set_focus(self._view)
        self.call_after_refresh(self._view.show, self.source, self._text, self._words)

    def show(self, source: Source, body: str) -> None:
        """Show the source as another program wrote it meanwhile."""
        self.source, self._text = source, body
        self._view.show(source, body, self._words)

    def action_hit(self, direction: int) -> None:
        """Scroll to the next or the previous match."""
        self._view.find_next(direction)
