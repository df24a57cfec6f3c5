"""WholeScreen: the base of the screens that show one view, above its keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.screen import ModalScreen

from tui.app.widgets.bars import KeyBar
from tui.app.widgets.scrolling import PAGES, Scrolling, View


class WholeScreen(Scrolling[View], ModalScreen[None]):
    """One view on the whole screen, above its keys."""

    DEFAULT_CSS = """
    WholeScreen { background: $background; align: center top; }
    WholeScreen > Container { height: 1fr; padding: 1 1 0 2; }
    WholeScreen #keys { dock: bottom; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,escape", "dismiss(None)", "back"), *PAGES]

    def __init__(self, view: View, keys: Sequence[tuple[str, ...]]) -> None:
        super().__init__()
        self._view = view
        self._keys = KeyBar("keys")
        self.show_keys(keys)

    def show_keys(self, keys: Sequence[tuple[str, ...]]) -> None:
        """Show other keys below the view."""
        self._keys.show(keys, ("q", "back"))

    def compose(self) -> ComposeResult:
        """The view above its keys."""
        with Container():
            yield self._view
        yield self._keys

    def on_mount(self) -> None:
        """Scroll the view with the keys."""
        self.set_focus(self._view)
