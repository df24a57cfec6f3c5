"""Times `sluice list` on the same notes by the built-in rule and by a schema of the folder's own.

    python -m tests.bench.folders [--counts 13000,100000] [--runs N] [--against CHECKOUT]

Seconds of the clock without a cache and with one, and the most memory, of the command alone. With
``--against``, seconds of the processor by the built-in rule beside those of another checkout, in
turns: on a busy machine they say more than the clock.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench._pty import ROOT
from tests.bench._table import say
from tests.bench.commands import SLUICE

SCHEMAS = {
    "built-in rule": "",
    "header: any": (
        "base: none\n"
        'sources: {include: ["**/*.md"], exclude: ["**/README.md", "Templates/**"], header: any}\n'
        "roles: {status: status, insights: insights, title: title, url: [source, url],\n"
        "        topics: tags, author: author, date: created}\n"
        "fields:\n"
        "  status: {kind: choice, values: [raw, triaged, processed, archived]}\n"
        "  insights: {kind: list}\n"
        "flow: {main: [raw, triaged, processed], archive: archived}\n"
    ),
    "a tag": (
        "base: none\n"
        'sources: {include: ["**/*.md"], header: any}\n'
        "roles: {status: status, title: title, topics: tags}\n"
        "fields: {status: {kind: tag, of: tags, prefix: status/, values: [raw, done]}}\n"
        "flow: {main: [raw, done], archive: null}\n"
    ),
}
WORDS = [
    "clay",
    "fire",
    "wood",
    "glaze",
    "string",
    "lute",
    "kiln",
    "bowl",
    "water",
    "stone",
    "paper",
    "ink",
    "press",
    "bind",
    "sew",
]


def make(folder: Path, count: int) -> None:
    """Write the notes, a hundred to a folder."""
    rolled = random.Random(7)
    for number in range(count):
        words = rolled.sample(WORDS, 5)
        place = folder / f"part-{number // 100:04}"
        if number % 100 == 0:
            place.mkdir(parents=True)
        (place / f"note-{number:06}.md").write_text(
            f"---\ntitle: {' '.join(words)} {number}\nstatus: {rolled.choice(('raw', 'triaged'))}\n"
            f"source: https://example.com/{words[0]}/{number}\nauthor: {words[1].title()} Ash\n"
            f"tags: [{words[2]}, status/raw, {words[3]}]\ncreated: 2026-0{1 + number % 9}-11\n---\n"
            f"{' '.join(rolled.choices(WORDS, k=120))}\n"
        )


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Times folders of other people.")
    parser.add_argument("--counts", default="13000,100000")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--against", type=Path, help="the other checkout")
    request = parser.parse_args()
    for count in map(int, request.counts.split(",")):
        with tempfile.TemporaryDirectory() as made:
            vault = Path(made) / "notes"
            make(vault, count)
            if request.against:
                _compare(request.against.resolve(), vault, Path(made), request.runs)
                continue
            say(f"{count:,} notes: s without a cache, s with it, MB")
            for name, schema in SCHEMAS.items():
                _measure(name, schema, vault, Path(made), request.runs)


def _measure(name: str, schema: str, vault: Path, made: Path, runs: int) -> None:
    file = vault / "sluice.yaml"
    file.unlink(missing_ok=True)
    if schema:
        file.write_text(schema)
    home = made / name.replace(" ", "-")
    cold, (peak, listed) = _run(vault, home)
    warm = median(_run(vault, home)[0] for _ in range(runs))
    say(f"{name:15} {cold:7.2f} {warm:7.2f} {peak:7.0f}   {listed:,} listed")


def _compare(other: Path, vault: Path, made: Path, runs: int) -> None:
    """Print the least seconds of the processor of both checkouts, without a cache and with it."""
    say(f"{count_of(vault):,} notes: processor s without a cache, and with it")
    cold: dict[Path, list[float]] = {ROOT: [], other: []}
    warm: dict[Path, list[float]] = {ROOT: [], other: []}
    for number in range(runs):
        for checkout in (ROOT, other):
            home = made / f"home-{checkout == other}-{number}"
            cold[checkout].append(_worked(checkout, vault, home))
            warm[checkout].append(_worked(checkout, vault, home))
    for name, checkout in (("this", ROOT), ("the other", other)):
        say(f"{name:15} {min(cold[checkout]):7.2f} {min(warm[checkout]):7.2f}")


def count_of(vault: Path) -> int:
    """How many notes a made folder has."""
    return sum(1 for _ in vault.rglob("*.md"))


def _worked(checkout: Path, vault: Path, home: Path) -> float:
    """Seconds that the processor worked for `sluice list` and its helpers."""
    environment = os.environ | {
        "XDG_STATE_HOME": f"{home}/s", "XDG_CACHE_HOME": f"{home}/c", "PYTHONPATH": str(checkout),
    }  # fmt: skip
    command = [sys.executable, "-P", "-m", "tui", "list", "--vault", str(vault)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"`sluice list` of {checkout} ended with {status}")
    return used.ru_utime + used.ru_stime


def _run(vault: Path, home: Path) -> tuple[float, tuple[float, int]]:
    began = perf_counter()
    environment = os.environ | {"XDG_STATE_HOME": f"{home}/s", "XDG_CACHE_HOME": f"{home}/c"}
    command = [*SLUICE, "list", "--vault", str(vault)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
    data = process.stdout.read() if process.stdout else b""
    _, _, used = os.wait4(process.pid, 0)
    return perf_counter() - began, (used.ru_maxrss / 1024, data.count(b"\n"))


if __name__ == "__main__":
    main()
