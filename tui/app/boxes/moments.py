"""MomentsBox: what was changed, newest first, a row for each change, with the days between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import ClassVar, overload

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from tui.app.boxes.box import Box, longest, rule
from tui.app.boxes.columns import Columns
from tui.app.boxes.row_list import RowList
from tui.app.helping import Helped, bind_commands
from tui.app.themes import rich_colour
from tui.app.widgets.clean_field import LineField
from tui.app.widgets.line_view import FARTHEST
from tui.app.widgets.wrapping import wrap
from tui.display import clean, counted, fit
from tui.session.option import Option
from tui.session.questions import ShowMoments
from tui.triage.moment import Moment, day_words, signed

CLOCK = 5
"""The cells of a time."""
LEAST, MOST = 16, 72
"""The cells of what a change did, at least and at most."""
SAID, MOST_SAID = (3, 2), 6
"""The rows below the list for all of the change under the cursor, in a box that takes the whole
width of a screen and in another one, and most for a refusal."""
AHEAD = 40
"""How many rows from the last one the next part is asked for."""
_EDGES = 21
"""The cells of the upper edge beside the heading, with the field."""


_THERE, _OUT = ("enter", "goes there"), ("esc", "closes")


class MomentRows(Sequence[Option]):
    """The rows: a change each, and a heading where a day begins. Each is made when it is drawn."""

    def __init__(self, today: date, *, of_one: bool) -> None:
        self._today = today
        self._of_one = of_one
        self._rows: list[Moment | date] = []
        self._day: date | None = today
        self.width = MOST
        """The cells for what a change did."""
        self.turning = ""
        """The id of the change that is being undone or redone."""
        self.note = ""
        """Why something is missing, below the oldest change; empty when nothing is."""

    def extend(self, moments: Iterator[Moment]) -> None:
        """Add older changes."""
        for moment in moments:
            day = moment.time.date()
            if day != self._day:
                self._day = day
                self._rows.append(day)
            self._rows.append(moment)

    def moment(self, row: int) -> Moment | None:
        """The change in a row; None in that of a day."""
        found = self._rows[row] if row < len(self._rows) else None
        return found if isinstance(found, Moment) else None

    def row_of(self, id: str, near: int) -> int:
        """The row of a change; ``near`` without it."""
        rows = enumerate(self._rows if id else ())
        return next((at for at, row in rows if isinstance(row, Moment) and row.id == id), near)

    def __len__(self) -> int:
        return len(self._rows) + bool(self.note)

    @overload
    def __getitem__(self, index: int) -> Option: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Option]: ...
    def __getitem__(self, index: int | slice) -> Option | Sequence[Option]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        if index == len(self._rows) and self.note:
            return Option("", self.note, is_prose=True)
        row = self._rows[index]
        if not isinstance(row, Moment):
            return Option("", day_words(row, self._today), is_prose=True, is_heading=True)
        what, note = self._what(row), row.about
        if self._of_one:
            once = f"as {row.once}" if row.once else ""
            note = " · ".join(filter(None, (row.why, self._elsewhere(row), once)))
        after = "…" if row.id == self.turning else "undone" if row.undone else ""
        return Option(row.id, what, note, lead=f"{row.time:%H:%M}", after=after, is_dim=row.undone)

    def _what(self, row: Moment) -> str:
        """Who, what and why; without room for that no reason, then the new value alone."""
        why = "" if self._of_one else row.why
        room = self.width - (len("  undone") if row.undone else 0)
        forms = ((row.what, why), (row.what, ""), (row.brief, ""))
        return longest(room, *(signed(row.who, *form) for form in forms))

    def _elsewhere(self, row: Moment) -> str:
        return f"with {counted(row.others, 'other')}" if row.others else ""


class MomentsBox(Helped, Box[Moment | None]):
    """Returns the change whose source to go to, or None when it is closed."""

    DEFAULT_CSS = """
    MomentsBox #said { padding: 0 1; color: $text-dim; }
    """
    AUTO_FOCUS = ""
    help_name = "changes"
    help_prose = ("What was changed, newest first.", "Dim ones are undone.")
    widest = 160
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "back"),
        Binding("q", "dismiss(None)", "back"),
        Binding("enter", "choose", "go there", priority=True),
        Binding("slash", "find", "filter"),
        Binding("j,down,ctrl+n", "move(1)", "next"),
        Binding("k,up,ctrl+p", "move(-1)", "previous"),
        Binding("space,pagedown", "page(1)", "page down"),
        Binding("b,pageup", "page(-1)", "page up"),
        Binding("ctrl+d", "page(0.5)", "half a page down"),
        Binding("ctrl+u", "page(-0.5)", "half a page up"),
        Binding("g,home", f"move({-FARTHEST})", "newest"),
        Binding("G,end", f"move({FARTHEST})", "oldest read"),
    ]
    ACTIONS: ClassVar[Mapping[str, tuple[str, str]]] = {
        "undo.undo": ("turn('undo')", "undo"),
        "undo.redo": ("turn('redo')", "redo"),
        "go.history": ("history", "history"),
    }

    def __init__(self, question: ShowMoments) -> None:
        super().__init__("history" if question.of_one else "changes")
        self.add_class("-list")
        self._question = question
        self._headings: Sequence[str] = (self._heading,)
        self._moments: Sequence[Moment] = ()
        self._taken = 0
        """How many of them are among the rows."""
        self._is_whole = False
        self._note = ""
        self._complaint = self._about = ""
        """Why a key did nothing, and the change under the cursor then."""
        self._today = date.today()
        self._rows = MomentRows(self._today, of_one=question.of_one)
        self._field = LineField("", self._filter, "/ filters")
        self._list = RowList(lambda _: self.action_choose(), lambda _: self._came())
        self._list.nothing = "Reading…"
        self._said = Static(id="said", markup=False)
        self._said_rows = 0
        self._signs = bind_commands(self, question.keymap, self.ACTIONS)
        self._hints: tuple[str, ...] = ()
        """The keys of the lower edge, the longest form first."""

    def in_edge(self) -> LineField:
        """The filter."""
        return self._field

    def parts(self) -> ComposeResult:
        """The rows, and below them all of the change under the cursor."""
        yield self._list
        yield rule()
        yield self._said

    def on_mount(self) -> None:
        """Show that it reads."""
        self._show(0)

    def on_resize(self) -> None:
        """Lay the rows out for the new size."""
        super().on_resize()
        if self.is_mounted:
            self._show(self._list.cursor or 0)

    # What it shows

    def take_moments(
        self,
        moments: Sequence[Moment],
        is_whole: bool,
        headings: Sequence[str],
        note: str,
        today: date,
    ) -> None:
        """Show what was read by now, with the cursor on the same change."""
        under, at = self._under, self._list.cursor or 0
        is_other = moments is not self._moments or today != self._today
        if is_other:
            self._moments, self._today = moments, today
            self._begin()
        self._is_whole, self._headings, self._note = is_whole, headings, note
        self._extend()
        self._show(self._rows.row_of(under, at) if is_other else at)

    def _begin(self) -> None:
        self._taken = 0
        self._rows = MomentRows(self._today, of_one=self._question.of_one)

    def _extend(self) -> None:
        """Add the moments that are new among those read and fit the filter."""
        words = self._field.value.casefold().split()
        start, self._taken = self._taken, len(self._moments)
        new = (self._moments[at] for at in range(start, self._taken))
        self._rows.extend(each for each in new if _fits(each, words))

    def _show(self, row: int) -> None:
        """Draw the rows, with the cursor on one."""
        width = self.inner_width
        room = width - CLOCK - 2
        self._rows.note = self._note
        self._rows.width = min(MOST, max(LEAST, room * (6 if width < 60 else 5) // 10), room)
        self._list.nothing = self._nothing
        self._list.show(
            self._rows,
            row,
            words=self._field.value,
            columns=Columns(key=CLOCK, name=self._rows.width, words=300),
            # A rule is between the two.
            most=max(1, self.inner_height - 1 - self._said_rows),
        )
        self.head(longest(self._width - _EDGES, *(self._headings or (self._heading,))))
        self._came()

    @property
    def _nothing(self) -> str:
        if not self._is_whole:
            return "Reading…"
        return "No match" if self._moments else "Nothing yet; what you decide appears here"

    @property
    def _moment(self) -> Moment | None:
        """The change under the cursor."""
        at = self._list.cursor
        return self._rows.moment(at) if at is not None else None

    @property
    def _under(self) -> str:
        """Its id: another one that comes in must not get the next key."""
        moment = self._moment
        return moment.id if moment is not None else ""

    def _came(self) -> None:
        """Say all of the change under the cursor; have more read before they are in sight."""
        if self._under != self._about:
            self._complaint = ""
        self._say()
        self._hint_keys()
        at = self._list.cursor
        if not self._is_whole and (at is None or at + AHEAD > len(self._rows)):
            self._question.more()

    def complain(self, sentence: str, _part: str = "") -> None:
        """Say why a key did nothing, until the cursor moves."""
        self._complaint, self._about = sentence, self._under
        self._show_turning("")
        self._say()

    def _say(self) -> None:
        variables, width = self.app.theme_variables, max(1, self.inner_width - 2)
        rows = least = SAID[not self.has_class("-whole")]
        if self._complaint:
            lines = _within(f"! {self._complaint}", width, MOST_SAID)
            rows = max(least, len(lines))
            said = Text("\n".join(lines), rich_colour(variables, "warning"), no_wrap=True)
        elif (moment := self._moment) is not None:
            who = f"{moment.who}: " if moment.who and moment.why else moment.who
            second = f"{who}{moment.why}"
            if self._question.of_one and not moment.is_commit and not second:
                second = moment.about
            first = moment.what if self._question.of_one else f"{moment.what} · {moment.about}"
            lines = _within(first, width, least - bool(second))
            lines += _within(second, width, least - len(lines)) if second else []
            said = Text("\n".join(lines), no_wrap=True)
        else:
            said = Text()
        self._said.update(said, layout=False)
        if rows != self._said_rows:
            self._said_rows = rows
            self._said.styles.height = rows
            self._show(self._list.cursor or 0)

    # What its keys do

    def _filter(self, _words: str) -> None:
        under = self._under
        self._begin()
        self._extend()
        self._show(self._rows.row_of(under, 0))

    def action_find(self) -> None:
        """Type words that the changes must have."""
        self.set_focus(self._field)
        self.hint("enter to the changes · esc shows all", "enter · esc")

    def _leave_field(self) -> None:
        self.set_focus(None)
        self.hint(*self._hints)

    def _hint_keys(self) -> None:
        """Show the keys that do something with the change under the cursor."""
        undo, redo, other = self._signs.values()
        moment = self._moment
        # In the history of one source, that is what there is to see.
        other = "" if self._question.of_one or moment is None else other
        enter, goes = _THERE if moment is not None else ("", "")
        turn, turns = "", ""
        if moment is not None and not moment.is_commit:
            turn, turns = (redo, "redoes") if moment.undone else (undo, "undoes")
        hints = (
            _hint((turn, turns, "this"), (enter, goes), (other, "its history"), _OUT),
            _hint((turn, turns), (enter, goes), (other, "its history"), _OUT[:1]),
            _hint((turn, turns), (enter, goes), (other, "history"), _OUT[:1]),
            _hint((turn, turns), (enter, goes), _OUT[:1]),
        )
        if hints != self._hints:
            self._hints = hints
            if self.focused is None:
                self.hint(*hints)

    def action_leave(self) -> None:
        """Show all changes again; without a filter, close."""
        if self._field.value or self.focused is not None:
            self._field.value = ""
            self._leave_field()
        else:
            self.dismiss(None)

    def action_choose(self) -> None:
        """Go to the source of the change; from the field, to the changes."""
        if self.focused is not None:
            self._leave_field()
        elif (moment := self._moment) is not None:
            refusal = self._question.refuses(moment)
            if refusal:
                self.complain(refusal)
            else:
                self.dismiss(moment)

    def action_turn(self, way: str) -> None:
        """Undo or redo the change under the cursor."""
        if (moment := self._moment) is not None:
            self._complaint = ""
            self._say()
            self._show_turning(moment.id)
            turn = self._question.undo if way == "undo" else self._question.redo
            turn(moment, self._signs)

    def _show_turning(self, id: str) -> None:
        """Show that a change is being undone or redone, or none any more."""
        self._rows.turning = id
        self._list.refresh()

    def action_history(self) -> None:
        """Show the history of its source."""
        moment = self._moment
        if moment is not None and not self._question.of_one:
            self._question.history(moment)

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self._list.move(rows)

    def action_page(self, pages: float) -> None:
        """Move the cursor by a page."""
        self._list.move(round(max(1, self._list.text_height - 1) * pages))


def _hint(*keys: tuple[str, ...]) -> str:
    """Keys, each with what it does; a command may have none."""
    return " · ".join(" ".join(key) for key in keys if key[0])


def _within(sentence: str, width: int, rows: int) -> list[str]:
    """The lines of a sentence; the last of so many is cut."""
    text = clean(sentence, 600)
    pieces = [*wrap(text, width)]
    if len(pieces) > rows:
        pieces[rows - 1 :] = [(pieces[rows - 1][0], len(text))]
    return [fit(text[start:end], width) for start, end in pieces]


def _fits(moment: Moment, words: Sequence[str]) -> bool:
    """Whether a change has all these words."""
    if not words:
        return True
    text = moment.words.casefold()
    return all(word in text for word in words)
