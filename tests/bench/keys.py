"""Holds j down and times each step, the preview following, beside a bare app of as many rows.

    python -m tests.bench.keys VAULT [--steps N] [--rate HZ]

The time of a step is from the key written to the cursor drawn on its row ("cursor"), and to the
last change of the screen before the next key ("all"). "behind" is the most keys that were waiting
when another came. `tab`, `i` and `/` come one at a time.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

from tests.bench._pty import Session, bare, bursts, cursor_rows, settled, sluice
from tests.bench._table import milliseconds, ratio, row, say
from tui.vault.reading.scan import scan

SINGLE = (("tab", "\t", "\x1b[Z"), ("i, then esc", "i", "\x1b"), ("slash, then esc", "/", "\x1b"))
"""A key, and the one that takes it back."""


@dataclass
class Held:
    """What a key held down did."""

    cursor: list[float]
    whole: list[float]
    behind: int
    cpu: float
    """Milliseconds of processor time a key."""


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Times keys held down.")
    parser.add_argument("vault", type=Path)
    parser.add_argument("--steps", type=int, default=300, help="how often j comes")
    parser.add_argument("--rate", type=float, default=30.0, help="how often a second")
    request = parser.parse_args()
    count = sum(1 for _ in scan(request.vault, []))
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
        with Session(sluice(request.vault), Path(folder)) as session:
            session.wait_for(r" of \d|raw +\d")
            session.rest(1.5, 60)
            ours = hold(session, request.steps, request.rate)
            singles = [(name, *press(session, key, back)) for name, key, back in SINGLE]
        with Session(bare(count), Path(other)) as session:
            session.wait_for("preview")
            session.rest(0.5)
            theirs = hold(session, request.steps, request.rate)
            bare_tab = press(session, "\t", "\x1b[Z")
    say(f"j {request.rate:.0f} times a second, {request.steps} times, {count:,} sources")
    row("ms", "cursor p50", "p95", "p99", "all p50", "p95", "behind", "CPU a key")
    for name, held in (("sluice", ours), ("bare", theirs)):
        row(name, *milliseconds(held.cursor, 0.5, 0.95, 0.99),
            *milliseconds(held.whole, 0.5, 0.95), held.behind, held.cpu)  # fmt: skip
    row("ratio", ratio(ours.cursor, theirs.cursor), "", "", ratio(ours.whole, theirs.whole),
        "", "", ours.cpu / theirs.cpu)  # fmt: skip
    say()
    row("ms", "p50", "p95", "CPU a key")
    for name, times, cpu in (*singles, ("bare: tab", *bare_tab)):
        row(name, *milliseconds(times, 0.5, 0.95), cpu)


def hold(session: Session, steps: int, rate: float) -> Held:
    """Press j so often, at even times, and see when each came to be shown."""
    before, start = session.cpu, perf_counter() + 0.1
    pressed = []
    for number in range(steps):
        sleep(max(0.0, start + number / rate - perf_counter()))
        pressed.append(session.press("j"))
    session.rest(0.3)
    cpu = (session.cpu - before) * 1000 / steps
    shown = list(cursor_rows(session, pressed[0]))
    cursor = [
        next((stamp for stamp, gone in shown if gone > number), float("inf")) - at
        for number, at in enumerate(pressed)
    ]
    if cursor[-1] == float("inf"):
        say(f"only {shown[-1][1] if shown else 0} of {steps} steps were seen")
    cursor = [took for took in cursor if took < float("inf")]
    answered = [at + took for at, took in zip(pressed, cursor, strict=False)]
    behind = max(
        number + 1 - sum(when <= at for when in answered) for number, at in enumerate(pressed)
    )
    whole = [last for _, last in settled(session, pressed)]
    return Held(cursor, whole, behind - 1, cpu)


def press(session: Session, key: str, back: str, times: int = 15) -> tuple[list[float], float]:
    """Seconds that a key takes until the screen is still, and milliseconds of CPU for both."""
    before, pressed = session.cpu, []
    for _ in range(times):
        pressed.append(session.answer(key))
        pressed.append(session.answer(back, 0.25))
    cpu = (session.cpu - before) * 1000 / len(pressed)
    return [last for _, last in bursts(session, pressed)][::2], cpu


if __name__ == "__main__":
    main()
