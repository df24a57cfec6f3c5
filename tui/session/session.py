"""Session: one vault at work. It builds everything once, whole, and runs the commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tui.desk import Desk
from tui.session.commands import Actions, Refusals, select
from tui.session.commands.copy import CopyCommands
from tui.session.commands.decide import Decisions
from tui.session.commands.find import finding
from tui.session.commands.general import General
from tui.session.commands.go import Leaving
from tui.session.commands.move import movements
from tui.session.drawer import Drawer
from tui.session.flow.body_reader import BodyReader
from tui.session.flow.decider import Decider
from tui.session.flow.finder import Finder
from tui.session.flow.loader import Loader
from tui.session.flow.marker import Marker
from tui.session.flow.outside import OutsideChanges
from tui.session.flow.saver import Saver
from tui.session.flow.settler import Settler
from tui.session.flow.suggester import Suggester
from tui.session.flow.turner import Turner
from tui.session.flow.used_values import UsedValues
from tui.session.flow.watcher import Watcher
from tui.session.keys.keymap import PREFIX, Keymap
from tui.session.keys.own_keys import STOP, id_of
from tui.session.last_body import LastBody
from tui.session.limits import Limits
from tui.session.model.board import Board
from tui.session.model.memory import Memory
from tui.session.model.reading import ReadingState
from tui.session.model.rows import Rows
from tui.session.model.views import Views
from tui.session.model.worklist import Worklist
from tui.session.model.writing import Writing
from tui.session.ports import Ask, Canvas, Look, Panes, Tell, Threads, World
from tui.session.questions import NextKey
from tui.session.work.browsing import Browsing
from tui.session.work.capturer import Capturer
from tui.session.work.comparer import Comparer
from tui.session.work.copier import Copier
from tui.session.work.editing import FieldEditor
from tui.session.work.hints import EmptyQueue, KeyHints, figures_of
from tui.session.work.noter import Noter
from tui.session.work.own import Runner
from tui.session.work.palette import Palette
from tui.session.work.pickers import Pickers
from tui.session.work.rapid import Rapid
from tui.session.work.reader import Reader
from tui.session.work.repairer import Repairer
from tui.session.work.searcher import Searcher
from tui.session.work.view_editor import ViewEditor
from tui.session.work.viewer import Viewer
from tui.state.config import Config
from tui.state.drafts import Drafts
from tui.state.field_drafts import FieldDrafts
from tui.state.greeting import Greeting
from tui.triage.pace import Moves
from tui.vault.source import Source


@dataclass(frozen=True, slots=True)
class Ports:
    """What shows a session."""

    threads: Threads
    tell: Tell
    ask: Ask
    panes: Panes
    world: World
    look: Look
    canvas: Canvas


class Session:
    """The commands on one vault, and what goes on beside them."""

    def __init__(  # noqa: PLR0915 - the one place that builds everything
        self, desk: Desk, config: Config, rows: Rows, ports: Ports, limits: Limits
    ) -> None:
        """Nothing is read before ``start``."""
        threads, tell, ask = ports.threads, ports.tell, ports.ask
        panes, world = ports.panes, ports.world
        vault, schema = desk.vault, desk.schema
        self.desk = desk
        self.keymap = keymap = Keymap.of(config)
        self.panes, self._ask, self._tell = panes, ask, tell

        # What there is
        self.reading = reading = ReadingState()
        writing, memory, moves = Writing(), Memory(), Moves()
        views = Views(desk, config.views)
        first = views.first
        worklist = Worklist(desk, first.name, first.query, views.order_of(first), done=rows.done)
        empty = EmptyQueue(desk, worklist, views, reading, moves, keymap)
        self.finder = finder = Finder(vault, threads, limits.found_at_once)
        self.board = board = Board(
            vault, rows, worklist, writing,
            forget=finder.forget, empty_text=empty.text, advances=config.advance,
        )  # fmt: skip
        bodies = LastBody(desk)
        self.marker = marker = Marker(vault, board)

        # What goes on
        self.outside = outside = OutsideChanges(
            desk, board, marker, reading, threads, tell,
            at_once=limits.checked, slice=limits.slice, indexed=limits.indexed,
            watch=partial(
                Watcher, vault, checked=limits.folder_checked, polled=limits.polled,
                swept=limits.swept,
            ),
            on_rename=self._rename,
            on_fresh=lambda fresh: self.reader.take(fresh),  # noqa: PLW0108 - it comes later
        )  # fmt: skip
        self.saver = saver = Saver(vault, board, outside, threads, tell, limits.noticed)
        settler = Settler(vault, board, writing, moves, outside)
        turner = Turner(desk, saver, board, moves, keymap, threads, tell, limits.shown_at_once)
        self.decider = decider = Decider(
            desk, board, marker, outside, saver, settler, turner, memory, keymap, ask, tell,
            many=limits.previewed, at_once=limits.shown_at_once,
        )  # fmt: skip
        self.suggester = suggester = Suggester(
            desk, board, reading, panes, threads,
            quiet=limits.learning_rests, rest=limits.rest_factor,
        )  # fmt: skip
        self.body_reader = body_reader = BodyReader(
            desk,
            threads,
            lambda: self.searcher.show_bodies_read(),  # noqa: PLW0108 - it comes later
        )
        drafts = Drafts(desk.state / "drafts")
        self.noter = noter = Noter(desk, board, writing, decider, drafts, keymap, panes, tell)
        self.searcher = searcher = Searcher(
            desk, board, finder, reading, body_reader, outside, noter, panes, threads,
            many=limits.many_matches, first=limits.matches_at_first, at_once=limits.renewed_rows,
        )  # fmt: skip
        self.viewer = viewer = Viewer(
            desk, views, board, marker, finder, writing, panes, threads, tell,
            leave=noter.leave, forget=searcher.forget, merged=limits.sorted_at_once,
            later=limits.place_saved,
        )  # fmt: skip
        self.loader = loader = Loader(
            desk, board, reading, moves, memory, threads, tell,
            batch=limits.batch, shown_every=limits.shown_every, large=limits.large,
            on_sources=viewer.show_read, on_read=self._all_read, on_indexed=self._renew_matches,
            at_last=self._begin_learning,
        )  # fmt: skip

        # What keys do
        used_values = UsedValues(schema, vault, threads, limits.counted_at_once)
        pickers = Pickers(desk, board, marker, decider, suggester, memory, ask)
        self._field_drafts = FieldDrafts(drafts)
        editing = FieldEditor(
            desk, marker, decider, used_values, self._field_drafts, memory, pickers, keymap, ask,
            tell,
        )  # fmt: skip
        browsing = Browsing(keymap, threads, world, tell)
        self.copier = copier = Copier(world, threads, ask, tell)
        self.reader = Reader(desk, worklist, bodies, saver, threads, ask, tell)
        comparer = Comparer(desk, board, decider, keymap, panes, threads, ask, tell)
        repairer = Repairer(desk, board, outside, saver, keymap, panes, ask, tell)
        view_editor = ViewEditor(
            desk, worklist, views, viewer, keymap, threads, ask, tell, limits.found_at_once
        )
        self.capturer = capturer = Capturer(
            desk, board, reading, writing, searcher, saver, Drafts(desk.state / "capture"), world,
            threads, ask, tell,
        )  # fmt: skip
        self.rapid = rapid = Rapid(
            desk, board, finder, decider, turner, saver, suggester, bodies, browsing, ask, tell
        )
        palette = Palette(schema, keymap, ports.look, ask, self.run)
        deciding = Decisions(
            desk, decider, turner, suggester, pickers, editing, noter, memory, keymap, panes, tell
        )
        leaving = Leaving(board, self.reader, browsing, comparer, saver, outside, world, tell)
        general = General(
            worklist, palette, self.reader, rapid, capturer, searcher, saver, loader, panes, world,
            tell,
        )  # fmt: skip
        self._actions: Actions = {
            **movements(rows, panes),
            **deciding.actions,
            **select.marking(marker, finder, reading, keymap, tell),
            **finding(desk, board, searcher, repairer, keymap, panes, tell),
            "find.view": view_editor.pick,
            "find.save_view": view_editor.save,
            "find.sort": view_editor.pick_sort,
            **CopyCommands(board, copier, ask, tell).actions,
            **leaving.actions,
            **general.actions,
        }
        self._refusals: Refusals = {
            **select.refusals(marker, keymap),
            "board.distribution": lambda: "Still loading the vault." if reading.busy else None,
            "find.sort": lambda: view_editor.refusal_to_sort,
            "decide.suggested": lambda: suggester.refusal or None,
        }
        if config.commands:
            runner = Runner(desk, board, marker, decider, saver, copier, threads, ask, tell)
            for own in config.commands:
                self._actions[id_of(own)] = partial(runner.start, own)
            self._actions[STOP] = runner.stop
            self._refusals[STOP] = lambda: runner.nothing_runs

        # What is drawn
        hints = KeyHints(schema, marker, keymap, panes, self.refusal)
        self.drawer = Drawer(
            board,
            bodies,
            reading,
            suggester,
            noter,
            ports.canvas,
            insights=schema.roles.insights,
            figures=lambda: figures_of(board, reading, moves, vault.count),
            keys=hints.now,
            line=searcher.line,
            on_rows=marker.take_rows,
            on_source=(
                noter.came,
                suggester.show,
                lambda _: viewer.note_move(),
                lambda _: outside.drop_gone(),
            ),
        )
        self._greeting = Greeting(desk.state)

    # Commands

    def refusal(self, id: str) -> str | None:
        """Why a command cannot run now, in a sentence; None when it can."""
        if self.keymap[id].needs_source and self.board.current is None:
            return "There is no source under the cursor."
        refuse = self._refusals.get(id)
        return refuse() if refuse is not None else None

    def run(self, id: str) -> None:
        """Run a command, or say why it cannot run now; or ask for the next key of a sequence."""
        self.viewer.touched()
        if id.startswith(PREFIX):
            self._ask.ask(NextKey(self.keymap.after, id.removeprefix(PREFIX)), self._go_on)
        elif refusal := self.refusal(id):
            self._tell.say(refusal, "warning")
        else:
            self._actions[id]()

    def focus_moved(self) -> None:
        """The focus is elsewhere, where other keys work."""
        self.board.outdate("keys")

    def edit_insight(self, index: int) -> None:
        """Open an insight in the field."""
        self.viewer.touched()
        self.noter.start_editing(index)

    def refuse_paste(self) -> None:
        """Say where a text can be pasted: its letters would act as keys."""
        search, insight = self.keymap.press("find.search"), self.keymap.press("decide.insight")
        self._tell.say(
            f"Paste only works in text fields; {search} to search, or {insight} to add an insight."
        )

    def _go_on(self, id: str | None) -> None:
        if id is not None:
            self.run(id)

    def clear(self) -> None:
        """Stop a long change, else leave the lookup or a pane; escape never quits."""
        if self.saver.stop():
            return
        if self.board.worklist.words:
            self.searcher.clear()
        elif self.panes.focused != "queue":
            self.panes.show("queue")

    # From beginning to end

    def start(self) -> None:
        """Read the vault."""
        self.loader.start()

    @property
    def is_new(self) -> bool:
        """Whether the person has not been greeted on this vault."""
        return self._greeting.due

    def stop(self) -> None:
        """Stop watching the vault, and leave drafts for the next session to pick up."""
        self.outside.stop()
        self.viewer.stop()
        self.noter.let_go()
        self.capturer.let_go()

    def finish(self, tell: Callable[[str], object]) -> list[str]:
        """Wait until every change is on disk; returns a sentence for each that failed."""
        return self.saver.finish(tell)

    def close(self) -> None:
        """Wait for the thread that watches the vault, and close its files."""
        self.outside.stop()
        self.outside.join()
        self.desk.close()

    # What one part tells the others

    def _all_read(self) -> None:
        """Show that every source has been read."""
        board = self.board
        board.say_when_empty()
        if board.worklist.looking_up:
            self._renew_matches()
        self.viewer.all_read()
        board.outdate("source", "figures", "keys")
        if not len(board.rows):
            self.panes.end_welcome()
        elif self._greeting.due:
            self._greeting.given()
        self.outside.start()

    def _renew_matches(self) -> None:
        """Show a lookup's matches again: from the best one on while it is being typed."""
        if self.board.worklist.looking_up:
            if self.panes.focus == "search":
                self.board.refresh(first_row=0)
            else:
                self.board.refresh(self.board.here)

    def _begin_learning(self) -> None:
        self.body_reader.start()
        self.suggester.start()

    def _rename(self, source: Source, name: str) -> None:
        self.noter.rename(source, name)
        self._field_drafts.rename(source.name, name)
