"""Read: one source on the whole screen."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.app.screens.whole import WholeScreen
from tui.app.widgets.preview import Preview
from tui.session.questions import ReadSource
from tui.vault.source import Source

KEYS = (("j k", "scroll"), ("space", "page"), ("n N", "matches"), ("g G", "top, bottom"))


class ReadScreen(WholeScreen[Preview]):
    """A source as one column of text."""

    DEFAULT_CSS = """
    ReadScreen > Container { max-width: 104; padding: 1 2 0 2; }
    ReadScreen Preview, ReadScreen Preview:focus { border: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss(None)", "back"),
        Binding("b", "page(-1)", "page up"),
        Binding("n", "hit(1)", "next match"),
        Binding("N", "hit(-1)", "previous match"),
    ]

    def __init__(self, question: ReadSource) -> None:
        super().__init__(Preview(id="read"), KEYS)
        self.source = question.source
        """The source shown here."""
        self._text = question.body
        self._words = question.words

    def on_mount(self) -> None:
        """Show the source once the screen's size is known."""
        self.call_after_refresh(self._view.show, self.source, self._text, self._words)

    def show(self, source: Source, body: str) -> None:
        """Show the source as another program wrote it meanwhile."""
        self.source, self._text = source, body
        self._view.show(source, body, self._words)

    def action_hit(self, direction: int) -> None:
        """Scroll to the next or the previous match."""
        self._view.find_next(direction)
