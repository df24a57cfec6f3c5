"""Commands run on hostile vaults, with limits, and what they may never print."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SOME_SECONDS = 30.0
"""Of processor for one command: most take 0.1; a loaded machine never comes near it."""
SOME_MEGABYTES = 700
_MOST_COMPARED = 20_000_000
ACTING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode's categories of characters that act instead of being seen."""


@dataclass(frozen=True)
class Ran:
    """What one command did."""

    command: list[str]
    code: int
    out: str
    err: str
    seconds: float

    @property
    def records(self) -> list[dict[str, object]]:
        """The JSON objects it printed."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Report:
    """What commands did one after the other in one process."""

    runs: list[Ran]
    megabytes: int


Drive = Callable[..., Report]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder for a hostile vault, removed even when it is deeper than Python can follow."""
    root = tmp_path / "hostile" / "vault"
    root.mkdir(parents=True)
    yield root
    subprocess.run(["rm", "-rf", str(root)], check=True)


@pytest.fixture
def drive(tmp_path: Path, home: Path) -> Drive:
    """Run commands in a process of their own, with limits on its time and memory."""

    def run(vault: Path, *commands: list[str]) -> Report:
        asked, report = tmp_path / "asked.json", tmp_path / "report.json"
        placed = [[*command, f"--vault={vault}"] for command in commands]
        asked.write_text(json.dumps(placed))
        done = subprocess.run(
            [sys.executable, "-m", "tests.hostile.drive", str(asked), str(report)],
            env=os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "100"},
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")[-2_000:]
        told = json.loads(report.read_text())
        report.unlink()
        return Report([Ran(**run) for run in told["runs"]], told["megabytes"])

    return run


def assert_harmless(run: Ran) -> None:
    """Nobody who ran this saw a traceback or a byte that a terminal acts on, or had to wait."""
    what = " ".join(run.command)
    assert run.code in (0, 1), what
    for text in (run.out, run.err):
        assert_no_letter_acts(text, what)
        assert "Traceback" not in text
        assert "Internal error in sluice" not in text, f"{what}: {text[-500:]}"
    assert run.seconds < SOME_SECONDS, what


def assert_no_letter_acts(text: str, what: str) -> None:
    """Line ends and the tabs between a row's values are the only controls."""
    strange = {letter for letter in set(text) if unicodedata.category(letter) in ACTING}
    assert strange <= {"\n", "\t"}, f"{what} printed {strange}"


def bytes_of(folder: Path) -> dict[str, bytes]:
    """What is in every regular file, by its path; nothing a link leads to."""
    listed = subprocess.run(
        ["find", ".", "-type", "f", "-print0"], cwd=folder, capture_output=True, check=False
    )
    found = {}
    for name in listed.stdout.rstrip(b"\0").split(b"\0"):
        # Deeper than a path can name there is nothing that sluice could have written.
        if len(name) < 3_000:
            path = folder / os.fsdecode(name)
            with path.open("rb") as file:
                held = file.read(_MOST_COMPARED)
            # Of a terabyte of nothing its beginning and its size.
            more = b"%d" % path.stat().st_size if len(held) == _MOST_COMPARED else b""
            found[os.fsdecode(name)] = held + more
    return found


def plain_picture(shown: bytes) -> str:
    """What a terminal got, without the colours sluice paints with."""
    return re.sub(r"\x1b\[[\d;]*m", "", shown.decode("utf-8", "surrogateescape"))
