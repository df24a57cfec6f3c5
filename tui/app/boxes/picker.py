"""Picker: choose from a list by typing, by a shortcut key or with the arrows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static

from tui.app.boxes.box import Box, longest, rule, width_in
from tui.app.boxes.columns import Columns, colours_of, draw
from tui.app.boxes.row_list import MOVES, RowList
from tui.app.widgets.clean_field import LineField
from tui.session.option import Option, score
from tui.session.questions import PickOne


class PickerField(LineField):
    """The field that filters the options; while it is empty, shortcut keys choose at once."""

    def __init__(
        self,
        slots: Collection[str],
        on_letters: Callable[[str], None],
        on_slot: Callable[[str], None],
    ) -> None:
        super().__init__("", on_letters)
        self._slots = slots
        self._on_slot = on_slot

    def on_key(self, event: events.Key) -> None:
        """Choose by a shortcut key.

        Textual calls the base class's handler after this one, unless it is prevented.
        """
        if event.character in self._slots and not self.value:
            event.stop()
            event.prevent_default()
            self._on_slot(event.character or "")


class Picker(Box[str | None]):
    """A box with options; returns the chosen value, or None when it is closed.

    A typed text without a match may become a new value. It is offered as an option of its own;
    since it may be a typo, it takes enter twice.
    """

    DEFAULT_CSS = """
    Picker #nothing { color: $text-dim; display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "back"),
        *MOVES,
        Binding("enter", "choose", "choose", priority=True),
    ]

    def __init__(self, question: PickOne) -> None:
        self._slots = {option.slot: option for option in question.options if option.slot}
        keys = ["enter or a shortcut key", "enter or a key"] if self._slots else ["enter"]
        hints = [f"{key} {question.verb} · esc closes" for key in keys]
        if question.hint:
            hints.insert(0, f"{question.hint} · {hints[0]}")
        super().__init__(question.title, *hints)
        self._question = question
        self._options = list(question.options)
        self._number = 0
        """The number typed where there is no filter."""
        self._asked = ""
        """The new value that enter was pressed on once, to confirm."""
        self._shown: list[Option] = []
        self._field = (
            PickerField(self._slots, self._show, self._choose_slot) if question.filtered else None
        )
        self._list = RowList()

    def parts(self) -> ComposeResult:
        """The filter above the options."""
        if self._field is not None:
            self._field.placeholder = self._placeholder()
            yield self._field
            yield rule()
        yield self._list
        yield Static("No match", id="nothing", markup=False)

    def on_mount(self) -> None:
        """Show every option, with the cursor on the current one."""
        if self._field is not None:
            self.set_focus(self._field)
        self._show("")

    def on_resize(self) -> None:
        """Cut the lines to the new width."""
        if self.is_mounted:
            self._show(self._typed)

    def _placeholder(self) -> str:
        """What can be typed; a name such as 3d-printing begins with a shortcut key."""
        words = "type to filter"
        if not self._slots:
            return words
        room = width_in(self.app) - 5
        return longest(room, f"{words} · space first to type a shortcut key", words)

    @property
    def _typed(self) -> str:
        return self._field.value if self._field is not None else ""

    @property
    def _under_cursor(self) -> Option | None:
        index = self._list.highlighted
        return self._shown[index] if index is not None and index < len(self._shown) else None

    def _choose_slot(self, character: str) -> None:
        self.dismiss(self._slots[character].value)

    def on_key(self, event: events.Key) -> None:
        """Where there is no filter: choose by a shortcut key; q closes, j and k move."""
        typed = event.character or ""
        if self._question.on_number is not None and (typed.isdecimal() or event.key == "backspace"):
            event.stop()
            last = int(typed) if typed.isdecimal() else None
            number = self._number // 10 if last is None else self._number * 10 + last
            self._number = min(number, 999_999)
            self._options = list(self._question.on_number(self._number))
            self._show("")
            return
        if self._field is not None or typed not in (*self._slots, "q", "j", "k"):
            return
        # Otherwise the app passes the key to the screen below once this one is closed.
        event.stop()
        if typed in self._slots:
            self._choose_slot(typed)
        elif typed == "q":
            self.dismiss(None)
        else:
            self.action_move(1 if typed == "j" else -1)

    def _show(self, typed: str) -> None:
        words = typed.strip()
        self._asked = ""
        scored = [(score(words, option), option) for option in self._options]
        kept = [(score, option) for score, option in scored if score > 0]
        if words:
            kept.sort(key=lambda pair: -pair[0])
        self._shown = [option for _, option in kept]
        if words and self._question.new and words not in {option.value for option in self._options}:
            self._shown.append(Option(words, f"+ {words}", note=self._question.new, is_new=True))
        values = [option.value for option in self._shown]
        at = (
            values.index(self._question.current)
            if not words and self._question.current in values
            else 0
        )
        self._list.show(list(self._lines()), at)
        self.query_one("#nothing").display = not self._shown

    def _lines(self) -> Iterator[Text]:
        """The options as they are drawn in the colours of the theme."""
        room = min(20, int(self.app.size.height * 0.9) - (4 if self._field is not None else 2))
        bar = 1 if len(self._shown) > room else 0
        width = max(12, width_in(self.app) - 4 - bar)
        columns = Columns.of([*self._options, *self._shown], width)
        colours = colours_of(self.app)
        return (draw(option, self._typed, columns, colours) for option in self._shown)

    def _note(self, option: Option, sentence: str) -> None:
        """Show a sentence in place of an option's note."""
        self._shown[self._shown.index(option)] = replace(option, note=sentence)
        self._repaint()

    def _repaint(self) -> None:
        self._list.repaint(list(self._lines()))

    def action_move(self, rows: int) -> None:
        """Move the cursor among the options."""
        self._list.move(rows)

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if (option := self._under_cursor) is not None:
            self._take(option)

    def _take(self, option: Option) -> None:
        """Choose a row; a new value only when enter confirms it."""
        if option.is_new and self._asked != option.value:
            self._asked = option.value
            self._note(option, "enter again adds it")
        else:
            self.dismiss(option.value)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Report the option under the cursor, for a preview of it."""
        if self._question.on_cursor is None or event.option_index >= len(self._shown):
            return
        before = self.app.theme
        self._question.on_cursor(self._shown[event.option_index].value)
        if self.app.theme != before:
            self.call_after_refresh(self._repaint)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose the row that was clicked."""
        self._take(self._shown[event.option_index])
