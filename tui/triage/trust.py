"""Trust: how much of what headers say a person confirmed, how right guesses were, what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from statistics import median_low
from typing import NamedTuple

from tui.triage.confirmed import NOBODY, Known
from tui.triage.sampling import interval
from tui.triage.schema import Schema
from tui.triage.status import status_of
from tui.triage.waiting import Wait
from tui.vault.history.last_set import Guesses, plain
from tui.vault.source import Source

AGES = (("under a week", 7), ("under a month", 30), ("under 3 months", 91), ("under a year", 365))
"""The groups of waiting sources, and the days they end at; older ones are one more group."""
OLDER = "a year or more"


class Checked(NamedTuple):
    """Guesses that a person judged."""

    right: int = 0
    wrong: int = 0

    @property
    def judged(self) -> int:
        """All of them."""
        return self.right + self.wrong

    @property
    def error(self) -> float:
        """The share that was wrong."""
        return self.wrong / self.judged if self.judged else 0.0

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the largest share wrong that fit, with 95 % certainty."""
        return interval(self.wrong, self.judged) if self.judged else (0.0, 1.0)


class Writer(NamedTuple):
    """Guesses of one writer in one field."""

    name: str
    guessed: int
    """Values that nobody has confirmed yet."""
    checked: Checked


class FieldTrust(NamedTuple):
    """One field."""

    name: str
    confirmed: int
    guessed: int
    empty: int
    """Sources without a value."""
    checked: Checked
    writers: tuple[Writer, ...]
    """Who wrote its guesses, most first."""


class Ages(NamedTuple):
    """How long open sources have been waiting."""

    groups: tuple[tuple[str, int], ...]
    """How many there are of each age, youngest first."""
    unknown: int
    snoozed: int
    """Open sources that are snoozed; they are in none of the groups."""
    median: int | None
    """In days; None when no age is known."""
    longest: int | None

    @property
    def waiting(self) -> int:
        """All that wait."""
        return self.unknown + sum(count for _, count in self.groups)


def trust_of(
    schema: Schema, sources: Sequence[Source], known: Known, guesses: Guesses
) -> tuple[FieldTrust, ...]:
    """The fields that have guessed values, or values that a person confirmed.

    These are the tier, the category, and every other field of known values that has one.
    """
    always = (schema.roles.tier, schema.roles.category)
    judged_fields = known.fields.union(*guesses.values())
    others = (
        field.name
        for field in schema.fields.values()
        if field.kind == "choice" and (schema.roles.confirmed or field.name in judged_fields)
    )
    names = [
        name for name in dict.fromkeys((*always, *others)) if name not in ("", schema.roles.status)
    ]
    confirmed: Counter[str] = Counter()
    written: dict[str, Counter[str]] = {name: Counter() for name in names}
    checked: dict[str, Counter[tuple[str, bool]]] = {name: Counter() for name in names}
    for source in sources:
        fields, judged = known.of(source), guesses.get(source.name, {})
        for name in names:
            guess = judged.get(name)
            if guess is not None:
                checked[name][guess.by or NOBODY, guess.right] += 1
            if name in fields:
                confirmed[name] += 1
                if guess is None and not known.is_own(source, name):
                    # It was taken as it was.
                    checked[name][known.writer_of(source, name), True] += 1
            elif plain(source.value(name)):
                written[name][known.writer_of(source, name)] += 1
    found = (
        _field(name, len(sources), confirmed[name], written[name], checked[name]) for name in names
    )
    return tuple(
        field for field in found if field.name in always or field.confirmed or field.checked.judged
    )


def _field(
    name: str,
    total: int,
    confirmed: int,
    written: Mapping[str, int],
    checked: Mapping[tuple[str, bool], int],
) -> FieldTrust:
    names = {*written, *(by for by, _ in checked)}
    writers = [
        Writer(
            by,
            written.get(by, 0),
            Checked(checked.get((by, True), 0), checked.get((by, False), 0)),
        )
        for by in names
    ]
    writers.sort(key=lambda one: (-(one.guessed + one.checked.judged), one.name))
    guessed = sum(one.guessed for one in writers)
    whole = Checked(
        sum(one.checked.right for one in writers), sum(one.checked.wrong for one in writers)
    )
    return FieldTrust(name, confirmed, guessed, total - confirmed - guessed, whole, tuple(writers))


def ages_of(
    schema: Schema,
    sources: Iterable[Source],
    wait_of: Callable[[Source, str], Wait | None],
    is_snoozed: Callable[[Source], bool],
    today: date,
) -> Ages:
    """The ages of the sources that wait: open ones that are not snoozed."""
    days: list[int] = []
    unknown = snoozed = 0
    statuses = schema.open_statuses
    for source in sources:
        status = status_of(schema, source)
        if status not in statuses:
            continue
        if is_snoozed(source):
            snoozed += 1
        elif (wait := wait_of(source, status)) is None:
            unknown += 1
        else:
            days.append(wait.days(today))
    groups: Counter[str] = Counter()
    for age in days:
        groups[next((name for name, end in AGES if age < end), OLDER)] += 1
    return Ages(
        tuple((name, groups[name]) for name in (*(name for name, _ in AGES), OLDER)),
        unknown,
        snoozed,
        median_low(days) if days else None,
        max(days, default=None),
    )
