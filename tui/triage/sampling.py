"""Samples: what a few sources drawn at random say about all of their group.

The bounds are exact (Clopper and Pearson), so they also hold for a small sample and a rare error.
They count on drawing with replacement. Drawing each source at most once, as here, only makes them
safer for the share of the whole group.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import lru_cache
from random import Random
from typing import Any, NamedTuple

from tui.errors import SchemaError
from tui.triage.shape import mapping, number

CERTAINTY = 0.95
"""How often a bound is right, at least."""
_PRECISION = 1e-7
_LARGEST = 10_000
"""The largest sample."""


def draw(names: Iterable[str], count: int, seed: int | str | None = None) -> list[str]:
    """At most ``count`` of the names in random order, each set of them as likely as any other.

    The same ``seed`` draws the same ones, whatever the order of ``names``.
    """
    ordered = sorted(set(names))
    chance = Random(seed)  # noqa: S311 - nobody must be unable to guess it
    return chance.sample(ordered, min(count, len(ordered)))


@lru_cache(maxsize=4096)
def most_wrong(wrong: int, drawn: int, certainty: float = CERTAINTY) -> float:
    """The largest share wrong that still fits ``wrong`` of ``drawn``: an upper bound.

    With a larger share, so few would be wrong in less than 5 of 100 samples.
    """
    if wrong >= drawn:
        return 1.0
    return rising(lambda share: 1 - _at_most(wrong, drawn, share), certainty)


@lru_cache(maxsize=4096)
def interval(wrong: int, drawn: int, certainty: float = CERTAINTY) -> tuple[float, float]:
    """The least and the largest share wrong that fit ``wrong`` of ``drawn``."""
    side = 1 - (1 - certainty) / 2
    least = 0.0
    if wrong > 0:
        least = rising(lambda share: 1 - _at_most(wrong - 1, drawn, share), 1 - side)
    return least, most_wrong(wrong, drawn, side)


def _at_most(wrong: int, drawn: int, share: float) -> float:
    """The chance of at most ``wrong`` of ``drawn`` when ``share`` is wrong; 0 < share < 1."""
    log_wrong, log_right = math.log(share), math.log1p(-share)
    ways = math.lgamma(drawn + 1)
    logs = (
        ways
        - math.lgamma(number + 1)
        - math.lgamma(drawn - number + 1)
        + number * log_wrong
        + (drawn - number) * log_right
        for number in range(wrong + 1)
    )
    return min(1.0, math.fsum(map(math.exp, logs)))


def rising(chance: Callable[[float], float], wanted: float) -> float:
    """The share from 0 to 1 at which a rising chance is as wanted; rather too large."""
    low, high = 0.0, 1.0
    while high - low > _PRECISION:
        middle = (low + high) / 2
        low, high = (low, middle) if chance(middle) >= wanted else (middle, high)
    return high


def most_wrong_of_rest(wrong: int, drawn: int, group: int, certainty: float = CERTAINTY) -> int:
    """The largest number wrong among the sources of a group that were not drawn.

    Exact, as each was drawn at most once: with more, so few would be wrong in the sample in less
    than 5 of 100 draws.
    """
    rest = group - drawn
    if rest <= 0:
        return 0
    low, high = 0, rest
    while low < high:
        middle = (low + high + 1) // 2
        fits = _drawn_at_most(wrong, drawn, wrong + middle, group) > 1 - certainty
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


def _drawn_at_most(wrong: int, drawn: int, bad: int, group: int) -> float:
    """The chance that a sample has at most ``wrong`` of the ``bad`` sources of a group."""
    every = log_ways(group, drawn)
    numbers = range(max(0, drawn - (group - bad)), min(wrong, bad) + 1)
    logs = (
        log_ways(bad, number) + log_ways(group - bad, drawn - number) - every for number in numbers
    )
    return min(1.0, math.fsum(map(math.exp, logs)))


def log_ways(all: int, some: int) -> float:
    """The logarithm of the number of ways to choose some of all."""
    return math.lgamma(all + 1) - math.lgamma(some + 1) - math.lgamma(all - some + 1)


class SampleRules(NamedTuple):
    """The schema's rules for accepting a group by a sample."""

    size: int = 20
    """How many to draw."""
    most: float = 0.25
    """The largest bound of the share wrong with which the rest may be accepted."""


def read_sample(spec: Any) -> SampleRules:
    """The schema's part ``sample``. Raises SchemaError."""
    given = mapping(spec, "sample", SampleRules._fields)
    size = number(given.get("size", SampleRules().size), "size of sample")
    most = number(given.get("most", 100 * SampleRules().most), "most of sample")
    if size != int(size) or not 1 <= size <= _LARGEST:
        raise SchemaError(f"size of sample must be a whole number from 1 to {_LARGEST:,}.")
    if not 0 <= most <= 100:
        raise SchemaError("most of sample must be a number of per cent from 0 to 100.")
    return SampleRules(int(size), most / 100)


def percent_up(share: float) -> str:
    """A bound (0 to 1) as a percentage, never too small."""
    return f"{math.ceil(share * 100 - 1e-6)} %"
