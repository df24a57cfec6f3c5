"""Rapid: runs a pass over sources, one key per source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from time import monotonic

from tui.desk import Desk
from tui.errors import SluiceError
from tui.session.flow.decider import Decider
from tui.session.flow.finder import Finder
from tui.session.flow.saver import Save, Saver
from tui.session.flow.suggester import Suggester
from tui.session.flow.turner import Turner
from tui.session.last_body import LastBody
from tui.session.model.board import Board
from tui.session.model.rows import SourceRow
from tui.session.option import Option
from tui.session.ports import Ask, OpenBox, Tell
from tui.session.questions import Clock, InHand, NothingLeft, PickOne, RapidPass, ShowSummary, Words
from tui.session.work.browsing import Browsing
from tui.suggest.taking import news
from tui.triage import changes
from tui.triage.passes import Answer, Pass
from tui.triage.round import Round
from tui.vault.source import Source

KEPT = "unchanged"
"""The name of the answer that keeps the value."""


@dataclass(eq=False)
class Rapid:
    """The rapid passes."""

    _desk: Desk
    _board: Board
    _finder: Finder
    _decider: Decider
    _turner: Turner
    _saver: Saver
    _suggester: Suggester
    _bodies: LastBody
    _browsing: Browsing
    _ask: Ask
    _tell: Tell

    def __post_init__(self) -> None:
        self._chosen: Pass | None = None
        """The current or last pass."""
        self._round = Round[Save]([])
        self._box: OpenBox | None = None
        self._failed: Save | None = None
        """The last answer, if saving it failed and no key was pressed since."""
        self._since = 0.0

    def start(self) -> None:
        """Start the last pass again, or the first one of the schema."""
        passes = self._desk.schema.passes
        if not passes:
            self._tell.say("The schema has no passes; define one in sluice.yaml.", "warning")
            return
        chosen = self._chosen or next(iter(passes.values()))
        # The next source shows that an answer was taken.
        self._tell.hush(True)
        self._box = self._ask.ask(RapidPass(self._desk.schema, self._act, self._show_clock))
        self._collect(chosen)

    # Which sources

    def _collect(self, chosen: Pass) -> None:
        """Find the sources of a pass; answers are possible once they are found."""
        self._chosen, self._round = chosen, Round([])
        rows = self._board.rows
        below = (row for row in rows.all[rows.cursor or 0 :] if isinstance(row, SourceRow))
        names = list(rows.marked) or [row.source.name for row in below]
        self._finder.ask(
            lambda: self._names_for(chosen, names),
            self._begin,
            lambda error: self._cannot(chosen, error),
        )
        if self._finder.working and self._box is not None:
            self._box.show(Words("Looking for sources…"))

    def _names_for(self, chosen: Pass, shown: list[str]) -> list[str]:
        """The sources of the pass among those shown; if there are none, all of its sources."""
        found = [source.name for source in self._desk.matching(chosen.find)]
        known = set(found)
        return [name for name in shown if name in known] or found

    def _begin(self, names: list[str]) -> None:
        self._round = Round(names)
        self._show()

    def _cannot(self, chosen: Pass, error: SluiceError) -> None:
        self._leave()
        self._tell.say(f"The pass {chosen.name} could not find its sources: {error}", "error")

    # What is shown

    def _show(self) -> None:
        """Show the current source; at the end the summary."""
        box, chosen = self._box, self._chosen
        if box is None or chosen is None:
            return
        source = self._in_hand()
        self._since = monotonic()
        if source is not None:
            box.show(InHand(chosen, source, self._bodies.of(source), self._hint(source)))
            self._show_clock()
        elif self._round.begun:
            self._end()
        else:
            box.show(NothingLeft(chosen))

    def _hint(self, source: Source) -> str:
        """The suggestion for the source, if it differs from the present value."""
        schema, chosen = self._desk.schema, self._chosen
        field = schema.fields.get(chosen.ask) if chosen else None
        found = self._suggester.of(source) if field else None
        if field is None or found is None:
            return ""
        roles = schema.roles
        ranked = {roles.category: found.category, roles.tier: found.tier}.get(field.name, ())
        first = news(source, field, ranked)
        return f"≈ {first.value}  {first.reason}" if first else ""

    def _in_hand(self) -> Source | None:
        """The source to decide on, skipping those that are gone."""
        while (name := self._round.current) is not None:
            source = self._desk.vault.find(name)
            if source is not None:
                return source
            self._round.drop()
        return None

    def _show_clock(self) -> None:
        if self._box is not None and self._chosen is not None and self._round.size:
            place = f"{self._round.number:,} of {self._round.size:,}"
            self._box.show(Clock(self._chosen, place, monotonic() - self._since))

    # What keys do

    def _act(self, action: str) -> None:
        """Run an action of the screen's keys."""
        kind, _, sign = action.partition(" ")
        failed, self._failed = self._failed, None
        if kind == "end":
            self._end()
        elif kind == "other":
            self._choose()
        elif kind == "back":
            if failed in self._saver.open:
                # The key was meant for the failed answer; the one before it stays.
                self._turner.undo_that(failed)
            else:
                self._go_back()
        elif (source := self._in_hand()) is not None and self._chosen is not None:
            if kind == "skip":
                self._round.step("", monotonic() - self._since)
                self._show()
            elif kind == "open":
                self._browsing.open(source)
            else:
                self._answer(source, self._meant(sign, self._chosen))

    def _meant(self, sign: str, chosen: Pass) -> Answer:
        """The answer of a key; without a key it keeps the value."""
        kept = Answer("", KEPT, (), chosen.then)
        return next((answer for answer in chosen.answers if answer.key == sign), kept)

    def _answer(self, source: Source, answer: Answer) -> None:
        """Make the change and go on; if it is refused, say why and stay."""
        seconds, chosen, name = monotonic() - self._since, self._chosen, answer.name
        save: Save | None = None
        if name == KEPT and chosen is not None and chosen.ask:
            name = self._desk.schema.fields[chosen.ask].value_in(source) or KEPT

        def begun(made: Save) -> None:
            nonlocal save
            save = made
            self._round.step(name, seconds, save)
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
        self._show()

    def _go_back(self) -> None:
        """Go back to the previous source, and undo its answer."""
        step, its_round = self._round.back(), self._round
        if step is None:
            self._tell.say("This is the first source of the pass.", "warning")
            return
        if step.made is not None:
            self._turner.undo_that(step.made, lambda: its_round.keep(step))
        self._saver.when_idle(self._show)

    def _choose(self) -> None:
        """Ask for another pass."""
        passes = self._desk.schema.passes
        options = [
            Option(name, name, note=a.meaning, slot=str(number) if number < 10 else "")
            for number, (name, a) in enumerate(passes.items(), 1)
        ]

        def chosen(name: str | None) -> None:
            if name is not None:
                self._collect(passes[name])

        now = self._chosen.name if self._chosen else ""
        self._ask.ask(PickOne("pass", options, current=now), chosen)

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
        box, self._box = self._box, None
        self._tell.hush(False)
        if box is not None:
            box.close()
