"""Times reading a vault, one change and one undo, beside a bare write of the same bytes.

    python -m tests.bench.saving VAULT [--each N]

Works on a copy below TMPDIR. The bare write is what no change can do without: a temporary
file, fsync, rename, fsync of the folder. All three take turns, source by source, so that
whatever else the machine does slows them alike.
"""

from __future__ import annotations

import argparse
import gc
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
from tui.vault.source import Source
from tui.vault.vault import Vault

WARM = 5
"""Rounds before those that count."""


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Times reading, changing and undoing.")
    parser.add_argument("vault", type=Path)
    parser.add_argument("--each", type=int, default=400, help="how many sources to change")
    request = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "vault"
        shutil.copytree(request.vault, copy)
        measure(copy, Path(folder) / "state", request.each)


def measure(copy: Path, state: Path, each: int) -> None:
    """Time everything on a copy that may be changed."""
    schema = load_schema(copy)
    began, cpu = perf_counter(), process_time()
    vault = Vault(copy, state, rule=schema.rule)
    vault.load()
    took, worked = perf_counter() - began, process_time() - cpu
    count = len(vault.sources)
    say(f"{count} sources read in {took * 1000:.0f} ms wall, {worked * 1000:.0f} ms CPU")

    def change(source: Source) -> None:
        value = "noise" if source.text("signal_tier") != "noise" else "tactical"
        proposal = set_field(schema, [source], "signal_tier", value)
        vault.commit(proposal.label, proposal.edits)

    # As the app does once it has read the vault.
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 5, 40)
    bare, ours, back = Timed("bare write"), Timed("one change"), Timed("one undo")
    chosen = [source for source in vault.sources if source.problem is None][:each]
    for number, source in enumerate(chosen):
        if number == WARM:
            for timed in (bare, ours, back):
                timed.forget()
        data = source.path.read_bytes()
        bare.run(lambda path=source.path, data=data: bare_write(path, data))
        ours.run(lambda source=source: change(source))
        back.run(vault.undo)
    say(f"{'':<14} {'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>8}")
    for timed in (bare, ours, back):
        say(timed.row)
    say(f"a change costs {ours.middle / bare.middle:.2f} times the bare write")
    say(f"an undo costs {back.middle / bare.middle:.2f} times the bare write")


def bare_write(path: Path, data: bytes) -> None:
    """The same bytes again, safely."""
    temporary = f"{path}.bare"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.write(descriptor, data)
    os.fsync(descriptor)
    os.close(descriptor)
    os.rename(temporary, path)  # noqa: PTH104 - as bare as it can be
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


class Timed:
    """How long one kind of work took, each time it was done."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.forget()

    def forget(self) -> None:
        """Begin anew: the first times are not like the others."""
        self._times: list[float] = []
        self._cpu = 0.0

    def run(self, work: Callable[[], object]) -> None:
        """Do the work and take its time."""
        cpu, began = process_time(), perf_counter()
        work()
        self._times.append(perf_counter() - began)
        self._cpu += process_time() - cpu

    @property
    def middle(self) -> float:
        """The median, in seconds."""
        return median(self._times)

    @property
    def row(self) -> str:
        """A line of the table."""
        high = quantiles(self._times, n=20)[-1]
        cpu = self._cpu / len(self._times)
        figures = (self.middle, high, cpu)
        return f"{self._name:<14} " + " ".join(f"{figure * 1000:8.2f}" for figure in figures)


def say(line: str) -> None:
    """Print a line of the table."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
