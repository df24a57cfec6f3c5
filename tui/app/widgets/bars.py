"""The screen's edges: title line above, progress and keys below."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text
from textual.widget import Widget

from tui.app.themes import rich_colour
from tui.display import clean, fit

Key = tuple[str, str]
"""A key as people write it, and what it does."""


class Bar(Widget):
    """One line that is drawn again only when its content changes."""

    DEFAULT_CSS = """
    Bar { height: 1; color: $text-dim; text-wrap: nowrap; }
    """

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._shown: object = None

    def say(self, *content: object) -> None:
        """Show this content; nothing happens if it is already shown."""
        if content != self._shown:
            self._shown = content
            self.refresh()

    def colour(self, name: str) -> str:
        """A colour of the theme, by name."""
        return rich_colour(self.app.theme_variables, name)


class Brand(Bar):
    """The names of program and vault, in a fixed width."""

    DEFAULT_CSS = """
    Brand { width: 26; background: $panel; padding: 0 1; }
    """

    def __init__(self, vault: str) -> None:
        super().__init__("brand")
        self._vault = vault

    def render(self) -> Text:
        """Draw it."""
        return Text.assemble(
            ("sluice", f"bold {self.colour('accent')}"),
            "  ",
            (fit(clean(self._vault, 60), 16), self.colour("text-dim")),
            no_wrap=True,
        )


class ViewCount(Bar):
    """The view's name, its number of sources, and the vault's."""

    DEFAULT_CSS = """
    ViewCount { width: 28; background: $panel; padding: 0 1; text-align: right; }
    """

    def show(self, view: str, count: int, total: int, note: str = "") -> None:
        """Show a view and its figures, or a note in their place."""
        # Deleted sources stay in the queue for a moment, and count until then.
        self.say(view, count, max(count, total), note)

    def render(self) -> Text:
        """Draw it."""
        if not isinstance(self._shown, tuple):
            return Text("")
        view, count, total, note = self._shown
        short = count == total or self.content_size.width < 24
        figures = note or (f"{count:,}" if short else f"{count:,} of {total:,}")
        return Text.assemble(
            (str(view), f"bold {self.colour('foreground')}"),
            "  ",
            (figures, self.colour("text-dim")),
            no_wrap=True,
        )


class KeyBar(Bar):
    """The keys that work now, as many as fit, with help at the right end."""

    DEFAULT_CSS = """
    KeyBar { background: $panel; padding: 0 1; }
    """

    def show(self, keys: Sequence[Key], last: Key | None) -> None:
        """Show these keys, with room for ``last`` at the right end in any case."""
        self.say(tuple(keys), last)

    def render(self) -> Text:
        """Draw it."""
        if not isinstance(self._shown, tuple):
            return Text("")
        keys, last = self._shown
        width = self.content_size.width
        tail = self._pair(last) if last else Text()
        room = width - tail.cell_len - 2
        text = Text(no_wrap=True)
        for key in keys:
            pair = self._pair(key)
            if text.cell_len + pair.cell_len + 2 > room:
                break
            text.append_text(pair).append("  ")
        text.append(" " * max(0, width - text.cell_len - tail.cell_len))
        return text.append_text(tail)

    def _pair(self, key: Key) -> Text:
        return Text.assemble((key[0], f"bold {self.colour('accent')}"), " ", key[1])


class ProgressLine(Bar):
    """How much of the view is done, and how long the rest will take."""

    DEFAULT_CSS = """
    ProgressLine { padding: 0 2; }
    """
    BAR = 24

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self._work: tuple[int, int, tuple[str, ...]] | None = None

    def show_work(self, what: str, done: int, total: int) -> None:
        """Show the progress of a long change instead, and how to stop it."""
        # The last part is the first to be dropped on a narrow screen.
        self._work = (done, total, (f"{done:,} of {total:,}", "esc stops it", what))
        self.refresh()

    def end_work(self) -> None:
        """Show the progress of the view again."""
        if self._work is not None:
            self._work = None
            self.refresh()

    def show(self, done: int, size: int, words: Sequence[str]) -> None:
        """Show ``done`` of ``size`` as a bar, then the words."""
        self.say(done, size, tuple(words))

    def render(self) -> Text:
        """Draw it."""
        shown = self._work or self._shown
        if not isinstance(shown, tuple):
            return Text("")
        done, size, words = shown
        width = self.content_size.width
        bar = self.BAR if width >= 70 else 10
        filled = round(bar * done / size) if size else 0
        if done and not filled:
            filled = 1
        text = Text(no_wrap=True)
        text.append("━" * filled, style=self.colour("accent"))
        text.append("━" * (bar - filled), style=self.colour("border-quiet"))
        text.append("  ")
        for index, word in enumerate(words):
            part = f"{' · ' if index else ''}{word}"
            if text.cell_len + cell_len(part) > width:
                break
            text.append(part)
        return text
