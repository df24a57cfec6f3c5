"""Sample: a course through sources of a group drawn at random, to accept the rest by them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import cast

from tui.session.flow.accepter import Accepter
from tui.session.flow.saver import Save
from tui.session.ports import Tell
from tui.session.questions import ShowVerdict
from tui.session.work.course import Course
from tui.triage.looks import Looks
from tui.triage.passes import Answer, Pass
from tui.triage.round import Round
from tui.triage.sample_round import RIGHT, WRONG, SampleRound
from tui.triage.sampling import draw
from tui.triage.verdict import Verdict
from tui.vault.source import Source


def name_of(field: str) -> str:
    """The name of the sample for a field; no pass of a schema has it."""
    return f"\0sample {field}"


def sampled(asks: Pass, field: str) -> Pass:
    """A pass as a sample: it asks the same, and moves nothing. ``field`` is what it is called."""
    answers = tuple(
        answer._replace(move="") for answer in asks.answers if asks.ask in dict(answer.sets)
    )
    return asks._replace(name=f"sample: {field}", answers=answers, then="", sort="", meaning="")


@dataclass(eq=False)
class Sample(Course):
    """A sample of the marked sources, else of all in the queue, that have a value in the field.

    It moves no source, whatever the pass does: a sample is about a value of a group, and sources
    that left the group in the middle of it would be no sample of it. Those whose value a person
    confirmed before are not drawn.
    """

    _accepter: Accepter
    _tell: Tell

    moves_on = False
    takes_long = True

    def __post_init__(self) -> None:
        super().__post_init__()
        self._round: SampleRound[Save] | None = None
        self._earlier: Looks = ()
        self._values: dict[str, str] = {}
        """The values to judge, by source: as they were when it was drawn."""
        self._shown: set[str] = set()
        self._queued: frozenset[str] = frozenset()
        """The sources that were in the queue, or marked, when it was drawn."""
        self._accepted = False

    @property
    def name(self) -> str:
        """What tells it from the other courses."""
        return name_of(self.asks.ask)

    # Which sources

    def find(self) -> Callable[[], list[str]]:
        """The sources of the group, in random order; none when it goes on with those drawn."""
        rows = self._board.rows
        names = list(rows.marked) or [
            source.name for source in rows.sources if not rows.is_dimmed(source.name)
        ]
        if self._round is not None:
            return list
        self._queued = frozenset(names)
        return lambda: self._drawn(names)

    def _drawn(self, names: Collection[str]) -> list[str]:
        self._values = self._desk.confirming.guessed(self._desk.vault.known(names), self.asks.ask)
        return draw(self._values, len(self._values))

    def begin(self, names: list[str]) -> Round[Save]:
        """Ask about the first ones, or go on."""
        if self._round is None:
            self._round = SampleRound(names, self._desk.schema.sample.size)
        said = f"{self._round.size:,} of {self._round.group:,} drawn at random"
        self.asks = self.asks._replace(meaning=said)
        return self._round

    @property
    def without_sources(self) -> tuple[str, ...]:
        """What to say when the group is empty."""
        word = self._desk.schema.roles.word_for(self.asks.ask)
        return ("No sample", f"No source here has a guessed {word}")

    def goes_on_with(self, names: Collection[str]) -> bool:
        """Whether it is not finished and is about these sources; those judged may be missing."""
        if self._round is None or not self._round.group or self._accepted:
            return False
        return set(self._round.rest) <= set(names) <= self._queued

    # Its answers

    def show(self, source: Source | None) -> None:
        """Take the value to judge when the source is shown first."""
        if source is not None and source.name not in self._shown:
            self._shown.add(source.name)
            self._values[source.name] = self._field_value(source)

    def _field_value(self, source: Source) -> str:
        return self._desk.schema.fields[self.asks.ask].value_in(source)

    def told(self, source: Source, answer: Answer) -> str:
        """Whether the value was right."""
        sets = dict(answer.sets)
        value = sets[self.asks.ask] if self.asks.ask in sets else self._field_value(source)
        return RIGHT if value == self._values.get(source.name) else WRONG

    # The end

    def end(self, done: Round[Save], run: Callable[[Course], object]) -> None:
        """Show the verdict; accept the rest, or draw more."""
        sample = cast("SampleRound[Save]", done)
        if not sample.judged:
            self._tell.say("No source of the sample was judged.")
            return
        missing = max(0, sample.size - sample.judged)
        verdict = Verdict(sample.group, sample.judged, sample.wrong, self._earlier, missing)
        rules = self._desk.schema.sample

        def answered(answer: str | None) -> None:
            if answer == "take":
                self._accepted = True
                rest = {name: self._values[name] for name in sample.rest if name in self._values}
                self._accepter.accept(verdict, rest, self.asks.ask, self._undone)
            elif answer == "more":
                if not missing:
                    self._earlier += (verdict.look(rules),)
                    sample.wanted += min(rules.size, verdict.rest)
                run(self)

        question = ShowVerdict(self.asks.name, verdict, rules, len(sample.skipped))
        self._ask.ask(question, answered)

    def _undone(self) -> None:
        self._accepted = False
