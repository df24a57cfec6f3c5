"""Picker: choose from a list by typing, by a shortcut key or with the arrows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from tui.app.option import Option, score
from tui.app.screens.box import hint, longest, width_in
from tui.app.screens.columns import Columns, draw
from tui.app.themes import rich_colour
from tui.app.widgets.clean_field import CleanInput


class PickerFilter(CleanInput):
    """The field that filters the choices; while it is empty, shortcut keys choose at once."""

    class Slot(Message):
        """A shortcut key was pressed."""

        def __init__(self, character: str) -> None:
            super().__init__()
            self.character = character

    def __init__(
        self, slots: Collection[str], on_letters: Callable[[str], None], placeholder: str
    ) -> None:
        self._slots = slots
        self._on_letters = on_letters
        super().__init__(placeholder=placeholder, id="filter", select_on_focus=False)

    def watch_value(self, value: str) -> None:
        """Say so at once; Textual's own watcher of the value was called before this one."""
        # Called here and not by Input.Changed: enter may come before that message.
        if self.is_mounted:
            self._on_letters(value)

    def on_key(self, event: events.Key) -> None:
        """Choose by a shortcut key.

        Textual calls the base class's handler after this one, unless it is prevented.
        """
        if event.character in self._slots and not self.value:
            event.stop()
            event.prevent_default()
            self.post_message(self.Slot(event.character or ""))


class PickerList(OptionList, can_focus=False, inherit_bindings=False):
    """The choices; keys go to the filter above them."""


class Picker(ModalScreen[str | None]):
    """A box with choices; returns the chosen value, or None when it is closed.

    ``new`` says what a typed text without a match becomes ("new category"). It is offered as
    a choice of its own; since it may be a typo, it takes enter twice. ``verb`` says in the
    hint what enter does.
    """

    DEFAULT_CSS = """
    Picker { align: center middle; background: $background 60%; }
    Picker:nocolor { background: transparent; }
    Picker > Vertical {
        width: 72; max-width: 92%; height: auto; max-height: 90%;
        border: round $border-focus; border-title-color: $accent; border-title-style: bold;
        border-subtitle-color: $text-dim;
        background: $surface; padding: 0 1;
    }
    Picker Input { border: none; height: 1; padding: 0; background: $surface; }
    Picker Input:focus { border: none; background-tint: transparent 0%; }
    Picker #rule { height: 1; color: $border-quiet; }
    Picker PickerList {
        height: auto; max-height: 20; border: none; background: $surface; padding: 0;
        scrollbar-size-vertical: 1;
    }
    Picker PickerList > .option-list--option { padding: 0; }
    Picker > ToastRack { display: none; }
    Picker #nothing { color: $text-dim; display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "back"),
        Binding("down,ctrl+n,tab", "move(1)", "next", show=False),
        Binding("up,ctrl+p,shift+tab", "move(-1)", "previous", show=False),
        Binding("pagedown", "move(8)", "page down", show=False),
        Binding("pageup", "move(-8)", "page up", show=False),
        Binding("enter", "choose", "choose", priority=True),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Option],
        *,
        current: str = "",
        new: str = "",
        filtered: bool = True,
        verb: str = "chooses",
        on_cursor: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self._heading = title
        self._choices = list(choices)
        self._start = current
        self._new = new
        self._filtered = filtered
        self._verb = verb
        self._on_cursor = on_cursor
        self._asked = ""
        """The new value that enter was pressed on once, to confirm."""
        self._shown: list[Option] = []
        self._slots = {choice.slot: choice for choice in choices if choice.slot}

    def compose(self) -> ComposeResult:
        """The filter above the choices."""
        with Vertical() as box:
            box.border_title = Text(self._heading)
            end = f"{self._verb} · esc closes"
            if self._slots:
                hint(box, f"enter or a shortcut key {end}", f"enter or a key {end}")
            else:
                hint(box, f"enter {end}")
            if self._filtered:
                yield PickerFilter(self._slots, self._show, self._placeholder())
                yield Static(Text("─" * 200, no_wrap=True, overflow="crop"), id="rule")
            yield PickerList(markup=False, id="choices")
            yield Static("No match", id="nothing", markup=False)

    def on_mount(self) -> None:
        """Show every choice, with the cursor on the current one."""
        if self._filtered:
            self.set_focus(self.query_one(PickerFilter))
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
        return self.query_one(PickerFilter).value if self._filtered else ""

    def on_picker_filter_slot(self, event: PickerFilter.Slot) -> None:
        """Choose by a shortcut key."""
        self.dismiss(self._slots[event.character].value)

    def on_key(self, event: events.Key) -> None:
        """Where there is no filter: choose by a shortcut key; q closes, j and k move."""
        typed = event.character or ""
        if self._filtered or typed not in (*self._slots, "q", "j", "k"):
            return
        # Otherwise the app passes the key to the screen below once this one is closed.
        event.stop()
        if typed in self._slots:
            self.dismiss(self._slots[typed].value)
        elif typed == "q":
            self.dismiss(None)
        else:
            self.action_move(1 if typed == "j" else -1)

    def _show(self, typed: str) -> None:
        words = typed.strip()
        self._asked = ""
        scored = [(score(words, choice), choice) for choice in self._choices]
        kept = [(score, choice) for score, choice in scored if score > 0]
        if words:
            kept.sort(key=lambda pair: -pair[0])
        self._shown = [choice for _, choice in kept]
        if words and self._new and words not in {choice.value for choice in self._choices}:
            self._shown.append(Option(words, f"+ {words}", note=self._new, is_new=True))
        options = self.query_one(PickerList)
        options.clear_options()
        options.add_options(self._lines())
        options.display = bool(self._shown)
        self.query_one("#nothing").display = not self._shown
        if self._shown:
            values = [choice.value for choice in self._shown]
            options.highlighted = (
                values.index(self._start) if not words and self._start in values else 0
            )

    def _repaint(self) -> None:
        """Draw the lines again, with other notes or in the colours of another theme."""
        options = self.query_one(PickerList)
        for index, line in enumerate(self._lines()):
            options.replace_option_prompt_at_index(index, line)

    def _lines(self) -> list[Text]:
        room = min(20, int(self.app.size.height * 0.9) - (4 if self._filtered else 2))
        bar = 1 if len(self._shown) > room else 0
        width = max(12, width_in(self.app) - 4 - bar)
        columns = Columns.of([*self._choices, *self._shown], width)
        variables = self.app.theme_variables
        colours = {name: rich_colour(variables, name) for name in ("accent", "hit", "text-dim")}
        return [draw(choice, self._typed, columns, colours) for choice in self._shown]

    def action_move(self, rows: int) -> None:
        """Move the cursor among the choices."""
        options = self.query_one(PickerList)
        if self._shown:
            at = (options.highlighted or 0) + rows
            options.highlighted = min(max(at, 0), len(self._shown) - 1)

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        highlighted = self.query_one(PickerList).highlighted
        if self._shown and highlighted is not None:
            self._take(highlighted)

    def _take(self, index: int) -> None:
        """Choose a row; a new value only when enter confirms it."""
        choice = self._shown[index]
        if choice.is_new and self._asked != choice.value:
            self._asked = choice.value
            self._shown[index] = replace(choice, note="enter again adds it")
            self._repaint()
        else:
            self.dismiss(choice.value)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Report the choice under the cursor, for a preview of it."""
        if self._on_cursor is None or event.option_index >= len(self._shown):
            return
        before = self.app.theme
        self._on_cursor(self._shown[event.option_index].value)
        if self.app.theme != before:
            self.call_after_refresh(self._repaint)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose the row that was clicked."""
        self._take(event.option_index)
