"""Times the first frame beside a bare app's, until all sources are there, and keys meanwhile.

    python -m tests.bench.start VAULT [--runs N] [--large COUNT]

The runs of both apps take turns. A cold start has no cache; a warm one has what the start before
left. In a cold and a warm start more, j is pressed every 100 ms from the first row on until some
seconds after all is there, and a heart in the app's loop tells how long anything blocked it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, sleep

from tests.bench._pty import CURSOR, Session, all_there, bare, cursor_rows, sluice
from tests.bench._table import milliseconds, ratio, row, say
from tests.bench.vaults import sources_in, write_vault

FRAME = "queue"
"""What both apps write in their first frame, above a pane."""
EACH = 0.1
"""Seconds between two keys while the vault is being read."""
AFTER = 3.0
"""Seconds after which even a large vault that was there before is indexed and watched."""
BLOCKED = 0.050
"""Seconds that nothing may block the loop."""


@dataclass
class Answers:
    """How keys were answered while a vault was read."""

    keys: list[float] = field(default_factory=list)
    """Seconds from each key to the cursor on its row."""
    blocks: list[float] = field(default_factory=list)
    """Seconds that the loop was blocked, each time it was for more than 10 ms."""


@dataclass
class Figures:
    """The seconds that some starts took."""

    frames: list[float] = field(default_factory=list)
    bare_frames: list[float] = field(default_factory=list)
    cold: float = 0.0
    warm: float = 0.0
    cold_answers: Answers = field(default_factory=Answers)
    warm_answers: Answers = field(default_factory=Answers)
    peak: float = 0.0


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Times the start of the app.")
    parser.add_argument("vault", type=Path)
    parser.add_argument("--runs", type=int, default=9, help="starts of each app a vault")
    parser.add_argument("--large", type=int, default=10_000, help="sources of the large vault")
    request = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        empty, large = Path(folder) / "empty", Path(folder) / "large"
        empty.mkdir()
        write_vault(large, request.large)
        say(f"{'':30}{'first frame, ms':>24}{'':>12}{'all there, ms':>24}{'MB':>12}")
        row("sources", "sluice", "bare", "ratio", "cold", "warm", "peak")
        kinds = []
        for vault in (empty, request.vault, large):
            count = len(sources_in(vault, Path(folder) / "state"))
            figures = measure(vault, count, Path(folder), request.runs)
            report(count, figures)
            kinds.append((count, "cold", figures.cold_answers))
            kinds.append((count, "warm", figures.warm_answers))
        say()
        say(f"{'':30}{'key while reading, ms':>48}{'block, ms':>24}")
        row("sources", "keys", "p50", "p95", "longest", "longest", "over 50")
        for count, kind, answers in kinds:
            if answers.keys:
                report_answers(f"{count:,} {kind}", answers)


def measure(vault: Path, count: int, folder: Path, runs: int) -> Figures:
    """Start both apps in turns, then sluice once cold and once warm to the end."""
    figures = Figures()
    for number in range(runs + 1):
        ours = first_frame(sluice(vault), folder / f"home-{count}-{number}")
        theirs = first_frame(bare(), folder / "home-bare")
        # The first start of each reads the programs from the disk.
        if number:
            figures.frames.append(ours)
            figures.bare_frames.append(theirs)
    home = folder / f"home-{count}"
    figures.cold, _ = to_the_end(vault, count, home)
    figures.warm, figures.peak = to_the_end(vault, count, home)
    home = folder / f"home-{count}-keys"
    figures.cold_answers = answers_while_read(vault, count, home)
    figures.warm_answers = answers_while_read(vault, count, home)
    return figures


def first_frame(command: list[str], home: Path) -> float:
    """Seconds from the start of the program to its first frame."""
    with Session(command, home) as session:
        return session.wait_for(FRAME) - session.began


def to_the_end(vault: Path, count: int, home: Path) -> tuple[float, float]:
    """Seconds from the first frame until all is there, and MB."""
    with Session(sluice(vault), home) as session:
        frame = session.wait_for(FRAME)
        there = session.wait_for(all_there(count))
        session.rest(1.0)
        return there - frame, session.peak


def answers_while_read(vault: Path, count: int, home: Path) -> Answers:
    """Press j from the first row on, until everything has been there for a while."""
    if not count:
        return Answers()
    beats = home.with_suffix(".beats")
    command = [sys.executable, "-m", "tests.bench._beats", str(beats), str(vault)]
    with Session(command, home) as session:
        session.wait_for(CURSOR)
        pressed = list(press_down(session, all_there(count)))
        session.rest(0.5)
        blocks = [float(line.split()[1]) for line in beats.read_text().splitlines()]
        return Answers(list(cursor_times(session, pressed)), blocks)


def press_down(session: Session, shown: str) -> Iterator[float]:
    """Press j until the count has been shown for a while; when each key was pressed."""
    end = float("inf")
    while perf_counter() < end:
        yield session.press("j")
        sleep(EACH)
        if end == float("inf") and session.has_written(shown):
            end = perf_counter() + AFTER


def cursor_times(session: Session, pressed: list[float]) -> Iterator[float]:
    """Seconds from each key to the cursor on its row."""
    shown = list(cursor_rows(session, pressed[0]))
    for number, at in enumerate(pressed):
        stamp = next((stamp for stamp, gone in shown if gone > number), None)
        if stamp is not None:
            yield stamp - at


def report(count: int, figures: Figures) -> None:
    """Print one line of the table."""
    row(
        f"{count:,}",
        *milliseconds(figures.frames, 0.5),
        *milliseconds(figures.bare_frames, 0.5),
        ratio(figures.frames, figures.bare_frames),
        f"{figures.cold * 1000:.0f}",
        f"{figures.warm * 1000:.0f}",
        f"{figures.peak:.0f}",
    )


def report_answers(name: str, answers: Answers) -> None:
    """Print one line of the table of keys."""
    row(
        name,
        len(answers.keys),
        *milliseconds(answers.keys, 0.5, 0.95, 1),
        *milliseconds(answers.blocks or [0.0], 1),
        sum(block > BLOCKED for block in answers.blocks),
    )


if __name__ == "__main__":
    main()
