"""Output that cannot be written, input that cannot be read: one line why, and never exit 0."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT

full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's /dev/full")
ALPHA = "SOURCE-20260101-alpha.md"
SPEAKING = [
    "list",
    "list --json",
    "find alpha",
    "find alpha --json",
    f"show {ALPHA}",
    f"show {ALPHA} --json",
    "urls",
    "export all --as json",
    "export all --as csv",
    "export all --as md",
    "stats",
    "stats --json",
    "schema",
    "check",
    "completion bash",
    "--help",
    "list --help",
    "--version",
    f"set {ALPHA} tier=noise --dry-run",
]
LOST = "sluice: Cannot write the output ("


def shell(line: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line as a shell does; ``sluice`` is the command of this checkout."""
    command = f"{shlex.quote(sys.executable)} -m tui"
    return subprocess.run(
        ["bash", "-c", f'sluice() {{ {command} "$@"; }}\n{line}'],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm"} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@full
@pytest.mark.parametrize("command", SPEAKING)
def test_a_full_disk_under_stdout_is_reported_and_fails(vault: Path, command: str) -> None:
    ended = shell(f"sluice {command} >/dev/full", vault)
    assert ended.returncode == 1
    assert f"{LOST}no space left on device)" in ended.stderr
    assert ended.stderr.count("Cannot write") == 1
    assert "Traceback" not in ended.stderr and "Exception ignored" not in ended.stderr


@pytest.mark.parametrize("command", SPEAKING)
def test_a_closed_stdout_is_reported_and_fails(vault: Path, command: str) -> None:
    ended = shell(f"sluice {command} >&-", vault)
    assert ended.returncode == 1
    assert f"{LOST}it is closed)" in ended.stderr
    assert "Traceback" not in ended.stderr and "Exception ignored" not in ended.stderr


@pytest.mark.parametrize("command", SPEAKING)
def test_a_reader_that_stops_reading_is_no_failure(vault: Path, command: str) -> None:
    ended = shell(f"set -o pipefail; sluice {command} | true", vault)
    assert ended.returncode == (1 if command == "check" else 0)
    assert "cannot" not in ended.stderr and "ignored" not in ended.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_a_change_is_made_whatever_is_closed_and_no_file_takes_the_streams_place(
    vault: Path, closed: str
) -> None:
    ended = shell(f"sluice set {ALPHA} tier=noise {closed}", vault)
    assert ended.returncode == 0
    text = (vault / ALPHA).read_text()
    assert "signal_tier: noise\n" in text
    assert text.count("\n") == 16 and "signal_tier = " not in text


@full
def test_words_that_cannot_be_written_make_it_fail(vault: Path) -> None:
    ended = shell(f"sluice set {ALPHA} tier=noise 2>/dev/full", vault)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "signal_tier: noise\n" in (vault / ALPHA).read_text(), "it was done all the same"
    for line in ("sluice list >/dev/full 2>/dev/full", "sluice show nothing 2>/dev/full"):
        assert shell(line, vault).returncode == 1
    assert shell("sluice nonsense 2>/dev/full", vault).returncode == 2


def test_queries_that_cannot_be_read_are_a_sentence(vault: Path) -> None:
    closed = shell("sluice find - <&-", vault)
    assert (closed.returncode, closed.stdout) == (1, "")
    assert closed.stderr == (
        "sluice: Cannot read queries from stdin (it is closed); pipe them in, one per line.\n"
    )
    for_writing = shell("sluice find - 0>written", vault)
    assert for_writing.returncode == 1
    assert for_writing.stderr.startswith("sluice: Cannot read queries from stdin (")


@pytest.mark.parametrize(
    "streams", ["<&-", ">&-", "<&- >&-", "</dev/null", ">/dev/null", "2>words", "<&- >&- 2>words"]
)
@pytest.mark.parametrize("command", ["", "demo", "."])
def test_the_app_without_a_terminal_is_a_sentence(vault: Path, command: str, streams: str) -> None:
    ended = shell(f"sluice {command} {streams}", vault)
    words = vault / "words"
    said = words.read_text() if words.exists() else ended.stderr
    assert ended.returncode == 1
    assert said == (
        "sluice: The app needs a terminal that can draw a screen; `sluice list` works in any.\n"
    )


def test_a_dev_null_that_cannot_be_opened_is_no_traceback(vault: Path) -> None:
    code = (
        "import os, sys\n"
        "os.devnull = '/nowhere/null'\n"
        "from tui.cli.main import main\n"
        "sys.exit(main(['list']))\n"
    )
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=vault, stdout=writing, stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)}, text=True, check=False,
    )  # fmt: skip
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, "")


LIMITS = ["ulimit -n 20", "ulimit -f 0", "ulimit -v 200000", "ulimit -v 60000", "ulimit -n 4"]


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("command", ["list", f"set {ALPHA} tier=noise", f"show {ALPHA}", "undo"])
def test_low_limits_are_a_sentence_or_no_matter(vault: Path, command: str, limit: str) -> None:
    before = (vault / ALPHA).read_text()
    ended = shell(f"{limit}; sluice {command}", vault)
    if "Fatal Python error" in ended.stderr or "tui.cli" not in ended.stderr + "tui.cli":
        pytest.skip("Python itself does not start")
    assert ended.returncode in (0, 1)
    assert "Internal error" not in ended.stderr
    after = (vault / ALPHA).read_text()
    assert after in (before, before.replace("tactical", "noise"))
    assert (after != before) == (ended.returncode == 0 and command.startswith("set"))
