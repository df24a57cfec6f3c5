"""Times the first frame beside a bare app's, until all sources are there, and keys meanwhile.

    python -m tests.bench.start VAULT [--runs N] [--large COUNT]

The runs of both apps take turns. A cold start has no cache; a warm one has what the start before
left. While the vault is being read, tab and shift+tab are pressed every 100 ms.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep

from tests.bench._pty import Picture, Session, all_there, bare, pictures, sluice
from tests.bench._table import milliseconds, percentile, ratio, row, say
from tests.bench.vaults import write_vault
from tui.vault.scan import scan

FRAME = "preview"
"""What both apps write in their first frame, above a pane."""
EACH = 0.1
"""Seconds between two keys while the vault is being read."""


@dataclass
class Figures:
    """The seconds that some starts took."""

    frames: list[float] = field(default_factory=list)
    bare_frames: list[float] = field(default_factory=list)
    cold: float = 0.0
    warm: float = 0.0
    keys: list[float] = field(default_factory=list)
    peak: float = 0.0


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Times the start of the app.")
    parser.add_argument("vault", type=Path)
    parser.add_argument("--runs", type=int, default=9, help="starts of each app a vault")
    parser.add_argument("--large", type=int, default=10_000, help="sources of the large vault")
    request = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        empty, large = Path(folder) / "empty", Path(folder) / "large"
        empty.mkdir()
        write_vault(large, request.large)
        say(f"{'':30}{'first frame, ms':>24}{'':>12}{'all there, ms':>24}"
            f"{'key while reading, ms':>24}{'MB':>12}")  # fmt: skip
        row("sources", "sluice", "bare", "ratio", "cold", "warm", "p50", "longest", "peak")
        for vault in (empty, request.vault, large):
            count = sum(Path(name).name.startswith("SOURCE-") for name in scan(vault, []))
            report(count, measure(vault, count, Path(folder), request.runs))


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
    figures.cold, _, _ = to_the_end(vault, count, home, keys=False)
    figures.warm, _, figures.peak = to_the_end(vault, count, home, keys=False)
    _, figures.keys, _ = to_the_end(vault, count, folder / f"home-{count}-keys", keys=True)
    return figures


def first_frame(command: list[str], home: Path) -> float:
    """Seconds from the start of the program to its first frame."""
    with Session(command, home) as session:
        return session.wait_for(FRAME) - session.began


def to_the_end(
    vault: Path, count: int, home: Path, *, keys: bool
) -> tuple[float, list[float], float]:
    """Seconds from the first frame until all is there, those that keys took, and MB."""
    shown = all_there(count)
    with Session(sluice(vault), home) as session:
        frame = session.wait_for(FRAME)
        pressed: list[float] = []
        if keys:
            pressed = list(press_panes(session, shown))
        there = session.wait_for(shown)
        session.rest(1.0)
        return there - frame, list(answers(session, pressed)), session.peak


def press_panes(session: Session, shown: str) -> Iterator[float]:
    """Go to the preview and back until the count is shown; when each key was pressed."""
    for number in range(600):
        yield session.press("\x1b[Z" if number % 2 else "\t")
        sleep(EACH)
        if number % 2 and session.has_written(shown):
            return


def answers(session: Session, pressed: list[float]) -> Iterator[float]:
    """Seconds from each key to the first picture in which the pane it goes to has the keys."""
    states = [(stamp, in_preview(picture)) for stamp, picture in pictures(session)]
    for number, at in enumerate(pressed):
        before = [state for stamp, state in states if stamp <= at]
        if before and before[-1] == (number % 2 == 0):
            # It was there already: the key before was late, and that one counts.
            continue
        for stamp, state in states:
            if stamp > at and state == (number % 2 == 0):
                yield stamp - at
                break


def in_preview(picture: Picture) -> bool:
    """Whether the key bar shows the keys of the preview."""
    return "j k scroll" in picture[-1]


def report(count: int, figures: Figures) -> None:
    """Print one line of the table."""
    row(
        f"{count:,}",
        *milliseconds(figures.frames, 0.5),
        *milliseconds(figures.bare_frames, 0.5),
        ratio(figures.frames, figures.bare_frames),
        f"{figures.cold * 1000:.0f}",
        f"{figures.warm * 1000:.0f}",
        *milliseconds(figures.keys, 0.5),
        f"{percentile(figures.keys, 1) * 1000:.1f}" if figures.keys else "-",
        f"{figures.peak:.0f}",
    )


if __name__ == "__main__":
    main()
