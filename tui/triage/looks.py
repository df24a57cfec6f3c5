"""Looks: what a sample still says that was made larger because it was not good enough.

Who may look again and again is right by chance once. So a bound after several looks counts how
often the rest would have been accepted by now: at an earlier look, or with as few wrong at this
one. With a larger share wrong than the bound, that is so in less than 5 of 100 samples. After one
look it is the usual bound.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from tui.triage.sampling import CERTAINTY, log_ways, rising

Look = tuple[int, int]
"""How many were drawn by then, and how many of them could be wrong for the rest to be accepted."""
Looks = tuple[Look, ...]
SMALL = 100
"""Of a group of up to so many sources, it is counted how many can be wrong."""
_NOTHING = 1e-15
"""Chances below this change no bound."""
_Chances = Callable[[int, int, int], list[float]]
"""Of 0, 1, … wrong among so many more, after so many drawn with so many wrong."""


@lru_cache(maxsize=4096)
def most_wrong_after(earlier: Looks, wrong: int, drawn: int) -> float:
    """The largest share wrong in a group that fits ``wrong`` of ``drawn`` after earlier looks."""
    if wrong >= drawn:
        return 1.0
    looks = (*earlier, (drawn, wrong))
    return rising(lambda share: 1 - _accepted(looks, _of_many(share)), CERTAINTY)


@lru_cache(maxsize=4096)
def most_wrong_in(earlier: Looks, wrong: int, drawn: int, group: int) -> int:
    """The largest number wrong in a group that fits, each being drawn at most once."""
    looks = (*earlier, (drawn, wrong))
    low, high = wrong, wrong + group - drawn
    while low < high:
        middle = (low + high + 1) // 2
        fits = _accepted(looks, _of_group(group, middle)) > 1 - CERTAINTY
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


@lru_cache(maxsize=4096)
def most_accepted(earlier: Looks, drawn: int, most: float) -> int:
    """How many of ``drawn`` may be wrong for at most the share ``most`` to be; -1 for none."""
    if not 0 < most < 1:
        return drawn if most else -1
    chances = _of_many(most)
    low, high = -1, drawn - 1
    while low < high:
        middle = (low + high + 1) // 2
        fits = _accepted((*earlier, (drawn, middle)), chances) <= 1 - CERTAINTY
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


def _accepted(looks: Looks, chances: _Chances) -> float:
    """How probable it is that at some look as few are wrong as that look accepts."""
    going, before, accepted = {0: 1.0}, 0, 0.0
    for drawn, most in looks:
        after = dict[int, float]()
        for wrong, probable in going.items():
            for new, chance in enumerate(chances(before, wrong, drawn - before)):
                if (now := probable * chance) > _NOTHING:
                    after[wrong + new] = after.get(wrong + new, 0.0) + now
        accepted += math.fsum(probable for wrong, probable in after.items() if wrong <= most)
        going = {wrong: probable for wrong, probable in after.items() if wrong > most}
        before = drawn
    return min(1.0, accepted)


def _of_many(share: float) -> _Chances:
    """From very many sources, a share of them wrong; 0 < share < 1."""
    wrong, right = math.log(share), math.log1p(-share)

    @lru_cache
    def chances(more: int) -> list[float]:
        counts = range(more + 1)
        return [math.exp(log_ways(more, n) + n * wrong + (more - n) * right) for n in counts]

    return lambda _drawn, _wrong, more: chances(more)


def _of_group(group: int, bad: int) -> _Chances:
    """From a group with so many wrong."""

    def chances(drawn: int, wrong: int, more: int) -> list[float]:
        left, wrong_left = group - drawn, bad - wrong
        every = log_ways(left, more)

        def chance(new: int) -> float:
            if new > wrong_left or more - new > left - wrong_left:
                return 0.0
            logs = log_ways(wrong_left, new) + log_ways(left - wrong_left, more - new)
            return math.exp(logs - every)

        return [chance(new) for new in range(more + 1)] if wrong_left >= 0 else []

    return chances
