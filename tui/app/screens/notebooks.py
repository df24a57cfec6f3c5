"""The notebooks' board: a column for each notebook, with its sources as cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import ModalScreen

from tui.app.boxes.box import longest
from tui.app.textual_private import bind_keys
from tui.app.widgets.bars import GAP, Bar, KeyBar
from tui.app.widgets.card_columns import CardColumns
from tui.app.widgets.clean_field import FixedInput
from tui.display import cells, clean, fit
from tui.session.questions import ShowNotebooks

LOW = 18
"""Rows of a screen below which no row is left free below the heading."""


class BoardHead(Bar):
    """What is on the board, and what is not."""

    DEFAULT_CSS = """
    BoardHead { background: $panel; width: 1fr; }
    """

    def show(self, headings: Sequence[str], asides: Sequence[str], place: str) -> None:
        """Show the first of each that fits; ``place`` says which columns are in sight."""
        self.say(tuple(headings), tuple(asides), place)

    def render(self) -> Text:
        """Draw it."""
        if not isinstance(self._shown, tuple):
            return Text("")
        headings, asides, place = self._shown
        width = self.content_size.width
        heading = clean(longest(width, *headings), 400)
        text = Text(no_wrap=True)
        text.append(fit(heading, min(cells(heading), width)), f"bold {self.colour('foreground')}")
        room = width - text.cell_len - GAP
        if place and cells(place) + GAP <= room:
            text.append(f"  {place}")
            room -= cells(place) + GAP
        aside = longest(room, *asides, "")
        text.append(" " * max(0, width - text.cell_len - cells(aside)))
        return text.append(aside)


class CardsField(FixedInput):
    """The words that cards must have."""

    DEFAULT_CSS = """
    CardsField {
        border: none; height: 1; padding: 0 1; width: 32; background: $panel; display: none;
    }
    CardsField:focus { border: none; background-tint: transparent 0%; }
    CardsField.-open { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down,tab", "screen.leave_field", "to the cards"),
        Binding("escape", "screen.back", "all cards"),
    ]


class NotebooksScreen(ModalScreen[None]):
    """Paints the board, and hands on its keys."""

    DEFAULT_CSS = """
    NotebooksScreen { background: $background; layout: vertical; }
    NotebooksScreen #board-head { height: 1; background: $panel; }
    NotebooksScreen CardColumns { height: 1fr; margin: 1 1 0 1; }
    NotebooksScreen.-low CardColumns { margin: 0; }
    """
    AUTO_FOCUS = "#cards"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "back")]

    def __init__(self, question: ShowNotebooks) -> None:
        super().__init__()
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (LOW, "-high")]
        self._question = question
        self._head = BoardHead("heading")
        self._field = CardsField(placeholder="words", select_on_focus=False)
        self.columns = CardColumns(
            question.cards,
            question.facts,
            question.schema,
            question.marked,
            question.empty,
            question.pick,
        )
        self._top = Horizontal(id="board-head")
        self._keys = KeyBar("keys")
        self._said: tuple[Sequence[str], Sequence[str]] = ((), ())
        bind_keys(self, (Binding(key, f"run('{id}')") for key, id in question.bindings))

    def compose(self) -> ComposeResult:
        """The heading, the columns, the keys."""
        with self._top:
            yield self._head
            yield self._field
        yield self.columns
        yield self._keys

    # What the session shows

    def show_now(
        self,
        heading: Sequence[str],
        aside: Sequence[str],
        keys: Sequence[tuple[str, ...]],
        back: tuple[str, ...] | None,
    ) -> None:
        """Draw what has changed."""
        self._said = heading, aside
        self.columns.draw()
        self._show_heading()
        self._keys.show(keys, back)

    def _show_heading(self) -> None:
        start, end = self.columns.shown_columns
        total = len(self._question.cards.columns)
        place = "" if end - start >= total else f"columns {start + 1}-{end} of {total}"
        if end - start == 1 and place:
            place = f"column {start + 1} of {total}"
        self._head.show(*self._said, place)

    def on_resize(self) -> None:
        """Say which columns are in sight now."""
        self.call_after_refresh(self._show_heading)

    def find(self, is_open: bool) -> None:
        """Open the field for the words, or close it."""
        words = self._question.cards.words
        shown = is_open or bool(words)
        if shown != self._field.has_class("-open"):
            self._field.set_class(shown, "-open")
            # The field itself never asks for it: see ``FixedInput``.
            self._top.refresh(layout=True)
        if is_open:
            self.set_focus(self._field)
            return
        if self._field.value != words:
            self._field.value = words
        self.set_focus(self.columns)

    # Keys

    def on_input_changed(self, event: FixedInput.Changed) -> None:
        """Filter the cards."""
        event.stop()
        self._question.filter(event.value)

    def action_run(self, id: str) -> None:
        """Run a command."""
        self._question.run(id)

    def action_back(self) -> None:
        """Show all cards again, else close."""
        self._question.back()

    def action_leave_field(self) -> None:
        """From the field to the cards."""
        self._question.leave_field()

    def on_paste(self, event: events.Paste) -> None:
        """Compare a pasted list with the notebook."""
        event.stop()
        if self.focused is not self._field:
            self._question.paste(event.text)
