"""Rapid: runs a pass over sources, one key per source, while every other key works as always."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tui.desk import Desk
from tui.errors import QueryError, SluiceError
from tui.session.flow.decider import Decider
from tui.session.flow.finder import Finder
from tui.session.flow.saver import Save, Saver
from tui.session.flow.suggester import Suggester
from tui.session.flow.turner import Turner
from tui.session.keys.command import Actions
from tui.session.keys.keymap import Keymap
from tui.session.model.board import Board
from tui.session.model.memory import Memory
from tui.session.ports import Ask, Panes, Tell, Threads
from tui.session.questions import PickOne
from tui.session.update import Asked, KeysNow
from tui.session.work.course import Course
from tui.session.work.courses import Courses
from tui.session.work.pass_clock import TICK, PassClock
from tui.session.work.pass_keys import ACTS, MOVES, WORKING
from tui.session.work.pass_shown import PassShown
from tui.session.work.pickers import Pickers
from tui.session.work.proposer import Proposer
from tui.session.work.reader import Reader
from tui.suggest.taking import news
from tui.triage.passes import Answer
from tui.triage.round import Round
from tui.triage.schema import SNOOZED
from tui.triage.status import status_move, status_of
from tui.vault.source import Source
from tui.vault.writing.prove import as_read


@dataclass(eq=False)
class Rapid:
    """The rapid passes: in the reader, a question about one source after the other."""

    _desk: Desk
    _board: Board
    _finder: Finder
    _decider: Decider
    _turner: Turner
    _saver: Saver
    _suggester: Suggester
    _proposer: Proposer
    _pickers: Pickers
    _memory: Memory
    _keymap: Keymap
    _reader: Reader
    _courses: Courses
    _panes: Panes
    _threads: Threads
    _ask: Ask
    _tell: Tell

    def __post_init__(self) -> None:
        self._course: Course | None = None
        """The current or last course."""
        self._round = Round[Save]([])
        self._looking = False
        """Whether the sources of the pass are still looked for."""
        self._failed: Save | None = None
        """The last answer, if saving it failed and no key was pressed since."""
        self._made_here: list[Save] = []
        """Other decisions about the source in hand, oldest first."""
        self._clock = PassClock(self._board, self._threads, lambda: self.is_asking)
        self._shown = PassShown(self._desk, self._proposer, self._keymap, self._reader)
        self._status = ""
        """The status of the source in hand when it was shown; empty while it is not certain."""

    @property
    def is_running(self) -> bool:
        """Whether a pass runs."""
        return self._board.in_pass.is_running

    @property
    def is_asking(self) -> bool:
        """Whether the pass gets the keys: no box is open, and nobody writes."""
        return self.is_running and self._panes.is_on_top and self._panes.focus == "preview"

    def start(self) -> None:
        """Start the last pass again, or the first one of the schema."""
        name = self._courses.name_after(self._course)
        if not name:
            self._tell.say("The schema has no passes; define one in sluice.yaml.", "warning")
        else:
            self._run(self._courses.make(name))

    def _run(self, course: Course) -> None:
        self._board.in_pass.begin()
        self._reader.open()
        self._take(course)
        self._clock.begin()

    # Which sources

    def _take(self, course: Course) -> None:
        """Take a course; answers are possible once its sources are found."""
        self._course, self._round, self._looking = course, Round([]), True
        self._board.in_pass.hand("")
        self._board.outdate("source", "asked")
        self._collect(course)

    def _collect(self, course: Course) -> None:
        """Find the sources of a course; keys typed meanwhile answer about the first of them."""
        self._finder.ask(
            course.find(),
            lambda names: self._begin(course, names),
            lambda error: self._cannot(course, error),
            takes_long=course.takes_long,
            holds_keys=True,
        )

    def _begin(self, course: Course, names: list[str]) -> None:
        if not self.is_running or self._course is not course:
            return
        if course.waits:
            self._threads.after(TICK, lambda: self._collect_again(course))
            return
        self._looking, self._round = False, course.begin(names)
        self._show()

    def _collect_again(self, course: Course) -> None:
        if self.is_running and self._looking and self._course is course:
            self._collect(course)

    def _cannot(self, course: Course, error: SluiceError) -> None:
        self._leave()
        why = str(error) if isinstance(error, QueryError) else f"it failed: {error}"
        self._tell.say(f"The pass {course.asks.name} could not find its sources: {why}", "error")

    # What is shown

    def _show(self) -> None:
        """Show the current source; at the end the summary."""
        source = self._in_hand()
        self._clock.restart()
        self._made_here = []
        is_sure = source is not None and not source.problem
        self._status = status_of(self._desk.schema, source) if source and is_sure else ""
        self._board.in_pass.hand(source.name if source else "")
        self._board.outdate("source", "asked")
        if self._course is not None:
            self._course.show(source)
        if source is None and self._round.begun:
            self._end()

    def _in_hand(self) -> Source | None:
        """The source to decide on, skipping those that are gone."""
        while (name := self._round.current) is not None:
            source = self._desk.vault.find(name)
            if source is not None and (self._course is None or self._course.wants(source)):
                return source
            self._round.drop()
        return None

    def look_at_clock(self) -> None:
        """Count the seconds since the last event, if the pass asked then."""
        if self.is_running:
            self._clock.look()

    def come(self) -> None:
        """Go on if what was asked about is gone; once an event, before anything is drawn."""
        if self.is_running and not self._looking and self._course and self._course.is_stale:
            self._show()

    @property
    def asked(self) -> Asked | None:
        """The question and its answers; None when no pass runs."""
        course, source = self._course, self._board.current
        if not self.is_running or course is None:
            return None
        asked = self._shown.question(course)
        if self._looking:
            return asked._replace(words="learning…" if course.waits else "Looking for sources…")
        if source is None:
            words = (*course.without_sources, "r switches the pass", "esc ends it")
            return asked._replace(words="\n".join(words))
        return asked._replace(
            number=self._round.number,
            size=self._round.size,
            seconds=self._clock.shown,
            answers=[*self._shown.answers(course, source)],
        )

    @property
    def answer_keys(self) -> set[str]:
        """The keys of the answers."""
        return {answer.key for answer in self._course.answers} if self._course else set()

    @property
    def keys(self) -> KeysNow:
        """The keys of the bar."""
        if self._course is None:
            return KeysNow([], None)
        return self._shown.keys(self._course, self._board.current)

    # What keys do

    def take_key(self, key: str) -> bool:
        """Answer by a key, or do what it does in every pass; whether it means something here."""
        failed, self._failed = self._failed, None
        source, course = self._in_hand(), self._course
        self.look_at_clock()
        answers = course.answers if course and source and not self._looking else ()
        answer = next((answer for answer in answers if answer.key == key), None)
        act = ACTS.get(key)
        if answer is None and act is None:
            return False
        if answer is not None and source is not None:
            self._answer(source, answer)
        elif act == "end" and not (key == "escape" and self._reader.drop()):
            self._end()
        elif act == "other":
            self._choose()
        elif act == "back":
            self._back(failed)
        elif act in ("keep", "skip") and source and course and not self._looking:
            if act == "keep":
                self._answer(source, course.keeping)
            else:
                course.skip()
                self._round.step("", self._clock.seconds)
                self._show()
        return True

    def meaning(self, id: str) -> Callable[[], object] | None:
        """What a command does while a pass runs, where that is not what it always does."""
        if not self.is_running:
            return None
        self._failed = None
        if (own := self._meanings.get(id)) is not None:
            return own
        return None if id.startswith(WORKING) else self._refuse

    @property
    def _meanings(self) -> Actions:
        course = self._course
        if course is None or self._board.current is None:
            return {"app.back": self._end}
        found: Actions = {}
        if course.moves_on:
            found |= {id: partial(self._answer_by, answer) for id, answer in MOVES.items()}
        found |= {id: partial(self._answer_by, one) for id, one in course.commands.items()}
        found["undo.undo"] = self._back
        found["select.clear"] = self._reader.drop
        found["app.back"] = self._end
        if course.asks.ask == self._desk.schema.roles.category:
            found["decide.category"] = lambda: self._pickers.pick_category(take=self._set_category)
            found["decide.suggested"] = self._take_suggested
            found["decide.same_category"] = lambda: self._set_category(self._memory.category)
        return found

    def _refuse(self) -> None:
        self._tell.say("This key does nothing in a pass; esc ends the pass.", "warning")

    def _answer_by(self, answer: Answer) -> None:
        if (source := self._in_hand()) is not None:
            self._answer(source, answer)

    def _set_category(self, category: str) -> None:
        """Answer with a category, also one that has no key."""
        if category and self._course is not None:
            asks = self._course.asks
            self._answer_by(Answer("", category, ((asks.ask, category),), asks.then))
        elif not category:
            said = self._keymap.refusal("decide.category", "picks one", "no category set yet")
            self._tell.say(said, "warning")

    def _take_suggested(self) -> None:
        """Answer with the proposed or suggested category; without one, say so and stay."""
        source, schema = self._board.current, self._desk.schema
        for value in self._proposer.values(source, schema.category) if source else ():
            self._set_category(value)
            return
        found = self._suggester.of(source) if source is not None else None
        first = news(source, schema.category, found.category) if source and found else None
        if first is None:
            self._tell.say("Nothing else is suggested; enter keeps the category.")
        else:
            self._set_category(first.value)

    def _answer(self, source: Source, answer: Answer) -> None:
        """Make the change and go on; if it is refused, say why and stay."""
        course, its_round = self._course, self._round
        if course is None:
            return
        seconds, name = self._clock.seconds, course.told(source, answer)
        save: Save | None = None

        def begun(made: Save) -> None:
            nonlocal save
            save = made
            if self._round is its_round and its_round.current == source.name:
                its_round.step(name, seconds, save)
                self._show()

        self._decider.decide(
            course.change(answer),
            lost=lambda: self._lost(save),
            about=[source],
            notes=course.notes(answer),
            begun=begun,
        )

    def _lost(self, save: Save | None) -> None:
        """Return to a source whose change could not be saved."""
        if save is not None and self._round.reopen(save):
            self._failed = save
        if save is not None and self.is_running:
            self._show()

    def _back(self, failed: Save | None = None) -> None:
        if failed in self._saver.open:
            # The key was meant for the failed answer; the one before it stays.
            self._turner.undo_that(failed)
        else:
            self._go_back()

    def _go_back(self) -> None:
        """Undo another decision about this source, else go back and undo the last answer."""
        while self._made_here:
            made = self._made_here.pop()
            if not made.was_idle:
                self._turner.undo_that(made)
                return
        step, its_round = self._round.back(), self._round
        if step is None:
            self._tell.say("This is the first source of the pass.", "warning")
            return
        if step.made is None and self._course is not None:
            self._course.unskip()
        if step.made is not None:
            self._turner.undo_that(step.made, lambda: its_round.keep(step))
        self._show()
        self._status = ""
        self._saver.when_idle(self._show_again)

    def _show_again(self) -> None:
        if self.is_running:
            self._show()

    def _choose(self) -> None:
        """Ask for another pass."""

        def chosen(name: str | None) -> None:
            if name is not None and self.is_running:
                self._take(self._courses.make(name))

        now = self._course.name if self._course else ""
        self._ask.ask(PickOne("pass", self._courses.options(), current=now), chosen)

    # What happens to the sources

    def came(self, source: Source | None) -> None:
        """Another source is in hand, or the same with other fields; or its file is gone."""
        if not self.is_running or self._round.current is None:
            return
        if source is None:
            self._show()
        elif source.name == self._round.current:
            status = status_of(self._desk.schema, source)
            if not self._status and not self._saver.busy:
                self._status = "" if source.problem else status
            elif self._status and status != self._status and self._moves_on:
                # An answer would move it once more.
                self._round.drop()
                self._show()
                self._tell.report(
                    f"{source.quoted_title} is {status} now; the pass goes on.", "information"
                )

    @property
    def _moves_on(self) -> bool:
        return self._course is not None and self._course.moves_on

    def note(self, save: Save) -> None:
        """A change is on its way to the disk: of the source in hand, by another key than an answer.

        One that moves the source on or snoozes it is an answer too.
        """
        is_other = save.about == self._round.current and not self._round.has(save)
        if not self.is_running or not is_other:
            return
        schema, roles = self._desk.schema, self._desk.schema.roles
        steps = (
            status_move(schema, edit.field, edit.source.fields.get(edit.field), as_read(edit.value))
            for edit in save.edits
        )
        moves = [step[1] for step in steps if step is not None]
        moves += [SNOOZED for edit in save.edits if edit.sets(roles.snoozed)]
        if moves and self._moves_on:
            self._round.step(moves[0], self._clock.seconds, save)
            self._show()
        elif save.edits or not save.shown:
            self._made_here.append(save)

    def rename(self, old: str, new: str) -> None:
        """Follow a file that was renamed."""
        self._round.rename(old, new)
        if self.is_running and self._board.in_pass.name == old:
            self._board.in_pass.hand(new)

    # The end

    def _end(self) -> None:
        """Leave the pass, and show its summary."""
        course, last = self._course, self._round.current
        self._leave()
        if last is not None:
            self._board.go_to(last)
        if course is not None and self._round.begun:
            course.end(self._round, self._run)

    def _leave(self) -> None:
        self._clock.end()
        self._board.in_pass.end()
        self._reader.close()
        self._board.outdate("asked")
