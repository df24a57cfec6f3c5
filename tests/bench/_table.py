"""How the figures of these programs are printed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from statistics import median


def say(line: str = "") -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def row(name: str, *cells: object, width: int = 12) -> None:
    """Print a row of a table, its cells so wide."""
    say(f"{name:<30}" + "".join(f"{_text(cell):>{width}}" for cell in cells))


def _text(cell: object) -> str:
    return f"{cell:.2f}" if isinstance(cell, float) else str(cell)


def percentile(times: Sequence[float], share: float) -> float:
    """The time that a share of them does not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def milliseconds(times: Sequence[float], *shares: float) -> list[str]:
    """Cells with these percentiles of times in seconds."""
    if not times:
        return ["-"] * len(shares)
    return [f"{percentile(times, share) * 1000:.1f}" for share in shares]


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> str:
    """A cell with the ratio of the medians."""
    if not ours or not theirs:
        return "-"
    return f"{median(ours) / median(theirs):.2f}"
