"""Times reading a vault, one change and one undo, beside a bare write of the same bytes.

    python -m tests.bench.saving VAULT [--each N]

Works on a copy. The bare write is what no change can do without: a temporary file, fsync,
rename, fsync of the folder.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time

from tui.triage.changes import set_field
from tui.triage.schema import load_schema
from tui.vault.vault import Vault


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Times reading, changing and undoing.")
    parser.add_argument("vault", type=Path)
    parser.add_argument("--each", type=int, default=200, help="how many sources to change")
    request = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "vault"
        shutil.copytree(request.vault, copy)
        measure(copy, Path(folder) / "state", request.each)


def measure(copy: Path, state: Path, each: int) -> None:
    """Time everything on a copy that may be changed."""
    schema = load_schema(copy)
    began, cpu = perf_counter(), process_time()
    vault = Vault(copy, state)
    vault.load()
    took, worked = perf_counter() - began, process_time() - cpu
    count = len(vault.sources)
    say(f"{count} sources read in {took * 1000:.0f} ms wall, {worked * 1000:.0f} ms CPU")
    chosen = [source for source in vault.sources if source.problem is None][:each]

    def change(index: int) -> None:
        source = vault.get(chosen[index].name)
        value = "noise" if source.text("signal_tier") != "noise" else "tactical"
        proposal = set_field(schema, [source], "signal_tier", value)
        vault.commit(proposal.label, proposal.edits)

    say(f"{'':<14} {'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>8}")
    bare = row("bare write", len(chosen), lambda index: bare_write(chosen[index].path))
    ours = row("one change", len(chosen), change)
    row("one undo", len(chosen), lambda _index: vault.undo() and None)
    say(f"a change costs {ours / bare:.2f} times the bare write")


def bare_write(path: Path) -> None:
    """The same bytes again, safely."""
    data = path.read_bytes()
    temporary = path.with_suffix(".bare")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def row(name: str, count: int, work: Callable[[int], None]) -> float:
    """Time ``work`` for each index, print a row and return the median in seconds."""
    times: list[float] = []
    cpu = process_time()
    for index in range(count):
        began = perf_counter()
        work(index)
        times.append(perf_counter() - began)
    worked = (process_time() - cpu) / count
    high = quantiles(times, n=20)[-1]
    say(f"{name:<14} {median(times) * 1000:8.2f} {high * 1000:8.2f} {worked * 1000:8.2f}")
    return median(times)


def say(line: str) -> None:
    """Print a line of the table."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
