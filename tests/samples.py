"""Small vaults for the tests of app and session, and what became of their files."""

from __future__ import annotations

import difflib
import json
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from tui.state.config import load_config
from tui.state.folders import user_folders
from tui.state.views import View

HEADER = """\
---
id: SOURCE-20260101-{number:03}
title: "{title}"
status: raw
signal_tier: tactical # guessed
notebooklm_category: general
platform: web
format: article
creator: Someone
url: https://example.com/{number}
date_published: 2026-01-01
date_processed: 2026-01-02
topics: [one, two, three]
aliases: []
key_insights: []
teleology: extract
---
# {title}

The body of number {number}.

---

status: a line in the body that is no field
"""
GARDEN = ("Roses in spring", "Pruning of roses", "Compost for roses", "Roses and soil")
ENGINE = ("Pistons at work", "Turbine pistons", "Oil for pistons", "Pistons of steel")
ROSES, STEEL = "SOURCE-050-roses.md", "SOURCE-051-steel.md"
TITLES = ("Apples in autumn", "Bridges over water", "Clocks without hands", "Deserts at night")
WAYS_TO_BREAK = ("quotes", "stray line", "heading", "unclosed")


class Files:
    """What stood in the vault's files, and what became of it."""

    def __init__(self, vault: Path) -> None:
        self.vault = vault
        self._before = self._read()

    def _read(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.vault).as_posix(): path.read_bytes()
            for path in sorted(self.vault.rglob("*"))
            if path.is_file()
        }

    @property
    def changes(self) -> dict[str, list[str]]:
        """By file, the lines that went (-) and came (+), with their line ends."""
        after = self._read()
        return {
            name: _changed_lines(self._before.get(name, b""), after.get(name, b""))
            for name in sorted({*self._before, *after})
            if self._before.get(name) != after.get(name)
        }

    def lines(self, name: str) -> list[str]:
        """The lines that changed in one file, when no other file did."""
        changes = self.changes
        assert set(changes) <= {name}, f"others were changed too: {changes}"
        return changes.get(name, [])


def _changed_lines(before: bytes, after: bytes) -> list[str]:
    def lines(data: bytes) -> list[str]:
        return data.decode("utf-8", "surrogateescape").splitlines(keepends=True)

    return [
        line.removesuffix("\n")
        for line in difflib.ndiff(lines(before), lines(after))
        if re.match(r"[-+]", line)
    ]


def value_of(vault: Path, name: str, field: str) -> str:
    """What stands in a source's file behind a field's name, without a comment."""
    text = (vault / name).read_text()
    return text.split(f"\n{field}: ")[1].split("\n")[0].split(" #")[0]


def statuses(vault: Path) -> list[str]:
    """What stands in the files behind `status`, in the order of their names."""
    return [value_of(vault, path.name, "status") for path in sorted(vault.glob("*.md"))]


def write_learnt(vault: Path) -> None:
    """In place of all others: decided sources about gardens and engines, and a raw one of each."""
    for path in vault.iterdir():
        path.unlink()
    for copy in range(8):
        for n, title in enumerate(GARDEN):
            write_source(
                vault, 100 + copy * 10 + n, title, status="triaged", signal_tier="noise",
                notebooklm_category="career-growth", topics="[plants, soil]", creator="Gardener",
            )  # fmt: skip
        for n, title in enumerate(ENGINE):
            write_source(
                vault, 200 + copy * 10 + n, title, status="triaged", signal_tier="paradigm",
                notebooklm_category="coding-tools", topics="[metal]", creator="Engineer",
            )  # fmt: skip
    write_source(vault, 50, "Roses and compost in spring", topics="[]", creator="Gardener")
    write_source(vault, 51, "Steel pistons of a turbine", topics="[]", creator="Engineer")


def write_source(vault: Path, number: int, title: str, **fields: str) -> Path:
    """A source whose header lines are the usual ones, some replaced by ``fields``."""
    text = HEADER.format(number=number, title=title)
    for name, value in fields.items():
        line = f"{name}: {value}".replace("\\", r"\\")
        text = re.sub(rf"(?m)^{name}:.*$", line, text, count=1)
    path = vault / f"SOURCE-{number:03}-{title.split(maxsplit=1)[0].lower()}.md"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return path


def replace(path: Path, old: str, new: str) -> None:
    """Another program's edit, in one move as editors do it."""
    text = path.read_text()
    assert old in text
    other = path.with_suffix(".tmp")
    other.write_text(text.replace(old, new))
    other.replace(path)


def write_shelf(vault: Path) -> Path:
    """Forty more raw sources, and three on quicksilver, of which one is raw."""
    for number in range(10, 50):
        write_source(vault, number, f"Filler{number} of the shelf")
    write_source(vault, 60, "Quicksilver economics", status="triaged")
    write_source(vault, 61, "Quicksilver cooking", status="archived")
    write_source(vault, 62, "Quicksilver gardens")
    return vault


def write_mixed(vault: Path) -> Path:
    """A source in each status, and one whose header is broken."""
    for number, status in enumerate(("triaged", "processed", "integrated", "archived"), 10):
        write_source(vault, number, f"The {status} one", status=status)
    write_source(vault, 20, "Broken one", creator='""Quoted" badly')
    return vault


def write_quick_view() -> Path:
    """A config file with a comment and a view; no test's keys write to it."""
    folder = user_folders().config
    folder.mkdir(parents=True)
    path = folder / "config.yaml"
    path.write_text('# mine\nadvance: off  # stay\nviews:\n  quick: "by:some"\n')
    return path


def views_text() -> list[str]:
    """The saved views on disk, without the heading."""
    lines = (user_folders().config / "views.yaml").read_text().splitlines()
    return [line for line in lines if not line.startswith("#")]


def views_on_disk() -> Mapping[str, View]:
    """The saved views as the next start reads them."""
    return load_config(user_folders().config).views


def write_tiered(vault: Path) -> Path:
    """Only four raw sources of other tiers and dates than their names' order; one has no tier."""
    titles = ("Zebra", "élan", "Apple", "Mango")
    tiers = ("noise", "paradigm", "", "strategic")
    days = ("2026-01-03", "20260105", '"Feb 15, 2025"', '"soon"')
    for path in vault.glob("*.md"):
        path.unlink()
    for number, (title, tier, day) in enumerate(zip(titles, tiers, days, strict=True), 1):
        write_source(vault, number, title, signal_tier=tier, date_published=day)
    return vault


def write_numbered(vault: Path) -> Path:
    """Twenty-six more raw sources, and two that are triaged."""
    for number in range(5, 31):
        write_source(vault, number, f"Title{number:02}")
    write_source(vault, 40, "Judged one", status="triaged")
    write_source(vault, 41, "Other one", status="triaged")
    return vault


def place_file(vault: Path) -> Path:
    """Where the place in each view is saved."""
    return user_folders().vault_state(vault) / "place.json"


def header(path: Path) -> dict[str, Any]:
    """The header's fields as PyYAML reads them from the file."""
    fields: dict[str, Any] = yaml.safe_load(
        path.read_text().split("\n---\n")[0].removeprefix("---\n")
    )
    return fields


def insights(path: Path) -> object:
    """The insights as PyYAML reads them from the file."""
    return header(path)["key_insights"]


def write_evenings(vault: Path) -> None:
    """Three more raw sources, with topics that are used more than once."""
    write_source(vault, 5, "Evening", topics="[agents, evals, prompting]")
    write_source(vault, 6, "Forests", topics="[agents, evals]")
    write_source(vault, 7, "Gardens", topics="[agents]")


def configure_program(
    config: Callable[[str], None], folder: Path, program: str, *arguments: str, **fields: object
) -> Path:
    """Configure one own command that runs a Python program, with the arguments it gets."""
    path = folder / "program.py"
    path.write_text(program, encoding="utf-8")
    run = fields.pop("run", [sys.executable, str(path), *arguments])
    entry = {"name": "Fetch it", "key": "ctrl+y", "run": run, **fields}
    config(json.dumps({"commands": [entry]}))
    return path


def write_twin(vault: Path) -> Path:
    """The first source once more, captured by another script."""
    return write_source(
        vault, 7, "Apples in autumn!", url="https://www.example.com/1?utm_source=x",
        topics="[one, four]",
        key_insights='["theirs: so"]', aliases="[Apples]", signal_tier="noise",
    )  # fmt: skip


def write_quoted(vault: Path) -> Path:
    """One more source, with two faulty lines."""
    path = write_source(vault, 9, "Yellow submarine", creator='""Quoted" badly')
    path.write_text(path.read_text().replace('"Yellow submarine"', '""Yellow" submarine"'))
    return path


def write_broken(vault: Path, way: str) -> Path:
    """One more source, whose header is broken in one of ``WAYS_TO_BREAK``."""
    path = write_source(vault, 9, "Yellow submarine")
    text = path.read_text()
    if way == "quotes":
        path.write_text(text.replace("creator: Someone", 'creator: ""Quoted" badly'))
    elif way == "stray line":
        path.write_text("has_transcript: yes\n" + text)
    elif way == "heading":
        path.write_text("# Yellow submarine\n\n" + text)
    elif way == "unclosed":
        path.write_text(text.split("\n---\n")[0] + "\n\nThe body of number 9.\n")
    return path
