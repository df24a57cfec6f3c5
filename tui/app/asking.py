"""Asking: shows the session's questions as boxes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from functools import partial
from importlib import import_module
from typing import Any

from textual.app import App
from textual.screen import Screen

from tui.app.boxes.box import Place
from tui.app.widgets.drawers import DrawerRoom
from tui.session.questions import Answer, AnyQuestion, News, Question

BOXES = {
    "AcceptDrafts": "boxes.accept.AcceptBox",
    "AddSource": "boxes.capture.CaptureBox",
    "Compare": "screens.duplicates.DuplicatesScreen",
    "ConfirmBulk": "boxes.bulk.BulkBox",
    "ConfirmRepair": "boxes.repair.RepairBox",
    "CopyByHand": "boxes.uncopied.CopyBox",
    "EditLine": "boxes.field.FieldBox",
    "EditList": "boxes.list.ListBox",
    "EditText": "boxes.text.TextBox",
    "EditView": "boxes.view.ViewBox",
    "NextKey": "boxes.which_key.WhichKey",
    "OrderStatuses": "boxes.order.OrderBox",
    "PickOne": "boxes.picker.Picker",
    "PickStatus": "boxes.status.StatusBox",
    "PickView": "boxes.view_picker.ViewPicker",
    "ProposeSchema": "boxes.proposal.ProposalBox",
    "ShowHelp": "boxes.help.HelpBox",
    "ShowMoments": "boxes.moments.MomentsBox",
    "ShowNotebooks": "screens.notebooks.NotebooksScreen",
    "ShowOutput": "boxes.output.OutputBox",
    "ShowSheet": "boxes.sheet.SheetBox",
    "ShowStatistics": "screens.distribution.DistributionScreen",
    "ShowSummary": "boxes.summary.SummaryBox",
    "ShowVerdict": "boxes.verdict.VerdictBox",
    "TickOptions": "boxes.ticks.TicksBox",
    "TurnItems": "boxes.items.ItemsBox",
}
"""The module and the class of each question's box, which gets the question."""

NEWS = {
    "BoardNow": "show_now",
    "Candidates": "extend",
    "Complaint": "complain",
    "CountedOptions": "take_counts",
    "Counts": "take_counts",
    "CommandEnded": "show_ended",
    "CopiedAddress": "offer",
    "FindCards": "find",
    "Moments": "take_moments",
    "Options": "renew",
    "Sheet": "show_sheet",
    "Statistics": "show_stats",
}
"""The method of a box that takes each kind of news, and its fields as arguments."""


class TextualBox:
    """A box on the screen, as the session knows it."""

    def __init__(self, box: Screen[Any]) -> None:
        self.box = box
        self.is_open = True
        """Whether it is still there."""

    @property
    def is_on_top(self) -> bool:
        """Whether no other box lies over it."""
        return self.is_open and self.box.is_active

    def show(self, news: News) -> None:
        """Show what became known, once the box has been drawn."""
        if not self.box.is_mounted:
            self.box.call_later(self.show, news)
        elif self.is_open:
            getattr(self.box, NEWS[type(news).__name__])(*news)

    def close(self, answer: object = None) -> None:
        """Close it as if this had been answered, if it is on top."""
        if self.is_on_top:
            self.box.dismiss(answer)


class Asker:
    """Shows boxes over the screens of one app.

    ``enter`` calls a function and draws; ``room`` knows where a drawer may lie.
    """

    def __init__(self, app: App[None], enter: Callable[..., Any], room: DrawerRoom) -> None:
        self._app = app
        self._enter = enter
        self._room = room

    def ask(
        self, question: Question[Answer], take: Callable[[Answer | None], object] = lambda _: None
    ) -> TextualBox:
        """Show a question; ``take`` gets the answer, or None when it was closed without one."""
        shown = TextualBox(self._box_of(question))
        is_drawer = bool(getattr(question, "about", ""))

        def answered(answer: Answer | None) -> None:
            shown.is_open = False
            if is_drawer:
                self._room.lend_keyboard(False)
            self._enter(take, answer)

        if is_drawer:
            self._room.lend_keyboard(True)

        self._app.push_screen(shown.box, answered)
        return shown

    def _box_of(self, question: AnyQuestion) -> Screen[Any]:
        """The box of a question; what it calls may change what is drawn."""
        module, _, name = BOXES[type(question).__name__].rpartition(".")
        values = {field.name: getattr(question, field.name) for field in fields(question)}
        calls = {
            name: partial(self._enter, value) for name, value in values.items() if callable(value)
        }
        kind = getattr(import_module(f"tui.app.{module}"), name)
        asked = replace(question, **calls)
        about = values.get("about", "")
        box: Screen[Any] = kind(asked, Place(self._room, about)) if about else kind(asked)
        return box


def load_boxes() -> None:
    """Import the boxes that keys open most, ahead of the first key."""
    for module in ("boxes.picker", "boxes.status"):
        import_module(f"tui.app.{module}")
