"""Times the app beside thousands of proposals, and the command that keeps them.

    python -m tests.bench.proposals [--sources N] [--proposals N] [--presses N]

Keeps no proposals, then that many by ``propose -``, and presses the same keys in the app: of each
it says what the thread that answers keys works, in processor time, and how long another key would
have had to wait at most, by the clock. A frame has 16 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter

from tests.bench._table import milliseconds, row, say
from tests.bench.deciding import SETTLED, press
from tests.bench.vaults import numbered_vault
from tui.app.app import SluiceApp
from tui.state.config import Config
from tui.state.folders import user_folders
from tui.state.greeting import Greeting

SLUICE = [sys.executable, "-P", "-m", "tui"]
VALUES = ("signal_tier", "noise"), ("signal_tier", "paradigm"), ("topics", "film"), ("guest", "Ada")
ALWAYS = (("j", "j"), ("P", "P: another drawer"), ("escape", "esc"))
ANSWERS = (("minus", "-: the list"), ("escape", "esc"), ("equals_sign", "="), ("u", "u"))
OPENING = ("v", *"proposed")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Times the app beside many proposals.")
    parser.add_argument("--sources", type=int, default=10_000)
    parser.add_argument("--proposals", type=int, default=5_000)
    parser.add_argument("--presses", type=int, default=30, help="how often each key comes")
    request = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        vault, names = numbered_vault(Path(home), request.sources)
        state = user_folders().vault_state(vault)
        state.mkdir(parents=True)
        Greeting(state).given()
        for count in (0, request.proposals):
            say(f"{request.sources:,} sources, {count:,} proposals")
            if count:
                propose(vault, names, count)
            asyncio.run(press_keys(vault, request.presses, has_some=count > 0))


def propose(vault: Path, names: list[str], count: int) -> None:
    """Keep proposals by one command, and print what that takes."""
    lines = []
    for number in range(count):
        field, value = VALUES[number % len(VALUES)]
        given = {"ref": str(vault / names[number % len(names)]), "field": field, "value": value}
        if field == "topics":
            given["operator"] = "+="
        lines.append(json.dumps({**given, "why": f"rule {number}"}))
    for what, arguments, text in (
        ("propose -", ["propose", "-", "--by", "importer"], "\n".join(lines)),
        ("proposals --json", ["proposals", "--json"], ""),
    ):
        used, began = getrusage(RUSAGE_CHILDREN), perf_counter()
        command = [*SLUICE, *arguments, "--vault", str(vault)]
        subprocess.run(command, input=text, text=True, capture_output=True, check=True)
        took, now = perf_counter() - began, getrusage(RUSAGE_CHILDREN)
        worked = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
        say(f"{what}: {took:.1f} s, {worked:.1f} s of processor time")


async def press_keys(vault: Path, presses: int, *, has_some: bool) -> None:
    """Press the keys in the app, and print the table."""
    app = SluiceApp(vault, user_folders(), Config())
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause(SETTLED)
        took: dict[str, list[tuple[float, float]]] = {}
        if has_some:
            await pilot.press(*OPENING)
            took["the view proposed opens"] = [await press(app, "enter")]
        for _ in range(presses):
            for key, name in (*ALWAYS, *(ANSWERS if has_some else ())):
                took.setdefault(name, []).append(await press(app, key))
        row("ms", "work p50", "worst", "wait p50", "worst")
        for name, times in took.items():
            worked, waited = zip(*times, strict=True)
            row(name, *milliseconds(worked, 0.5, 1.0), *milliseconds(waited, 0.5, 1.0))


if __name__ == "__main__":
    main()
