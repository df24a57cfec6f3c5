"""The app with a heart in its loop that writes into a file how long each late beat was late.

    python -m tests.bench._beats FILE VAULT

A line of the file: when the beat was due, and the seconds it came late for a reason of ours. What
a thread of ours was ready for and waited, because other programs had the processors, is taken off.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from time import perf_counter

os.environ.setdefault("TEXTUAL_FPS", "120")

from tui.app.app import SluiceApp
from tui.app.main import run_app

EVERY = 0.004
"""Seconds between two beats."""
LATE = 0.010
"""Seconds from which a late beat is told."""


async def beat(file: Path) -> None:
    """Beat until the app ends."""
    with file.open("w", encoding="utf-8") as told:
        before = waited()
        while True:
            due = perf_counter() + EVERY
            await asyncio.sleep(EVERY)
            late, now = perf_counter() - due, waited()
            others = max((now[task] - before.get(task, 0.0) for task in now), default=0.0)
            before = now
            if late - others > LATE:
                told.write(f"{due} {late - others}\n")
                told.flush()


def waited() -> dict[str, float]:
    """By thread of this process: the seconds it was ready to run and no processor was free."""
    found = {}
    for task in os.listdir("/proc/self/task"):  # noqa: PTH208 - 250 times a second
        try:
            with open(f"/proc/self/task/{task}/schedstat") as file:  # noqa: PTH123
                found[task] = int(file.read().split()[1]) / 1e9
        except OSError:
            # It has ended meanwhile.
            continue
    return found


class BeatingApp(SluiceApp):
    """The app with a heart, which begins with its first frame."""

    CSS_PATH = Path(sys.modules[SluiceApp.__module__].__file__ or "").parent / SluiceApp.CSS_PATH

    def begin(self) -> None:
        """Begin to beat as the vault is opened."""
        self.heart = asyncio.get_running_loop().create_task(beat(Path(sys.argv[1])))
        super().begin()


if __name__ == "__main__":
    sys.modules[SluiceApp.__module__].SluiceApp = BeatingApp  # type: ignore[attr-defined]
    sys.exit(run_app(Path(sys.argv[2])))
