"""Times tier keys and u in a view of confirmed sources, beside a long undo journal.

    python -m tests.bench.deciding [--sources N] [--journal N] [--presses N]

Sets the tier, sets it again, which confirms nothing more, and undoes. Of each it says what the
thread that answers keys works, in processor time, and how long a key would have had to wait at
most, by the clock. A frame has 16 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from time import perf_counter, thread_time

from textual.events import Key

from tests.bench._table import milliseconds, row, say
from tests.bench.vaults import numbered_vault
from tui.app.app import SluiceApp
from tui.state.config import Config
from tui.state.folders import user_folders
from tui.state.greeting import Greeting
from tui.vault.history.change import Change, FieldRecord, FileRecord, Patch, dump_change
from tui.vault.history.journal import as_line

SETTLED = 20.0
"""Seconds until the vault is read and learnt."""
QUIET = 0.4
"""Seconds after a key in which its work is done."""
BEAT = 0.001
KEYS = ("1", "tier key"), ("1", "the same again"), ("u", "u")
VIEW = "views: {confirmed: 'has:confirmed'}\n"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Times decisions beside a long undo journal.")
    parser.add_argument("--sources", type=int, default=10_000)
    parser.add_argument("--journal", type=int, default=100_000, help="changes in the journal")
    parser.add_argument("--presses", type=int, default=30, help="how often each key comes")
    request = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        vault, names = numbered_vault(Path(home), request.sources)
        (vault / "sluice.yaml").write_text(VIEW)
        state = user_folders().vault_state(vault)
        state.mkdir(parents=True)
        size = write(state, names, request.journal)
        Greeting(state).given()
        say(f"{request.sources:,} sources, {request.journal:,} changes in {size / 1e6:.1f} MB")
        asyncio.run(press_keys(vault, request.presses))


async def press_keys(vault: Path, presses: int) -> None:
    """Press the keys in the app, and print the table."""
    app = SluiceApp(vault, user_folders(), Config())
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause(SETTLED)
        took: dict[str, list[float]] = {name: [] for _, name in KEYS}
        waits: dict[str, list[float]] = {name: [] for _, name in KEYS}
        for _ in range(presses):
            for key, name in KEYS:
                worked, waited = await press(app, key)
                took[name].append(worked)
                waits[name].append(waited)
        row("ms", "work p50", "worst", "wait p50", "worst")
        for name, times in took.items():
            row(name, *milliseconds(times, 0.5, 1.0), *milliseconds(waits[name], 0.5, 1.0))


async def press(app: SluiceApp, key: str) -> tuple[float, float]:
    """The seconds that a key's thread works for it, and the longest that another key would wait."""
    worst, idle = 0.0, await idle_work()
    worked, began = thread_time(), perf_counter()
    app.post_message(Key(key, key))
    while perf_counter() < began + QUIET:
        before = perf_counter()
        await asyncio.sleep(BEAT)
        worst = max(worst, perf_counter() - before - BEAT)
    return max(0.0, thread_time() - worked - idle), worst


async def idle_work() -> float:
    """What the beats themselves take."""
    worked, began = thread_time(), perf_counter()
    while perf_counter() < began + QUIET:
        await asyncio.sleep(BEAT)
    return thread_time() - worked


def write(state: Path, names: list[str], total: int) -> int:
    """A journal in which a person set tiers; its size in bytes."""
    began = datetime(2026, 1, 1, tzinfo=UTC)
    with (state / "journal.jsonl").open("wb") as file:
        for number in range(total):
            name, time = names[number % len(names)], began + timedelta(minutes=number)
            hashes = (sha256(f"{name} {at}".encode()).hexdigest() for at in (number, number + 1))
            patch = Patch(120, "signal_tier: noise\n", "signal_tier: tactical\n", *hashes)
            fields = (FieldRecord("signal_tier", "noise", "tactical"),)
            label = "signal_tier = tactical"
            change = Change(f"{number:012x}", label, time, (FileRecord(name, fields, patch),))
            file.write(as_line({"kind": "change", **dump_change(change)}))
        return file.tell()


if __name__ == "__main__":
    main()
