"""What a command imports, and which package may import which."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

_REPORT = """
import sys
from tui.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
sys.stderr.write("\\nimported: " + " ".join(sys.modules))
"""


def imported_by(*arguments: str) -> set[str]:
    """The modules a fresh process holds when the command is done."""
    done = subprocess.run(
        [sys.executable, "-c", _REPORT, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.rpartition("imported: ")[2].split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["set", "--help"], ["lits"]])
def test_help_and_usage_read_no_yaml_and_load_no_search_and_no_screen(arguments):
    loaded = imported_by(*arguments)
    assert "tui.cli.arguments" in loaded
    unwanted = {
        "yaml",
        "frontmatter",
        "rapidfuzz",
        "argcomplete",
        "platformdirs",
        "textual",
        "rich",
    }
    assert loaded & unwanted == set()


def test_a_list_loads_neither_the_screen_nor_the_search():
    loaded = imported_by("list", "--vault", "seeds")
    assert "yaml" in loaded
    assert loaded & {"textual", "rapidfuzz", "argcomplete", "asyncio"} == set()


def test_a_lookup_does_not_load_the_screen():
    loaded = imported_by("find", "agents", "--vault", "seeds")
    assert "rapidfuzz" in loaded
    assert "textual" not in loaded


def test_a_change_loads_neither_the_screen_nor_the_search():
    loaded = imported_by("undo", "--vault", "seeds")
    assert "tui.vault.journal" in loaded
    assert loaded & {"textual", "rapidfuzz"} == set()


def test_imports_point_down_and_only_the_app_knows_textual():
    lint = "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])"
    done = subprocess.run(
        [sys.executable, "-c", lint], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "2 kept, 0 broken" in done.stdout
