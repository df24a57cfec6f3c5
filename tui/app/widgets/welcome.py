"""Welcome: five lines for who opens a vault for the first time."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import Static

from tui.app.themes import rich_colour

LINES = (
    (("j k", "move"), ("1-4", "judge"), ("c", "category")),
    (("i", "insight"), ("p", "promote"), ("a", "archive")),
    (("/", "finds, typos too"), ("v", "views")),
    (("", "decisions save at once"), ("u", "undoes")),
    (("?", "lists every key"), ("esc", "closes this")),
)
"""Keys and what they do: a line fits into the narrowest screen."""


class Welcome(Static):
    """Lies over the screen's lower end and takes no key."""

    DEFAULT_CSS = """
    Welcome {
        layer: above; dock: bottom; height: 7; width: auto; max-width: 100%; margin: 0 1 3 1;
        border: round $border-focus; border-title-color: $accent; border-title-style: bold;
        background: $surface; padding: 0 1;
    }
    """

    def __init__(self) -> None:
        super().__init__(id="welcome", markup=False)
        self.border_title = Text("welcome")

    def on_mount(self) -> None:
        """Write the lines in the theme's colours."""
        accent = rich_colour(self.app.theme_variables, "accent")
        text = Text(no_wrap=True)
        for number, line in enumerate(LINES):
            text.append("\n" if number else "")
            for place, (key, words) in enumerate(line):
                text.append(" · " if place else "")
                text.append(f"{key} " if key else "", style=f"bold {accent}")
                text.append(words)
        self.update(text)

    def on_click(self) -> None:
        """Go."""
        self.remove()
