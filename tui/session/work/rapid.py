"""Rapid: runs a pass over sources, one key per source, while every other key works as always."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from time import monotonic

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
from tui.session.model.rows import SourceRow
from tui.session.model.stopwatch import Stopwatch
from tui.session.option import Option
from tui.session.ports import Ask, Panes, Tell, Threads, Timer
from tui.session.questions import PickOne, ShowSummary
from tui.session.update import AnswerShown, Asked, Key, KeysNow
from tui.session.work.pass_keys import ACTS, MOVES, WORKING
from tui.session.work.pickers import Pickers
from tui.session.work.reader import Reader
from tui.suggest.taking import news
from tui.triage import changes
from tui.triage.passes import TAKEN, Answer, Pass
from tui.triage.round import Round
from tui.triage.status import status_of
from tui.vault.source import Source

KEPT = "unchanged"
"""The name of the answer that keeps the value."""
TICK = 0.25
"""Seconds between two looks at the clock."""
CERTAINTY = "certainty"
"""The order that has to be learnt."""
PATIENCE = 3.0
"""Seconds that a pass in that order waits until it is known."""


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
    _pickers: Pickers
    _memory: Memory
    _keymap: Keymap
    _reader: Reader
    _panes: Panes
    _threads: Threads
    _ask: Ask
    _tell: Tell

    def __post_init__(self) -> None:
        self._chosen: Pass | None = None
        """The current or last pass."""
        self._round = Round[Save]([])
        self._chosen_at = 0.0
        self._looking = False
        """Whether the sources of the pass are still looked for."""
        self._failed: Save | None = None
        """The last answer, if saving it failed and no key was pressed since."""
        self._made_here: list[Save] = []
        """Other decisions about the source in hand, oldest first."""
        self._watch = Stopwatch()
        """Counts the seconds spent on this source, without boxes and fields."""
        self._seconds = 0
        """These seconds, as they are shown."""
        self._ticks: Timer | None = None
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
        passes = self._desk.schema.passes
        if not passes:
            self._tell.say("The schema has no passes; define one in sluice.yaml.", "warning")
            return
        chosen = self._chosen or next(iter(passes.values()))
        self._board.in_pass.begin()
        self._reader.open()
        self._choose_pass(chosen)
        self._tick()

    # Which sources

    def _choose_pass(self, chosen: Pass) -> None:
        """Begin a pass; answers are possible once its sources are found."""
        self._chosen, self._round, self._looking = chosen, Round([]), True
        self._chosen_at = monotonic()
        self._board.in_pass.hand("")
        self._board.outdate("source", "asked")
        self._collect(chosen)

    def _collect(self, chosen: Pass) -> None:
        """Find the sources of a pass."""
        rows = self._board.rows
        below = (row for row in rows.all[rows.cursor or 0 :] if isinstance(row, SourceRow))
        names = list(rows.marked) or [row.source.name for row in below]
        self._finder.ask(
            lambda: self._names_for(chosen, names),
            lambda names: self._begin(chosen, names),
            lambda error: self._cannot(chosen, error),
        )

    def _names_for(self, chosen: Pass, shown: list[str]) -> list[str]:
        """The sources of the pass among those shown; if there are none, all of its sources."""
        found = self._desk.matching(chosen.find)
        known = {source.name for source in found}
        names = [name for name in shown if name in known] or [source.name for source in found]
        if not chosen.sort:
            return names
        order = self._desk.orders.read(chosen.sort, found)
        return [source.name for source in order.sort(self._desk.vault.known(names))]

    def _begin(self, chosen: Pass, names: list[str]) -> None:
        if not self.is_running or self._chosen is not chosen:
            return
        if chosen.sort.removeprefix("-") == CERTAINTY and self._waits_for_learning:
            self._threads.after(TICK, lambda: self._collect_again(chosen))
            return
        self._looking, self._round = False, Round(names)
        self._show()

    def _collect_again(self, chosen: Pass) -> None:
        if self.is_running and self._looking and self._chosen is chosen:
            self._collect(chosen)

    @property
    def _waits_for_learning(self) -> bool:
        """Whether an order by certainty is not known yet, but may be in a moment."""
        return self._suggester.has_work and monotonic() < self._chosen_at + PATIENCE

    def _cannot(self, chosen: Pass, error: SluiceError) -> None:
        self._leave()
        why = str(error) if isinstance(error, QueryError) else f"it failed: {error}"
        self._tell.say(f"The pass {chosen.name} could not find its sources: {why}", "error")

    # What is shown

    def _show(self) -> None:
        """Show the current source; at the end the summary."""
        source = self._in_hand()
        self._watch.restart(monotonic())
        self._seconds, self._made_here = 0, []
        is_sure = source is not None and not source.problem
        self._status = status_of(self._desk.schema, source) if source and is_sure else ""
        self._board.in_pass.hand(source.name if source else "")
        self._board.outdate("source", "asked")
        if source is None and self._round.begun:
            self._end()

    def _in_hand(self) -> Source | None:
        """The source to decide on, skipping those that are gone."""
        while (name := self._round.current) is not None:
            source = self._desk.vault.find(name)
            if source is not None:
                return source
            self._round.drop()
        return None

    def _tick(self) -> None:
        """Show the seconds that pass."""
        self.look_at_clock()
        self._ticks = self._threads.after(TICK, self._tick)

    def look_at_clock(self) -> None:
        """Count the seconds since the last event, if the pass asked then."""
        if not self.is_running:
            return
        self._watch.look(monotonic(), counts=self.is_asking)
        if (seconds := int(self._watch.seconds)) != self._seconds:
            self._seconds = seconds
            self._board.outdate("asked")

    @property
    def asked(self) -> Asked | None:
        """The question and its answers; None when no pass runs."""
        chosen, source = self._chosen, self._board.current
        if not self.is_running or chosen is None:
            return None
        asked = Asked(chosen.name, chosen.meaning, limit=chosen.seconds, field=chosen.ask)
        if self._looking:
            waits = chosen.sort and self._waits_for_learning
            return asked._replace(words="learning…" if waits else "Looking for sources…")
        if source is None:
            none = f"Nothing matches {chosen.find}" if chosen.find else "There are no sources"
            words = (f"No sources left in the pass {chosen.name}", none, "r switches the pass")
            return asked._replace(words="\n".join((*words, "esc ends it")))
        return asked._replace(
            number=self._round.number,
            size=self._round.size,
            seconds=self._seconds,
            answers=[*self._shown(chosen, source)],
        )

    def _shown(self, chosen: Pass, source: Source) -> Iterator[AnswerShown]:
        field = self._desk.schema.fields.get(chosen.ask)
        held = [field.spelt(item) for item in source.items(field.name)] if field else []
        for answer in chosen.answers:
            value = dict(answer.sets).get(chosen.ask, "")
            choice = field.choice(value) if field and value else None
            yield AnswerShown(
                answer.key,
                answer.name,
                choice.glyph if choice else "",
                choice.colour if choice else "",
                is_now=bool(value) and value in held,
            )
        for id, answer in MOVES.items():
            # What the pass does anyway needs no other key for it.
            if answer.move != chosen.then and (sign := self._free_sign(id)):
                yield AnswerShown(sign, answer.name, is_move=True)

    def _free_sign(self, id: str) -> str:
        """The key of a command, unless it means something else in this pass."""
        sign = self._keymap.sign(id)
        return "" if sign in self.answer_keys or sign in TAKEN else sign

    @property
    def answer_keys(self) -> set[str]:
        """The keys of the answers."""
        return {answer.key for answer in self._chosen.answers} if self._chosen else set()

    @property
    def keys(self) -> KeysNow:
        """The keys of the bar."""
        sign, source, end = self._free_sign, self._board.current, Key("q", "end")
        if source is None:
            return KeysNow([Key("r", "other pass")], end)
        broken = source.problem is not None
        keys = (
            (sign("find.repair") if broken else "", "repair"),
            (sign("go.edit") if broken else "", "editor"),
            ("enter", "keep"), ("space", "skip"), ("u", "back"),
            (sign("decide.category"), "category"),
            (sign("decide.suggested") if any(self._suggester.suggested) else "", "take ≈"),
            (sign("decide.insight"), "quote" if self._reader.has_quote else "insight"),
            (sign("app.help"), "help"),
            (sign("find.search"), "in text"), ("r", "other pass"),
        )  # fmt: skip
        return KeysNow([Key(*key) for key in keys if key[0]], end)

    # What keys do

    def take_key(self, key: str) -> bool:
        """Answer by a key, or do what it does in every pass; whether it means something here."""
        failed, self._failed = self._failed, None
        source, chosen = self._in_hand(), self._chosen
        self.look_at_clock()
        answers = chosen.answers if chosen and source and not self._looking else ()
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
        elif act in ("keep", "skip") and source and chosen and not self._looking:
            if act == "keep":
                self._answer(source, Answer("", KEPT, (), chosen.then))
            else:
                self._round.step("", self._watch.seconds)
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
        chosen = self._chosen
        if chosen is None or self._board.current is None:
            return {"app.back": self._end}
        found: Actions = {id: partial(self._answer_by, answer) for id, answer in MOVES.items()}
        found["undo.undo"] = self._back
        found["select.clear"] = self._reader.drop
        found["app.back"] = self._end
        if chosen.ask == self._desk.schema.roles.category:
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
        chosen = self._chosen
        if category and chosen is not None:
            self._answer_by(Answer("", category, ((chosen.ask, category),), chosen.then))
        elif not category:
            said = self._keymap.refusal("decide.category", "picks one", "no category set yet")
            self._tell.say(said, "warning")

    def _take_suggested(self) -> None:
        """Answer with the suggested category; without one that differs, say so and stay."""
        source, schema = self._board.current, self._desk.schema
        found = self._suggester.of(source) if source is not None else None
        first = news(source, schema.category, found.category) if source and found else None
        if first is None:
            self._tell.say("Nothing else is suggested; enter keeps the category.")
        else:
            self._set_category(first.value)

    def _answer(self, source: Source, answer: Answer) -> None:
        """Make the change and go on; if it is refused, say why and stay."""
        seconds, chosen, name = self._watch.seconds, self._chosen, answer.name
        save: Save | None = None
        its_round = self._round
        asked = chosen.ask if chosen is not None else ""
        value = dict(answer.sets).get(asked, "")
        if name == KEPT and asked:
            value = self._desk.schema.fields[asked].value_in(source)
            name = value or KEPT

        def begun(made: Save) -> None:
            nonlocal save
            save = made
            if value:
                self._suggester.confirm([source], asked, value)
            if self._round is its_round and its_round.current == source.name:
                its_round.step(name, seconds, save)
                self._show()

        self._decider.decide(
            lambda schema, sources: changes.answer(schema, sources, date.today(), answer),
            lost=lambda: self._lost(save),
            about=[source],
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
        passes = self._desk.schema.passes
        options = [
            Option(name, name, note=a.meaning, slot=str(number) if number < 10 else "")
            for number, (name, a) in enumerate(passes.items(), 1)
        ]

        def chosen(name: str | None) -> None:
            if name is not None and self.is_running:
                self._choose_pass(passes[name])

        now = self._chosen.name if self._chosen else ""
        self._ask.ask(PickOne("pass", options, current=now), chosen)

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
            elif self._status and status != self._status:
                # An answer would move it once more.
                self._round.drop()
                self._show()
                self._tell.report(
                    f"{source.quoted_title} is {status} now; the pass goes on.", "information"
                )

    def note(self, save: Save) -> None:
        """A change is on its way to the disk: of the source in hand, by another key than an answer.

        One that moves the source on is an answer too.
        """
        if not self.is_running or save.about != self._round.current:
            return
        moves = [edit for edit in save.edits if edit.field == self._desk.schema.roles.status]
        if moves:
            self._round.step(str(moves[0].value), self._watch.seconds, save)
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
        chosen, summary = self._chosen, self._round.summary()
        last = self._round.current
        self._leave()
        if last is not None:
            self._board.go_to(last)
        if chosen is not None and self._round.begun:
            targets = (
                self._desk.schema.targets if chosen.ask == self._desk.schema.roles.tier else {}
            )
            self._ask.ask(ShowSummary(chosen.name, summary, targets), self._after_summary)

    def _after_summary(self, goes_on: bool | None) -> None:
        if goes_on:
            self.start()

    def _leave(self) -> None:
        if self._ticks is not None:
            self._ticks.stop()
        self._board.in_pass.end()
        self._reader.close()
        self._board.outdate("asked")
