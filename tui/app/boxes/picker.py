"""Picker: choose from a list by typing, by a shortcut key or with the arrows."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from tui.app.boxes.box import Box, Place, longest
from tui.app.boxes.columns import Columns
from tui.app.boxes.row_list import MOST, MOVES, RowList
from tui.app.widgets.clean_field import LineField
from tui.display import clean
from tui.session.option import Option, matching
from tui.session.questions import PickOne


class PickerField(LineField):
    """The field that filters the options; while it is empty, shortcut keys choose at once."""

    def __init__(
        self,
        slots: Collection[str],
        on_letters: Callable[[str], None],
        on_slot: Callable[[str], None],
        hint: str,
    ) -> None:
        super().__init__("", on_letters, hint)
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
    Picker #said { height: 1; color: $text-dim; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "back"),
        *MOVES,
        Binding("tab", "tab(1)", "next", show=False),
        Binding("shift+tab", "tab(-1)", "previous", show=False),
        Binding("enter", "choose", "choose", priority=True),
        Binding("delete", "delete", "delete", show=False, priority=True),
    ]

    def __init__(self, question: PickOne, place: Place | None = None) -> None:
        super().__init__(question.title, place=place, ring=question.ring)
        self.add_class("-list")
        # A digit may begin what is read.
        chooses = question.read is None
        self._slots = {one.slot: one for one in question.options if one.slot and chooses}
        self._question = question
        self._options = list(question.options)
        self._number = 0
        """The number typed where there is no filter."""
        self._asked = ""
        """The new value that enter was pressed on once, to confirm."""
        self._shown: list[Option] = []
        self._field = (
            PickerField(self._slots, self._show, self._choose_slot, question.typed)
            if question.filtered
            else None
        )
        self._list = RowList(lambda row: self._take(self._shown[row]), self._came)
        self._columns = Columns()
        self._said = Static(id="said", markup=False)
        self._keys = self._hints()

    def _hints(self) -> list[str]:
        question, keys = self._question, list[str]()
        verb = question.verb
        if question.refuses:
            key = "delete" if question.filtered else "-"
            keys = [
                f"enter {verb} · {key} {question.refuses}{end}"
                for end in (" · esc closes", " · esc", "")
            ]
        elif question.read is not None:
            first = f"type a digit or a day · enter {verb}"
            keys += [f"{first} · esc closes", f"{first} · esc", "digit or day · enter · esc"]
        elif self._slots:
            tab = " · tab the next drawer" if question.on_tab else ""
            first = " · space first to type a key" if question.new else ""
            long = [f"{first}{tab} · esc closes", f"{first} · esc closes"]
            ends = [*long, f"{tab} · esc closes", f"{tab} · esc", " · esc closes", " · esc"]
            keys = [f"enter {verb} · a key {verb} at once{end}" for end in ends]
            keys.append(f"enter or a key {verb} · esc closes")
        else:
            keys.append(f"enter {verb} · esc closes")
        if question.hint:
            # What can be typed is known from nowhere else; that a key picks, from the keys.
            usual = (keys[0], keys[-1], f"enter {verb} · esc closes", "esc closes")
            keys = [f"{question.hint} · {rest}" for rest in usual]
        return keys

    def in_edge(self) -> LineField | None:
        """The filter."""
        return self._field

    def parts(self) -> ComposeResult:
        """The options, and what is said about them."""
        yield self._list
        if self._question.said:
            yield self._said

    def on_mount(self) -> None:
        """Show every option, with the cursor on the current one."""
        if self._field is not None:
            self.set_focus(self._field)
        self._show("")

    def on_resize(self) -> None:
        """Cut the lines to the new height."""
        super().on_resize()
        if self.is_mounted:
            self._show(self._typed)

    @property
    def is_in_two(self) -> bool:
        """Whether the options are in two columns."""
        return False

    @property
    def _typed(self) -> str:
        return self._field.value if self._field is not None else ""

    @property
    def _under_cursor(self) -> Option | None:
        at = self._list.cursor
        return self._shown[at] if at is not None else None

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
        deletes = "-" if self._question.on_refuse is not None else "q"
        if self._field is not None or typed not in (*self._slots, "q", "j", "k", deletes):
            return
        # Otherwise the app passes the key to the screen below once this one is closed.
        event.stop()
        if typed in self._slots:
            self._choose_slot(typed)
        elif typed == "-":
            self.action_delete()
        elif typed == "q":
            self.dismiss(None)
        else:
            self.action_move(1 if typed == "j" else -1)

    def _show(self, typed: str) -> None:
        words = typed.strip()
        self._asked = ""
        read = self._question.read
        if words and read is not None:
            self._shown = extra = list(read(words))
        else:
            self._shown = matching(self._options, words, self._question.new)
            extra = [Option("", "", sign="+")] if self._question.new else []
        self._columns = Columns.of([*self._options, *extra])
        values = [option.value for option in self._shown]
        current = self._question.current
        at = values.index(current) if not words and current in values else 0
        room = self.inner_height
        if said := self._question.said:
            room -= 1
            self._said.update(clean(longest(self.inner_width - 2, *said), 200), layout=False)
        most = max(1, min(MOST, room) if self.is_drawer else room)
        self._list.show(
            self._shown, at, words=words, columns=self._columns, most=most, in_two=self.is_in_two
        )

    def _note(self, option: Option, sentence: str) -> None:
        """Show a sentence in place of an option's note."""
        self._shown[self._shown.index(option)] = replace(option, note=sentence)
        self._list.repaint(self._shown)

    def _came(self, row: int) -> None:
        """Report the option under the cursor, for a preview of it."""
        option = self._shown[row]
        self.aside(self.beside(option))
        if self._question.on_cursor is not None:
            self._question.on_cursor(option.value)

    def beside(self, option: Option) -> str:
        """What the lower edge says while the cursor is on an option."""
        return option.id

    def action_move(self, rows: int) -> None:
        """Move the cursor among the options."""
        self._list.move(rows)

    def action_tab(self, by: int) -> None:
        """Go to the next drawer or the previous one; where there is none, move the cursor."""
        if self._question.on_tab is None:
            self.action_move(by)
        else:
            self.dismiss(None)
            self._question.on_tab(by)

    def action_delete(self) -> None:
        """Delete or refuse what is under the cursor; in the field, delete a letter."""
        question, option = self._question, self._under_cursor
        can = question.can_refuse
        if question.on_refuse is None or option is None or self._typed:
            if self._field is not None:
                self._field.action_delete_right()
        elif can is None or option.value in can:
            self.dismiss(None)
            question.on_refuse(option.value)

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
