"""Stats: the distribution of a vault's sources, and the pace of triage."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tui.days import written_day
from tui.triage.schema import Schema
from tui.triage.status import status_move, status_of
from tui.triage.trust import Ages, FieldTrust
from tui.vault.history.change import Change
from tui.vault.source import Source

DAYS = 30
"""Number of days to show, today included."""
PACE_DAYS = 14
"""Number of recent days the pace is computed from."""
FEWEST = 20
"""No inflation warning for fewer sources, where many good ones may be chance."""
FARTHEST = 3_650
"""The longest forecast, in days."""


class Tiers(NamedTuple):
    """The distribution of sources over the tiers."""

    counts: Mapping[str, int]
    """By tier, in the schema's order, empty tiers included."""
    without: int
    """Sources without a tier or with an unknown one."""

    @property
    def rated(self) -> int:
        """The number of sources with a tier."""
        return sum(self.counts.values())

    def share(self, tier: str) -> float:
        """The share of this tier among the rated sources."""
        return self.counts[tier] / self.rated if self.rated else 0.0


class Inflation(NamedTuple):
    """Clearly more sources are rated high than the targets say."""

    tiers: tuple[str, ...]
    """The upper tiers, which together should be less than half."""
    sources: int
    rated: int
    target: float

    @property
    def share(self) -> float:
        """The share of the rated sources that are rated high."""
        return self.sources / self.rated

    @property
    def wanted(self) -> int:
        """The number of high ratings that would meet the target."""
        return round(self.target * self.rated)


class Stage(NamedTuple):
    """One status."""

    name: str
    sources: int
    reached: int | None
    """Sources with this status or a later one; None outside the main line."""


class Category(NamedTuple):
    """The sources of one category."""

    name: str
    """Empty for sources without one."""
    judged: int
    left: int

    @property
    def sources(self) -> int:
        """All of them."""
        return self.judged + self.left


class Day(NamedTuple):
    """The decisions of one day."""

    day: date
    decisions: int
    """Changed sources, counted once for every change."""
    judged: int
    """Sources that left the first status and did not go back to it."""


class Outlook(NamedTuple):
    """The estimated finish at the recent pace."""

    a_day: float
    days: int
    """Number of days the pace is computed from."""
    to_go: int
    done_on: date | None
    """None when it is too far away for a forecast."""


class Stats(NamedTuple):
    """All the figures."""

    today: date
    total: int
    judged: int
    """Sources past the first status."""
    left: int
    """Sources still in the first status."""
    stages: tuple[Stage, ...]
    """The main line, then the schema's other statuses."""
    no_status: int
    """Sources with an unknown status."""
    judged_tiers: Tiers
    all_tiers: Tiers
    """Including the guessed tiers of sources that are not judged yet."""
    targets: Mapping[str, float]
    inflation: Inflation | None
    """Of the judged sources."""
    guessed_inflation: Inflation | None
    """Of all sources."""
    categories: tuple[Category, ...]
    """Largest first, sources without a category last."""
    months: tuple[tuple[date, int], ...]
    """The first day of each month that has sources, oldest first."""
    undated: int
    days: tuple[Day, ...]
    """The last days, oldest first, days without a decision included."""
    outlook: Outlook | None
    """None when nothing is left or nothing was judged recently."""
    fields: tuple[FieldTrust, ...] | None = None
    """What is confirmed and what is guessed; None when that was not counted."""
    ages: Ages | None = None
    """How long open sources have been waiting; None when that was not counted."""


def stats_of(
    schema: Schema, sources: Sequence[Source], log: Iterable[Change], today: date
) -> Stats:
    """Count the sources, and the log's decisions of the last days."""
    roles, first = schema.roles, schema.flow.main[0]
    statuses: Counter[str] = Counter()
    tiers: Counter[tuple[bool, str]] = Counter()
    categories: Counter[tuple[bool, str]] = Counter()
    months: Counter[tuple[int, int]] = Counter()
    known = frozenset(schema.status.values)
    tier_in = schema.tier.value_in
    undated = 0
    days_of = month_fields(schema)
    for source in sources:
        status = status_of(schema, source)
        statuses[status] += 1
        judged = status in known and status != first
        tiers[judged, tier_in(source)] += 1
        for category in source.items(roles.category) or ("",):
            categories[judged, category.strip()] += 1
        day = _when(source, days_of)
        if day is None:
            undated += 1
        else:
            months[day.year, day.month] += 1
    judged_tiers = _tiers(schema, tiers, (True,))
    all_tiers = _tiers(schema, tiers, (True, False))
    stages = tuple(_stages(schema, statuses))
    no_status = len(sources) - sum(stage.sources for stage in stages)
    days = _days(schema, log, today)
    left = statuses[first]
    return Stats(
        today=today,
        total=len(sources),
        judged=len(sources) - left - no_status,
        left=left,
        stages=stages,
        no_status=no_status,
        judged_tiers=judged_tiers,
        all_tiers=all_tiers,
        targets=schema.targets,
        inflation=_inflation(judged_tiers, schema.targets),
        guessed_inflation=_inflation(all_tiers, schema.targets),
        categories=_categories(categories),
        months=tuple((date(*month, 1), months[month]) for month in sorted(months)),
        undated=undated,
        days=days,
        outlook=_outlook(days, left, today),
    )


def month_fields(schema: Schema) -> tuple[str, ...]:
    """The fields that decide the month of a source: the day it was captured, else its own date."""
    return tuple(dict.fromkeys((*schema.capture.stamps, *schema.dates)))


def _when(source: Source, fields: Iterable[str]) -> date | None:
    for name in fields:
        if day := written_day(source.value(name)):
            return day
    return None


def _tiers(
    schema: Schema, counted: Mapping[tuple[bool, str], int], which: tuple[bool, ...]
) -> Tiers:
    counts = {
        tier: sum(counted.get((judged, tier), 0) for judged in which) for tier in schema.tier.values
    }
    everything = sum(count for (judged, _), count in counted.items() if judged in which)
    return Tiers(counts, everything - sum(counts.values()))


def _stages(schema: Schema, counts: Mapping[str, int]) -> Iterator[Stage]:
    main, archive = schema.flow.main, schema.flow.archive
    for place, name in enumerate(main):
        # An archived source was judged; how much further it came is unknown.
        beside = counts.get(archive, 0) if place < 2 and archive not in main else 0
        reached = sum(counts.get(later, 0) for later in main[place:]) + beside
        yield Stage(name, counts.get(name, 0), reached)
    for name in schema.status.values:
        if name not in main:
            yield Stage(name, counts.get(name, 0), None)


def _inflation(tiers: Tiers, targets: Mapping[str, float]) -> Inflation | None:
    """Inflation, when the upper tiers have more than chance and taste explain."""
    upper: list[str] = []
    target = 0.0
    for tier, share in targets.items():
        if target + share > 0.5:
            break
        upper.append(tier)
        target += share
    rated = tiers.rated
    if not upper or rated < FEWEST:
        return None
    count = sum(tiers.counts[tier] for tier in upper)
    # Below twice the standard error it may be chance, below ten points a matter of taste.
    margin = max(0.10, 2 * math.sqrt(target * (1 - target) / rated))
    clearly = count / rated > target + margin
    return Inflation(tuple(upper), count, rated, target) if clearly else None


def _categories(counted: Mapping[tuple[bool, str], int]) -> tuple[Category, ...]:
    names = {name for _, name in counted}
    found = [
        Category(name, counted.get((True, name), 0), counted.get((False, name), 0))
        for name in names
    ]
    return tuple(sorted(found, key=lambda c: (not c.name, -c.sources, c.name)))


def _days(schema: Schema, log: Iterable[Change], today: date) -> tuple[Day, ...]:
    """The last days, counted from the changes that were not undone."""
    first = schema.flow.main[0]
    begin = today - timedelta(days=DAYS - 1)
    decisions: Counter[date] = Counter()
    came_from: dict[tuple[date, str], str] = {}
    went_to: dict[tuple[date, str], str] = {}
    for change in log:
        if change.undone:
            continue
        day = change.time.astimezone().date()
        if day < begin:
            continue
        decisions[day] += len(change.files)
        for record in change.files:
            for field in record.fields:
                moved = status_move(schema, field.field, field.before, field.after)
                if moved:
                    before, after = moved
                    came_from.setdefault((day, record.name), before)
                    went_to[day, record.name] = after
    judged = Counter(
        day
        for (day, name), before in came_from.items()
        if before == first and went_to[day, name] != first
    )
    return tuple(
        Day(day, decisions[day], judged[day])
        for day in (begin + timedelta(days=number) for number in range(DAYS))
    )


def _outlook(days: Sequence[Day], left: int, today: date) -> Outlook | None:
    """The forecast at the recent pace; days before the first decision do not count."""
    recent = days[-PACE_DAYS:]
    if not any(day.decisions for day in days[:-PACE_DAYS]):
        begun = next((at for at, day in enumerate(recent) if day.decisions), len(recent))
        recent = recent[begun:]
    judged = sum(day.judged for day in recent)
    if not (left and judged):
        return None
    a_day = judged / len(recent)
    to_go = math.ceil(left / a_day)
    done_on = today + timedelta(days=to_go) if to_go <= FARTHEST else None
    return Outlook(a_day, len(recent), to_go, done_on)
