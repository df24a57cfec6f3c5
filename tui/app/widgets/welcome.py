"""Welcome: the first steps, for a person who opens a vault for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets import Static

from tui.app.themes import rich_colour
from tui.session.keys.catalogue import TIERS

if TYPE_CHECKING:
    from tui.session.keys.keymap import Keymap

LINES: tuple[tuple[tuple[tuple[str, ...], str], ...], ...] = (
    (((), "Judge this source with one key:"),),
    ((TIERS, "rate it, best first"), (("decide.category",), "category")),
    (
        (("decide.insight",), "insight"),
        (("decide.promote",), "promote"),
        (("decide.archive",), "archive"),
    ),
    (((), "each decision is saved"), (("undo.undo",), "undoes it")),
    ((("move.down", "move.up"), "move"), (("find.search",), "search"), (("find.view",), "views")),
    ((("app.help",), "explains every key"), (("esc",), "closes this")),
)
"""Commands and what they do; each line fits the narrowest screen."""


class Welcome(Static):
    """A box over the lower end of the screen; keys go to the screen below it."""

    DEFAULT_CSS = """
    Welcome {
        layer: above; dock: bottom; height: auto; width: auto; max-width: 100%; margin: 0 1 3 1;
        border: round $border-focus; border-title-color: $accent; border-title-style: bold;
        background: $surface; padding: 0 1;
    }
    """

    def __init__(self, keymap: Keymap, absent: frozenset[str], tiers: int) -> None:
        """``absent`` are the commands for what the folder does without; it has so many tiers."""
        super().__init__(id="welcome", markup=False)
        self._keymap = keymap
        self._absent = absent.union(TIERS[tiers:])
        self.border_title = Text("welcome")

    def on_mount(self) -> None:
        """Write the lines in the theme's colours."""
        accent = rich_colour(self.app.theme_variables, "accent")
        text = Text(no_wrap=True)
        parts = (
            [part for part in line if not self._absent.issuperset(part[0] or ("",))]
            for line in LINES
        )
        for number, line in enumerate(filter(None, parts)):
            text.append("\n" if number else "")
            for place, (ids, words) in enumerate(line):
                there = [id for id in ids if id not in self._absent]
                key = "esc" if ids == ("esc",) else self._keymap.row(*there)
                text.append(" · " if place else "")
                text.append(f"{key} " if key else "", style=f"bold {accent}")
                text.append(words)
        self.update(text)

    def on_click(self) -> None:
        """Close the welcome."""
        self.remove()
