"""Counts the rows of the screen that hold a source's own text, without a key.

    python -m tests.bench.text_rows VAULT [--sources N]

Takes raw sources with a page of text or more, evenly from the vault, and shows them on screens of
several sizes. "given" are the rows that the text has, blank lines between paragraphs included;
"new" are those of them with a word that stands nowhere else on the screen. Works on a copy.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.bench._table import row, say
from tui.app.app import SluiceApp
from tui.app.screens.triage import TriageScreen
from tui.state.config import Config
from tui.state.folders import user_folders
from tui.state.greeting import Greeting
from tui.triage.schema import load_schema
from tui.triage.status import status_of
from tui.vault.vault import FieldEdit, Vault

SIZES = ((120, 36), (80, 24), (200, 60))
A_PAGE = 3_000
"""Characters of a body from which it fills a screen."""
INSIGHTS = {
    "no insight": [],
    "two insights": [
        "Hire for the work that is left over, and write down what nobody did",
        "A salary table ends bargaining",
    ],
    "six insights": [f"Insight number {number} of this source" for number in range(1, 7)],
}
_WORD = re.compile(r"\w+")


class Counted(NamedTuple):
    """The rows of one source on one screen."""

    given: int
    new: int


def main() -> None:
    """Count and print the table."""
    parser = argparse.ArgumentParser(description="Counts the rows of a source's own text.")
    parser.add_argument("vault", type=Path)
    parser.add_argument("--sources", type=int, default=12, help="how many")
    request = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("CONFIG", "STATE", "CACHE"):
            os.environ[f"XDG_{name}_HOME"] = str(Path(folder) / name.lower())
        chosen = choose(request.vault, Path(folder) / "all", request.sources)
        say(f"median of {len(chosen)} raw sources of {request.vault}")
        row("", "given", "new", "fewest new")
        for name, texts in INSIGHTS.items():
            copy = Path(folder) / name.replace(" ", "-")
            write_copy(chosen, copy, texts)
            for size in SIZES:
                counted = asyncio.run(count(copy, size))
                given, new = ([getattr(one, kind) for one in counted] for kind in Counted._fields)
                title = f"{size[0]}x{size[1]}, {name}"
                row(title, float(median(given)), float(median(new)), min(new))


def choose(folder: Path, state: Path, most: int) -> list[Path]:
    """So many raw sources with enough text, evenly from the vault."""
    schema = load_schema(folder)
    vault = Vault(folder, state, rule=schema.rule)
    vault.load()
    raw = [
        source
        for source in sorted(vault.sources, key=lambda source: source.name)
        if source.problem is None
        and status_of(schema, source) == next(iter(schema.status.values))
        and len(vault.read_body(source)) >= A_PAGE
    ]
    every = max(1, len(raw) // most)
    return [source.path for source in raw[every // 2 :: every][:most]]


def write_copy(paths: Sequence[Path], copy: Path, insights: Sequence[str]) -> None:
    """A vault of these sources, each with these insights."""
    copy.mkdir()
    for path in paths:
        shutil.copy(path, copy)
    schema = load_schema(copy)
    vault = Vault(copy, copy.with_suffix(".state"), rule=schema.rule)
    vault.load()
    field = schema.roles.insights
    edits = [FieldEdit(source, source.key(field), tuple(insights)) for source in vault.sources]
    vault.commit("insights", edits)


async def count(folder: Path, size: tuple[int, int]) -> list[Counted]:
    """The rows of every source of a vault, one after the other under the cursor."""
    return [counted async for counted in _counted(folder, size)]


async def _counted(folder: Path, size: tuple[int, int]) -> AsyncIterator[Counted]:
    places = user_folders()
    Greeting(places.vault_state(folder)).given()
    app = SluiceApp(folder, places, Config())
    async with app.run_test(size=size) as pilot:
        screen = app.screen
        assert isinstance(screen, TriageScreen)
        while not screen.rows.source_count or screen.session.reading.busy:
            await pilot.pause(0.1)
        await app.workers.wait_for_complete()
        for index in range(screen.rows.source_count):
            screen.enter(screen.rows.move_to, index)
            while screen.preview.place[0] != screen.rows.source_at(index).name:
                await pilot.pause(0.1)
            text, rest = _parted(screen)
            said = set(_WORD.findall(" ".join(rest)))
            new = sum(1 for line in text if set(_WORD.findall(line)) - said)
            yield Counted(len(text), new)


def _parted(screen: TriageScreen) -> tuple[list[str], list[str]]:
    """The rows of the text, and all others of the screen."""
    preview = screen.preview
    region, first = preview.region, preview.rows_of("insights")[0]
    inside = range(region.y + first, region.y + first + preview.text_height)
    text = [preview.render_line(y - region.y).text for y in inside]
    rest: list[str] = []
    for y, strip in enumerate(screen._compositor.render_strips()):
        beside = (strip.crop(0, region.x), strip.crop(region.right))
        rest += [part.text for part in (beside if y in inside else (strip,))]
    return text, rest


if __name__ == "__main__":
    main()
