"""WhichKey: after the first key of a sequence, the keys that can follow."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from tui.app.boxes.box import Box
from tui.app.boxes.row_list import RowList
from tui.display import clean
from tui.session.keys.command import key_sign
from tui.session.keys.keymap import PREFIX
from tui.session.option import Option
from tui.session.questions import NextKey

KEYS = (
    "a key picks at once · ↑ ↓ and enter too · esc closes",
    "a key picks · ↑ ↓ enter · esc closes",
)


class WhichKey(Box[str | None]):
    """A box with the next keys; returns the id of the chosen command, or None."""

    DEFAULT_CSS = """
    WhichKey { align: center bottom; background: transparent; }
    WhichKey > #frame { margin-bottom: 1; }
    WhichKey #wrong { color: $problem; display: none; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "back")]

    widest = 60

    def __init__(self, question: NextKey) -> None:
        super().__init__("", *KEYS)
        self.add_class("-list")
        self._after = question.after
        self._begun = question.begun
        self.own_keys = frozenset[str]()
        """The keys that can follow: the keyboard layout never turns them into other keys."""
        self._ids: list[str] = []
        self._list = RowList(lambda row: self._choose(self._ids[row]))

    def parts(self) -> ComposeResult:
        """The next keys, one on each line."""
        yield self._list
        yield Static(id="wrong", markup=False)

    def on_mount(self) -> None:
        """Show the keys that can follow."""
        self._show()

    def _show(self) -> None:
        following = self._after(self._begun)
        self.own_keys = frozenset(follows.key for follows in following)
        self._ids = [follows.id for follows in following]
        options = [Option(f.id, f.name, slot=key_sign(f.key)) for f in following]
        self._list.show(options, most=max(1, self.inner_height - 1))
        self.head(f"{key_sign(self._begun)} …")

    def on_key(self, event: events.Key) -> None:
        """Continue with a key, move the cursor, or say that no command has the key."""
        if event.key == "escape":
            return
        # Otherwise the app passes the key to the screen below once this one is closed.
        event.stop()
        event.prevent_default()
        following = {follows.key: follows for follows in self._after(self._begun)}
        found = following.get(event.key)
        if found is not None:
            self._choose(found.id)
        elif event.key in ("up", "down"):
            self._list.move(1 if event.key == "down" else -1)
        elif event.key == "enter" and self._list.cursor is not None:
            self._choose(self._ids[self._list.cursor])
        else:
            wrong = self.query_one("#wrong", Static)
            begun = key_sign(self._begun)
            wrong.update(f"{begun} {clean(key_sign(event.key), 20)} is not a command; esc closes")
            wrong.display = True

    def _choose(self, id: str) -> None:
        """Run a command, or show the keys that can follow a longer beginning."""
        if id.startswith(PREFIX):
            self._begun = id.removeprefix(PREFIX)
            self.query_one("#wrong").display = False
            self._show()
        else:
            self.dismiss(id)
