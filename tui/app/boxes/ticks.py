"""TicksBox: ticks and unticks options of sources, and saves that as one change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui.app.boxes.box import Place, longest
from tui.app.boxes.columns import Columns
from tui.app.boxes.edit import EditBox
from tui.app.boxes.row_list import MOVES, RowList
from tui.app.widgets.clean_field import LineField
from tui.session.option import Option, matching
from tui.session.questions import TickOptions

MOST = 16
"""Rows in sight at once."""
ALL, SOME = "✓", "~"
"""Whether all or some of the sources have an option."""
KEYS = (
    "enter puts it in · space ticks several · type a new name · esc closes",
    "enter puts it in · space ticks several · esc closes",
    "enter puts it in · space ticks · esc",
)
TICKED = (
    "enter saves · space ticks or unticks · esc closes",
    "enter saves · space ticks · esc",
)
SINGLE = ("enter chooses · type a new name · esc closes", "enter chooses · esc closes")


class TickField(LineField):
    """The field that finds an option; while it is empty, space ticks."""

    def on_key(self, event: events.Key) -> None:
        """Leave space to the box; Textual calls the base class's handler after this one."""
        if event.key == "space" and not self.value:
            event.stop()
            event.prevent_default()
            self.screen.action_tick()  # type: ignore[attr-defined]


class TicksBox(EditBox):
    """Asks which options sources have; ``save`` gets those to add and to remove.

    Enter saves what was ticked and unticked. Where nothing was, or a text is typed, it adds the
    lit option first: one key is enough for one option. A new one takes enter twice.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "back", priority=True),
        Binding("enter", "take", "add or save", priority=True),
        Binding("ctrl+s", "finish", "save", priority=True),
        Binding("tab", "tick", "tick", show=False),
        Binding("shift+tab", "move(-1)", "previous", show=False),
        *MOVES,
    ]

    def __init__(self, question: TickOptions, place: Place | None = None) -> None:
        super().__init__(
            question.heading,
            *(SINGLE if question.is_single else KEYS),
            leaves_first=question.leaves_first,
            place=place,
        )
        self.add_class("-list")
        self._question = question
        self._options = list(question.options)
        self._ticked: dict[str, bool] = {}
        """What was ticked and unticked here."""
        self._shown: list[Option] = []
        self._asked = ""
        """The new option that enter was pressed on once."""
        self._field = TickField("", self._typed, "type to find or add")
        self._list = RowList(self._clicked)
        self._list.nothing = "None yet"

    def in_edge(self) -> LineField | None:
        """The field to find an option, or to type a new one."""
        return self._field

    def fields(self) -> Iterable[Widget]:
        """The options."""
        return (self._list,)

    def on_mount(self) -> None:
        """Show every option, with the cursor on the first one that not all sources have."""
        self.set_focus(self._field)
        self._show(self._first)

    def on_resize(self) -> None:
        """Cut the list to the new height."""
        super().on_resize()
        if self.is_mounted:
            self._show(self._list.cursor)

    def renew(self, options: Sequence[Option]) -> None:
        """Show the same options in another order; the cursor stays on its option."""
        if not (self.is_mounted and self.is_attached):
            self._options = list(options)
            return
        at = self._list.cursor
        lit = self._shown[at].value if at is not None else ""
        untouched = not (self._ticked or self._field.value) and at == self._first
        self._options = list(options)
        self._show()
        values = [option.value for option in self._shown]
        self._show(self._first if untouched or lit not in values else values.index(lit))

    @property
    def _first(self) -> int:
        return next(
            (at for at, option in enumerate(self._options) if self._state(option.value) != ALL), 0
        )

    def _state(self, name: str) -> str:
        """Whether all or some of the sources have an option, with the ticks made here."""
        question = self._question
        if name in self._ticked:
            return ALL if self._ticked[name] else ""
        count = 0 if question.is_single and any(self._ticked.values()) else question.held.get(name)
        return ALL if count == question.total else SOME if count else ""

    # Showing

    def _typed(self, _text: str) -> None:
        self._asked = ""
        self._show()

    def _show(self, at: int | None = None) -> None:
        typed = self._field.value
        question = self._question
        added = [
            Option(name, name, "new", is_chosen=True)
            for name in self._ticked
            if not any(option.value == name for option in self._options)
        ]
        options = [*added, *self._options]
        known = question.known(typed) if typed.strip() else None
        self._shown = matching(options, typed)
        if typed.strip() and known is None:
            label = f"{question.new} “{typed.strip()}”"
            note = "enter again adds it" if self._asked else "enter adds it"
            self._shown.append(Option(typed.strip(), label, note, sign="+", is_new=True))
        elif known is not None:
            # The one that is called so comes first.
            self._shown.sort(key=lambda option: option.value != known)
        self._shown = [self._drawn(option) for option in self._shown]
        room = self.inner_height - 2
        self._list.show(
            self._shown,
            at or 0,
            words=typed.strip(),
            columns=Columns.of([*self._shown, Option("", "", sign="+")]),
            most=max(1, min(MOST, room)),
        )
        self._say()

    def _drawn(self, option: Option) -> Option:
        if option.is_new:
            return option
        state = self._state(option.value)
        after = ""
        if option.value in self._ticked:
            after = "added" if self._ticked[option.value] else "removed"
        elif state == SOME:
            after = f"{self._question.held[option.value]:,} of {self._question.total:,}"
        sign = state or option.sign
        return replace(option, sign=sign, after=after, is_chosen=state == ALL)

    def _say(self) -> None:
        come, gone = self._come_and_gone()
        turned = (("+", len(come)), ("−", len(gone)))
        signs = " ".join(f"{sign}{count}" for sign, count in turned if count)
        if signs:
            self.tell(f"{signs} not saved yet")
        elif self._question.said:
            self.tell(longest(self.inner_width - 2, *self._question.said))
        else:
            self.tell("")
        if not self._question.is_single:
            self.hint(*(TICKED if signs else KEYS))

    def _come_and_gone(self) -> tuple[list[str], list[str]]:
        come = [name for name, ticked in self._ticked.items() if ticked]
        return come, [name for name, ticked in self._ticked.items() if not ticked]

    # Keys

    def action_move(self, by: int) -> None:
        """Move the cursor; past the last option comes the first."""
        self._list.move(by, around=True)

    def action_tick(self) -> None:
        """Tick the lit option, or untick it, and go to the next one."""
        at = self._list.cursor
        if at is None or not self._confirmed(at):
            return
        option, typed = self._shown[at], bool(self._field.value)
        self._turn(option.value, self._state(option.value) != ALL)
        if typed:
            self._field.value = ""
            self._show(0)
        else:
            self._show(min(at + 1, len(self._shown) - 1))

    def action_take(self) -> None:
        """Save; where a text is typed or nothing was ticked, add the lit option first."""
        at = self._list.cursor
        if at is not None and (self._field.value.strip() or not self._ticked):
            if not self._confirmed(at):
                return
            value = self._shown[at].value
            if self._state(value) != ALL:
                self._turn(value, True)
        self.action_finish()

    def _confirmed(self, at: int) -> bool:
        """Whether an option is not new, or enter was pressed on it before."""
        option = self._shown[at]
        if not option.is_new or self._asked == option.value:
            return True
        self._asked = option.value
        self._show(at)
        return False

    def _turn(self, name: str, ticked: bool) -> None:
        """Tick or untick an option; what is so already is no change."""
        question = self._question
        if ticked and question.is_single:
            self._ticked = {}
        self._ticked.pop(name, None)
        count = question.held.get(name, 0)
        if count != (question.total if ticked else 0):
            self._ticked[name] = ticked

    def _clicked(self, row: int) -> None:
        """Tick the option that was clicked, or untick it."""
        if self._confirmed(row):
            option = self._shown[row]
            self._turn(option.value, self._state(option.value) != ALL)
            self._show(row)

    def action_finish(self) -> None:
        """Save all that was ticked and unticked as one change."""
        come, gone = self._come_and_gone()
        if come or gone:
            self.finish(lambda: self._question.save(come, gone))
        else:
            self.dismiss(None)
