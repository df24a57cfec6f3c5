"""Times what delivers notebooks, at 10,000 sources in 40 of them, beside the bare work.

    python -m tests.bench.delivery [--sources N] [--notebooks N]

The peer of an export reads, writes and renames as many files of the same sizes. Seconds of the
clock.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from tests.bench._table import row, say
from tui.desk import Desk
from tui.notebooks.export import Member, Report, Wanted
from tui.state.folders import Folders

_Result = TypeVar("_Result")
HOSTS = ("https://x.com/a/status/{}", "https://www.youtube.com/watch?v={}", "https://a{}.com/b", "")
WORDS = [
    "agents",
    "memory",
    "tools",
    "notes",
    "plans",
    "weeks",
    "models",
    "search",
    "tests",
    "people",
]


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description="Times delivery.")
    parser.add_argument("--sources", type=int, default=10_000)
    parser.add_argument("--notebooks", type=int, default=40)
    request = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _measure(Path(folder), request.sources, request.notebooks)


def _measure(folder: Path, sources: int, notebooks: int) -> None:
    root = folder / "vault"
    root.mkdir()
    _write_vault(root, sources, notebooks)
    desk = Desk(root, Folders(folder / "config", folder / "state", folder / "cache"))
    say(f"{len(desk.vault.sources):,} sources in {notebooks} notebooks")
    row("s", "clock", "files", "MB", "each ms")
    shelf = desk.shelf.members()
    members, took = _timed(lambda: {n: desk.delivery.members(n, some) for n, some in shelf})
    row("routes of all", f"{took:.2f}", "", "", f"{took / sources * 1e3:.3f}")
    found, took = _timed(lambda: [desk.delivery.addresses(some) for some in members.values()])
    count = sum(len(one.fresh) for one in found)
    row("addresses of all", f"{took:.2f}", f"{count:,}", "", "")
    first = next(iter(members))
    warned, took = _timed(lambda: desk.delivery.warnings(first, members[first]))
    row("warnings of one", f"{took:.2f}", f"{len(warned):,}", "", "")
    warned, took = _timed(lambda: desk.delivery.warnings(first, members[first]))
    row("the same again", f"{took:.2f}", f"{len(warned):,}", "", "")
    _, took = _timed(lambda: _bare(desk, members, folder / "bare"))
    row(
        "bare read, write, rename", f"{took:.2f}", f"{sources:,}", "", f"{took / sources * 1e3:.3f}"
    )
    for name, packed, out in (
        ("export of all", False, "files"),
        ("again, unchanged", False, "files"),
        ("packs of all", True, "packs"),
    ):
        reports, took = _timed(lambda p=packed, o=out: _export(desk, members, folder / o, p))
        files = sum(len(report.outcomes) for report in reports)
        size = sum(report.size for report in reports) / 1e6
        row(name, f"{took:.2f}", f"{files:,}", f"{size:.1f}", f"{took / sources * 1e3:.3f}")
    shown = "\n".join(f"{one.source.title[:40]}…" for one in members[first])
    told, took = _timed(lambda: desk.delivery.reconcile(first, shown))
    lines = len(members[first])
    row(f"reconcile {lines} lines", f"{took:.2f}", f"{len(told.delivered):,}", "", "")


def _write_vault(root: Path, sources: int, notebooks: int) -> None:
    chance = random.Random(18)
    for number in range(sources):
        title = " ".join(chance.choices(WORDS, k=6))
        body = "\n\n".join(" ".join(chance.choices(WORDS, k=80)) for _ in range(12))
        url = chance.choice(HOSTS).format(number)
        (root / f"SOURCE-{number:06}.md").write_text(
            f"---\nid: S{number}\ntitle: {title} {number}\nstatus: triaged\nurl: {url}\n"
            f"signal_tier: tactical\nnotebooks: [Notebook {number % notebooks:02}]\n---\n{body}\n"
        )


def _bare(desk: Desk, members: dict[str, list[Member]], folder: Path) -> None:
    folder.mkdir()
    for some in members.values():
        for member in some:
            path = folder / member.source.name
            beside = path.with_suffix(".tmp")
            beside.write_bytes(member.source.path.read_bytes())
            beside.replace(path)


def _export(
    desk: Desk, members: dict[str, list[Member]], folder: Path, packed: bool
) -> list[Report]:
    export = desk.delivery.exporter.export
    return [
        export(Wanted(name, some, packed, True, True), folder / name)
        for name, some in members.items()
    ]


def _timed(work: Callable[[], _Result]) -> tuple[_Result, float]:
    began = perf_counter()
    result = work()
    return result, perf_counter() - began


if __name__ == "__main__":
    main()
