"""The page for scripts: `sluice help scripts`, whose every command is run in tests/test_docs.py."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, SOURCES
from tui.cli.scripts import scripts_page

ALPHA, *_ = SOURCES
_ROW = re.compile(r"^\| (`.*`) \| (.*) \|$", re.MULTILINE)


def keys_of(command: str) -> list[str]:
    """The keys that the page names for a command."""
    (found,) = (keys for names, keys in _ROW.findall(scripts_page()) if f"`{command}`" in names)
    found = re.sub(r" \([^)]*\)", "", found)
    if found.startswith("those of list, and "):
        return [*keys_of("list"), *found.removeprefix("those of list, and ").split(", ")]
    if found == "those of propose without refused":
        return keys_of("propose")[:-1]
    return found.split(", ")


def test_help_prints_the_page_that_is_in_the_docs(vault, run):
    said = run("help", "scripts")
    assert (said.code, said.err) == (0, "")
    assert said.out == scripts_page()
    assert said.out in (ROOT / "docs" / "scripts.md").read_text(encoding="utf-8") + "\n"
    assert "sluice help scripts" in run("--help").out
    # A folder of that name is still a folder.
    (vault / "scripts").mkdir()
    assert run("scripts", "--help").out == run("--help").out


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["show", ALPHA],
        ["find", "alpha"],
        ["set", ALPHA, "tier=noise"],
        ["promote", ALPHA],
        ["archive", ALPHA],
        ["snooze", ALPHA, "tomorrow"],
        ["add", "https://example.com/new"],
        ["rename-value", "guest", "Ada=Bo"],
        ["undo"],
        ["redo"],
        ["propose", ALPHA, "tier=noise", "--by", "a"],
        ["proposals"],
        ["check"],
        ["log"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_json_has_the_keys_that_the_page_names(arguments, vault: Path, run):
    run("propose", ALPHA, "cat=general", "--by", "a")
    run("set", ALPHA, "guest=Ada")
    if arguments == ["redo"]:
        run("undo")
    record = json.loads(run(*arguments, "--json").lines[0])
    assert list(record) == keys_of(arguments[0])


def test_the_page_names_every_command_that_prints_json_about_sources(run):
    page = scripts_page()
    for command in ("list", "show", "find", "set", "promote", "archive", "undo", "redo", "log"):
        assert keys_of(command), command
    assert set(re.findall(r"^- `(\d+)`", page, re.MULTILINE)) == {"0", "1", "2", "130"}
