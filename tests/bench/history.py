"""Times the history of a source with many changes, in a journal of many more.

    python -m tests.bench.history [--changes N] [--journal N]

A new journal is read at once, as a command does, and then asked again and again, as the app does.
A frame has 16 ms.
"""

from __future__ import annotations

import argparse
import tempfile
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from tests.bench._table import say
from tui.vault.history.change import Change, FieldRecord, FileRecord, Patch, dump_change
from tui.vault.history.journal import Journal, as_line

ROUNDS = 50
NAME = "SOURCE-20260101-001.md"
MANY = 1, 500
"""Sources in every hundredth change: those of a person, and those of somebody with scripts."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Times the history of a source.")
    parser.add_argument("--changes", type=int, default=200, help="changes of the source")
    parser.add_argument("--journal", type=int, default=9_900, help="changes in all")
    request = parser.parse_args()
    for many in MANY:
        measure(request.changes, request.journal, many)


def measure(changes: int, total: int, many: int) -> None:
    """Time the history in one journal."""
    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder)
        size = write(state, changes, total, many)
        say(f"{total:,} changes in {size / 1e6:.1f} MB, {changes} of the source")
        began = perf_counter()
        journal = Journal(state)
        journal.standing()
        say(f"reading the journal: {(perf_counter() - began) * 1000:.1f} ms")
        clock, cpu = [], []
        for _ in range(ROUNDS):
            began, worked = perf_counter(), process_time()
            found = journal.of_file(NAME, "0" * 64, lambda _: False)
            clock.append(perf_counter() - began)
            cpu.append(process_time() - worked)
            if len(found) != changes:
                raise SystemExit(f"{len(found)} changes were found")
        for name, times in (("clock", clock), ("processor", cpu)):
            say(
                f"its history, {name}: {median(times) * 1000:.1f} ms median, "
                f"{min(times) * 1000:.1f} ms best, {max(times) * 1000:.1f} ms worst"
            )


def write(state: Path, changes: int, total: int, many: int) -> int:
    """A journal; its size in bytes."""
    began = datetime(2026, 1, 1, tzinfo=UTC)
    every = total // changes
    with (state / "journal.jsonl").open("wb") as file:
        for number in range(total):
            mine = number % every == 0 and number // every < changes
            count = many if number % 100 == 50 else 1
            names = [NAME] if mine else []
            names += [f"SOURCE-{number}-{at}.md" for at in range(count - len(names))]
            files = tuple(record(name, number) for name in names)
            time = began + timedelta(minutes=number)
            by = "importer" if number % 3 else ""
            change = Change(f"{number:012x}", "signal_tier = noise", time, files, False, by)
            file.write(as_line({"kind": "change", **dump_change(change)}))
        return file.tell()


def record(name: str, number: int) -> FileRecord:
    """What a change of two fields does to a file."""
    fields = (
        FieldRecord("signal_tier", "tactical", "noise"),
        FieldRecord("topics", ["a", "b"], ["a", "b", f"c{number}"]),
    )
    before = "signal_tier: tactical\ntopics:\n  - a\n  - b\n"
    after = f"signal_tier: noise\ntopics:\n  - a\n  - b\n  - c{number}\n"
    hashes = (sha256(f"{name} {at}".encode()).hexdigest() for at in (number, number + 1))
    return FileRecord(name, fields, Patch(120, before, after, *hashes))


if __name__ == "__main__":
    main()
