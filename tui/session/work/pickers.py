"""Pickers: ask for the category or the status of sources, and set it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tui.desk import Desk
from tui.session.flow.decider import Decider, Make
from tui.session.flow.marker import Marker
from tui.session.flow.suggester import Suggester
from tui.session.model.board import Board
from tui.session.model.memory import Memory
from tui.session.model.targets import Targets
from tui.session.option import Option
from tui.session.ports import Ask
from tui.session.questions import PickOne
from tui.triage import changes
from tui.triage.proposal import Proposal
from tui.triage.schema import Schema
from tui.triage.status import allowed_moves, next_status, status_of, way_to
from tui.vault.source import Source


@dataclass(eq=False)
class Pickers:
    """The pickers of the category and of the status."""

    _desk: Desk
    _board: Board
    _marker: Marker
    _decider: Decider
    _suggester: Suggester
    _memory: Memory
    _ask: Ask

    def _first(self, targets: Targets | None) -> Source | None:
        """The source that a picker shows: the first target, else the one under the cursor."""
        return self._board.current if targets is None else next(iter(targets.sources), None)

    def pick_category(self, targets: Targets | None = None) -> None:
        """Ask for the category and set it; suggestions come first."""
        source = self._first(targets)
        about = self._marker.take() if targets is None else targets
        schema = self._desk.schema
        field = schema.category
        known = list(field.values)
        used = {item for one in self._desk.vault.sources for item in one.items(field.name)}
        known += sorted(used - set(known) - {""})
        slots = dict(zip(known[: len(field.values)], schema.slots, strict=False))
        now = field.value_in(source) if source else ""
        found = self._suggester.of(source) if source else None
        suggested = {one.value: one for one in found.category} if found else {}
        options = [
            Option(value, value, one.reason, slots.get(value, ""), f"≈ {slots.get(value, '')}")
            for value, one in suggested.items()
        ]
        options += [
            Option(
                name,
                name,
                "current value" if suggested and name == now else "",
                slots.get(name, ""),
            )
            for name in known
            if name not in suggested
        ]

        def chosen(name: str | None) -> None:
            if name is not None:
                self._memory.take_category(name)
                self._decider.decide(setting(field.name, name), about=about)

        question = PickOne(
            _headed(about, "category"),
            options,
            current=next(iter(suggested), now),
            new="new category" if field.open else "",
        )
        self._ask.ask(question, chosen)

    def promote_to(self, targets: Targets | None = None) -> None:
        """Ask for a status and move to it."""
        source = self._first(targets)
        if source is None:
            return
        about = self._marker.take() if targets is None else targets
        schema = self._desk.schema
        held = Counter(status_of(schema, target) for target in about.sources)
        now = next(iter(held)) if len(held) == 1 else status_of(schema, source)
        allowed = allowed_moves(schema.flow, now)
        options = [
            Option(
                status.name,
                f"{status.glyph} {status.name}",
                note=_ways(schema, held, status.name)
                if len(held) > 1
                else _way(schema, now, status.name),
                slot=str(number),
            )
            for number, status in enumerate(schema.status.choices, 1)
        ]

        def chosen(status: str | None) -> None:
            if status is not None:
                self._decider.decide(
                    lambda schema, sources: changes.promote(schema, sources, date.today(), status),
                    about=about,
                )

        first = allowed[0] if allowed else now
        self._ask.ask(PickOne(_headed(about, "promote to"), options, current=first), chosen)


def setting(field: str, text: str) -> Make:
    """The change that sets a field."""

    def make(schema: Schema, sources: Sequence[Source]) -> Proposal:
        return changes.set_field(schema, sources, field, text)

    return make


def _way(schema: Schema, now: str, to: str) -> str:
    """How to get from a source's status to another one, or why not."""
    way = way_to(schema, now, to)
    if to == now:
        return "now"
    if not way:
        following = next_status(schema, now)
        return f"not from {now}" + (f": {following} comes first" if following else "")
    meaning = schema.status.choice(to).meaning
    if len(way) > 1:
        return f"via {' and '.join(way[:-1])} · {meaning}"
    return f"forward · {meaning}" if to in allowed_moves(schema.flow, now) else "back"


def _ways(schema: Schema, held: Counter[str], to: str) -> str:
    """How many sources, of several statuses, can move to a status."""
    can = (now for now in held if to == now or way_to(schema, now, to))
    return f"possible for {sum(held[now] for now in can):,} of {held.total():,}"


def _headed(about: Targets, what: str) -> str:
    """A picker's heading, with the number of marked sources."""
    return f"{what} · {len(about.sources):,} marked" if about.marked else what
