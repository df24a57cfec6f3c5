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


_FRAME = """
import asyncio, sys
from pathlib import Path
from tui.app.app import SluiceApp
from tui.state.folders import user_folders
from tui.state.config import Config

def stop(app):
    assert app.screen.query_one("#preview").size
    app.exit(list(sys.modules))

SluiceApp.begin = stop

async def show():
    app = SluiceApp(Path("seeds").absolute(), user_folders(), Config())
    async with app.run_test() as pilot:
        while app.return_value is None:
            await pilot.pause()
    return app.return_value

sys.stderr.write("\\nimported: " + " ".join(asyncio.run(show())))
"""


def imported_by(*arguments: str, program: str = _REPORT) -> set[str]:
    """The modules a fresh process holds when the command is done."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
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


def test_stats_load_neither_the_screen_nor_the_search_nor_for_json_a_picture():
    loaded = imported_by("stats", "--vault", "seeds")
    assert {"tui.triage.stats", "tui.triage.picture"} <= loaded
    assert loaded & {"textual", "rich", "rapidfuzz", "argcomplete", "asyncio"} == set()
    loaded = imported_by("stats", "--json", "--vault", "seeds")
    assert loaded & {"tui.triage.picture", "rich"} == set()


def test_a_lookup_does_not_load_the_screen():
    loaded = imported_by("find", "agents", "--vault", "seeds")
    assert "rapidfuzz" in loaded
    assert "textual" not in loaded


def test_a_change_loads_neither_the_screen_nor_the_search():
    loaded = imported_by("undo", "--vault", "seeds")
    assert "tui.vault.history.journal" in loaded
    assert loaded & {"textual", "rapidfuzz"} == set()


def test_setting_a_source_named_by_its_path_loads_nothing_for_the_others(tmp_path, monkeypatch):
    for kind in ("CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    source = tmp_path / "vault" / "SOURCE-1.md"
    source.parent.mkdir()
    source.write_text("---\nid: SOURCE-1\nstatus: raw\n---\nText.\n", encoding="utf-8")
    loaded = imported_by("set", "--vault", str(source.parent), str(source), "signal_tier=noise")
    assert "signal_tier: noise" in source.read_text(encoding="utf-8")
    assert "tui.vault.writing.writer" in loaded
    unwanted = {
        "argcomplete",
        "asyncio",
        "concurrent",
        "dataclasses",
        "difflib",
        "importlib.resources",
        "inspect",
        "logging",
        "platformdirs",
        "rapidfuzz",
        "rich",
        "secrets",
        "sqlite3",
        "subprocess",
        "tempfile",
        "textual",
    }
    unwanted |= {"tui.cli.completion", "tui.cli.diff", "tui.state.log", "tui.triage.pace"}
    unwanted |= {
        "tui.vault.reading.cache",
        "tui.vault.reading.helpers",
        "tui.vault.reading.all_files",
    }
    unwanted |= {
        "tui.vault.repair.one_field",
        "tui.vault.repair.propose",
        "tui.vault.writing.moved_lines",
        "tui.vault.writing.rewrite",
    }
    unwanted |= {
        "tui.vault.header.explain",
        "tui.vault.header.misquoted",
        "tui.vault.header.salvage",
    }
    assert loaded & unwanted == set()
    aside = ("tui.app", "tui.checks", "tui.search")
    assert [name for name in loaded if name.startswith(aside)] == []


def test_the_first_frame_waits_for_nothing_that_only_keys_and_sources_need():
    loaded = imported_by(program=_FRAME)
    assert "tui.app.screens.triage" in loaded
    unwanted = {
        "yaml",
        "frontmatter",
        "rapidfuzz",
        "watchfiles",
        "sqlite3",
        "argparse",
        "pyperclip",
    }
    unwanted |= {"tui.desk", "tui.session.session", "tui.session.ports", "markdown_it"}
    unwanted |= {"tui.app.boxes.picker"}
    unwanted |= {"tui.app.widgets.text_layout", "tui.app.widgets.markdown_lines"}
    assert loaded & unwanted == set()
    below = ("tui.vault.", "tui.search.", "tui.triage.", "tui.checks.")
    assert [name for name in loaded if name.startswith(below)] == []


def test_the_options_of_a_picker_load_no_screen():
    program = (
        "import sys, tui.session.option; sys.stderr.write('imported: ' + ' '.join(sys.modules))"
    )
    loaded = imported_by(program=program)
    assert "tui.session.option" in loaded
    assert loaded & {"textual", "rich"} == set()


def test_imports_point_down_and_only_the_app_knows_textual():
    lint = "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])"
    done = subprocess.run(
        [sys.executable, "-c", lint], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "6 kept, 0 broken" in done.stdout
