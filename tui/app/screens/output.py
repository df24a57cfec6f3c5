"""OutputBox: the output of one of the user's own commands, as it arrives."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.app.screens.scrolling import Scrolling
from tui.app.widgets.output import OutputView
from tui.display import clean

if TYPE_CHECKING:
    from tui.app.custom import Run

LOOK_EVERY = 0.1
"""Seconds between two reads of the output."""


class OutputBox(Scrolling[OutputView], ModalScreen[str | None]):
    """A box over the queue; closing it stops the command. Returns a text to copy, or None."""

    DEFAULT_CSS = """
    OutputBox { align: center middle; background: $background 60%; }
    OutputBox:nocolor { background: transparent; }
    OutputBox > Vertical {
        width: 100; max-width: 92%; height: 80%;
        border: round $border-focus; border-title-color: $accent; border-title-style: bold;
        border-subtitle-color: $text-dim;
        background: $surface; padding: 0 1;
    }
    OutputBox #said { height: auto; max-height: 4; display: none; color: $text-dim; }
    OutputBox #said.-error { color: $problem; }
    OutputBox > ToastRack { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "back"),
        Binding("j,down", "scroll(1)", "down"),
        Binding("k,up", "scroll(-1)", "up"),
        Binding("space,pagedown", "page(1)", "page down"),
        Binding("pageup,b", "page(-1)", "page up"),
        Binding("ctrl+d", "page(0.5)", "half a page down"),
        Binding("ctrl+u", "page(-0.5)", "half a page up"),
        Binding("g,home", "first", "top"),
        Binding("G,end", "last", "bottom"),
        Binding("y", "copy", "copy"),
    ]

    def __init__(self, run: Run, begin: Callable[[OutputBox], object]) -> None:
        super().__init__()
        self._begin = begin
        """Starts the command, once the box can show its output."""
        self._run = run
        self._view = OutputView(id="output")
        self._runs = True
        self.left = False
        """Whether the box was closed."""

    def compose(self) -> ComposeResult:
        """The output above a line that says how the command ended."""
        sources = self._run.sources
        about = sources[0].title if len(sources) == 1 else f"{len(sources):,} sources"
        with Vertical() as box:
            box.border_title = Text(f"{clean(self._run.own.name)} · {clean(about, 60)}")
            yield self._view
            yield Static(id="said", markup=False)

    def on_mount(self) -> None:
        """Read the output again and again."""
        self.set_focus(self._view)
        self._look()
        self._timer = self.set_interval(LOOK_EVERY, self._look)
        self._begin(self)

    def on_resize(self) -> None:
        """Wrap for the new width."""
        if self.is_mounted:
            self._timer.resume()

    def _look(self) -> None:
        shown = self._view.take(self._run.collector.lines)
        box = self.query_one(Vertical)
        if self._runs:
            seconds = int(monotonic() - self._run.began)
            box.border_subtitle = Text(f"running {seconds} s · esc stops it")
        else:
            box.border_subtitle = Text("j k scroll · y copies · esc closes")
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
            self._run.stopped.set()
        self.left = True
        self.dismiss(None)

    def action_copy(self) -> None:
        """Close and return the whole output: the toast that confirms the copy is below the box."""
        text = "\n".join(self._run.collector.lines)
        if text and not self._runs:
            self.left = True
            self.dismiss(text)
