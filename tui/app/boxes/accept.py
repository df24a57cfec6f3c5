"""AcceptBox: drafts of insights, accepted or skipped one by one."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tui.app.boxes.box import Box
from tui.app.widgets.insights import InsightEditor
from tui.app.widgets.scrolling import LINES
from tui.display import clean
from tui.session.questions import AcceptDrafts

LONGEST = 4_000
"""Characters of a draft that are shown; the whole draft is accepted."""


class AcceptBox(Box[list[str]]):
    """Shows one draft after the other; returns the accepted ones, in their order.

    Esc accepts none of them.
    """

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    AcceptBox VerticalScroll { max-height: 14; }
    AcceptBox #so-far { height: 1; color: $text-dim; margin-top: 1; }
    AcceptBox InsightEditor { height: auto; max-height: 14; display: none; }
    AcceptBox.-editing InsightEditor { display: block; }
    AcceptBox.-editing VerticalScroll { display: none; }
    """
    widest = 80
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "accept", "accept"),
        Binding("n", "skip", "skip"),
        Binding("e", "edit", "edit first"),
        Binding("ctrl+s", "end", "save those that were accepted"),
        Binding("escape,q", "dismiss(None)", "leave"),
        *LINES,
    ]

    def __init__(self, question: AcceptDrafts) -> None:
        super().__init__()
        self._about = clean(question.title, 50)
        self._drafts = question.drafts
        self._at = 0
        self._accepted: list[str] = []
        self._editor = InsightEditor(soft_wrap=True, compact=True, show_line_numbers=False)

    def parts(self) -> ComposeResult:
        """The draft, and below it how many were accepted."""
        with VerticalScroll(can_focus=False):
            yield Static(id="draft", markup=False)
        yield self._editor
        yield Static(id="so-far", markup=False)

    def on_mount(self) -> None:
        """Show the first draft."""
        self._show()

    def _show(self) -> None:
        self.head(f"insight {self._at + 1} of {len(self._drafts)} · {self._about}")
        if self.has_class("-editing"):
            self.hint("enter accepts · esc goes back")
        else:
            keys = "accepts · n skips · e edits · ctrl+s saves"
            self.hint(f"enter {keys} · esc closes", f"y {keys} · esc", "y · n · e · ctrl+s · esc")
        self.query_one("#draft", Static).update(Text(clean(self._drafts[self._at], LONGEST)))
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self.query_one("#so-far", Static).update(f"{len(self._accepted)} accepted")

    def action_accept(self) -> None:
        """Accept the draft."""
        self._go_on(self._drafts[self._at])

    def action_skip(self) -> None:
        """Skip the draft."""
        self._go_on("")

    def _go_on(self, text: str) -> None:
        if text and text not in self._accepted:
            self._accepted.append(text)
        self._at += 1
        if self._at == len(self._drafts):
            self.action_end()
        else:
            self._show()

    def action_edit(self) -> None:
        """Open a field with the draft."""
        self.add_class("-editing")
        self._editor.load_text(self._drafts[self._at])
        self._editor.move_cursor(self._editor.document.end)
        self.set_focus(self._editor)
        self._show()

    def on_insight_editor_saved(self) -> None:
        """Accept the text in the field; an empty field skips the draft."""
        text = self._editor.text.strip()
        self._close()
        self._go_on(text)

    def on_insight_editor_left(self, event: InsightEditor.Left) -> None:
        """Go back to the unedited draft."""
        if not event.keys_went and self.has_class("-editing"):
            self._close()
            self._show()

    def _close(self) -> None:
        self.remove_class("-editing")
        self.set_focus(None)

    def action_end(self) -> None:
        """Finish with the drafts that were accepted so far."""
        self.dismiss(self._accepted)
