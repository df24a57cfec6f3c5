"""How sure scores are: they become chances that hold for sources that were not learnt."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

STEEPNESSES = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0)
DOUBTS = (0.01, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4)
_LEAST = 1e-6
"""What a chance counts at least: one quite wrong answer is not to outweigh all others."""
_UNKNOWN = 1
"""Sources about which the scores say nothing, before any is held out: few tell too little."""


class Calibration(NamedTuple):
    """How one field's scores become chances."""

    steepness: float = STEEPNESSES[0]
    """How quickly a score above the others makes sure."""
    doubt: float = DOUBTS[0]
    """The share of sources about which the scores say nothing: it goes to all values alike."""

    def chances(self, scores: Mapping[str, float]) -> dict[str, float]:
        """Scores turned into chances that add up to one."""
        sharp = _softmax(scores, self.steepness)
        even = self.doubt / len(scores) if scores else 0.0
        return {value: even + (1.0 - self.doubt) * part for value, part in sharp.items()}


class Calibrator:
    """Finds how sure scores are: as they say of sources that were held out."""

    def __init__(self) -> None:
        # As if one had been counted already about which the scores say nothing.
        prior = [_UNKNOWN * math.log(max(doubt, _LEAST)) for doubt in DOUBTS]
        self._fits = [prior[:] for _ in STEEPNESSES]

    def count(self, scores: Mapping[str, float], value: str, weight: float) -> None:
        """Take in the scores of one source, and the value that it has."""
        each = 1.0 / len(scores)
        for fits, steepness in zip(self._fits, STEEPNESSES, strict=True):
            chance = _softmax(scores, steepness)[value]
            for i, doubt in enumerate(DOUBTS):
                held = doubt * each + (1.0 - doubt) * chance
                fits[i] += weight * math.log(max(held, _LEAST))

    def best(self) -> Calibration:
        """What makes the values that the sources have likeliest, all together."""
        _, steepness, doubt = max(
            (fit, steepness, doubt)
            for fits, steepness in zip(self._fits, STEEPNESSES, strict=True)
            for fit, doubt in zip(fits, DOUBTS, strict=True)
        )
        return Calibration(steepness, doubt)


def _softmax(scores: Mapping[str, float], steepness: float) -> dict[str, float]:
    best = max(scores.values(), default=0.0)
    raised = {value: math.exp(steepness * (score - best)) for value, score in scores.items()}
    total = sum(raised.values())
    return {value: part / total for value, part in raised.items()}
