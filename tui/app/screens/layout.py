"""The triage screen's layout: its widgets, their places and their callbacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widgets import Static

from tui.app.faults import FaultScreen
from tui.app.panes import Panes
from tui.app.widgets.bars import Brand, KeyBar, ProgressLine, ViewCount
from tui.app.widgets.facts import CategoryPane, StatusPane
from tui.app.widgets.insights import InsightsPane
from tui.app.widgets.preview import Preview
from tui.app.widgets.queue import QueueList
from tui.app.widgets.search_bar import SearchBar
from tui.display import clean

if TYPE_CHECKING:
    from tui.app.keymap import Keymap
    from tui.app.noting import Noter
    from tui.app.searching import Searcher
    from tui.desk import Desk
    from tui.vault.source import Source

NARROW, STACKED = 60, 100
"""Screen widths in cells: narrower than the first shows one pane at a time, narrower than the
second stacks the panes."""


class TriageLayout(FaultScreen):
    """Queue, preview and panes between two bars; what keys do is added by TriageScreen."""

    AUTO_FOCUS = "#queue"

    keymap: Keymap
    searcher: Searcher
    noter: Noter

    def __init__(self, name: str, on_move: Callable[[Source | None], None]) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW, "-stacked"), (STACKED, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]
        self._vault_name = name
        self.desk: Desk = None  # type: ignore[assignment] # until ``open`` sets it
        self.queue = QueueList(
            lambda: self.desk.schema,
            problem_of=self._problem_of,
            spans=_match_spans,
            on_move=on_move,
            id="queue",
        )
        self.preview = Preview(problem_of=self._notice_of, id="preview")
        self.insights = InsightsPane(self._keep_draft, self._draft_of, self._take_draft)
        self.category = CategoryPane(lambda: self.desk.schema)
        self.status = StatusPane(lambda: self.desk.schema)
        self.search = SearchBar(self._look_up)
        self.panes = Panes(self)
        self.count = ViewCount("count")
        self.key_bar = KeyBar("keys")
        self.progress = ProgressLine("progress")
        self._complaint = Static("", id="complaint", markup=False)
        self._complained = ("", False)
        """The message below the search bar, and whether it is a hint."""

    def compose(self) -> ComposeResult:
        """The title line, the queue beside preview and panes, progress and keys."""
        with Horizontal(id="top"):
            yield Brand(self._vault_name)
            yield self.search
            yield self.count
        yield self._complaint
        with Container(id="main"):
            yield self.queue
            with Container(id="side"):
                yield self.preview
                with Container(id="panes"):
                    yield self.insights
                    yield self.category
                    yield self.status
        yield self.progress
        yield self.key_bar

    def on_mount(self) -> None:
        """Draw at once; the vault is opened afterwards."""
        self.queue.border_title = "queue"
        self.preview.border_title = "preview"
        self._complaint.display = False
        self.queue.empty_text = "Reading the vault…"
        self.insights.show("", ())

    def on_resize(self) -> None:
        """Show the focused pane alone where there is room for one only."""
        self.panes.bring_into_sight()

    def show_complaint(self, sentence: str, *, hint: bool = False) -> None:
        """Show a message below the search bar until the next call; an empty one hides it."""
        if (sentence, hint) == self._complained:
            # Writing even the same text again would lay out the whole screen.
            return
        self._complained = sentence, hint
        self._complaint.update(clean(sentence))
        self._complaint.set_class(hint, "-hint")
        self._complaint.display = bool(sentence)

    # Callbacks of the widgets; the helpers behind them come with the desk.

    def _look_up(self, words: str) -> None:
        self.searcher.look_up(words)

    def _keep_draft(self, name: str, text: str) -> None:
        self.noter.keep_draft(name, text)

    def _draft_of(self, name: str) -> str:
        return self.noter.draft_of(name)

    def _take_draft(self, name: str) -> str:
        return self.noter.take_draft(name)

    def _problem_of(self, source: Source) -> str | None:
        return self.desk.problem_of(source)

    def _notice_of(self, source: Source) -> str | None:
        """The problem and the key that helps, as the preview shows them."""
        problem = self._problem_of(source)
        hint = self.keymap.hint("find.repair", "looks for a repair")
        return "; ".join(filter(None, (problem, hint))) if problem else None


def _match_spans(query: str, text: str) -> list[tuple[int, int]]:
    """The parts of a text that a query matches, as start and end."""
    from tui.search.highlight import match_spans  # noqa: PLC0415 - after the first frame

    return match_spans(query, text)
