"""The triage screen: queue, preview and panes, and the keys that work on them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from tui.app.commands import COMMANDS, GROUPS
from tui.app.commands.command import key_sign
from tui.app.commands.decide import pick_category, promote_to, save_insight
from tui.app.copying import Copier
from tui.app.deciding import Decider
from tui.app.editor import editor_command, run_editor
from tui.app.screens.help import help_screen
from tui.app.widgets.bars import Brand, Key, KeyBar, ProgressLine, ViewCount
from tui.app.widgets.facts import CategoryPane, FactPane, StatusPane
from tui.app.widgets.insights import InsightEditor, InsightList, InsightsPane
from tui.app.widgets.preview import Preview
from tui.app.widgets.queue import QueueList
from tui.app.widgets.queue_row import SourceRow
from tui.app.widgets.search_bar import SearchBar
from tui.app.worklist import Worklist
from tui.desk import Desk
from tui.display import clean
from tui.errors import QueryError, SluiceError
from tui.search.highlight import match_spans
from tui.state.drafts import Drafts
from tui.triage import changes
from tui.triage.fields import list_items
from tui.triage.pace import moves_in, pace_of, spoken
from tui.vault.journal import Change
from tui.vault.source import Source

NARROW, STACKED = 60, 100
"""Widths in cells: below the first one pane at a time, below the second panes stacked."""
BATCH = 400
"""Sources that are read between two looks at the keyboard."""


def _bindings() -> list[BindingType]:
    return [
        Binding(",".join(command.keys), f"run('{command.id}')", command.name)
        for commands in GROUPS.values()
        for command in commands
    ]


class TriageScreen(Screen[None]):
    """Shows one vault and changes it."""

    CSS_PATH = "triage.tcss"
    AUTO_FOCUS = "#queue"
    BINDINGS: ClassVar[list[BindingType]] = [*_bindings(), Binding("escape", "clear", "clear")]
    HORIZONTAL_BREAKPOINTS = [
        (0, "-narrow"),
        (NARROW, "-stacked"),
        (STACKED, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]

    def __init__(self, desk: Desk, advance: bool) -> None:
        super().__init__()
        self.desk = desk
        self._advance = advance
        self._drafts = Drafts(desk.state / "drafts")
        self.worklist = Worklist(desk, next(iter(desk.schema.views)))
        self.decider = Decider(self)
        self.copier = Copier(self)
        self.loading_vault = True
        self._moves: list[tuple[datetime, str]] = []
        self._place: tuple[str, int] | None = None
        self._scratch = ""
        self.queue = QueueList(
            desk.schema,
            problem_of=desk.problem_of,
            spans=match_spans,
            on_move=self.show_source,
            id="queue",
        )
        self.preview = Preview(problem_of=desk.problem_of, id="preview")
        self.insights = InsightsPane(self._keep_draft, self._drafts.get)
        self.category = CategoryPane(desk.schema)
        self.status = StatusPane(desk.schema)
        self.search = SearchBar(self._look_up)
        self._count = ViewCount("count")
        self._keys = KeyBar("keys")
        self._progress = ProgressLine("progress")
        self._complaint = Static("", id="complaint", markup=False)

    def compose(self) -> ComposeResult:
        """The title line, the queue beside the rest, progress and keys."""
        with Horizontal(id="top"):
            yield Brand(self.desk.vault.root.name)
            yield self.search
            yield self._count
        yield self._complaint
        with Container(id="main"):
            yield self.queue
            with Container(id="side"):
                yield self.preview
                with Container(id="panes"):
                    yield self.insights
                    yield self.category
                    yield self.status
        yield self._progress
        yield self._keys

    def on_mount(self) -> None:
        """Paint first, read the vault afterwards."""
        self.queue.border_title = "queue"
        self.preview.border_title = "preview"
        self._complaint.display = False
        self.queue.empty_text = "Reading the vault…"
        self.show_source(None)
        self.call_after_refresh(self.read_vault)

    # Reading the vault

    @work(thread=True, exclusive=True, group="vault", exit_on_error=False)
    def read_vault(self) -> None:
        """Read every source anew in a thread; the screen fills as they come."""
        worker, app = get_current_worker(), self.app
        app.call_from_thread(self._start_reading)
        count = 0
        try:
            for batch in self.desk.vault.batches(BATCH):
                if worker.is_cancelled:
                    return
                count += len(batch)
                app.call_from_thread(self._count_read, count)
            moves = moves_in(self.desk.vault.log(), self.desk.schema.roles.status)
        except SluiceError as error:
            app.call_from_thread(self._stop_reading, str(error))
            return
        app.call_from_thread(self._finish_reading, moves)

    def _start_reading(self) -> None:
        self.loading_vault = True

    def _count_read(self, count: int) -> None:
        self._count.show(self.worklist.view, 0, 0, f"reading {count:,}…")

    def _stop_reading(self, sentence: str) -> None:
        self.loading_vault = False
        self.queue.empty_text = f"The vault cannot be read\n{clean(sentence)}"
        self.say(sentence, "error")

    def _finish_reading(self, moves: list[tuple[datetime, str]]) -> None:
        self.loading_vault = False
        self._moves = moves
        self.desk.lookup.replace(self.desk.vault.sources)
        name = self.current.name if self.current else ""
        row = self.queue.cursor or 0
        self.worklist.open_view(self.worklist.view)
        self.refresh_queue(name, row)
        self._show_keys()

    # What is shown

    @property
    def current(self) -> Source | None:
        """The source under the cursor."""
        return self.queue.current

    def shown_sources(self) -> list[Source]:
        """The sources in the queue, in its order."""
        return [row.source for row in self.queue.rows if isinstance(row, SourceRow)]

    def body_of(self, source: Source) -> str:
        """The text below the header; why it cannot be read when it cannot."""
        try:
            return self.desk.vault.read_body(source)
        except SluiceError as error:
            return str(error)

    def show_source(self, source: Source | None) -> None:
        """Show another source in the preview and the panes."""
        if source is None:
            self.preview.show_empty("" if self.loading_vault else "Nothing to show")
            self.insights.show("", ())
        else:
            self.preview.show(source, self.body_of(source), self.worklist.words)
            self._show_insights(source)
        self.category.show(source)
        self.status.show(source)

    def _show_insights(self, source: Source) -> None:
        self.insights.show(source.name, source.items(self.desk.schema.roles.insights))

    def show_changed(self, source: Source) -> None:
        """Show a source's new fields wherever the source is in sight."""
        for index, row in enumerate(self.queue.rows):
            if isinstance(row, SourceRow) and row.source.name == source.name:
                self.queue.update_row(index, source)
                break
        self.queue.set_done(self.worklist.done)
        if self.current is not None and self.current.name == source.name:
            self.show_source(source)
        self._show_figures()

    def refresh_queue(
        self, name: str = "", fallback: int = 0, first_row: int | None = None
    ) -> None:
        """Show the worklist's rows, the cursor on the source called ``name``."""
        try:
            rows = self.worklist.rows()
        except QueryError as error:
            self._complaint.update(clean(str(error)))
            self._complaint.display = True
            return
        self._complaint.display = False
        self._set_empty_text()
        index = next(
            (
                i
                for i, row in enumerate(rows)
                if isinstance(row, SourceRow) and row.source.name == name
            ),
            min(fallback, len(rows) - 1) if rows else None,
        )
        self.queue.set_query(self.worklist.words)
        self.queue.set_done(self.worklist.done)
        self.queue.show(rows, index, first_row=first_row)
        self.show_source(self.current)
        self._show_figures()

    def _set_empty_text(self) -> None:
        if self.worklist.looking_up:
            text = "No source matches\nesc clears the search"
        elif not self.desk.vault.sources:
            text = (
                "No sources in this folder\nA source is a .md file named SOURCE-… or with a status"
            )
        elif self.worklist.view == "problems":
            text = "No problems\nEvery header can be read and holds known values"
        else:
            text = f"Nothing left in {self.worklist.view}\nv opens another view, R reads again"
        self.queue.empty_text = text

    def _show_figures(self) -> None:
        worklist = self.worklist
        total = len(self.desk.vault.sources)
        if worklist.looking_up:
            self._count.show("hits", len(self.shown_sources()), total)
        else:
            self._count.show(worklist.view, worklist.left, total)
        pace = pace_of(self._moves, datetime.now(UTC))
        words = [f"{pace.done_today:,} done today", f"{worklist.left:,} left"]
        if pace.seconds_each is not None:
            words.append(f"{spoken(pace.seconds_each)} a source")
            left = pace.seconds_left(worklist.left)
            if left and worklist.left:
                words.append(f"{spoken(left)} to go")
        self._progress.show(worklist.size - worklist.left, worklist.size, words)

    def _show_keys(self) -> None:
        focused = self.focused
        keys: list[Key]
        if isinstance(focused, SearchBar):
            keys = [("enter", "to the hits"), ("esc", "clear"), ("field:value", "filters")]
        elif isinstance(focused, InsightEditor):
            keys = [("enter", "saves"), ("esc", "keeps the draft")]
        elif isinstance(focused, InsightList):
            keys = [("i", "add"), ("e", "edit"), ("d", "delete"), ("J K", "reorder"), ("q", "back")]
        elif isinstance(focused, FactPane):
            keys = [("enter", "change"), ("tab", "next pane"), ("q", "back")]
        elif focused is self.preview:
            keys = [
                ("j k", "scroll"),
                ("space", "page"),
                ("n N", "hits"),
                ("enter", "read"),
                ("q", "back"),
            ]
        else:
            keys = [("1-4", "tier")]
            for command in COMMANDS.values():
                if (
                    command.bar
                    and command.bar not in ("tier", "help")
                    and not command.refusal(self)
                ):
                    keys.append((key_sign(command.keys[0]), command.bar))
        self._keys.show(keys, ("?", "help"))

    def say(self, sentence: str, kind: str = "information") -> None:
        """Tell something in a toast; it takes the place of the one before."""
        self.app.clear_notifications()
        long = {"information": 3.0, "warning": 6.0, "error": 9.0}[kind]
        severity = {"information": "information", "warning": "warning", "error": "error"}[kind]
        self.app.notify(clean(sentence, 600), severity=severity, timeout=long, markup=False)  # type: ignore[arg-type]

    # Commands

    def action_run(self, id: str) -> None:
        """Run a command, or say why it cannot run now."""
        command = COMMANDS[id]
        refusal = command.refusal(self)
        if refusal:
            self.say(refusal, "warning")
        else:
            command.run(self)

    def show_help(self) -> None:
        """List every key; run the one that is chosen."""

        def chosen(id: str | None) -> None:
            if id is not None:
                self.action_run(id)

        self.app.push_screen(help_screen(), chosen)

    def open_view(self, view: str) -> None:
        """Open a view afresh; a lookup is left."""
        self._place = None
        self.worklist.words = ""
        with self.search.prevent():
            self.search.value = ""
        self.worklist.open_view(view)
        self.refresh_queue()
        self.queue.focus()

    def advance(self) -> None:
        """Go to the next open source; after a lookup stay: it was this one that was wanted."""
        if not self._advance or self.worklist.looking_up or self.queue.cursor is None:
            return
        rows, at = self.queue.rows, self.queue.cursor
        for index in [*range(at + 1, len(rows)), *range(at - 1, -1, -1)]:
            row = rows[index]
            if isinstance(row, SourceRow) and row.source.name not in self.worklist.done:
                self.queue.move_to(index)
                return

    def go_to(self, name: str) -> None:
        """Put the cursor on a source, if it is in the queue."""
        for index, row in enumerate(self.queue.rows):
            if isinstance(row, SourceRow) and row.source.name == name:
                self.queue.move_to(index)
                return

    def note_moves(self, change: Change) -> None:
        """Count a change of status into the pace."""
        self._moves += moves_in([change], self.desk.schema.roles.status)
        self._show_figures()

    def count_moves(self) -> None:
        """Take the pace from the journal anew, after something was taken back."""
        self._moves = moves_in(self.desk.vault.log(), self.desk.schema.roles.status)
        self._show_figures()

    def edit_in_editor(self) -> None:
        """Open the file in the person's editor and read it again afterwards."""
        source = self.current
        if source is None:
            return
        line = source.problem.line if source.problem else None
        try:
            command = editor_command(source.path, line)
            with self.app.suspend():
                run_editor(command, getattr(self.app, "no_color_was", None))
        except SuspendNotSupported:
            self.say("An editor cannot be opened here; this screen is not a terminal.", "error")
            return
        except SluiceError as error:
            self.say(str(error), "error")
        fresh = self.desk.vault.reread(source.name)
        if fresh is None:
            self.desk.lookup.remove(source.name)
            self.refresh_queue("", self.queue.cursor or 0)
            self.say(f"{source.name} is gone or no longer a source.", "warning")
        else:
            self.worklist.settle(fresh, moved=False)
            self.show_changed(fresh)

    # Search

    def start_search(self) -> None:
        """Put the cursor into the search bar; remember where it was."""
        if not self.worklist.looking_up and self.current is not None:
            self._place = (self.current.name, self.queue.first_row)
        self.show_pane(self.queue, focus=False)
        self.search.focus()

    def _look_up(self, words: str) -> None:
        self.worklist.words = words
        if self.loading_vault:
            return
        self.refresh_queue(first_row=0)

    def clear_search(self) -> None:
        """Leave the lookup and come back to where it was started."""
        name, first_row = self._place or (self.current.name if self.current else "", None)
        self._place = None
        self.worklist.words = ""
        self.search.value = ""
        self.refresh_queue(name, first_row=first_row)
        self.queue.focus()

    def on_search_bar_done(self) -> None:
        """To the hits."""
        self.queue.focus()

    def on_search_bar_cleared(self) -> None:
        """Back to where the search began."""
        self.clear_search()

    def action_clear(self) -> None:
        """Leave a lookup or a pane; escape quits nothing."""
        if self.worklist.words:
            self.clear_search()
        elif self.focused is not self.queue:
            self.show_pane(self.queue)

    def go_back(self) -> None:
        """Out of a pane, out of a lookup, out of sluice."""
        if self.focused is not self.queue:
            self.show_pane(self.queue)
        elif self.worklist.words:
            self.clear_search()
        else:
            self.app.exit()

    # Panes

    @property
    def _panes(self) -> list[Widget]:
        return [self.queue, self.preview, self.insights, self.category, self.status]

    def focus_pane(self, step: int) -> None:
        """Give the keys to the next pane, or the one before."""
        focused = self.focused
        at = next(
            (
                i
                for i, pane in enumerate(self._panes)
                if focused and pane in focused.ancestors_with_self
            ),
            0,
        )
        self.show_pane(self._panes[(at + step) % len(self._panes)])

    def show_pane(self, pane: Widget, focus: bool = True) -> None:
        """Give the keys to a pane; on a narrow screen it is the only one in sight."""
        for other in self._panes:
            other.set_class(other is pane, "-in-sight")
        self.set_class(pane is not self.queue, "-beside-queue")
        self.set_class(pane is self.preview, "-preview-only")
        if focus:
            (self.insights.list if pane is self.insights else pane).focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say which keys work now."""
        for pane in self._panes:
            if pane in event.widget.ancestors_with_self and not pane.has_class("-in-sight"):
                self.show_pane(pane, focus=False)
        self._show_keys()

    def on_fact_pane_change(self, event: FactPane.Change) -> None:
        """Open the picker of the pane."""
        if self.current is not None:
            (pick_category if event.pane is self.category else promote_to)(self)

    # Insights

    def _keep_draft(self, name: str, text: str) -> None:
        if name and not self._drafts.put(name, text):
            self.say(self._drafts.error, "warning")

    def on_insight_list_edit(self, event: InsightList.Edit) -> None:
        """Open an insight in the field."""
        self.insights.start_editing(event.index)

    def on_insight_list_reordered(self, event: InsightList.Reordered) -> None:
        """Write the insights in another order, or without one."""
        self._set_insights(lambda items: [items[index] for index in event.order])

    def on_insight_editor_saved(self) -> None:
        """Write the insight; the field stays open when it is refused."""
        pane, text = self.insights, self.insights.editor.text.strip()
        came_from_list = pane.editing is not None
        if pane.editing is None:
            saved = not text or save_insight(self, text)
            if saved and self.current is not None:
                self._drafts.put(self.current.name, "")
        else:
            saved = self._replace_insight(pane.editing, text)
        if saved:
            pane.close()
            self.show_pane(pane if came_from_list else self.queue)

    def _replace_insight(self, index: int, text: str) -> bool:
        def replaced(items: list[object]) -> list[object]:
            # Untouched text is not written: the field shows line breaks its own way.
            new = [] if not text else [text]
            return (
                items if str(items[index]) == text else [*items[:index], *new, *items[index + 1 :]]
            )

        return self._set_insights(replaced)

    def _set_insights(self, change: object) -> bool:
        field = self.desk.schema.insights.name
        return self.decider.decide(
            lambda schema, sources: changes.set_items(
                schema,
                sources,
                field,
                change(list(list_items(sources[0], field))),  # type: ignore[operator]
            )
        )

    def on_insight_editor_left(self) -> None:
        """Close the field; the draft is on disk."""
        self.insights.close()
        self.show_pane(self.queue)
        if self.current is not None and self._drafts.get(self.current.name):
            self.say("The draft is kept; i goes on with it.")

    def on_paste(self, event: events.Paste) -> None:
        """Refuse a paste outside a text field: its letters would be keys."""
        event.stop()
        self.say("Pasted text goes into a field: press / to search or i for an insight first.")
