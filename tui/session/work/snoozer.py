"""Snoozer: asks until when sources are snoozed, and snoozes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from tui.days import spoken_day, spoken_distance
from tui.desk import Desk
from tui.display import counted, short
from tui.errors import EditRefused, SluiceError
from tui.session.flow.decider import Decider, Make
from tui.session.flow.marker import Marker
from tui.session.flow.saver import Save
from tui.session.flow.settler import Settler
from tui.session.model.targets import Targets
from tui.session.option import Option
from tui.session.ports import Ask, Tell, Threads
from tui.session.questions import PickOne
from tui.session.work.pickers import headed
from tui.triage.planned import PlannedChange
from tui.triage.schema import Schema
from tui.triage.snooze import end_snooze, read_snooze, snooze
from tui.vault.source import Source

USUAL = ("tomorrow", "next Monday", "in 2 weeks", "in a month", "in 3 months")
"""The days to choose from, each as it is typed."""
_END = ""
"""The answer that ends a snooze."""
_FORMS = ("not a day to come", "write fri, 2 weeks, +3d, next month", "or 2027-01-15")
"""What is said of a text that cannot be read."""


@dataclass(eq=False)
class Snoozer:
    """The drawer that asks until when; ``changeable`` gives the sources that can be changed."""

    _desk: Desk
    _marker: Marker
    _decider: Decider
    _settler: Settler
    _threads: Threads
    _ask: Ask
    _tell: Tell
    _changeable: Callable[[Targets], Sequence[Source]]

    def pick(self) -> None:
        """Ask until when the marked sources, or the one in hand, are snoozed; or end that."""
        about = self._marker.take()
        sources = self._changeable(about)
        if not sources:
            return
        today = date.today()
        usual = [_option(text, str(key), today) for key, text in enumerate(USUAL, 1)]
        ends = self._ends(sources)
        question = PickOne(
            headed("snooze", about),
            [*ends, *usual],
            current=_END if ends else usual[0].value,
            read=lambda text: _read(text, [*ends, *usual]),
            typed="fri, 2w, jan 15",
            verb="snoozes",
            about="status",
            said=self._said(sources, today),
        )
        self._ask.ask(question, lambda answer: self._answered(answer, about))

    def _ends(self, sources: Sequence[Source]) -> list[Option]:
        """What ends the snooze of sources that have a day."""
        field = self._desk.schema.roles.snoozed
        if not any(source.text(source.key(field)) for source in sources):
            return []
        is_snoozed = any(map(self._desk.is_snoozed, sources))
        return [Option(_END, "end the snooze" if is_snoozed else "remove the day", slot="0")]

    def _said(self, sources: Sequence[Source], today: date) -> Sequence[str]:
        """Until when they are snoozed, or why they no longer are."""
        if len(sources) > 1:
            count = sum(map(self._desk.is_snoozed, sources))
            return (f"{count:,} of {counted(len(sources))} snoozed",) if count else ()
        (source,) = sources
        snoozes = self._desk.snoozes
        if (until := self._desk.snoozed_until(source)) is not None:
            words = f"snoozed until {spoken_day(until, today)}"
            return f"{words} · {spoken_distance(until, today)}", words
        value = source.text(source.key(self._desk.schema.roles.snoozed))
        if not value:
            return ()
        if (day := snoozes.day_of(source)) is None:
            return (f"not snoozed: “{short(value)}” is not a date",)
        words = f"was snoozed until {spoken_day(day, today)}"
        if snoozes.is_woken(source, today):
            return f"{words}; back, as its file has changed", f"{words}; back: changed", words
        return (words,)

    def _answered(self, answer: str | None, about: Targets) -> None:
        if answer is None:
            return
        if answer == _END:
            self._decider.decide(end_snooze, about=about)
            return
        day = date.fromisoformat(answer)
        woken = self._woken(about.sources, day)
        if woken and len(woken) == len(about.sources):
            self._again(woken, day)
            return

        def begun(_: Save) -> None:
            if woken:
                self._again(woken, day)

        self._decider.decide(snoozing(day), about=about, begun=begun)

    # Sources that have the day already, and are back because their files have changed

    def _woken(self, sources: Sequence[Source], day: date) -> list[Source]:
        snoozes, today = self._desk.snoozes, date.today()
        return [
            source
            for source in sources
            if snoozes.day_of(source) == day and snoozes.is_woken(source, today)
        ]

    def _again(self, sources: Sequence[Source], day: date) -> None:
        """Snooze sources as their files are now; nothing is written to them."""

        def done() -> None:
            names = [source.name for source in sources]
            self._settler.snoozed_again(names)
            count = f" · {counted(len(names))}" if len(names) > 1 else ""
            self._tell.say(f"Snoozed again until {spoken_day(day, date.today())}{count}")

        def work(_: object) -> None:
            self._desk.snooze_again(sources)
            self._threads.back(done)

        self._threads.run(work, "snooze")


def snoozing(day: date) -> Make:
    """The change that snoozes sources until a day."""

    def make(schema: Schema, sources: Sequence[Source]) -> PlannedChange:
        if day <= (today := date.today()):
            # The box was open at midnight, or it repeats what was done on another day.
            raise EditRefused(f"{spoken_day(day, today)} is not a day to come; pick another one.")
        return snooze(schema, sources, day)

    return make


def _option(text: str, key: str, today: date) -> Option:
    day = read_snooze(text, today)
    return Option(day.isoformat(), text, spoken_day(day, today), slot=key)


def _read(text: str, offered: Sequence[Option]) -> list[Option]:
    """What a typed text means: the key of a choice, or a day; else how the choices begin."""
    today = date.today()
    if chosen := [option for option in offered if option.slot == text]:
        return chosen
    try:
        day = read_snooze(text, today)
    except SluiceError:
        typed = text.casefold()
        begun = [option for option in offered if option.label.casefold().startswith(typed)]
        said = [] if begun else [f"“{short(text)}”: {_FORMS[0]}", *_FORMS[1:]]
        return [*begun, *(Option("", line, is_prose=True) for line in said)]
    words = spoken_distance(day, today)
    return [Option(day.isoformat(), spoken_day(day, today), words, lead="→")]
