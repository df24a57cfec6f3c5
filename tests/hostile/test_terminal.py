"""Every command on all hostile vaults at once, in a terminal of its own and into a pipe."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.conftest import ROOT, assert_no_letter_acts, plain_picture
from tests.hostile.vaults import ESC, KINDS, names_that_act, source

SMALL = (
    "escapes_in_values", "raw_escapes_in_a_header", "eight_bit_controls", "markup", "bidi",
    "joiners", "nul", "invalid_utf8", "odd_line_ends", "tags", "odd_values", "addresses",
    "names_that_act", "no_regular_files", "links",
)  # fmt: skip
COMMANDS = (
    ["list"], ["list", "--json"], ["find", "quiet"], ["find", "quiet", "--json"], ["urls"],
    ["check"], ["check", "--json"], ["show", "SOURCE-escapes"], ["show", "--json", "SOURCE-bidi"],
    ["show", "SOURCE-eight-body"], ["show", "nothing\x1b[2J\x07"], ["list", "-q", "\x1b]0;x\x07:a"],
    ["set", "SOURCE-escapes", "title=x", "tier=strategic", "--dry-run"],
    ["set", "SOURCE-escapes", "tier=strategic"],
    ["promote", "SOURCE-escapes"], ["archive", "SOURCE-markup"], ["log"], ["log", "--json"],
    ["undo"], ["redo"], ["init", "--dry-run"], ["init", "--explain"],
    ["export", "-q", "", "--as", "json"], ["export", "-q", "", "--as", "csv"],
    ["export", "-q", "", "--as", "md"], ["notebook", "show", "\x1b[2J"],
    ["lis\x1b[2J"], ["list", "--\x1b[2J"],
)  # fmt: skip


@pytest.fixture
def vault(place: Path) -> Path:
    """The kinds that are about signs, names and values, and not about size."""
    for kind in SMALL:
        (place / kind).mkdir()
        KINDS[kind](place / kind)
    return place


def run_in_terminal(arguments: list[str], environment: dict[str, str]) -> tuple[int, bytes]:
    """The exit code, and every byte the terminal was sent."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", *arguments],
        stdin=theirs, stdout=theirs, stderr=theirs, env=environment,
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:
        # How Linux says that nobody holds the other end any more.
        pass
    os.close(ours)
    return process.wait(), shown.replace(b"\r\n", b"\n")


@pytest.mark.parametrize("shown_on", ["terminal", "pipe"])
def test_nothing_that_acts_is_sent(vault: Path, shown_on: str) -> None:
    environment = os.environ | {
        "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "SLUICE_VAULT": str(vault),
        "COLUMNS": "100",
    }  # fmt: skip
    for command in COMMANDS:
        if shown_on == "terminal":
            code, shown = run_in_terminal(command, environment)
        else:
            done = subprocess.run(
                [sys.executable, "-m", "tui", *command],
                env=environment, capture_output=True, stdin=subprocess.DEVNULL, check=False,
            )  # fmt: skip
            code, shown = done.returncode, done.stdout + done.stderr
        assert code in (0, 1, 2), command
        text = plain_picture(shown) if shown_on == "terminal" else shown.decode()
        assert_no_letter_acts(text, str(command))
        assert text, command
        assert "Traceback" not in text
        assert "Internal error in sluice" not in text


def test_a_name_cannot_forge_a_line_of_a_diff(place: Path) -> None:
    names_that_act(place)
    done = subprocess.run(
        [sys.executable, "-m", "tui", "archive", "SOURCE-two\nlines: x.md", "--dry-run"],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, cwd=place, capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[:2] == [
        b'--- "a/SOURCE-two\\012lines: x.md"',
        b'+++ "b/SOURCE-two\\012lines: x.md"',
    ]
    assert ESC not in done.stdout


def test_names_that_look_like_options_are_reached_as_paths(place: Path) -> None:
    names_that_act(place)
    for name in ("--help.md", "-rf.md", "--vault=x.md", "-.md", "a=b.md", "status=raw.md", "~.md"):
        done = subprocess.run(
            [sys.executable, "-m", "tui", "set", f"./{name}", "tier=strategic"],
            env=os.environ | {"PYTHONPATH": str(ROOT)}, cwd=place, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        was = source(b"title: named oddly\n")
        now = (place / name).read_bytes()
        assert now == was.replace(b"oddly\n", b"oddly\nsignal_tier: strategic\n")
