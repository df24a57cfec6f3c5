"""Times the history of a source with many changes, in a journal of many more.

    python -m tests.bench.history [--changes N] [--journal N]

A new journal is read at once, as a command does, and then asked again and again, as the app does.
Then the app opens it: once with H, the history of the source, and once with L, what was decided.
Of that it says what the keys wait for, in processor time of their thread: until the box is there,
and what showing its rows takes. A frame has 16 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from statistics import median
from time import perf_counter, process_time, thread_time
from typing import Any
from unittest.mock import patch

from textual.events import Key

from tests.bench._table import milliseconds, row, say
from tests.samples import HEADER
from tui.app.app import SluiceApp
from tui.app.boxes.moments import MomentsBox
from tui.app.boxes.picker import Picker
from tui.state.config import Config
from tui.state.folders import user_folders
from tui.state.greeting import Greeting
from tui.vault.history.change import Change, FieldRecord, FileRecord, Patch, dump_change
from tui.vault.history.journal import Journal, as_line

ROUNDS = 50
NAME = "SOURCE-20260101-001.md"
OPENED = 20
"""How often a box is opened."""
SOURCES = 300
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
    with tempfile.TemporaryDirectory() as home:
        for name in ("CONFIG", "STATE", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = str(Path(home) / name.lower())
        vault = Path(home) / "vault"
        vault.mkdir()
        for number in range(SOURCES):
            file = NAME if not number else f"SOURCE-20260102-{number:03}.md"
            (vault / file).write_text(HEADER.format(number=number, title=f"Number {number}"))
        state = user_folders().vault_state(vault)
        state.mkdir(parents=True)
        write(state, changes, total, many)
        Greeting(state).given()
        asyncio.run(open_boxes(vault))


async def open_boxes(vault: Path) -> None:
    """Open both lists in the app again and again, and a picker to compare with."""
    app = SluiceApp(vault, user_folders(), Config())
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause(3)
        row("ms, main thread", "box p50", "p95", "rows p50", "p95", "largest part")
        for key, name in (("H", "H, history"), ("L", "L, decided"), ("v", "v, the views")):
            opened = [await open_box(app, key) for _ in range(OPENED)]
            boxes, rows = [box for box, _ in opened], [sum(parts) for _, parts in opened]
            largest = [max((0.0, *parts)) for _, parts in opened]
            cells = *milliseconds(boxes, 0.5, 0.95), *milliseconds(rows, 0.5, 0.95)
            row(name, *cells, *milliseconds(largest, 1.0))


async def open_box(app: SluiceApp, key: str) -> tuple[float, list[float]]:
    """Press a key; the seconds until its box is there, and those that each part of rows takes."""
    there, parts = list[float](), list[float]()
    below, kind = app.screen, Picker if key == "v" else MomentsBox
    mount, take = kind.on_mount, MomentsBox.take_moments

    def mounted(box: Any) -> None:
        mount(box)
        there.append(thread_time())

    def took(box: MomentsBox, *news: Any) -> None:
        began = thread_time()
        take(box, *news)
        parts.append(thread_time() - began)

    with patch.object(kind, "on_mount", mounted), patch.object(MomentsBox, "take_moments", took):
        began = thread_time()
        app.post_message(Key(key, key))
        while not there:
            await asyncio.sleep(0.002)
        await asyncio.sleep(0.5)
    app.post_message(Key("escape", None))
    while app.screen is not below:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    return there[0] - began, parts


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
