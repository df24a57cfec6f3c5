"""Where programs and modules may come from: nothing of a folder runs, whatever the PATH says."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tui.errors import NoProgram
from tui.origins import SEARCHED, environment, is_trusted, keep_out
from tui.programs import find, start

ROOT = Path(__file__).parent.parent


@pytest.fixture
def vault(tmp_path, monkeypatch):
    """A vault with programs in it, that is the current folder too."""
    root = tmp_path / "vault"
    for folder in (root, root / "bin", tmp_path / "safe"):
        folder.mkdir()
        program = folder / "tool"
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    monkeypatch.chdir(root)
    monkeypatch.setattr("tui.origins._vaults", [str(root)])
    monkeypatch.setattr(sys, "path", list(sys.path))
    return root


BAD = [
    "", ".", "./", "..", "bin", "./bin", "~/bin", "{vault}", "{vault}/", "{vault}/bin",
    "{vault}/../vault/bin", "{vault}/./bin", "{link}", "//..{vault}", "{vault}/gone",
]  # fmt: skip


@pytest.mark.parametrize("elsewhere", [False, True])
@pytest.mark.parametrize("bad", BAD)
def test_no_program_is_taken_from_the_folder(vault, monkeypatch, tmp_path, bad, elsewhere):
    (tmp_path / "link").symlink_to(vault / "bin")
    if elsewhere:
        (tmp_path / "elsewhere").mkdir()
        monkeypatch.chdir(tmp_path / "elsewhere")
    entry = bad.format(vault=vault, link=tmp_path / "link")
    monkeypatch.setenv("PATH", os.pathsep.join([entry, "/nowhere"]))
    with pytest.raises(NoProgram, match="there is no program tool"):
        find("tool")
    monkeypatch.setenv("PATH", os.pathsep.join([entry, str(tmp_path / "safe"), entry]))
    assert find("tool") == str(tmp_path / "safe" / "tool")


@pytest.mark.parametrize("path", [None, "", ".", ":", "::."])
def test_a_path_that_names_nothing_is_not_the_current_folder(vault, monkeypatch, path):
    if path is None:
        monkeypatch.delenv("PATH")
    else:
        monkeypatch.setenv("PATH", path)
    assert environment()["PATH"] == os.defpath
    with pytest.raises(NoProgram):
        find("tool")


@pytest.mark.parametrize(
    "name", ["./tool", "bin/tool", "../vault/tool", "./bin/../tool", ".", "a/"]
)
def test_a_path_that_every_folder_could_answer_is_refused(vault, name):
    with pytest.raises(NoProgram, match="full path"):
        find(name)
    with pytest.raises(NoProgram):
        start([name])


def test_a_whole_path_is_taken_as_it_is_written(vault, home):
    assert find(str(vault / "tool")) == str(vault / "tool")
    assert find("~/bin/tool") == str(home / "bin" / "tool")


@pytest.mark.parametrize("name", SEARCHED)
def test_what_we_start_learns_of_no_such_folder(vault, monkeypatch, name):
    folders = ["", ".", str(vault), str(vault / "bin"), "relative", "/usr/share"]
    monkeypatch.setenv(name, os.pathsep.join(folders))
    assert environment()[name] == "/usr/share"
    monkeypatch.setenv(name, os.pathsep.join(folders[:-1]))
    assert environment().get(name) == (os.defpath if name == "PATH" else None)


def test_in_ones_home_programs_are_ones_own(vault, monkeypatch, home):
    monkeypatch.chdir(home)
    monkeypatch.setattr("tui.origins._vaults", [str(home)])
    assert is_trusted(str(home / ".local" / "bin"))
    assert not is_trusted(str(home))
    monkeypatch.chdir("/")
    assert is_trusted("/usr/bin")
    assert not is_trusted("/")


def test_a_current_folder_that_is_gone_stops_nothing(vault, monkeypatch, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    monkeypatch.setenv("PATH", f".:{tmp_path / 'safe'}")
    assert find("tool") == str(tmp_path / "safe" / "tool")


def test_modules_come_from_where_sluice_is_installed_and_from_no_folder(vault, monkeypatch):
    installed = [str(ROOT), *filter(None, sys.path), sys.prefix]
    monkeypatch.setattr(sys, "path", ["", ".", str(vault), str(vault / "bin"), "x.zip", *installed])
    keep_out()
    assert sys.path == [folder for folder in installed if Path(folder).is_absolute()]


def test_in_a_checkout_its_own_folder_stays(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", ["", str(ROOT), str(ROOT / "tests")])
    keep_out()
    assert sys.path == [str(ROOT)]
