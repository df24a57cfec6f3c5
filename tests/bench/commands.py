"""Times commands beside a Python that only imports yaml and frontmatter, in pairs.

    python -m tests.bench.commands VAULT [--pairs N]

Works on a copy. A ratio is that of the medians, of processor time and of the clock.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from tests.bench._table import milliseconds, ratio, row, say
from tui.vault.reading.scan import scan

ROOT = Path(__file__).parent.parent.parent
PEER = [sys.executable, "-c", "import yaml, frontmatter"]
SLUICE = [sys.executable, "-c", "from tui.cli.main import main; raise SystemExit(main())"]
"""What the installed script does."""


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Times commands.")
    parser.add_argument("vault", type=Path)
    parser.add_argument("--pairs", type=int, default=15, help="runs of each command")
    request = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home, vault = Path(folder) / "home", Path(folder) / "vault"
        shutil.copytree(request.vault, vault)
        names = list(scan(vault, []))
        say(f"{len(names):,} sources")
        row("ms", "CPU", "CPU peer", "ratio", "clock", "clock peer", "ratio")
        tiers = ("noise", "tactical")
        for name, command in (
            ("--help", lambda _: ["--help"]),
            ("set PATH tier=…", lambda n: ["set", names[0], f"tier={tiers[n % 2]}"]),
            ("show PATH", lambda _: ["show", names[0]]),
            ("list", lambda _: ["list"]),
            ("find agents", lambda _: ["find", "agents"]),
        ):
            _compare(name, command, vault, home, request.pairs)


def _compare(
    name: str, command: Callable[[int], list[str]], vault: Path, home: Path, pairs: int
) -> None:
    """Run a command and the peer in turns, and print a line."""
    ours, theirs = [], []
    for number in range(pairs + 1):
        mine = _run([*SLUICE, *command(number)], vault, home)
        peer = _run(PEER, vault, home)
        # The first run fills the cache and reads the programs from the disk.
        if number:
            ours.append(mine)
            theirs.append(peer)
    cells: list[str] = []
    for part in (0, 1):
        mine_part, peer_part = [run[part] for run in ours], [run[part] for run in theirs]
        cells += [*milliseconds(mine_part, 0.5), *milliseconds(peer_part, 0.5)]
        cells.append(ratio(mine_part, peer_part))
    row(name, *cells)


def _run(command: Sequence[str], vault: Path, home: Path) -> tuple[float, float]:
    """Seconds of processor time and of the clock."""
    folders = {f"XDG_{kind}_HOME": str(home / kind) for kind in ("CONFIG", "STATE", "CACHE")}
    environment = os.environ | folders | {"SLUICE_VAULT": str(vault), "PYTHONPATH": str(ROOT)}
    # An installed program is compiled; the checkout's shall be too, but not in the checkout.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(home / "compiled")
    began = perf_counter()
    process = subprocess.Popen(
        command, cwd=vault, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    took = perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, took


if __name__ == "__main__":
    main()
