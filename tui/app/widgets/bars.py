"""The screen's edges: title line above, progress and keys below."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text
from textual.widget import Widget

from tui.app.themes import rich_colour
from tui.display import clean, fit

Key = tuple[str, str]
"""A key as it is written, and the word for what it does."""


class Bar(Widget):
    """One line that is drawn anew only when it says something else."""

    DEFAULT_CSS = """
    Bar { height: 1; color: $text-dim; text-wrap: nowrap; }
    """

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._said: object = None

    def say(self, *said: object) -> None:
        """Show this; nothing happens when it is shown already."""
        if said != self._said:
            self._said = said
            self.refresh()

    def colour(self, name: str) -> str:
        """A theme's colour by its name."""
        return rich_colour(self.app.theme_variables, name)


class Brand(Bar):
    """The program's name and the vault's, at a width that never changes."""

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
    """The view's name, and how many sources it shows of how many."""

    DEFAULT_CSS = """
    ViewCount { width: 28; background: $panel; padding: 0 1; text-align: right; }
    """

    def show(self, view: str, count: int, total: int, note: str = "") -> None:
        """Show a view and its figures; a note takes their place."""
        # What went is still shown for a moment, and counts as long.
        self.say(view, count, max(count, total), note)

    def render(self) -> Text:
        """Draw it."""
        if not isinstance(self._said, tuple):
            return Text("")
        view, count, total, note = self._said
        short = count == total or self.content_size.width < 24
        figures = note or (f"{count:,}" if short else f"{count:,} of {total:,}")
        return Text.assemble(
            (str(view), f"bold {self.colour('foreground')}"),
            "  ",
            (figures, self.colour("text-dim")),
            no_wrap=True,
        )


class KeyBar(Bar):
    """The keys that work now, as many as fit; help stands at the right end."""

    DEFAULT_CSS = """
    KeyBar { background: $panel; padding: 0 1; }
    """

    def show(self, keys: Sequence[Key], last: Key | None) -> None:
        """Show these keys, ``last`` at the right end whatever else fits."""
        self.say(tuple(keys), last)

    def render(self) -> Text:
        """Draw it."""
        if not isinstance(self._said, tuple):
            return Text("")
        keys, last = self._said
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
    """How much of the view is done, and when the rest will be."""

    DEFAULT_CSS = """
    ProgressLine { padding: 0 2; }
    """
    BAR = 24

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self._work: tuple[int, int, tuple[str, ...]] | None = None

    def show_work(self, what: str, done: int, total: int) -> None:
        """Show in its place how far a long change is, and how to stop it."""
        # What is cut on a narrow screen stands last.
        self._work = (done, total, (f"{done:,} of {total:,}", "esc stops it", what))
        self.refresh()

    def end_work(self) -> None:
        """Show again what there was before."""
        if self._work is not None:
            self._work = None
            self.refresh()

    def show(self, done: int, size: int, words: Sequence[str]) -> None:
        """Show ``done`` of ``size`` as a bar, and the words behind it."""
        self.say(done, size, tuple(words))

    def render(self) -> Text:
        """Draw it."""
        said = self._work or self._said
        if not isinstance(said, tuple):
            return Text("")
        done, size, words = said
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
