"""The man page and the completion scripts that the wheel installs."""

import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT
from tui.cli.catalogue import COMMANDS, EXIT_CODES
from tui.cli.describe import command_table

PAGE = ROOT / "docs/man/sluice.1"
SHELLS = {"bash": "sluice", "zsh": "_sluice", "fish": "sluice.fish"}


@pytest.fixture(scope="module")
def written():
    return runpy.run_path(str(ROOT / ".ci/manual.py"))["files"]()


def test_every_file_is_as_the_catalogue_has_it(written):
    assert set(written) == {
        PAGE.relative_to(ROOT),
        *(Path("docs/completions") / n for n in SHELLS.values()),
    }
    for path, text in written.items():
        same = (ROOT / path).read_text(encoding="utf-8") == text
        assert same, f"{path} is out of date; `.venv/bin/python .ci/manual.py` writes it"


@pytest.mark.parametrize(("shell", "name"), SHELLS.items())
def test_a_script_in_the_wheel_is_the_one_that_the_command_prints(run, shell, name):
    assert run("completion", shell).out == (ROOT / "docs" / "completions" / name).read_text()


def test_the_same_bytes_come_out_everywhere(tmp_path):
    code = f"import runpy; print(runpy.run_path({str(ROOT / '.ci/manual.py')!r})['manual']())"
    texts = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path, env=os.environ | more, capture_output=True, check=True,
        ).stdout
        for more in (
            {"COLUMNS": "40", "LC_ALL": "C", "TZ": "Asia/Tokyo"},
            {"COLUMNS": "200", "LC_ALL": "C.UTF-8", "FORCE_COLOR": "1", "SLUICE_VAULT": "/tmp"},
        )
    }  # fmt: skip
    assert len(texts) == 1


def test_the_page_has_every_command_option_and_exit_code():
    page = re.sub(r"\\f[BIP]", "", PAGE.read_text()).replace("\\-", "-").replace("\\(ba", "|")
    for command in command_table():
        for line in (*command.usage, *(o.flags for o in (*command.arguments, *command.options))):
            assert f"\n{line}\n" in page
    for code in EXIT_CODES:
        assert f"\n.B {code}\n" in page


def test_the_table_of_commands_has_each_once_with_its_options():
    table = command_table()
    assert [command.name for command in table] == list(COMMANDS)
    (listed,) = (command for command in table if command.name == "list")
    assert listed.group == "look" and listed.usage == ("sluice list [QUERY...] [options]",)
    assert [option.flags for option in listed.arguments] == ["QUERY"]
    assert "-q, --query QUERY" in [option.flags for option in listed.options]
    assert listed.common[0].flags == "--vault DIR"


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="needs mandoc")
def test_mandoc_finds_nothing_to_complain_about():
    lint = subprocess.run(["mandoc", "-Tlint", PAGE], capture_output=True, text=True, check=False)
    assert (lint.returncode, lint.stdout, lint.stderr) == (0, "", "")


@pytest.mark.skipif(shutil.which("man") is None, reason="needs man")
def test_man_shows_the_page_without_a_warning(tmp_path):
    shown = subprocess.run(
        ["man", "--warnings=w", "-l", PAGE],
        env=os.environ | {"LC_ALL": "C.UTF-8", "MANWIDTH": "80"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "sluice rename-value FIELD OLD=NEW [options]" in re.sub(".\b", "", shown.stdout)
