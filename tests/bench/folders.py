"""Times `sluice list` on the same notes by the built-in rule and by a schema of the folder's own.

    python -m tests.bench.folders [--counts 13000,100000] [--runs N]

Seconds of the clock without a cache and with one, and the most memory, of the command alone.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

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
    request = parser.parse_args()
    for count in map(int, request.counts.split(",")):
        with tempfile.TemporaryDirectory() as made:
            vault = Path(made) / "notes"
            make(vault, count)
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
