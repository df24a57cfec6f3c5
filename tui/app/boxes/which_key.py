"""WhichKey: after the first key of a sequence, the keys that can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tui.app.boxes.box import Box, width_in
from tui.app.boxes.columns import Columns, colours_of, draw
from tui.display import clean
from tui.session.keys.command import key_sign
from tui.session.keys.keymap import PREFIX
from tui.session.option import Option
from tui.session.questions import NextKey

if TYPE_CHECKING:
    pass

WIDTH = 56
"""The box's width in cells, on a screen that is wide enough."""


class WhichKey(Box[str | None]):
    """A box with the next keys; returns the id of the chosen command, or None."""

    DEFAULT_CSS = """
    WhichKey { align: center bottom; background: transparent; }
    WhichKey > Vertical { width: 56; margin-bottom: 1; }
    WhichKey #wrong { color: $problem; display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "back")]

    def __init__(self, question: NextKey) -> None:
        super().__init__("", "a key chooses · esc closes")
        self._after = question.after
        self._begun = question.begun
        self.own_keys = frozenset[str]()
        """The keys that can follow: the keyboard layout never turns them into other keys."""

    def parts(self) -> ComposeResult:
        """The next keys, one on each line."""
        with VerticalScroll(can_focus=False):
            yield Static(id="following", markup=False)
        yield Static(id="wrong", markup=False)

    def on_mount(self) -> None:
        """Show the keys that can follow."""
        self._show()

    def on_resize(self) -> None:
        """Cut the lines to the new width."""
        if self.is_mounted:
            self._show()

    def _show(self) -> None:
        following = self._after(self._begun)
        self.own_keys = frozenset(follows.key for follows in following)
        options = [Option(f.id, f.name, slot=key_sign(f.key)) for f in following]
        columns = Columns.of(options, max(12, width_in(self.app, WIDTH) - 4))
        colours = colours_of(self.app)
        lines = [draw(option, "", columns, colours) for option in options]
        self.head(f"{key_sign(self._begun)} …")
        self.query_one("#following", Static).update(Text("\n").join(lines))

    def on_key(self, event: events.Key) -> None:
        """Continue with a key, or say that no command has it."""
        if event.key == "escape":
            return
        # Otherwise the app passes the key to the screen below once this one is closed.
        event.stop()
        event.prevent_default()
        following = {follows.key: follows for follows in self._after(self._begun)}
        found = following.get(event.key)
        if found is None:
            wrong = self.query_one("#wrong", Static)
            begun = key_sign(self._begun)
            wrong.update(f"{begun} {clean(key_sign(event.key), 20)} is not a command; esc closes")
            wrong.display = True
        elif found.id.startswith(PREFIX):
            self._begun = found.id.removeprefix(PREFIX)
            self.query_one("#wrong").display = False
            self._show()
        else:
            self.dismiss(found.id)
