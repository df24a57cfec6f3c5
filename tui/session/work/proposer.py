"""Proposer: shows what others propose for a source, and takes or refuses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui.desk import Desk
from tui.display import counted, short
from tui.errors import NothingProposed
from tui.numbers import DIGITS
from tui.session.flow.decider import Decider, Make
from tui.session.flow.marker import Marker
from tui.session.flow.suggester import Suggester
from tui.session.keys.keymap import Keymap
from tui.session.model.board import Board
from tui.session.model.targets import Targets
from tui.session.option import Option
from tui.session.ports import Ask, Tell
from tui.session.questions import PickOne
from tui.session.update import PROPOSED, SUGGESTED
from tui.triage.field import Field
from tui.triage.meant import value_text
from tui.triage.pending import OfSource
from tui.triage.planned import PlannedChange
from tui.triage.proposed import Proposed
from tui.triage.schema import Schema
from tui.vault.header.edit import MISSING
from tui.vault.source import Source

_ALL, _NONE = "all", "none"
_TAKE, _KEEP = "take", "keep"


@dataclass(eq=False)
class Proposer:
    """Answers proposals: one, or all of the marked sources."""

    _desk: Desk
    _board: Board
    _marker: Marker
    _decider: Decider
    _suggester: Suggester
    _keymap: Keymap
    _ask: Ask
    _tell: Tell

    def of(self, source: Source) -> OfSource:
        """What is proposed for a source."""
        return self._desk.proposals.about(source)

    @property
    def offered(self) -> str:
        """The symbol of what can be taken for the source in hand; empty for nothing."""
        source = self._board.current
        if source is not None and self.of(source).able:
            return PROPOSED
        return SUGGESTED if any(self._suggester.suggested) else ""

    @property
    def refusal(self) -> str | None:
        """Why nothing can be taken for the targets; None when something may be."""
        refusal, source = self._suggester.refusal, self._board.current
        if not refusal:
            return None
        if self._board.takes_marked:
            is_for = self._desk.proposals.pending.is_for
            return None if any(map(is_for, self._board.rows.marked)) else refusal
        return None if source is not None and self.of(source).able else refusal

    def values(self, source: Source, field: Field) -> dict[str, Proposed]:
        """The values that can be taken for a field, best first; not items of a list."""
        able = (one for one in self.of(source).able if not one.is_of_items)
        named = [one for one in able if one.field == source.key(field.name) and one.text]
        values: dict[str, Proposed] = {}
        for one in named:
            values.setdefault(field.spelt(one.text), one)
        return values

    def grounds(self, sources: Sequence[Source], field: Field) -> Sequence[str]:
        """Who proposes the best value for a field of the only source, and why; else nothing."""
        values = self.values(sources[0], field) if len(sources) == 1 else {}
        for name, one in values.items():
            return (f"{PROPOSED} {field.choice(name).glyph} {name}  {one.grounds}",)
        return ()

    def open(self) -> None:
        """List what is proposed for the source in hand; of marked ones, ask for all at once."""
        about = self._marker.take()
        sources = about.sources
        if about.marked:
            self._ask_for_all(about)
        elif sources and any(self.of(sources[0])):
            self._list(about, sources[0])
        else:
            self._tell.say("Nothing is proposed for this source.", "warning")

    def _list(self, about: Targets, source: Source) -> None:
        able, old = self.of(source)
        known = {one.id: one for one in (*able, *old)}
        question = PickOne(
            "proposals",
            [*self._options(source, able, old)],
            filtered=False,
            verb="accepts it",
            about="status",
            on_refuse=lambda id: self.refuse(about, known[id]),
            refuses="refuses it",
        )

        def chosen(id: str | None) -> None:
            if id is None:
                return
            if known[id] in old:
                self._ask_for_old(about, source, known[id])
            else:
                self._decider.decide(self.answering(known[id], takes=True), about=about)

        self._ask.ask(question, chosen)

    def _ask_for_old(self, about: Targets, source: Source, one: Proposed) -> None:
        """Ask whether to take what was proposed for another value, with that value and this one."""
        name = self._desk.schema.roles.word_for(one.field)
        was, now = map(_said, (one.before, source.fields.get(source.key(one.field), MISSING)))
        options = [
            Option(_TAKE, f"take {one.label_of(name)}", f"{one.by} saw {was}"),
            Option(_KEEP, f"keep {short(name)} = {now}"),
        ]

        def chosen(value: str | None) -> None:
            if value == _TAKE:
                make = self.answering(one, takes=True, outdated=True)
                self._decider.decide(make, about=about)

        question = PickOne(f"outdated: now {now}", options, filtered=False, about="status")
        self._ask.ask(question, chosen)

    def _options(
        self, source: Source, able: Sequence[Proposed], old: Sequence[Proposed]
    ) -> list[Option]:
        options = []
        for number, one in enumerate((*able, *old)):
            is_old = number >= len(able)
            # Where items are added, the rest of the list does not matter.
            said = "" if one.is_of_items else f" · was {_said(one.before)}"
            if is_old:
                said += f", now {_said(source.fields.get(source.key(one.field), MISSING))}"
            options.append(
                Option(
                    one.id,
                    one.label_of(self._desk.schema.roles.word_for(one.field)),
                    f"{one.grounds}{said}",
                    slot=DIGITS[number] if number < len(DIGITS) else "",
                    sign="" if is_old else PROPOSED,
                    after="outdated" if is_old else "",
                )
            )
        return options

    def _ask_for_all(self, about: Targets) -> None:
        counts = [len(able) + len(old) for able, old in map(self.of, about.sources)]
        if not any(counts):
            self._tell.say("Nothing is proposed for these sources.", "warning")
            return
        what = f"{counted(sum(counts), 'proposal')} for {counted(sum(map(bool, counts)))}"
        key = self._keymap.sign("decide.suggested")
        options = [
            Option(_ALL, f"take the best of {what}", slot=key if len(key) == 1 else ""),
            Option(_NONE, f"refuse {what}", slot="-"),
        ]

        def chosen(value: str | None) -> None:
            if value is not None:
                takes = value == _ALL
                self._decider.decide(self._answering_all(takes=takes), about=about, notes=not takes)

        title = f"proposals of {len(about.sources):,} marked"
        question = PickOne(title, options, filtered=False, about="status")
        self._ask.ask(question, chosen)

    def _answering_all(self, *, takes: bool) -> Make:
        def make(_: Schema, sources: Sequence[Source]) -> PlannedChange:
            (source,) = sources
            able, old = self.of(source)
            chosen = able if takes else [*able, *old]
            if not chosen:
                raise _nothing(source)
            return self._desk.answering.plan(source, chosen, takes=takes)

        return make

    def refuse(self, about: Targets, proposed: Proposed) -> None:
        """Refuse what is proposed just so for a source, by whomever."""
        self._decider.decide(self.answering(proposed, takes=False), about=about, notes=True)

    def answering(self, proposed: Proposed | None, *, takes: bool, outdated: bool = False) -> Make:
        """The change that takes or refuses what is proposed just so, by whomever.

        Without any, it is refused; so is taking it if it is outdated, unless the person knows.
        """

        def make(schema: Schema, sources: Sequence[Source]) -> PlannedChange:
            (source,) = sources
            if proposed is None:
                raise _nothing(source)
            able, old = self.of(source)
            same = [
                one
                for one in (*able, *old)
                if (one.field, one.steps) == (proposed.field, proposed.steps)
            ]
            if not same:
                label = proposed.label_of(schema.roles.word_for(proposed.field))
                raise NothingProposed(
                    f"{source.quoted_title}: nobody proposes {label}.",
                    reason="not proposed",
                )
            return self._desk.answering.plan(source, same, takes=takes, outdated=outdated)

        return make

    def best(self, source: Source) -> PlannedChange | None:
        """The change that takes the best proposal for each field; None without any."""
        able = self.of(source).able
        return self._desk.answering.plan(source, able, takes=True) if able else None


def _said(value: object) -> str:
    """A field's value, for a row."""
    return (short(value_text(value)) if value is not MISSING else "") or "empty"


def _nothing(source: Source) -> NothingProposed:
    return NothingProposed(f"{source.quoted_title}: nothing is proposed.", reason="not proposed")
