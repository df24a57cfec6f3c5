"""ViewBox: edits a view's name, query and sort order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Label, Static

from tui.app.boxes.box import Box
from tui.app.widgets.clean_field import CleanInput
from tui.display import clean
from tui.session.questions import EditView
from tui.state.views import View

Fault = tuple[str, str]
"""The invalid part of a view, and a sentence about it."""
_EMPTY = {
    "name": "name in the list of views",
    "query": "all sources",
    "sort": "file name; or tier, date, -date, title …",
}
"""What an empty field means."""


class ViewBox(Box[View | None]):
    """Three fields; returns the view once it is saved, or None when the box is closed."""

    DEFAULT_CSS = """
    ViewBox Horizontal { height: 1; }
    ViewBox Label { width: 7; color: $text-dim; }
    ViewBox Input { width: 1fr; }
    ViewBox Input:focus { background: $row-cursor; }
    ViewBox .fault { padding: 0 0 0 7; color: $problem; display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "back"),
        Binding("enter", "save", "save", priority=True),
        Binding("down,tab", "move(1)", "next field", priority=True),
        Binding("up,shift+tab", "move(-1)", "previous field", priority=True),
    ]

    def __init__(self, question: EditView) -> None:
        super().__init__(
            question.title,
            "enter saves · tab switches fields · esc closes",
            "enter saves · tab next · esc closes",
        )
        self._question = question
        self._asked = ""
        """A name in use that enter was pressed on once, to confirm."""

    def parts(self) -> ComposeResult:
        """A field for each part, with room below for a complaint."""
        for part, text in zip(View._fields, self._question.view, strict=True):
            with Horizontal():
                yield Label(part)
                selects = part == "name" and self._question.suggests
                yield CleanInput(text, _EMPTY[part], id=part, select_on_focus=selects)
            yield Static("", id=f"{part}-fault", classes="fault", markup=False)

    @property
    def _fields(self) -> Iterator[CleanInput]:
        return iter(self.query(CleanInput))

    def on_mount(self) -> None:
        """Start in the name."""
        self.set_focus(next(self._fields))

    def on_input_changed(self) -> None:
        """Hide the complaint until the next save."""
        self._asked = ""
        self.complain("")

    def complain(self, sentence: str, part: str = "") -> None:
        """Show a complaint below one field, and hide the others."""
        for fault in self.query(".fault").results(Static):
            shown = bool(sentence) and fault.id == f"{part}-fault"
            fault.display = shown
            fault.update(clean(sentence, 400) if shown else "")

    def action_move(self, fields: int) -> None:
        """Go to another field."""
        if fields > 0:
            self.focus_next(CleanInput)
        else:
            self.focus_previous(CleanInput)

    def action_save(self) -> None:
        """Save the view, unless it is invalid."""
        view = View(*(field.value.strip() for field in self._fields))
        fault = self._question.fault_of(view)
        if fault is not None:
            self.complain(fault[1], fault[0])
            self.set_focus(self.query_one(f"#{fault[0]}", CleanInput))
        elif self._question.replaces(view.name) and self._asked != view.name:
            self._asked = view.name
            self.complain(f"A view named {view.name} exists; enter again replaces it", "name")
        else:
            self._question.save(view)
