"""Times marks and changes of many sources, beside bare writes of the same files.

    python -m tests.bench.bulk VAULT [--each N]

Works on a copy below TMPDIR. The bare write is what no change can do without: a temporary
file, fsync, rename, fsync of the folder. Keys are timed from the key written to the screen
still; the change is timed to the last of its files on disk.
"""

from __future__ import annotations

import argparse
import gc
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from tests.bench._pty import Session, settled, sluice
from tests.bench._table import milliseconds, row, say
from tests.bench.saving import bare_write
from tui.triage.bulk import plan_each
from tui.triage.changes import promote
from tui.triage.schema import load_schema
from tui.vault.source import Source
from tui.vault.vault import Vault

TIMES = 10
"""How often each key is pressed."""


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description="Times marks and changes of many sources.")
    parser.add_argument("vault", type=Path)
    parser.add_argument("--each", type=int, default=1_000, help="how many sources to change")
    request = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "vault"
        shutil.copytree(request.vault, copy)
        change(copy, Path(folder) / "state", request.each)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "vault"
        shutil.copytree(request.vault, copy)
        keys(copy, Path(folder) / "home")


def change(copy: Path, state: Path, each: int) -> None:
    """Time one change of many sources and its undo on a copy that may be changed."""
    schema = load_schema(copy)
    vault = Vault(copy, state, rule=schema.rule)
    vault.load()

    def make(schema: object, sources: list[Source]) -> object:
        return promote(schema, sources, date(2026, 3, 1))  # type: ignore[arg-type]

    # As the app does once it has read the vault.
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 5, 40)
    sources = list(vault.sources)
    planned = [timed(lambda: plan_each(make, schema, sources))[0] for _ in range(5)]  # type: ignore[arg-type]
    say(f"{len(sources):,} marked sources planned in {median(planned) * 1000:.0f} ms")
    chosen = [s for s in sources if s.problem is None and s.text("status") == "raw"][:each]
    plan = plan_each(make, schema, chosen)  # type: ignore[arg-type]
    texts = [(source.path, source.path.read_bytes()) for source in chosen]

    def write_all() -> None:
        for path, data in texts:
            bare_write(path, data)

    bare, bare_cpu = timed(write_all)
    ours, ours_cpu = timed(lambda: vault.commit(plan.planned.label, plan.edits))
    back, back_cpu = timed(vault.undo)
    row(f"{len(chosen):,} sources", "seconds", "CPU s", "times bare")
    for name, wall, cpu in (
        ("bare writes", bare, bare_cpu),
        ("one change", ours, ours_cpu),
        ("one undo", back, back_cpu),
    ):
        row(name, wall, cpu, wall / bare)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """The seconds that work takes, and those of the processor."""
    cpu, began = process_time(), perf_counter()
    work()
    return perf_counter() - began, process_time() - cpu


def keys(copy: Path, home: Path) -> None:
    """Time keys that mark, and the box that asks, in the app on a copy."""
    with Session(sluice(copy), home) as session:
        session.wait_for(r" of \d|raw +\d")
        session.rest(1.5, 60)
        session.answer("v", 0.4)
        session.answer("all\r", 1.0)
        marks = press(session, "*", "X")
        session.answer("*", 0.4)
        single = press(session, "x", "x")
        asked = press(session, "p", "\x1b", 1.0)
        row("ms, key to screen", "p50", "p95")
        for name, times in (
            ("* marks all", marks),
            ("x, all others marked", single),
            ("p with all marked, to the sums", asked),
        ):
            row(name, *milliseconds(times, 0.5, 0.95))


def press(session: Session, key: str, back: str, quiet: float = 0.25) -> list[float]:
    """Seconds that a key takes until the screen's text is still; ``back`` comes after each."""
    pressed = []
    for _ in range(TIMES):
        pressed.append(session.answer(key, quiet))
        pressed.append(session.answer(back, 0.4))
    return [last for _, last in settled(session, pressed)][::2]


if __name__ == "__main__":
    main()
