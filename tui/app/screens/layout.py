"""The triage screen's layout: its widgets, their places and their callbacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.geometry import Region
from textual.widgets import Static

from tui.app.faults import FaultScreen
from tui.app.widgets.bars import Brand, KeyBar, Parts, StatusLine, ViewCount, ViewsBar
from tui.app.widgets.drawers import Room
from tui.app.widgets.facts import Facts, Keys, facts_of
from tui.app.widgets.insights import InsightsDrawer
from tui.app.widgets.pass_lines import with_question
from tui.app.widgets.phrase_bar import PhraseBar, PhraseInput
from tui.app.widgets.preview import Preview
from tui.app.widgets.queue import QueueList
from tui.app.widgets.reader_lines import on_whole_screen
from tui.app.widgets.row_painter import RowFacts
from tui.app.widgets.search_bar import WHAT, SearchBar
from tui.app.widgets.source_lines import Around, View, decision_alone, framed, ruled
from tui.display import cells, clean, fit
from tui.session.model.rows import Rows

if TYPE_CHECKING:
    from tui.session.keys.keymap import Keymap
    from tui.session.update import (
        Asked,
        Drawer,
        Figures,
        SearchLine,
        ShownSource,
        Suggested,
        Update,
    )
    from tui.triage.pending import OfSource
    from tui.vault.source import Source

NARROW, STACKED, BROAD = 60, 100, 160
"""Screen widths in cells: narrower than the first shows queue or source, narrower than the second
puts the source below the queue, and from the third on the queue gets more than half."""
LOW, TALL = 11, 30
"""Screen heights in rows: lower than the first leaves a line to the source, and from the second
on the views have a row of their own."""
PHRASE = 40, 20, 10
"""The most cells of the words that are searched for in the text, the more the better."""
TITLE_SPARES = 18
"""The cells beside a title above the text, for its place in the queue."""
LEAST_DRAWER = 8
"""The rows that a drawer needs: where there are fewer below the source's title, it may lie over
the queue."""


class TriageLayout(FaultScreen):
    """Queue and source between the bars; what keys do is added by TriageScreen."""

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
        self.HORIZONTAL_BREAKPOINTS = [
            (0, "-narrow"), (NARROW, "-stacked"), (STACKED, "-wide"), (BROAD, "-broad"),
        ]  # fmt: skip
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (LOW, "-high"), (TALL, "-tall")]
        self._vault_name = name
        self._schema_of = facts.schema_of
        self._problem_of = facts.problem_of
        self._snoozed_until_of = facts.snoozed_until
        self._keymap: Keymap | None = None
        self._keys = Keys()
        self.is_reading = False
        """Whether the source fills the screen."""
        self._asked: Asked | None = None
        """The question of a rapid pass."""
        self._shown: ShownSource | None = None
        self._suggested: Suggested | None = None
        self._proposed: OfSource | None = None
        self.queue = QueueList(
            rows,
            facts,
            spans=_match_spans,
            on_pick=on_pick,
            id="queue",
        )
        self.preview = Preview(
            problem_of=self._notice_of,
            surround=self._around,
            names_title=lambda title: cells(clean(title, 400)) > self._title_room,
            on_work=self._draw_work,
            id="preview",
        )
        self.insights = InsightsDrawer(on_typed, self.room_for, self._scroll_text, self._cover_text)
        self.search = SearchBar(on_query)
        self.phrase = PhraseBar(self.preview.find)
        self.count = ViewCount("count")
        self.tabs = ViewsBar("tabs")
        self.views = ViewsBar("views")
        self.key_bar = KeyBar("keys")
        self.status_line = StatusLine("status-line", self.key_bar)
        self._complaint = Static("", id="complaint", markup=False)
        self._complained = ("", False)
        """The message below the search bar, and whether it is a hint."""

    def compose(self) -> ComposeResult:
        """Search and views, the queue beside the source, what was done and the keys."""
        with Horizontal(id="top"):
            yield Brand(self._vault_name)
            yield self.search
            yield self.count
            yield self.tabs
        yield self.views
        yield self._complaint
        with Container(id="main"):
            yield self.queue
            yield self.preview
        yield self.status_line
        yield self.key_bar
        yield self.insights
        yield self.phrase

    def on_mount(self) -> None:
        """Draw at once; the vault is opened afterwards."""
        self.queue.border_title = "queue"
        self._complaint.display = False
        self.queue.empty_text = "Reading the vault…"

    def take_keys(self, keymap: Keymap) -> None:
        """Show the keys of this keymap in the panes."""
        self._keymap = keymap
        self.search.placeholder = f"{keymap.sign('find.search')} {WHAT}".strip()
        self._keys = Keys.of(keymap, len(self._schema_of().tier.values))
        self.insights.keys = keymap

    # Places

    @property
    def _title_room(self) -> int:
        """The cells for the source's title, in the queue or above the text."""
        if self._asked is not None:
            # The question is there.
            return 0
        return self.size.width - TITLE_SPARES if self.is_reading else self.queue.title_room

    @property
    def is_narrow(self) -> bool:
        """Whether either the queue is in sight or the source."""
        return self.size.width < NARROW

    @property
    def is_framed(self) -> bool:
        """Whether queue and source are side by side, in frames."""
        return self.size.width >= STACKED

    def _around(self, view: View) -> Around:
        """The lines around the source's text."""
        if self._asked is not None:
            return with_question(view, self._keys, self._asked, self._schema_of())
        if self.is_reading:
            position = self._shown.position if self._shown else None
            return on_whole_screen(view, self._keys, position or (1, 1))
        if self.is_framed:
            return framed(view, self._keys)
        if view.height < 2:
            return decision_alone(view, self._keys)
        return ruled(view, self._keys)

    def room_for(self, drawer: Drawer) -> Room:
        """The room for an open drawer: see ``DrawerRoom``."""
        source = self.preview.region
        if self.is_reading:
            return Room(self.preview.text_region, has_sides=False)
        first, end = self.preview.rows_of(drawer)
        region = Region(source.x, source.y + first, source.width, end - first)
        if region.height < LEAST_DRAWER or not source:
            whole = self.queue.region.union(source)
            end = source.y + end if source else whole.bottom
            region = Region(whole.x, whole.y, whole.width, end - whole.y)
            return Room(region, has_sides=False)
        return Room(region, has_sides=self.is_framed)

    def lend_keyboard(self, lent: bool) -> None:
        """See ``DrawerRoom``."""
        self.queue.lend_keyboard(lent)
        self.preview.lend_keyboard(lent)

    def _cover_text(self, row: int | None) -> None:
        """From this row of the screen on, something lies over the text, or nothing does."""
        end = self.preview.text_region.bottom
        self.preview.cover(max(0, end - row) if row is not None else 0)

    def _scroll_text(self, lines: int, pages: float) -> None:
        if lines:
            self.preview.scroll_by_lines(lines)
        if pages:
            self.preview.page(pages)

    # The reader

    def read(self, whole: bool) -> None:
        """Let the source fill the screen, or put it back beside the queue."""
        self.is_reading = whole
        self.set_class(whole, "-reading")
        if not whole:
            self.phrase.close(keeps=False)
        self.preview.surround_again()
        self._draw_work()

    def ask_phrase(self) -> None:
        """Open the field for words to find in the text."""
        self.preview.begin_search()
        self.phrase.open(self._keymap.sign("find.search") if self._keymap else "/")

    def on_phrase_input_left(self, event: PhraseInput.Left) -> None:
        """Go to the matches, or back to where the search began."""
        self.phrase.close(keeps=event.keeps)
        if not event.keeps:
            self.preview.give_up_search()
        self.set_focus(self.preview)

    def _draw_work(self) -> None:
        """Show what is searched for and marked in the text."""
        work, keymap = self.preview.work, self._keymap
        if work is None or keymap is None:
            self.status_line.tell_of_text((), ())
            return
        self.phrase.show(work.found)
        lefts: list[Parts] = []
        if work.phrase:
            steps = keymap.sign("find.next_hit", "find.previous_hit") if work.is_found else ""
            phrase = clean(work.phrase, PHRASE[0])
            lefts = [
                (
                    (f"{keymap.sign('find.search')} ", "accent"),
                    (fit(phrase, min(most, cells(phrase))), "foreground"),
                    (f"  {work.found}", "text-dim"),
                    (f"  {shown}" if shown else "", "accent"),
                )
                for most, shown in ((PHRASE[0], steps), *((most, "") for most in PHRASE))
            ]
        self.status_line.tell_of_text(lefts, self._marked(work.marked, keymap))

    def _marked(self, words: str, keymap: Keymap) -> Parts:
        """What is marked, and the key that quotes it."""
        if not words:
            return ()
        is_narrow, sign = self.size.width < NARROW, keymap.sign("decide.insight")
        marked = words.removesuffix(" marked") if is_narrow else words
        quotes = " quotes" if is_narrow else " quotes it"
        return (
            (marked, "foreground"),
            *(((f" · {sign}", "accent"), (quotes, "text-dim")) if sign else ()),
        )

    def on_resize(self) -> None:
        """Move the open drawer with the source."""
        self.call_after_refresh(self.insights.place)

    # Drawing

    def draw(self, changes: Update) -> None:
        """Draw what changed, in this frame."""
        if changes.rows is not None:
            self.queue.draw(changes.rows)
            if changes.rows.words:
                self.queue.border_title = Text(self.queue.rows.heading)
        if changes.asked is not None:
            self._draw_question(*changes.asked)
        self._suggested = changes.suggested or self._suggested
        self._proposed = self._proposed if changes.proposed is None else changes.proposed
        if changes.source is not None:
            self._draw_source(changes.source)
        elif (changes.suggested or changes.proposed) is not None and (facts := self._facts):
            self.preview.show_facts(facts)
        if changes.figures is not None:
            self._draw_figures(changes.figures)
        if changes.keys is not None:
            self.key_bar.show(*changes.keys)
        if changes.line is not None:
            self._draw_line(changes.line)

    def _draw_source(self, shown: ShownSource) -> None:
        self._shown = shown
        facts = self._facts
        if shown.source is None:
            self.preview.show_empty(shown.body)
        else:
            self.preview.show(shown.source, shown.body, shown.lit, shown.place, facts)
        self.insights.show(facts, shown.insights)

    def _draw_question(self, asked: Asked | None) -> None:
        was_asked, self._asked = self._asked is not None, asked
        if was_asked == (asked is not None):
            self.preview.renew_around()
        else:
            # The title is in another place now.
            self.preview.surround_again()

    @property
    def _facts(self) -> Facts | None:
        """What the lines around the text say about the source under the cursor."""
        shown = self._shown
        if shown is None or shown.source is None:
            return None
        return facts_of(
            self._schema_of(),
            shown.source,
            shown.insights,
            self._suggested,
            self._proposed,
            has_draft=shown.has_draft,
            snoozed=self._spoken_until(shown.source),
        )

    def _spoken_until(self, source: Source) -> str:
        day = self._snoozed_until_of(source)
        if day is None:
            return ""
        from tui.days import spoken_day  # noqa: PLC0415 - after the first frame

        return spoken_day(day, self.queue.rows.now.date())

    def _draw_figures(self, figures: Figures) -> None:
        for bar in (self.count, self.tabs, self.views, self.status_line):
            bar.show(figures)

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
