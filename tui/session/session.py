"""Session: one vault at work. It builds everything once, whole, and runs the commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from tui.desk import Desk
from tui.display import listed
from tui.session.commands import select
from tui.session.commands.copy import CopyCommands
from tui.session.commands.decide import Decisions
from tui.session.commands.find import finding
from tui.session.commands.general import General
from tui.session.commands.go import Leaving
from tui.session.commands.move import counted_movements, movements
from tui.session.drawer import Drawer
from tui.session.flow.accepter import Accepter
from tui.session.flow.body_reader import BodyReader
from tui.session.flow.calendar import Calendar
from tui.session.flow.decider import Decider
from tui.session.flow.finder import Finder
from tui.session.flow.journal_view import JournalView
from tui.session.flow.loader import Loader
from tui.session.flow.marker import Marker
from tui.session.flow.others import Others
from tui.session.flow.outside import OutsideChanges
from tui.session.flow.proposal_news import ProposalNews
from tui.session.flow.repairs import Repairs
from tui.session.flow.row_suggestions import RowSuggestions
from tui.session.flow.saver import Saver
from tui.session.flow.settler import Settler
from tui.session.flow.suggester import Suggester
from tui.session.flow.turner import Turner
from tui.session.flow.used_values import UsedValues
from tui.session.flow.view_counts import ViewCounts
from tui.session.flow.watcher import Watcher
from tui.session.keys.catalogue import OF_MARKED
from tui.session.keys.command import Actions, CountedActions, Refusals
from tui.session.keys.keymap import DIGIT, PREFIX, Keymap
from tui.session.keys.own_keys import STOP
from tui.session.last_body import LastBody
from tui.session.limits import Limits
from tui.session.model.board import Board
from tui.session.model.card_facts import CardFacts
from tui.session.model.cards import Cards
from tui.session.model.memory import Memory
from tui.session.model.reading import ReadingState
from tui.session.model.rows import Rows
from tui.session.model.views import Views
from tui.session.model.worklist import Worklist
from tui.session.model.writing import Writing
from tui.session.ports import Ask, Canvas, Kind, Look, Panes, Tell, TextView, Threads, World
from tui.session.questions import NextKey
from tui.session.update import drawers_of
from tui.session.work.absent import spare_tiers, without_roles
from tui.session.work.browsing import Browsing
from tui.session.work.capturer import Capturer
from tui.session.work.card_keys import CardKeys
from tui.session.work.card_looker import CardLooker
from tui.session.work.comparer import Comparer
from tui.session.work.copier import Copier
from tui.session.work.counting import Counting
from tui.session.work.courses import Courses
from tui.session.work.deliverer import Deliverer
from tui.session.work.editing import FieldEditor
from tui.session.work.first_contact import FirstContact
from tui.session.work.going import Going
from tui.session.work.help import Help
from tui.session.work.hints import EmptyQueue, Gauges, KeyHints
from tui.session.work.historian import Historian
from tui.session.work.notebook_board import NotebookBoard
from tui.session.work.noter import Noter
from tui.session.work.own import Runner
from tui.session.work.palette import Palette
from tui.session.work.pickers import Pickers
from tui.session.work.place_keeper import PlaceKeeper
from tui.session.work.proposer import Proposer
from tui.session.work.rapid import Rapid
from tui.session.work.reader import Reader
from tui.session.work.reconciler import Reconciler
from tui.session.work.repairer import Repairer
from tui.session.work.ring import Ring
from tui.session.work.samples import Samples
from tui.session.work.searcher import Searcher
from tui.session.work.setting_up import SettingUp
from tui.session.work.shelver import Shelver
from tui.session.work.snoozer import Snoozer
from tui.session.work.statistician import Statistician
from tui.session.work.view_editor import ViewEditor
from tui.session.work.viewer import Viewer
from tui.state.config import Config
from tui.state.drafts import Drafts
from tui.state.field_drafts import FieldDrafts
from tui.state.greeting import Greeting
from tui.state.text_places import TextPlaces
from tui.triage.pace import Moves
from tui.vault.history.change import Change
from tui.vault.source import Source


@dataclass(frozen=True, slots=True)
class Ports:
    """What shows a session."""

    threads: Threads
    tell: Tell
    ask: Ask
    panes: Panes
    text: TextView
    world: World
    look: Look
    canvas: Canvas


class Session:
    """The commands on one vault, and what goes on beside them."""

    def __init__(
        self, desk: Desk, config: Config, rows: Rows, ports: Ports, limits: Limits
    ) -> None:
        """Nothing is read before ``start``."""
        self.desk = desk
        self.keymap = Keymap.of(config)
        self._ports = ports
        self.reading = ReadingState()
        self._writing, self._memory, self._moves = Writing(), Memory(), Moves()
        self._views = views = Views(desk, config.views)
        first = views.first
        worklist = Worklist(desk, first.name, first.query, views.order_of(first), done=rows.done)
        empty = EmptyQueue(
            desk, worklist, views, self.reading, self._moves, self.keymap,
            contact=lambda: self.contact.words(),  # noqa: PLW0108 - it comes later
        )  # fmt: skip
        self.finder = Finder(desk.vault, ports.threads, limits.found_at_once)
        # What is shown anew drops an answer about rows, but neither a view nor a pass.
        self.view_finder = Finder(desk.vault, ports.threads, limits.found_at_once)
        self.pass_finder = Finder(desk.vault, ports.threads, limits.found_at_once)
        self._facts = CardFacts(desk)
        self.board = Board(
            rows, worklist, self._writing,
            Cards(self._facts, desk.vault.find, lambda: desk.vault.sources),
            forget=self.finder.forget, empty_text=empty.text, advances=config.advance,
        )  # fmt: skip
        self.marker = Marker(desk.vault, self.board)
        self._counting = Counting(desk.schema, self.keymap, self.board)
        self._goal = config.goal
        self._bodies = LastBody(desk)
        self._drafts = Drafts(desk.state / "drafts")
        self._field_drafts = FieldDrafts(self._drafts)
        self._build_flow(limits)
        self._build_views(limits)
        self._build_work(config, limits)
        self._greeting = Greeting(desk.state)

    def _build_flow(self, limits: Limits) -> None:
        """What changes sources, and takes in what others change."""
        desk, board, keymap, memory = self.desk, self.board, self.keymap, self._memory
        threads, tell, ask, vault = (
            self._ports.threads,
            self._ports.tell,
            self._ports.ask,
            desk.vault,
        )
        self.outside = OutsideChanges(
            desk, board, self.marker, self.reading, threads, tell,
            at_once=limits.checked, slice=limits.slice, indexed=limits.indexed,
            watch=partial(
                Watcher, vault, checked=limits.folder_checked, polled=limits.polled,
                swept=limits.swept,
            ),
            on_rename=self._rename,
            on_fresh=self._others_wrote,
        )  # fmt: skip
        self.others = Others(desk, board, keymap, threads, tell, later=limits.told_later)
        self.saver = Saver(
            vault,
            board,
            self.outside,
            threads,
            tell,
            limits.noticed,
            self.others.lapse,
            self._saved,
        )
        self._settler = settler = Settler(vault, board, self._writing, self._moves, self.outside)
        self._turner = Turner(
            desk, self.saver, self.others, board, self._moves, keymap, threads, tell,
            limits.shown_at_once,
        )  # fmt: skip
        self._repairs = Repairs(desk, keymap, ask, lambda: self.run("go.edit"))
        self.decider = Decider(
            desk, board, self.marker, self.outside, self.saver, settler, self._turner,
            self._repairs, memory, keymap, ask, tell,
            many=limits.previewed, at_once=limits.shown_at_once,
            on_begun=lambda save: self.rapid.note(save),  # noqa: PLW0108 - it comes later
        )  # fmt: skip
        self.view_counts = ViewCounts(
            desk, self._views, board, self.reading, threads,
            at_once=limits.shown_at_once, later=limits.counted_later, few=limits.found_at_once,
        )  # fmt: skip
        self._journal_view = JournalView(desk, board, settler, self.view_counts, threads)
        self.proposal_news = ProposalNews(
            desk, board, self.view_counts, self.reading, threads, tell,
            later=limits.proposals_looked,
        )  # fmt: skip
        self.calendar = Calendar(
            desk, board, self.reading, threads, tell, checked=limits.day_checked,
            on_day=self._another_day,
        )  # fmt: skip
        self.suggester = Suggester(
            desk, board, self.reading, self._ports.panes, threads,
            on_learnt=self._learnt, quiet=limits.learning_rests, rest=limits.rest_factor,
        )  # fmt: skip
        self.row_suggestions = RowSuggestions(
            desk, board.rows, self.suggester, self._ports.panes, threads,
            rest=limits.rows_rest, kept=limits.judged_rows,
        )  # fmt: skip

    def _saved(self, change: Change) -> None:
        self._journal_view.note(change)
        self.suggester.saved(change)
        self.notebooks.look_again()

    def _another_day(self) -> None:
        self.view_counts.start()
        self.statistician.count_again()

    def show_all(self) -> None:
        """Open a view of every source, if there is one."""
        for view in self._views.all.values():
            if not view.query.strip():
                self.viewer.open(view.name)
                return

    def _others_wrote(self, _: Mapping[str, Source]) -> None:
        self.statistician.count_again()
        self.notebooks.look_again()
        self.others.look_soon()

    def _learnt(self) -> None:
        self.row_suggestions.judge_later()
        self.view_counts.learnt()
        self.shelver.learnt()

    def _build_views(self, limits: Limits) -> None:
        """What finds and shows sources, and reads them."""
        desk, board, threads, tell = self.desk, self.board, self._ports.threads, self._ports.tell
        reading, panes = self.reading, self._ports.panes
        self.body_reader = BodyReader(
            desk,
            threads,
            lambda: self.searcher.show_bodies_read(),  # noqa: PLW0108 - it comes later
        )
        self.noter = Noter(
            desk, board, self._writing, self.decider, self._drafts, self.keymap, panes,
            self._ports.text, tell,
        )  # fmt: skip
        self.reader = Reader(
            board, panes, self._ports.text, self.keymap, tell, unmark=self.marker.clear
        )
        self.searcher = Searcher(
            desk, board, self.finder, reading, self.body_reader, self.outside, panes, threads,
            leave=self._leave_source, many=limits.many_matches, first=limits.matches_at_first,
            at_once=limits.renewed_rows,
        )  # fmt: skip
        self.viewer = Viewer(
            desk, self._views, board, self.marker, self.view_finder, self._writing, panes, threads,
            tell,
            leave=self._leave_source, forget=self.searcher.forget, merged=limits.sorted_at_once,
            later=limits.place_saved,
        )  # fmt: skip
        self.place_keeper = PlaceKeeper(
            TextPlaces(desk.state), panes, threads, tell, find=desk.vault.find,
            later=limits.place_saved,
        )  # fmt: skip
        self._loader = Loader(
            desk, board, reading, self._moves, self._memory, threads, tell,
            batch=limits.batch, shown_every=limits.shown_every, large=limits.large,
            on_sources=self.viewer.show_read, on_read=self._all_read,
            on_indexed=self._renew_matches, at_last=self._begin_learning,
        )  # fmt: skip

    def _build_work(self, config: Config, limits: Limits) -> None:
        """What keys begin."""
        desk, board, ports, keymap = self.desk, self.board, self._ports, self.keymap
        threads, tell, ask = ports.threads, ports.tell, ports.ask
        decider, saver, memory, suggester = self.decider, self.saver, self._memory, self.suggester
        self._proposer = proposer = Proposer(
            desk, board, self.marker, decider, suggester, keymap, ask, tell
        )
        used_values = UsedValues(desk.schema, desk.vault, threads, limits.counted_at_once)
        pickers = Pickers(
            desk, board, self.marker, decider, suggester, proposer, used_values, memory, keymap,
            ports.panes, ask,
        )  # fmt: skip
        editing = FieldEditor(
            desk, self.marker, decider, self._repairs, used_values, self._field_drafts, memory,
            pickers, keymap, ask, tell,
        )  # fmt: skip
        snoozer = Snoozer(
            desk, self.marker, decider, self._settler, threads, ask, tell, editing.changeable
        )
        self.shelver = shelver = Shelver(
            desk, self.marker, decider, memory, self._views, suggester, keymap, ask, tell,
            editing.changeable, board.cards.rename_notebook,
        )  # fmt: skip
        browsing = Browsing(keymap, threads, ports.world, tell)
        self.copier = Copier(ports.world, threads, ask, tell)
        self.statistician = Statistician(desk, saver, self._turner, keymap, threads, ask, tell)
        view_editor = ViewEditor(
            desk, board.worklist, self._views, self.view_counts, self.viewer, keymap, threads,
            ask, tell,
        )  # fmt: skip
        going = Going(desk, board, self._writing, self.searcher)
        self.capturer = Capturer(
            desk, self.reading, going, saver, Drafts(desk.state / "capture"), ports.world,
            threads, ask, tell,
        )  # fmt: skip
        self.historian = Historian(
            desk, board, self._turner, saver, going, keymap, threads, ask,
            looked=limits.history_looked, git=limits.git_asked,
        )  # fmt: skip
        accepter = Accepter(desk, self.marker, saver, self._settler, self._turner, keymap, tell)
        samples = Samples(desk, board, suggester, accepter, ask, tell)
        courses = Courses(
            desk, board, suggester, proposer, samples, ask, is_saving=lambda: saver.busy
        )
        self.rapid = Rapid(
            desk, board, self.pass_finder, decider, self._turner, saver, suggester, proposer,
            pickers, memory, keymap, self.reader, courses, ports.panes, threads, ask, tell,
        )  # fmt: skip
        setting_up = SettingUp(desk, threads, ports.world, ask, tell, is_saving=lambda: saver.busy)
        self.contact = FirstContact(
            desk,
            board,
            ports.panes,
            threads,
            setting_up,
            ask,
            {
                "add": partial(self.run, "app.add"),
                "quit": ports.world.end,
                "samples": setting_up.show_samples,
            },
            show_all=self.show_all,
        )
        self._ring = Ring(ports.panes, pickers, board.reader, drawers_of(desk.schema))
        decisions = Decisions(
            desk, board, decider, self._turner, suggester, pickers, proposer, editing, snoozer,
            shelver, self.noter, memory, keymap, ports.panes, tell,
        )  # fmt: skip
        facts = self._facts
        deliverer = Deliverer(
            desk, board.cards, facts, decider, self.copier, keymap, threads, ask, tell
        )
        reconciler = Reconciler(
            desk, board.cards, facts, self.marker, deliverer, threads, ports.world, ask
        )
        card_keys = CardKeys(
            desk, board, facts, self.marker, decider, deliverer, reconciler, keymap, tell
        )
        looker = CardLooker(desk, board.cards, facts, suggester, threads, tell)
        self.notebooks = NotebookBoard(
            desk, board, facts, self.marker, self.reader, card_keys, looker, self._counting,
            keymap, ask, tell, run=self.run,
        )  # fmt: skip
        self._actions: Actions = {
            **decisions.actions,
            **view_editor.actions,
            **self.notebooks.actions,
        }
        absent = without_roles(desk.schema)
        self.absent = frozenset(absent)
        """The commands for what the folder does without."""
        self._refusals: Refusals = {
            **select.refusals(self.marker, keymap),
            **self.reader.refusals,
            **self.notebooks.refusals,
            "board.notebooks": self._still_reading,
            "board.distribution": self._still_reading,
            "find.sort": lambda: view_editor.refusal_to_sort,
            "decide.suggested": lambda: proposer.refusal,
            **absent,
        }
        self._bind(browsing)
        self._bind_own(config)

    def _bind(self, browsing: Browsing) -> None:
        """What the other keys do."""
        desk, board, ports, keymap = self.desk, self.board, self._ports, self.keymap
        threads, tell, ask, panes = ports.threads, ports.tell, ports.ask, ports.panes
        comparer = Comparer(
            desk, board, self.reading, self.decider, keymap, panes, threads, ask, tell
        )
        repairer = Repairer(
            desk, board, self.outside, self.saver, self._repairs, keymap, panes, tell
        )
        leaving = Leaving(
            board, browsing, comparer, self.historian, self.saver, self.outside, ports.world, tell
        )
        palette = Palette(keymap, self.absent | spare_tiers(desk.schema), ports.look, ask, self.run)
        general = General(
            board.worklist, palette, self.help, self.statistician, self.rapid, self.capturer,
            self.searcher, self.saver, self._loader, panes, ports.world, tell,
        )  # fmt: skip
        copying = CopyCommands(board, self.copier, ask, tell)
        self._counted: CountedActions = {
            **counted_movements(board.rows, self.marker, panes),
            **select.counted_marking(self.marker, keymap, tell),
            **copying.counted_actions,
        }
        self._actions |= {
            **movements(board.rows, panes, self._ring),
            **select.marking(
                self.marker, (self.finder, self.view_finder), self.reading, keymap, tell
            ),
            **finding(desk, board, self.searcher, repairer, keymap, panes, tell),
            **copying.actions,
            **leaving.actions,
            **self.reader.actions,
            **general.actions,
        }

    def _bind_own(self, config: Config) -> None:
        """What the user's own keys do."""
        if config.commands:
            runner = Runner(
                self.desk, self.board, self.marker, self.decider, self.saver, self.copier,
                self._ports.threads, self._ports.ask, self._ports.tell,
            )  # fmt: skip
            self._actions |= runner.actions(config.commands)
            self._refusals[STOP] = lambda: runner.nothing_runs

    @cached_property
    def help(self) -> Help:
        """Says what every key does."""
        ports = self._ports
        return Help(self.desk.schema, self.keymap, self.board, ports.panes, ports.ask, self.run)

    @cached_property
    def drawer(self) -> Drawer:
        """Draws what changed."""
        desk, board = self.desk, self.board
        hints = KeyHints(
            desk.schema, board, self.marker, self.keymap, self._ports.panes, self._ports.text,
            refusal=self.refusal, offered=lambda: self._proposer.offered,
            in_pass=lambda: self.rapid.keys,
            contact=lambda: self.contact.keys if self.contact.is_asking else (),
        )  # fmt: skip
        gauges = Gauges(
            desk, board, self.reading, self._moves, self._views, self.view_counts, self.keymap,
            goal=self._goal, pending=lambda: self._counting.shown,
        )  # fmt: skip
        viewer, outside = self.viewer, self.outside
        return Drawer(
            self.board, self._bodies, self.reading, self.suggester, self.noter, self._ports.canvas,
            insights=self.desk.schema.roles.insights,
            figures=gauges.now, keys=hints.now, line=self.searcher.line,
            on_rows=self._take_rows,
            place_in=self.place_keeper.of, position=lambda: self.reader.position,
            asked=lambda: self.rapid.asked, proposed=desk.proposals.about,
            on_event=self._before_drawing,
            on_source=(
                lambda _: self.place_keeper.note(), self.rapid.came, self.reader.came,
                self.noter.came, self.suggester.show,
                lambda _: viewer.note_move(), lambda _: outside.drop_gone(),
            ),
        )  # fmt: skip

    def _before_drawing(self) -> None:
        self.calendar.look()
        self.rapid.look_at_clock()
        self.proposal_news.come()
        self.rapid.come()
        self.notebooks.come()

    def _take_rows(self) -> None:
        self.marker.take_rows()
        self.reader.take_rows()

    def _still_reading(self) -> str | None:
        return "Still loading the vault." if self.reading.busy else None

    # Commands

    def refusal(self, id: str) -> str | None:
        """Why a command cannot run now, in a sentence; None when it can."""
        on_board = self.notebooks.meaning(id)
        if self.keymap[id].needs_source and not on_board and self._lacks_source(id):
            return self.notebooks.lack or "There is no source under the cursor."
        refuse = self._refusals.get(id) if (self.reader.meaning(id) or on_board) is None else None
        return refuse() if refuse is not None else None

    def _lacks_source(self, id: str) -> bool:
        """Whether a command has no source to act on: none in hand, and no marked one."""
        return self.board.current is None and not (id in OF_MARKED and self.board.takes_marked)

    def run(self, id: str) -> None:
        """Run a command, or say why it cannot run now; or ask for the next key of a sequence."""
        self.viewer.touched()
        if id.startswith(DIGIT):
            self._counting.take_digit(id.removeprefix(DIGIT), self.run)
            return
        count, in_pass = self._counting.take(), self.rapid.meaning(id)
        if id.startswith(PREFIX):
            self._ports.ask.ask(NextKey(self.keymap.after, id.removeprefix(PREFIX)), self._go_on)
        elif self.contact.asks_first(id):
            pass
        elif refusal := self.refusal(id):
            self._ports.tell.say(refusal, "warning")
        elif count and not in_pass and (counted := self._counted_meaning(id)):
            counted(count)
            self.place_keeper.note()
        else:
            meaning = in_pass or self.reader.meaning(id) or self.notebooks.meaning(id)
            (meaning or self._actions[id])()
            self.place_keeper.note()

    def _counted_meaning(self, id: str) -> Callable[[int], object] | None:
        """What a command does with a count; None where it takes none."""
        if self.notebooks.is_open:
            return self.notebooks.counted(id)
        return self.reader.counted(id) or self._counted.get(id)

    def take_key(self, key: str) -> bool:
        """Let what asks have a key before it is a command; whether it means something there."""
        takes = (self.rapid.is_asking and self.rapid.take_key(key)) or (
            self.contact.is_asking and self.contact.take_key(key)
        )
        if takes:
            self._counting.take()
        return takes

    def say(self, sentence: str, kind: Kind = "information") -> None:
        """Say what a key has done of which the app knows alone."""
        self._ports.tell.say(sentence, kind)

    def focus_moved(self) -> None:
        """The focus is elsewhere, where other keys work; a count does not go there."""
        self._counting.take()

    def edit_insight(self, index: int) -> None:
        """Open an insight in the field."""
        self.viewer.touched()
        self.noter.start_editing(index)

    def refuse_paste(self) -> None:
        """Say where a text can be pasted: its letters would act as keys."""
        search, insight = self.keymap.press("find.search"), self.keymap.press("decide.insight")
        self._ports.tell.say(
            f"Paste only works in text fields; {search} to search, or {insight} to add an insight.",
            "warning",
        )

    def _go_on(self, id: str | None) -> None:
        if id is not None:
            self.run(id)

    def clear(self) -> None:
        """Stop a long change, else leave the lookup or a pane; escape never quits."""
        if self._counting.take() or self.saver.stop():
            return
        if self.reader.is_open and self._ports.panes.focused == "preview":
            self.reader.escape()
            return
        if self.board.worklist.words:
            self.searcher.clear()
        elif self._ports.panes.focused != "queue":
            self._ports.panes.leave()

    # From beginning to end

    def start(self) -> None:
        """Read the vault."""
        self._loader.start()
        for warning in self.desk.schema.warnings:
            self._ports.tell.say(warning, "warning")
        if self.keymap.lost:
            names = listed([f"“{name}”" for name in self.keymap.lost])
            self._ports.tell.say(f"No key is left for {names}; the config file can give one.")

    def when_shown(self, call: Callable[[], object]) -> None:
        """Call a function once sources are on the screen, or once there are none."""
        self._loader.when_shown(call)

    @property
    def is_new(self) -> bool:
        """Whether the person has not been greeted on this vault."""
        return self._greeting.due

    def stop(self) -> None:
        """Stop watching the vault, and leave drafts for the next session to pick up."""
        self.outside.stop()
        self.calendar.stop()
        self.viewer.stop()
        self.place_keeper.stop()
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
        self.contact.start()
        board.say_when_empty()
        self.view_counts.start()
        if board.worklist.looking_up:
            self._renew_matches()
        self.viewer.all_read()
        board.outdate("source", "figures")
        if not len(board.rows):
            self._ports.panes.end_welcome()
        elif self._greeting.due:
            self._greeting.given()
        self.outside.start()
        self.calendar.start()
        self.others.look_soon()
        self.proposal_news.start()

    def _renew_matches(self) -> None:
        """Show a lookup's matches again: from the best one on while it is being typed."""
        if self.board.worklist.looking_up:
            if self._ports.panes.focus == "search":
                self.board.refresh(first_row=0)
            else:
                self.board.refresh(self.board.rows.here)

    def _begin_learning(self) -> None:
        self.body_reader.start()
        self.suggester.start()

    def _leave_source(self) -> None:
        """Another view or a search begins: what is written and read belongs to the one before."""
        self.noter.leave()
        self.reader.close()
        self.notebooks.leave()

    def _rename(self, source: Source, name: str) -> None:
        self.noter.rename(source, name)
        self._field_drafts.rename(source.name, name)
        self.place_keeper.rename(source.name, name)
        self.rapid.rename(source.name, name)
        self.board.cards.rename(source.name, name)
        self.proposal_news.rename(source.name, name)
