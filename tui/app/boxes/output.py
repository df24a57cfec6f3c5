"""OutputBox: the output of one of the user's own commands, as it arrives."""

from __future__ import annotations

from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from tui.app.boxes.box import Box
from tui.app.widgets.output import OutputView
from tui.app.widgets.scrolling import PAGES, Scrolling
from tui.display import clean
from tui.session.questions import ShowOutput

LOOK_EVERY = 0.1
"""Seconds between two reads of the output."""


class OutputBox(Scrolling[OutputView], Box[str | None]):
    """A box over the queue; closing it stops the command. Returns a text to copy, or None."""

    DEFAULT_CSS = """
    OutputBox #inside { height: 1fr; }
    OutputBox > #frame { height: 80%; }
    OutputBox #said { max-height: 4; display: none; color: $text-dim; }
    OutputBox #said.-error { color: $problem; }
    """
    widest = 100
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "back"),
        *PAGES,
        Binding("b", "page(-1)", "page up"),
        Binding("y", "copy", "copy"),
    ]

    def __init__(self, question: ShowOutput) -> None:
        super().__init__(question.title)
        self._question = question
        self._began = monotonic()
        self._view = OutputView(id="output")
        self._runs = True

    def parts(self) -> ComposeResult:
        """The output above a line that says how the command ended."""
        yield self._view
        yield Static(id="said", markup=False)

    def on_mount(self) -> None:
        """Read the output again and again."""
        self.set_focus(self._view)
        self._look()
        self._timer = self.set_interval(LOOK_EVERY, self._look)

    def on_resize(self) -> None:
        """Wrap for the new width."""
        if self.is_mounted:
            self._timer.resume()

    def _look(self) -> None:
        shown = self._view.take(self._question.lines)
        if self._runs:
            seconds = int(monotonic() - self._began)
            self.hint(f"running {seconds} s · esc stops it")
        else:
            self.hint("j k scroll · y copies · esc closes")
            if shown:
                self._timer.pause()

    def show_ended(self, sentence: str, kind: str) -> None:
        """Say how the command ended."""
        self._runs = False
        self._view.empty_text = "No output"
        said = self.query_one("#said", Static)
        said.update(clean(sentence, 600))
        said.set_class(kind == "error", "-error")
        said.display = True
        self._timer.resume()
        self._look()

    def action_leave(self) -> None:
        """Close, and stop the command if it still runs."""
        if self._runs:
            self._question.stop()
        self.dismiss(None)

    def action_copy(self) -> None:
        """Close and return the whole output: the toast that confirms the copy is below the box."""
        text = "\n".join(self._question.lines)
        if text and not self._runs:
            self.dismiss(text)
