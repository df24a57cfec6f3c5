"""A notebook of hostile sources is delivered without harm, to files with names that all take."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.conftest import SOME_MEGABYTES, Drive, assert_harmless, bytes_of
from tests.hostile.test_commands import MEGABYTES, SIZES
from tests.hostile.vaults import KINDS
from tui.display import clean

LONG = SIZES | {"toml_bombs"}
"""Kinds that take a second a command, and say nothing new about delivery."""
NAME = "a \x1b[31m'\"$(touch owned)"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in LONG])
def test_every_source_is_shown_and_exported_and_the_vault_stays(
    kind: str, place: Path, drive: Drive, tmp_path: Path
) -> None:
    KINDS[kind](place)
    added = drive(place, ["notebook", "add", NAME, "--query=-has:snoozed", "--yes"]).runs[0]
    assert added.code in (0, 1) and "Traceback" not in added.err
    before = bytes_of(place.parent)
    out = tmp_path / "out"
    shown = place.parent.parent / "shown.txt"
    shown.write_text("\x1b[2J\x00\n…\nA title that is c…\n" + "x" * 100_000)
    report = drive(
        place,
        ["notebook", "list", "--json"],
        ["notebook", "show", NAME],
        ["notebook", "show", NAME, "--json"],
        ["notebook", "urls", NAME],
        ["notebook", "packet", NAME, "--ask", "\x1b]0;x\x07?"],
        ["notebook", "reconcile", NAME, str(shown)],
        ["notebook", "reconcile", NAME, str(shown), "--json"],
        ["notebook", "export", NAME, f"--to={out}/files", "--all", "--manifest"],
        ["notebook", "export", NAME, f"--to={out}/packs", "--all", "--manifest", "--pack"],
        ["notebook", "export", NAME, f"--to={out}/files", "--all", "--manifest"],
        ["export", "--query=", "--as", "json"],
        ["export", "--query=", "--as", "csv"],
        ["export", "--query=", "--as", "md", "--by", "creator"],
    )
    for run in report.runs:
        assert_harmless(run)
    assert report.megabytes < MEGABYTES.get(kind, SOME_MEGABYTES)
    assert bytes_of(place.parent) == before
    assert not list(tmp_path.rglob("owned"))
    for path in out.rglob("*"):
        assert path.is_dir() or path.name == clean(path.name).strip()
        assert path.is_dir() or path.read_bytes().decode() is not None
