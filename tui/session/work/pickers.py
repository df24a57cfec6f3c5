"""Pickers: ask for the category, the status or the tier of sources, and set it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tui.desk import Desk
from tui.numbers import DIGITS
from tui.session.flow.decider import Decider, Make
from tui.session.flow.marker import Marker
from tui.session.flow.suggester import Suggester
from tui.session.flow.used_values import UsedValues
from tui.session.keys.keymap import Keymap
from tui.session.model.board import Board
from tui.session.model.memory import Memory
from tui.session.model.targets import Targets
from tui.session.option import Option
from tui.session.ports import Ask, Pane, Panes
from tui.session.questions import PickOne, PickStatus
from tui.session.update import PROPOSED, SUGGESTED, Drawer, Drawers, drawers_of
from tui.session.work.proposer import Proposer
from tui.suggest.suggestions import FEW, LEAST, Suggestion
from tui.suggest.taking import taken_topics
from tui.triage import changes
from tui.triage.planned import PlannedChange
from tui.triage.proposed import Proposed
from tui.triage.schema import Schema
from tui.triage.status import allowed_moves, next_status, status_of, way_to
from tui.vault.source import Source

_MOST_SUGGESTED = 3


@dataclass(eq=False)
class Pickers:
    """The drawers of the category and of status and tier."""

    _desk: Desk
    _board: Board
    _marker: Marker
    _decider: Decider
    _suggester: Suggester
    _proposer: Proposer
    _used_values: UsedValues
    _memory: Memory
    _keymap: Keymap
    _panes: Panes
    _ask: Ask

    @property
    def _drawers(self) -> Drawers:
        return drawers_of(self._desk.schema)

    def _first(self, targets: Targets | None) -> Source | None:
        """The source that a picker shows: the first target, else the one under the cursor."""
        return self._board.current if targets is None else next(iter(targets.sources), None)

    # The category

    def pick_category(
        self, targets: Targets | None = None, take: Callable[[str], object] | None = None
    ) -> None:
        """Ask for the category and set it, or have ``take`` do so; suggestions come first."""
        about = self._marker.take() if targets is None else targets
        field = self._desk.schema.category
        held = Counter(field.value_in(source) for source in about.sources)
        now = next(iter(held)) if len(held) == 1 else ""
        # What fits one of several sources says nothing about the others.
        alone = about.sources[0] if len(about.sources) == 1 else None
        found = self._suggester.of(alone) if alone is not None else None
        suggested = _worth(found.category) if found else []
        proposed = self._proposer.values(alone, field) if alone is not None else {}
        options = self._categories(held, suggested, proposed)

        def chosen(name: str | None) -> None:
            if name is not None and take is not None:
                take(name)
            elif name is not None:
                self._memory.take_category(name)
                self._decider.decide(setting(field.name, name), about=about)

        question = PickOne(
            headed("category", about),
            options,
            current=next(iter([*proposed, *(one.value for one in suggested)]), now),
            new="new category" if field.open else "",
            about="category",
            ring=[*self._drawers.values()],
            on_tab=self._on_tab(about, "category"),
            said=self._record(suggested) if alone is not None else (),
            on_refuse=lambda name: self._proposer.refuse(about, proposed[name]),
            refuses="refuses »" if proposed else "",
            can_refuse=proposed,
        )
        self._ask.ask(question, chosen)

    def fitting_items(self, name: str, sources: Sequence[Source]) -> Sequence[str]:
        """The topics that ``=`` would add to a source; none for another field or many sources."""
        if name != self._desk.schema.roles.topics or len(sources) != 1:
            return ()
        found = self._suggester.of(sources[0])
        return taken_topics(sources[0], found) if found else ()

    def _record(self, suggested: Sequence[Suggestion]) -> Sequence[str]:
        """How often a suggestion as sure as the first one was right; why there is none yet."""
        suggester = self._suggester
        if suggester.is_learning:
            return ("learning…",)
        if suggested:
            return suggested[0].history(suggester.decisions)
        return () if suggester.decisions >= FEW else (f"few decided: {suggester.decisions}",)

    def _categories(
        self,
        held: Counter[str],
        suggested: Sequence[Suggestion],
        proposed: Mapping[str, Proposed],
    ) -> list[Option]:
        """The proposed categories, the suggested ones, then the others in the order of their keys.

        ``held`` counts the values of the sources that are about to change.
        """
        schema, field = self._desk.schema, self._desk.schema.category
        counts = Counter(item for one in self._desk.vault.sources for item in one.items(field.name))
        known = [*field.values, *sorted(counts.keys() - set(field.values) - {""})]
        slots = dict(zip(field.values, schema.slots, strict=False))
        first = [
            Option(name, name, one.grounds, slots.get(name, ""), sign=PROPOSED)
            for name, one in proposed.items()
        ]
        first += [
            Option(
                one.value,
                one.value,
                one.evidence,
                slots.get(one.value, ""),
                sign=SUGGESTED,
                number=one.percent,
                after=_now_in(held, one.value),
            )
            for one in suggested
            if one.value not in proposed
        ]
        values = {option.value for option in first}
        rest = [
            Option(
                name,
                name,
                "",
                slots.get(name, ""),
                number=f"{counts[name]:,}" if counts[name] else "",
                after=_now_in(held, name),
            )
            for name in known
            if name not in values
        ]
        return [*first, *rest]

    def _on_tab(self, about: Targets, drawer: Drawer) -> Callable[[int], object]:
        """What tab and shift+tab open, as long as the sources are there."""
        stops: tuple[Pane | Drawer, ...] = ("preview", *self._drawers, "queue")
        at = stops.index(drawer)

        def go(by: int) -> None:
            stop = stops[at + (1 if by > 0 else -1)]
            if not about.sources:
                return
            if stop == "category":
                self.pick_category(about)
            elif stop == "status":
                self.promote_to(about)
            else:
                self._panes.show(stop)

        return go

    # The status and the tier

    def promote_to(self, targets: Targets | None = None) -> None:
        """Ask for a status to move to, or for a tier."""
        source = self._first(targets)
        if source is None:
            return
        about = self._marker.take() if targets is None else targets
        schema = self._desk.schema
        held = Counter(status_of(schema, target) for target in about.sources)
        now = next(iter(held)) if len(held) == 1 else status_of(schema, source)
        allowed = allowed_moves(schema.flow, now)
        statuses = [
            Option(
                status.name,
                f"{status.glyph} {status.name}".strip(),
                note=_ways(schema, held, status.name)
                if len(held) > 1
                else _way(schema, now, status.name),
                slot=self._status_key(schema, now, status.name),
                is_chosen=status.name == now and len(held) == 1,
                colour=status.colour if status.glyph else "",
            )
            for status in schema.status.choices
        ]

        def moved(status: str | None) -> None:
            if status is not None:
                self._decider.decide(
                    lambda schema, sources: changes.promote(schema, sources, date.today(), status),
                    about=about,
                )

        def rated(tier: str) -> None:
            self._decider.decide(setting(schema.tier.name, tier), about=about)

        question = PickStatus(
            headed(self._drawers["status"], about),
            statuses,
            current=allowed[0] if allowed else now,
            filtered=False,
            about="status",
            ring=[*self._drawers.values()],
            on_tab=self._on_tab(about, "status"),
            said=self._proposer.grounds(about.sources, schema.tier),
            tiers=self._tiers(about.sources),
            rate=rated,
            now=_now(schema, about.sources),
        )
        self._ask.ask(question, moved)

    def _status_key(self, schema: Schema, now: str, status: str) -> str:
        """The key that moves a source to a status: that of the next one, or of the archive."""
        key = ""
        if status == next_status(schema, now):
            key = self._keymap.sign("decide.promote")
        elif status == schema.flow.archive and status != now:
            key = self._keymap.sign("decide.archive")
        return key if len(key) == 1 else ""

    def _tiers(self, sources: Sequence[Source]) -> list[Option]:
        """The tiers with their digits, and the share of each beside its target."""
        schema, tier = self._desk.schema, self._desk.schema.tier
        held = {tier.value_in(source) for source in sources}
        counts = self._used_values.known(tier.name)
        total = sum(counts.get(name, 0) for name in tier.values)
        proposed = self._proposer.values(sources[0], tier) if len(sources) == 1 else {}
        suggested = ""
        if len(sources) == 1 and (found := self._suggester.of(sources[0])) and found.tier:
            first = found.tier[0]
            suggested = first.value if first.sureness >= LEAST and first.value not in held else ""
        options = []
        for number, choice in enumerate(tier.choices):
            share = f"{100 * counts.get(choice.name, 0) / total:.0f}" if total else ""
            aim = f"{100 * schema.targets[choice.name]:.0f}" if schema.targets else ""
            options.append(
                Option(
                    choice.name,
                    f"{choice.glyph} {choice.name}".strip(),
                    slot=DIGITS[number] if number < len(DIGITS) else "",
                    sign=PROPOSED
                    if choice.name in proposed
                    else SUGGESTED
                    if choice.name == suggested and not proposed
                    else "",
                    number=f"{share}/{aim:>2} %" if share and aim else f"{share} %" * bool(share),
                    is_chosen=held == {choice.name},
                    colour=choice.colour if choice.glyph else "",
                )
            )
        if options and held != {""}:
            options.append(
                Option("", "  no tier", slot="0" if len(tier.choices) < len(DIGITS) else "")
            )
        return options


def setting(field: str, text: str) -> Make:
    """The change that sets a field."""

    def make(schema: Schema, sources: Sequence[Source]) -> PlannedChange:
        return changes.set_field(schema, sources, field, text)

    return make


def _now_in(held: Counter[str], value: str) -> str:
    """In how many of the sources a value is now."""
    count, total = held[value], held.total()
    if not count:
        return ""
    return "now" if count == total else f"{count:,} of {total:,}"


def _worth(ranked: Sequence[Suggestion]) -> list[Suggestion]:
    """The suggestions that are likely enough to be listed."""
    return [one for one in ranked if one.sureness >= LEAST][:_MOST_SUGGESTED]


def _way(schema: Schema, now: str, to: str) -> str:
    """How to get from a source's status to another one."""
    if to == now:
        return "now"
    way = way_to(schema, now, to)
    if len(way) > 1:
        return f"via {' and '.join(way[:-1])}"
    if way:
        if to == next_status(schema, now):
            return "next"
        return "forward" if to in allowed_moves(schema.flow, now) else "back"
    return _missing(schema, now, to)


def _missing(schema: Schema, now: str, to: str) -> str:
    """What comes before a status that cannot be the next one."""
    between, at = [], next_status(schema, now)
    while at is not None and at != to and at not in between:
        between.append(at)
        at = next_status(schema, at)
    if at != to or not between:
        return f"not from {now}"
    return f"after {between[0]}" if len(between) == 1 else f"after {len(between)} more"


def _ways(schema: Schema, held: Counter[str], to: str) -> str:
    """How many sources, of several statuses, can move to a status."""
    can = (now for now in held if to == now or way_to(schema, now, to))
    return f"possible for {sum(held[now] for now in can):,} of {held.total():,}"


def _now(schema: Schema, sources: Sequence[Source]) -> str:
    """The status and tier that the sources have now; how many they are, if these differ."""
    said = []
    for field, values in (
        (schema.status, {status_of(schema, source) for source in sources}),
        (schema.tier, {schema.tier.value_in(source) for source in sources}),
    ):
        if len(values) > 1:
            said.append(f"{len(values)} values")
        elif value := next(iter(values), ""):
            said.append(f"{field.choice(value).glyph} {value}".strip())
    return f"now {' '.join(said)}" if said else ""


def headed(what: str, about: Targets) -> str:
    """A drawer's heading, with the number of marked sources."""
    return f"{what} of {len(about.sources):,} marked" if about.marked else what
