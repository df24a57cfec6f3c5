"""A vault in which everything is planted that something might run: nothing of it does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.planted import EARLY, Planted
from tests.terminal.conftest import ROOT
from tui.search.building import build_apart

WAY_IN = "import sys\nfrom tui.__main__ import main\nsys.exit(main())\n"
"""What the installed command is."""
PATHS = {
    "dots": ".:./bin::{path}:",
    "names": "bin:../vault:{path}",
    "whole": "{vault}:{vault}/bin:{path}",
}


@pytest.fixture
def sluice(tmp_path):
    """The command as it is installed."""
    script = tmp_path / "installed" / "sluice"
    script.parent.mkdir()
    script.write_text(WAY_IN)
    return str(script)


@pytest.fixture
def planted(tmp_path, vault_copy):
    """The samples with everything planted among them."""
    planted = Planted(vault_copy, tmp_path / "ran")
    planted.everything()
    return planted


def settings(planted: Planted, path: str, **more: str) -> dict[str, str]:
    filled = PATHS[path].format(vault=planted.folder, path=os.environ["PATH"])
    return {"PATH": filled, "TMPDIR": str(planted.folder), "PYTHONUSERBASE": "."} | more


def press_all(terminal, copied: str) -> None:
    """Every key that starts something."""
    terminal.wait_to_see(" left")
    terminal.press("y")
    terminal.wait_to_see(copied)
    terminal.press("Yw")
    terminal.wait_to_see("wikilink")
    terminal.press("+")
    terminal.wait_to_see("add a source")
    terminal.press("\x1b")
    terminal.rest(0.3)
    terminal.press("o")
    terminal.wait_to_see("Could not open")
    terminal.press("e")
    terminal.wait_to_see("Cannot start the editor")
    terminal.press("\x14")
    terminal.wait_to_see("no program my-tool")
    terminal.press("q")
    terminal.rest(0.3)
    terminal.press("q")
    assert terminal.wait_for_end() == 0


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("from_inside", [True, False])
def test_no_key_runs_what_lies_in_the_vault(
    open_terminal, planted, sluice, monkeypatch, home, path, from_inside
):
    config = home / "config" / "sluice" / "config.yaml"
    config.parent.mkdir(parents=True)
    config.write_text('commands: [{name: Mine, key: "ctrl+t", run: [my-tool, "{path}"]}]')
    if from_inside:
        monkeypatch.chdir(planted.folder)
    environment = settings(
        planted, path, EDITOR="my-tool", BROWSER="my-tool", DISPLAY=":9876", TMUX="./sock,1,0"
    )
    terminal = open_terminal(str(planted.folder), program=(sluice,), **environment)
    press_all(terminal, "Sent URL to the terminal")
    assert planted.ran == []


def test_python_m_looks_into_the_folder_no_further_than_python_does(
    open_terminal, tmp_path, vault_copy, monkeypatch
):
    planted = Planted(vault_copy, tmp_path / "ran")
    planted.everything(without=EARLY)
    monkeypatch.chdir(planted.folder)
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "sluice" / "config.yaml"
    config.parent.mkdir(parents=True)
    config.write_text('commands: [{name: Mine, key: "ctrl+t", run: [my-tool]}]')
    more = settings(planted, "dots", EDITOR="my-tool", BROWSER="my-tool", DISPLAY=":9876")
    press_all(open_terminal(".", **more), "Sent URL to the terminal")
    assert planted.ran == []


COMMANDS = (
    ["list"], ["list", "-q", "body:text"], ["find", "agnts"], ["stats"], ["check"], ["urls"],
    ["log"], ["completion", "bash"], ["--help"], ["show", "SOURCE-20260101-0000"], ["undo"],
    ["add", "https://example.org/planted"],
)  # fmt: skip


@pytest.fixture
def large(tmp_path):
    """A vault that is large enough for helpers, with everything planted in it."""
    folder = tmp_path / "large"
    folder.mkdir()
    for number in range(1_500):
        (folder / f"SOURCE-20260101-{number:04}.md").write_text(
            f"---\nid: {number}\ntitle: Agents {number}\nstatus: raw\nurl: https://a.b/{number}\n"
            "aliases: []\n---\nText.\n"
        )
    planted = Planted(folder, tmp_path / "ran")
    planted.everything(without=EARLY)
    return planted


def test_no_command_runs_what_lies_in_the_vault(large, home):
    for command in COMMANDS:
        subprocess.run(["rm", "-rf", str(home / "cache")], check=True)
        done = subprocess.run(
            [sys.executable, "-m", "tui", *command],
            cwd=large.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | settings(large, "dots"),
            capture_output=True,
            check=False,
        )
        assert b"Traceback" not in done.stderr
        assert (command, large.ran) == (command, [])


@pytest.mark.parametrize(
    "line", ["list -q cat:", "show in", "show SOURCE-2026", "set x", "archive ./$(touch x)", "lis"]
)
def test_a_press_of_tab_runs_nothing(large, sluice, tmp_path, line):
    typed = f"sluice {line}"
    asked = {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(tmp_path / "answer"),
        "COMP_LINE": typed,
        "COMP_POINT": str(len(typed)),
        "BASH_ENV": "./sh",
    }
    subprocess.run(
        [sys.executable, sluice],
        cwd=large.folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | settings(large, "dots") | asked,
        check=True,
    )
    assert large.ran == []


def test_the_index_is_built_apart_without_the_folders_modules(large, tmp_path, monkeypatch):
    monkeypatch.chdir(large.folder)
    monkeypatch.setenv("PYTHONPATH", f".:{ROOT}")
    monkeypatch.setattr(sys, "path", ["", str(large.folder), *sys.path])
    build_apart(large.folder, tmp_path / "cache", tmp_path / "index", {}, lambda: True)
    assert large.ran == []
