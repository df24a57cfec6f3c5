"""The triage screen's layout: its widgets, their places and their callbacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widgets import Static

from tui.app.faults import FaultScreen
from tui.app.widgets.bars import Brand, KeyBar, ProgressLine, ViewCount
from tui.app.widgets.drawers import Drawer, Room
from tui.app.widgets.facts import CategoryPane, StatusPane
from tui.app.widgets.insights import InsightsPane
from tui.app.widgets.preview import Preview
from tui.app.widgets.queue import QueueList
from tui.app.widgets.row_painter import RowFacts
from tui.app.widgets.search_bar import WHAT, SearchBar
from tui.display import clean
from tui.session.model.rows import Rows

if TYPE_CHECKING:
    from tui.session.keys.keymap import Keymap
    from tui.session.update import Figures, SearchLine, ShownSource, Update
    from tui.vault.source import Source

NARROW, STACKED = 60, 100
"""Screen widths in cells: narrower than the first shows one pane at a time, narrower than the
second stacks the panes."""


class TriageLayout(FaultScreen):
    """Queue, preview and panes between two bars; what keys do is added by TriageScreen."""

    AUTO_FOCUS = "#queue"

    def __init__(
        self,
        name: str,
        rows: Rows,
        *,
        facts: RowFacts,
        on_pick: Callable[[int], object],
        on_query: Callable[[str, bool], object],
        on_typed: Callable[[], object],
    ) -> None:
        """``on_pick`` gets a row that was clicked.

        ``on_query`` gets what is in the search bar, and whether it was typed at the end;
        ``on_typed`` is called with every letter of an insight.
        """
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW, "-stacked"), (STACKED, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]
        self._vault_name = name
        self._problem_of = facts.problem_of
        self._keymap: Keymap | None = None
        self.queue = QueueList(
            rows,
            facts,
            spans=_match_spans,
            on_pick=on_pick,
            id="queue",
        )
        self.preview = Preview(problem_of=self._notice_of, id="preview")
        self.insights = InsightsPane(on_typed)
        self.category = CategoryPane(facts.schema_of)
        self.status = StatusPane(facts.schema_of)
        self.search = SearchBar(on_query)
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
        self.insights.show((), False)

    def take_keys(self, keymap: Keymap) -> None:
        """Show the keys of this keymap in the panes."""
        self._keymap = keymap
        self.search.placeholder = f"{keymap.sign('find.search')} {WHAT}".strip()
        for pane in (self.category, self.status, self.insights):
            pane.keys = keymap

    def room_for(self, drawer: Drawer) -> Room:  # noqa: ARG002 - the same for each
        """The room for an open drawer: see ``DrawerRoom``."""
        return Room(self.query_one("#side").region, has_sides=self.has_class("-wide"))

    # Drawing

    def draw(self, changes: Update) -> None:
        """Draw what changed, in this frame."""
        if changes.rows is not None:
            self.queue.draw(changes.rows)
            if changes.rows.words:
                self.queue.border_title = Text(self.queue.rows.heading)
        if changes.source is not None:
            self._draw_source(changes.source)
        if changes.suggested is not None:
            self.category.suggest(changes.suggested.category)
            self.status.suggest(changes.suggested.tier)
        if changes.figures is not None:
            self._draw_figures(changes.figures)
        if changes.keys is not None:
            self.key_bar.show(*changes.keys)
        if changes.line is not None:
            self._draw_line(changes.line)

    def _draw_source(self, shown: ShownSource) -> None:
        if shown.source is None:
            self.preview.show_empty(shown.body)
        else:
            self.preview.show(shown.source, shown.body, shown.lit, shown.place)
        self.insights.show(shown.insights, shown.has_draft)
        self.category.show(shown.source)
        self.status.show(shown.source)

    def _draw_figures(self, figures: Figures) -> None:
        self.count.show(figures.view, figures.shown, figures.total, figures.note)
        if not figures.note:
            self.progress.show(figures.done, figures.size, figures.pace)

    def _draw_line(self, line: SearchLine) -> None:
        """Show a message below the search bar; an empty one hides it."""
        self.search.offer(line.offered)
        shown = line.sentence, line.is_hint
        if shown == self._complained:
            # Writing even the same text again would lay out the whole screen.
            return
        self._complained = shown
        self._complaint.update(clean(line.sentence))
        self._complaint.set_class(line.is_hint, "-hint")
        self._complaint.display = bool(line.sentence)

    def _notice_of(self, source: Source) -> str | None:
        """The problem and the key that helps, as the preview shows them."""
        problem = self._problem_of(source)
        hint = self._keymap.hint("find.repair", "looks for a repair") if self._keymap else ""
        return "; ".join(filter(None, (problem, hint))) if problem else None


def _match_spans(query: str, text: str) -> list[tuple[int, int]]:
    """The parts of a text that a query matches, as start and end."""
    from tui.search.highlight import match_spans  # noqa: PLC0415 - after the first frame

    return match_spans(query, text)
