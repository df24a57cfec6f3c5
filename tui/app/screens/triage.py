"""The triage screen: queue, preview and panes, and the keys that act on them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui.app.screens.layout import TriageLayout
from tui.app.widgets.facts import FactPane
from tui.app.widgets.insights import InsightEditor, InsightList
from tui.app.widgets.queue_row import Row, SourceRow
from tui.app.widgets.queue_rows import place_beside
from tui.display import clean
from tui.errors import QueryError, SluiceError

if TYPE_CHECKING:
    from tui.app.app import SluiceApp
    from tui.app.body_reader import BodyReader
    from tui.app.capturing import Capturer
    from tui.app.comparing import Comparer
    from tui.app.copying import Copier
    from tui.app.custom import Runner
    from tui.app.deciding import Decider
    from tui.app.editing import FieldEditor
    from tui.app.finding import Finder
    from tui.app.loading import Loader
    from tui.app.marking import Marker
    from tui.app.outside import Outside
    from tui.app.rapid import Rapid
    from tui.app.saving import Saver
    from tui.app.suggesting import Suggester
    from tui.app.used_values import UsedValues
    from tui.app.viewing import Viewer
    from tui.app.worklist import Worklist
    from tui.desk import Desk
    from tui.state.config import Config
    from tui.triage.pace import Moves
    from tui.vault.source import Source

SECONDS = {"information": 3.0, "warning": 6.0, "error": 9.0}
"""Seconds that a toast stays, by its kind."""


class TriageScreen(TriageLayout):
    """Shows one vault and changes it.

    It decides what its widgets show. What a key does is in ``commands/``, longer work in the
    helpers that ``equipment`` attaches.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "clear", "clear")]

    worklist: Worklist
    saver: Saver
    marker: Marker
    decider: Decider
    copier: Copier
    capturer: Capturer
    rapid: Rapid
    loader: Loader
    body_reader: BodyReader
    suggester: Suggester
    finder: Finder
    outside: Outside
    editing: FieldEditor
    comparer: Comparer
    used_values: UsedValues
    moves: Moves
    viewer: Viewer
    runner: Runner
    own_keys: frozenset[str]

    def __init__(self, name: str, config: Config) -> None:
        super().__init__(name, self.show_source)
        self.config = config
        self.quiet = False
        """Whether to skip toasts about success, since the next source shows it."""
        self._welcome: Widget | None = None

    def open(self, desk: Desk) -> None:
        """Start working with a vault's desk."""
        from tui.app.equipment import equip  # noqa: PLC0415 - after the first frame

        self.desk = desk
        equip(self)
        self.show_keys()
        self.loader.start()

    @property
    def is_open(self) -> bool:
        """Whether there is a desk yet: the first frame comes before it."""
        return self.desk is not None

    @property
    def busy(self) -> bool:
        """Whether the vault is being opened or read."""
        return not self.is_open or self.loader.busy

    def on_unmount(self) -> None:
        """Stop watching the vault, and leave drafts for the next app to pick up."""
        if self.is_open:
            self.outside.stop()
            self.viewer.stop()
            self.noter.let_go()
            self.capturer.let_go()

    # What is shown

    @property
    def sluice(self) -> SluiceApp:
        """The app, with its own type."""
        return cast("SluiceApp", self.app)

    @property
    def current(self) -> Source | None:
        """The source under the cursor."""
        return self.queue.current

    @property
    def targets(self) -> list[Source]:
        """The sources a deciding key changes: the marked ones, else the one under the cursor."""
        if self.marker.count:
            return self.marker.sources
        return [self.current] if self.current else []

    @property
    def dimmed(self) -> set[str]:
        """The names of the sources that are done, or whose file is gone."""
        gone = {self.outside.gone} if self.outside.gone else set()
        return self.worklist.done | gone

    def shown_sources(self) -> list[Source]:
        """The sources in the queue, in its order."""
        return [row.source for row in self.queue.rows if isinstance(row, SourceRow)]

    def body_of(self, source: Source) -> str:
        """The text below the header, or a sentence that says why it cannot be read."""
        try:
            return self.desk.vault.read_body(source)
        except SluiceError as error:
            return str(error)

    def show_source(self, source: Source | None) -> None:
        """Show another source in the preview and the panes."""
        if source is None:
            self.preview.show_empty("" if self.loader.busy else "Nothing to show")
            self.insights.show("", ())
        else:
            self.preview.show(source, self.body_of(source), self.worklist.lit)
            self.insights.show(source.name, source.items(self.desk.schema.roles.insights))
        self.category.show(source)
        self.status.show(source)
        self.suggester.show(source)
        self.viewer.note_move()
        if self.outside.gone:
            # Later: the queue is in the middle of a move.
            self.call_later(self.outside.drop_gone)

    def show_changed(self, *sources: Source) -> None:
        """Show these sources' new fields wherever they are in sight."""
        self.queue.update_rows(sources)
        self.queue.set_done(self.dimmed)
        name = self.current.name if self.current else ""
        if any(source.name == name for source in sources):
            self.show_source(self.current)
        self.show_figures()

    def refresh_queue(self, name: str = "", row: int = 0, first_row: int | None = None) -> None:
        """Show the worklist's rows, with the cursor on the source ``name``, else on ``row``."""
        self.finder.forget()
        try:
            rows = self.worklist.rows()
        except QueryError:
            self.searcher.tell()
        else:
            self.show_rows(rows, name, row, first_row)

    def show_rows(
        self, rows: Sequence[Row], name: str = "", row: int = 0, first_row: int | None = None
    ) -> None:
        """Show these rows, with the cursor on the source ``name``, else on ``row``."""
        from tui.app.hints import empty_text  # noqa: PLC0415 - after the first frame

        self.queue.empty_text = empty_text(self)
        if self.insights.writing and self.queue.cursor is not None:
            # The next letters belong to the field, and must not act as keys.
            rows, name = self._with_written(rows, self.queue.cursor)
        named = (
            index
            for index, shown in enumerate(rows)
            if isinstance(shown, SourceRow) and shown.source.name == name
        )
        # No source has an empty name: do not search 100,000 rows for it.
        cursor = next(named if name else iter(()), min(row, len(rows) - 1)) if rows else None
        self.queue.set_query(self.worklist.lit)
        self.queue.set_done(self.dimmed)
        before = self.current
        self.queue.show(rows, cursor, first_row=first_row)
        # The queue itself has called show_source for another source under the cursor.
        if self.current is before:
            self.show_source(before)
        self.marker.show_rows()
        self.show_figures()
        self.searcher.tell()

    def _with_written(self, rows: Sequence[Row], at: int) -> tuple[Sequence[Row], str]:
        """The rows and the source whose insight is being written, which stays among them."""
        written = self.queue.rows[at]
        if not isinstance(written, SourceRow):
            return rows, ""
        name = written.source.name
        if not any(isinstance(row, SourceRow) and row.source.name == name for row in rows):
            place = place_beside(self.queue.rows[:at], rows)
            fresh = self.desk.vault.find(name) or written.source
            rows = [*rows[:place], written._replace(source=fresh), *rows[place:]]
            if not self.worklist.looking_up:
                self.worklist.keep(name)
        return rows, name

    def show_read(self, sources: Sequence[Source]) -> None:
        """Show sources that have just been read."""
        self.viewer.show_read(sources)
        self.show_reading(self.desk.vault.count)

    def show_all_read(self) -> None:
        """Show that every source has been read."""
        from tui.app.hints import empty_text  # noqa: PLC0415 - after the first frame

        self.queue.empty_text = empty_text(self)
        if self.worklist.looking_up:
            self._renew_hits()
        elif self.current is None:
            self.show_source(None)
        self.viewer.all_read()
        self.show_figures()
        self.show_keys()

    def show_indexed(self) -> None:
        """Search again, now that every source can be found."""
        if self.worklist.looking_up:
            self._renew_hits()

    def _renew_hits(self) -> None:
        """Show a lookup's matches again: from the best one on while it is being typed."""
        if self.focused is self.search:
            self.refresh_queue(first_row=0)
        else:
            self.refresh_queue(self.current.name if self.current else "")

    def show_reading(self, count: int) -> None:
        """Show how many sources have been read so far."""
        self.count.show(self.worklist.view, 0, 0, f"reading {count:,}…")

    def show_figures(self) -> None:
        """Show the counts and the pace as they are now."""
        from tui.app.hints import pace_words  # noqa: PLC0415 - after the first frame

        worklist, total = self.worklist, self.desk.vault.count
        if worklist.looking_up:
            self.count.show("matches", self.queue.source_count, total)
        else:
            self.count.show(worklist.view, worklist.left, total)
        words = pace_words(self.moves, worklist.left)
        self.progress.show(worklist.size - worklist.left, worklist.size, words)

    def show_keys(self) -> None:
        """Show the keys that work now."""
        from tui.app.hints import help_key, in_text_field, keys_now  # noqa: PLC0415 - see above

        self.key_bar.show(keys_now(self), None if in_text_field(self) else help_key(self))

    def say(self, sentence: str, kind: str = "information") -> None:
        """Show a toast; it replaces the ones about success."""
        if self.quiet and kind == "information":
            self.sluice.drop_information()
            return
        notify = self.app.notify
        notify(clean(sentence, 600), severity=kind, timeout=SECONDS[kind], markup=False)  # type: ignore[arg-type]

    # Called by commands

    def action_run(self, id: str) -> None:
        """Run a command, or say why it cannot run now."""
        self.viewer.touched()
        command = self.keymap[id]
        if not (id.startswith("move.") and self.has_class("-wide")):
            self.end_welcome()
        refusal = command.refusal(self)
        if refusal:
            self.say(refusal, "warning")
        else:
            command.run(self)

    def action_clear(self) -> None:
        """Leave a lookup or a pane; escape never quits."""
        if self.end_welcome():
            return
        if self.is_open and self.saver.stop():
            return
        if self.worklist.words:
            self.searcher.clear()
        elif self.panes.focused is not self.queue:
            self.panes.show(self.queue)

    def end_welcome(self) -> bool:
        """Remove the welcome; whether it was there."""
        welcome, self._welcome = self._welcome, None
        shown = welcome is not None and welcome.is_attached
        if welcome is not None:
            welcome.remove()
        return shown

    def greet(self, welcome: Widget) -> None:
        """Show the welcome over the screen until a key does more than move the cursor."""
        self._welcome = welcome
        self.mount(welcome)

    def go_back(self) -> None:
        """Leave a pane, else the lookup, else sluice."""
        if self.panes.focused is not self.queue:
            self.panes.show(self.queue)
        elif self.worklist.words:
            self.searcher.clear()
        else:
            self.app.exit()

    def advance(self) -> None:
        """Go to the next open source; stay in a lookup, which was about this source."""
        if not self.config.advance or self.worklist.looking_up or self.queue.cursor is None:
            return
        rows, at = self.queue.rows, self.queue.cursor
        for index in chain(range(at + 1, len(rows)), range(at - 1, -1, -1)):
            row = rows[index]
            if isinstance(row, SourceRow) and row.source.name not in self.worklist.done:
                self.queue.move_to(index)
                return

    def go_to(self, name: str) -> None:
        """Put the cursor on a source, if it is in the queue and no insight is being written."""
        row = self.queue.row_of(name)
        if row is not None and not self.insights.writing:
            self.queue.move_to(row)

    # Messages of the widgets

    def on_descendant_focus(self) -> None:
        """Show which pane has the focus, and which keys work there."""
        self.panes.bring_into_sight()
        if self.is_open:
            self.show_keys()

    def on_fact_pane_change(self, event: FactPane.Change) -> None:
        """Open the picker of the pane."""
        from tui.app.commands.decide import pick_category, promote_to  # noqa: PLC0415 - see above

        if self.current is not None:
            (pick_category if event.pane is self.category else promote_to)(self)

    def on_search_bar_done(self) -> None:
        """Go to the matches."""
        self.searcher.finish()

    def on_search_bar_cleared(self) -> None:
        """Go back to where the search began."""
        self.searcher.clear()

    def on_insight_list_edit(self, event: InsightList.Edit) -> None:
        """Open an insight in the field."""
        self.viewer.touched()
        self.insights.start_editing(event.index)

    def on_insight_list_reordered(self, event: InsightList.Reordered) -> None:
        """Save the insights in their new order, or without the deleted one."""
        self.noter.change(event.order)

    def on_insight_editor_saved(self) -> None:
        """Save the insight."""
        self.noter.save()

    def on_insight_editor_left(self, event: InsightEditor.Left) -> None:
        """Keep the draft."""
        if not (event.keys_went and self.focused is self.insights.editor):
            self.noter.leave()

    def on_paste(self, event: events.Paste) -> None:
        """Refuse a paste outside a text field: its letters would act as keys."""
        event.stop()
        search, insight = self.keymap.press("find.search"), self.keymap.press("decide.insight")
        self.say(
            f"Paste only works in text fields; {search} to search, or {insight} to add an insight."
        )
