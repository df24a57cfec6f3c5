"""What a killed sluice leaves behind goes away; what is somebody else's stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.vault.conftest import Open, Write
from tui.flock import try_lock
from tui.vault.disk.strays import is_temporary, temporary_name


@pytest.mark.parametrize("name", ["a.md", "é" * 126 + ".md", ".hidden.md", "\udcff\n.md", "-"])
def test_our_temporary_names_are_known_and_fit(name: str) -> None:
    made = temporary_name(name)
    assert is_temporary(made)
    assert len(os.fsencode(made)) <= 255


@pytest.mark.parametrize(
    "name",
    [".a.md.swp", ".a.md.tmp", "a.md~", ".a.0123456789ab.tmp", "a.0123456789ab.sluice~", ".md"],
)
def test_names_of_other_programs_are_left_alone(name: str) -> None:
    assert not is_temporary(name)


def test_strays_go_when_the_vault_is_read(root: Path, write: Write, open_vault: Open) -> None:
    write("deep/a.md")
    strays = [root / temporary_name("a.md"), root / "deep" / temporary_name("a.md")]
    for stray in strays:
        stray.write_bytes(b"half")
    other = root / ".a.md.swp"
    other.write_bytes(b"an editor's")
    open_vault()
    assert [stray.exists() for stray in strays] == [False, False]
    assert other.exists()


def test_a_temporary_file_that_a_live_program_holds_stays(
    root: Path, write: Write, open_vault: Open
) -> None:
    held = root / temporary_name("a.md")
    with held.open("wb") as file:
        assert try_lock(file.fileno())
        open_vault()
        assert held.exists()
    open_vault()
    assert not held.exists()


def test_what_a_stray_link_points_to_stays(root: Path, tmp_path: Path, open_vault: Open) -> None:
    target = tmp_path / "mine"
    target.write_bytes(b"mine")
    (root / temporary_name("a.md")).symlink_to(target)
    open_vault()
    assert target.read_bytes() == b"mine"
