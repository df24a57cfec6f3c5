"""Calibration: turn scores into probabilities that hold for unseen sources."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

STEEPNESSES = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0)
DOUBTS = (0.01, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4)
_LEAST = 1e-6
"""Minimum probability, so that one wrong answer does not outweigh all others."""
_UNKNOWN = 1
"""Weight of a prior example without information, because few examples say too little."""


class Calibration(NamedTuple):
    """How a field's scores become probabilities."""

    steepness: float = STEEPNESSES[0]
    """How strongly a higher score raises the probability."""
    doubt: float = DOUBTS[0]
    """The share of probability that is spread over all values equally."""

    def chances(self, scores: Mapping[str, float]) -> dict[str, float]:
        """Turn scores into probabilities that add up to one."""
        sharp = _softmax(scores, self.steepness)
        even = self.doubt / len(scores) if scores else 0.0
        return {value: even + (1.0 - self.doubt) * part for value, part in sharp.items()}


class Calibrator:
    """Finds the calibration from the scores of held-out sources."""

    def __init__(self, steepnesses: Sequence[float] = STEEPNESSES) -> None:
        # Start with the prior example.
        prior = [_UNKNOWN * math.log(max(doubt, _LEAST)) for doubt in DOUBTS]
        self._steepnesses = steepnesses
        self._fits = [prior[:] for _ in steepnesses]

    def count(self, scores: Mapping[str, float], value: str, weight: float) -> None:
        """Count the scores of a source and its actual value."""
        each = 1.0 / len(scores)
        for fits, steepness in zip(self._fits, self._steepnesses, strict=True):
            chance = _softmax(scores, steepness)[value]
            for i, doubt in enumerate(DOUBTS):
                held = doubt * each + (1.0 - doubt) * chance
                fits[i] += weight * math.log(max(held, _LEAST))

    def best(self) -> Calibration:
        """The calibration with the highest likelihood of the actual values."""
        _, steepness, doubt = max(
            (fit, steepness, doubt)
            for fits, steepness in zip(self._fits, self._steepnesses, strict=True)
            for fit, doubt in zip(fits, DOUBTS, strict=True)
        )
        return Calibration(steepness, doubt)


def _softmax(scores: Mapping[str, float], steepness: float) -> dict[str, float]:
    best = max(scores.values(), default=0.0)
    raised = {value: math.exp(steepness * (score - best)) for value, score in scores.items()}
    total = sum(raised.values())
    return {value: part / total for value, part in raised.items()}
