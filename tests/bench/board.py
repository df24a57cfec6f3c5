"""Times the notebooks' board: 10,000 made sources in 40 notebooks, one of them with 1,000 cards.

    python -m tests.bench.board [--count N] [--notebooks N] [--keys N]

Each key comes alone, and its time is until the screen is still. `j` in the queue and of the bare
app are there to compare with. An export writes the files of the largest notebook.
"""

from __future__ import annotations

import argparse
import tempfile
from itertools import cycle
from pathlib import Path
from time import perf_counter

from tests.bench._pty import Session, bare, sluice
from tests.bench._table import milliseconds, row, say
from tests.bench.keys import press
from tests.bench.vaults import write_vault
from tui.desk import Desk
from tui.notebooks.export import Wanted
from tui.state.folders import Folders

LARGE = 1_000
"""The cards of the first notebook."""
SIZES = (12, 25, 60, 200)
"""Cards of the others, in turns, until every second source is in one."""
KEYS = (
    ("j, k: next card", "j", "k"),
    ("G, g: last card, head", "G", "g"),
    ("ctrl+d, ctrl+u", "\x04", "\x15"),
    ("l, h: next column", "l", "h"),
    ("x, x: mark", "xk", "xk"),
    (">, u: move, undo", ">", "u"),
    ("enter, q: read", "\r", "q"),
    ("Y, esc: deliver", "Y", "\x1b"),
)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Times the notebooks' board.")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--notebooks", type=int, default=40)
    parser.add_argument("--keys", type=int, default=15, help="how often each key is pressed")
    request = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        vault = folder / "vault"
        write_vault(vault, request.count)
        members = fill(vault, request.notebooks)
        say(f"{request.count:,} sources, {members:,} of them in {request.notebooks} notebooks")
        row("ms until the screen is still", "p50", "p95", "CPU a key")
        with Session(sluice(vault), folder / "home") as session:
            session.wait_for(r"(of|all|raw) +\d")
            session.rest(3, 90)
            times, cpu = press(session, "j", "k", request.keys)
            row("j in the queue", *milliseconds(times, 0.5, 0.95), cpu)
            times, cpu = press(session, "b", "q", request.keys)
            row("b: the board", *milliseconds(times, 0.5, 0.95), cpu)
            session.answer("b")
            session.answer("g")
            session.answer("j")
            session.rest(1, 10)
            for what, key, back in KEYS:
                times, cpu = press(session, key, back, request.keys)
                row(what, *milliseconds(times, 0.5, 0.95), cpu)
        with Session(bare(request.count), folder / "other") as session:
            session.wait_for("preview")
            session.rest(0.5)
            times, cpu = press(session, "j", "k", request.keys)
            row("j in the bare app", *milliseconds(times, 0.5, 0.95), cpu)
        export(vault, folder)


def fill(vault: Path, notebooks: int) -> int:
    """Put every second source into a notebook; returns how many."""
    paths = sorted(vault.glob("*.md"))[::2]
    left, count = iter(paths), 0
    sizes = cycle(SIZES)
    for number in range(notebooks):
        size = LARGE if number == 0 else next(sizes)
        for _ in range(size):
            path = next(left, None)
            if path is None:
                return count
            text = path.read_text("utf-8")
            line = f'---\nnotebooks: ["{number:02} notebook"]\n'
            path.write_text(text.replace("---\n", line, 1), "utf-8")
            count += 1
    return count


def export(vault: Path, folder: Path) -> None:
    """Write the files of the largest notebook, all of them."""
    desk = Desk(vault, Folders(folder / "c", folder / "s", folder / "d"))
    desk.vault.load()
    delivery = desk.delivery
    began = perf_counter()
    counts = {name: delivery.routes(name, sources) for name, sources in desk.shelf.members()}
    seconds = perf_counter() - began
    say(f"members and routes of {len(counts)} notebooks: {1000 * seconds:.0f} ms")
    (name, sources) = max(desk.shelf.members(), key=lambda pair: len(pair[1]))
    began = perf_counter()
    wanted = Wanted(name, delivery.members(name, sources), with_manifest=True, with_all=True)
    report = delivery.exporter.export(wanted, folder / "out")
    seconds = perf_counter() - began
    say(f"export of {len(sources):,} sources: {len(report.outcomes):,} files in {seconds:.1f} s")
    desk.close()


if __name__ == "__main__":
    main()
