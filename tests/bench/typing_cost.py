"""What each key costs while a query is typed: every beginning of it is asked."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterable

from tests.bench.engines import made_lookup
from tests.search.half_remembered import Question
from tui.search.lookup import Lookup
from tui.vault.source import Source

SCREEN = 60
"""Rows that are looked at after a key."""
LONGEST = 60
"""Letters of the longest query that is typed; a longer one is pasted."""
WORST = 12


def type_out(sources: list[Source], questions: Iterable[Question]) -> None:
    """Print the CPU time of the keys with which the questions are typed."""
    started = time.process_time()
    lookup = made_lookup(sources)
    print(f"index built in {time.process_time() - started:.2f} s")  # noqa: T201
    gc.freeze()
    costs = sorted(
        (key_cost(lookup, question.query[:size]), question.query[:size])
        for question in questions
        if len(question.query) <= LONGEST
        for size in range(1, len(question.query) + 1)
    )
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    cells = ", ".join(f"{name} {costs[int(len(costs) * s)][0]:.2f}" for name, s in shares.items())
    print(f"{len(costs)} keys: CPU ms {cells}, worst {costs[-1][0]:.1f}")  # noqa: T201
    worst = {query: cost for cost, query in costs[-4 * WORST :]}
    print("worst: " + ", ".join(f"{q!r} {c:.0f}" for q, c in list(worst.items())[-WORST:]))  # noqa: T201


def key_cost(lookup: Lookup, typed: str) -> float:
    """The ms from a key to the count of the hits and a screen full of them."""
    started = time.process_time()
    hits = lookup.find(typed)
    _ = len(hits), [hit.source.name for hit in hits[:SCREEN]]
    return (time.process_time() - started) * 1000
