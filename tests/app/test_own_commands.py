"""Programs of the user's own, run by a key: what they are given, and what comes of their output."""

import os
import time
from functools import partial
from pathlib import Path

import pytest

from tests.samples import configure_program
from tui.app.boxes.accept import AcceptBox
from tui.app.boxes.output import OutputBox

NAME, SECOND = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"


@pytest.fixture
def command(config, tmp_path):
    """Configure one command that runs a Python program, with the arguments it gets."""
    return partial(configure_program, config, tmp_path)


async def test_its_output_is_in_a_box_that_says_how_it_went(sluice, command):
    command("print('one'); print('two')")
    async with sluice() as app:
        await app.press("ctrl+y")
        assert isinstance(app.app.screen, OutputBox)
        assert "Fetch it · Apples in autumn" in app.picture
        assert "one" in app.picture
        assert "Fetch it: done" in app.picture
        await app.press("q")
        assert app.app.screen is app.screen


WAITS = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open(sys.argv[1], "w").write(f"{os.getpid()} {child.pid}")
print("began", flush=True)
time.sleep(600)
"""


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # One that has ended and that nobody has asked about is no process any more.
    with Path(f"/proc/{pid}/stat").open() as stat:
        return stat.read().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="looks at processes in /proc")
async def test_esc_stops_it_and_all_it_started_while_the_screen_lives(sluice, command, tmp_path):
    pids = tmp_path / "pids"
    command(WAITS, str(pids))
    async with sluice() as app:
        await app.burst_key("ctrl+y")
        await app.until(lambda: "began" in app.picture)
        assert "esc stops it" in app.picture
        running = [int(pid) for pid in pids.read_text().split()]
        assert all(map(alive, running))
        await app.burst_key("escape")
        await app.settled()
        assert app.toast == "Stopped Fetch it."
        await app.until(lambda: not any(map(alive, running)))
        await app.press("j")
        assert app.here == SECOND


async def test_keys_work_while_a_command_without_a_box_runs_and_the_palette_stops_it(
    sluice, command, tmp_path, files
):
    pids = tmp_path / "pids"
    command(WAITS, str(pids), output="toast")
    async with sluice() as app:
        await app.burst_key("ctrl+y")
        await app.until(lambda: pids.exists() and pids.read_text())
        for key in ("j", "1"):
            await app.burst_key(key)
        assert app.here == SECOND
        await app.burst_key("ctrl+p")
        for letter in "stop the commands":
            await app.burst_key("space" if letter == " " else letter)
        await app.burst_key("enter")
        await app.settled()
        assert app.toast == "Stopped Fetch it."
    assert files.lines(SECOND)[1].startswith("+ signal_tier: paradigm")


async def test_quitting_does_not_wait_for_a_program(sluice, command, tmp_path):
    pids = tmp_path / "pids"
    command(WAITS, str(pids), output="toast")
    began = time.monotonic()
    async with sluice() as app:
        await app.burst_key("ctrl+y")
        await app.until(lambda: pids.exists() and pids.read_text())
        await app.burst_key("q")
    assert time.monotonic() - began < 60


async def test_hostile_output_is_shown_as_text(sluice, command):
    command(r"""
import sys
sys.stdout.buffer.write(b"\x1b]0;title\x07[/red] \x1b[31mred\x1b[0m ")
sys.stdout.buffer.write(b"\x00\x9b \xff \xe2\x80\xae\r\nnext")
""")
    async with sluice() as app:
        await app.press("ctrl+y")
        assert "[/red] red ␀" in app.picture
        assert "next" in app.picture
        assert "\x1b" not in app.picture
        assert "\u202e" not in app.picture


async def test_output_without_end_is_bounded_and_can_be_scrolled(sluice, command):
    command("for i in range(400_000): print('line', i)")
    async with sluice() as app:
        await app.press("ctrl+y")
        lines = app.app.screen._question.lines
        assert sum(len(line) + 1 for line in lines) < 1_200_000
        assert lines[-1] == "… the rest of the output is left out"
        await app.until(lambda: len(app.app.screen._view._rows) == len(lines))
        await app.press("G")
        assert "the rest of the output is left out" in app.picture
        await app.press("g")
        assert "line 0" in app.picture


async def test_the_output_can_be_copied(sluice, command, clipboard):
    command("print('one'); print('two')")
    async with sluice() as app:
        await app.press("ctrl+y")
        await app.press("y")
        assert clipboard == ["one\ntwo"]
        assert "Copied output" in app.toast


DRAFTS = "print('- The first: yes'); print(); print('2. The second'); print('* Third'); print('x')"


async def test_lines_become_insights_one_by_one_and_one_undo_takes_them_back(
    sluice, command, files, vault
):
    command(DRAFTS, output="insights")
    before = (vault / NAME).read_bytes()
    async with sluice() as app:
        await app.press("ctrl+y")
        assert isinstance(app.app.screen, AcceptBox)
        assert "insight 1 of 4 · Apples in autumn" in app.picture
        assert "The first: yes" in app.picture
        await app.press("enter", "n", "e")
        await app.type(" and last")
        await app.press("enter")
        assert "2 accepted" in app.picture
        await app.press("ctrl+s")
        assert files.lines(NAME) == [
            "- key_insights: []",
            "+ key_insights:",
            '+   - "The first: yes"',
            '+   - "Third and last"',
        ]
        assert app.toast == "2 new insights · “Apples in autumn” · u undoes"
        await app.press("u")
    assert (vault / NAME).read_bytes() == before


async def test_esc_accepts_none_of_the_drafts(sluice, command, files):
    command(DRAFTS, output="insights")
    async with sluice() as app:
        await app.press("ctrl+y", "enter", "n", "escape")
        assert app.app.screen is app.screen
    assert files.changes == {}


async def test_esc_in_the_field_goes_back_to_the_draft_as_it_was(sluice, command, files):
    command(DRAFTS, output="insights")
    async with sluice() as app:
        await app.press("ctrl+y")
        await app.press("e")
        await app.type("zzz")
        await app.press("escape")
        assert "zzz" not in app.picture
        await app.press("q")
        assert app.app.screen is app.screen
    assert files.changes == {}


async def test_no_line_is_reported_and_changes_nothing(sluice, command, files):
    command("pass", output="insights")
    async with sluice() as app:
        await app.press("ctrl+y")
        assert "No output" in app.picture
    assert files.changes == {}


async def test_a_file_the_program_changes_is_shown_as_it_is_now(sluice, command, vault):
    command(
        "import sys, pathlib; p = pathlib.Path(sys.argv[1]);"
        "p.write_text(p.read_text().replace('Apples in autumn', 'Pears in spring'))",
        "{path}",
        output="toast",
    )
    async with sluice() as app:
        await app.press("ctrl+y")
        await app.until(lambda: app.title == "Pears in spring")


async def test_what_was_decided_before_is_in_the_file_when_the_program_reads_it(
    sluice, command, vault
):
    command("import sys; print('status: triaged' in open(sys.argv[1]).read())", "{path}")
    async with sluice() as app:
        await app.burst("p", "k", "ctrl+y")
        await app.settled()
        assert app.app.screen._question.lines[0] == "True"


async def test_no_command_of_a_file_that_others_may_write_to_is_run(
    sluice, command, files, home, tmp_path
):
    command("import pathlib, sys; pathlib.Path(sys.argv[1]).touch()", str(tmp_path / "ran"))
    path = home / "config" / "sluice" / "config.yaml"
    path.chmod(0o666)
    async with sluice() as app:
        assert any(f"`chmod go-w {path}`" in toast for toast in app.toasts)
        await app.press("ctrl+y")
        assert not isinstance(app.app.screen, OutputBox)
    assert not (tmp_path / "ran").exists()
    assert files.changes == {}
