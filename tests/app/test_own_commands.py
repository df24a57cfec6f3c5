"""Programs of the user's own, run by a key: what they are given, and what comes of their output."""

import json
import os
import shlex
import sys
import time
from pathlib import Path

import pytest
from textual.widgets import Static

from tui.app.boxes.accept import AcceptBox
from tui.app.boxes.output import OutputBox

NAME, SECOND = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"


@pytest.fixture
def command(config, tmp_path):
    """Configure one command that runs a Python program, with the arguments it gets."""

    def write(program, *arguments, **fields):
        path = tmp_path / "program.py"
        path.write_text(program, encoding="utf-8")
        run = fields.pop("run", [sys.executable, str(path), *arguments])
        entry = {"name": "Fetch it", "key": "ctrl+y", "run": run, **fields}
        config(json.dumps({"commands": [entry]}))
        return path

    return write


@pytest.fixture
def titled(write):
    """Write a source with a title as YAML has it, above the others."""

    def write_titled(title):
        path = write(0, "Aaa")
        path.write_text(path.read_text().replace('title: "Aaa"', f"title: {title}"))

    return write_titled


ECHO = "import sys, json; print(json.dumps([sys.argv[1:], sys.stdin.read()]))"


def given(app):
    """The arguments and the input that the program was given."""
    arguments, stdin = json.loads("".join(app.app.screen._question.lines))
    return arguments, [json.loads(line) for line in stdin.splitlines()]


async def test_the_program_gets_arguments_and_the_source_as_json(sluice, command, vault):
    command(ECHO, "{path}", "{url}", "--id={id}", "{title}", "{{id}}")
    async with sluice() as app:
        await app.press("ctrl+y")
        arguments, records = given(app)
    assert arguments == [
        str(vault / NAME),
        "https://example.com/1",
        "--id=SOURCE-20260101-001",
        "Apples in autumn",
        "{id}",
    ]
    (record,) = records
    assert record["path"] == str(vault / NAME)
    assert record["title"] == "Apples in autumn"
    assert record["insights"] == []


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


async def test_what_a_title_says_is_never_a_command(sluice, command, titled, tmp_path):
    bad = tmp_path / "harm"
    titled(json.dumps(f"$(touch {bad}); `touch {bad}` | '\"{{path}} {{url}}"))
    command(ECHO, "{title}")
    async with sluice() as app:
        await app.press("g", "ctrl+y")
        (title,), _ = given(app)
    assert title == f"$(touch {bad}); `touch {bad}` | '\"{{path}} {{url}}"
    assert not bad.exists()


async def test_a_value_that_would_be_an_option_is_refused(sluice, command, titled):
    titled('"--exec=harm"')
    command(ECHO, "{title}")
    async with sluice() as app:
        await app.press("g", "ctrl+y")
        said = str(app.app.screen.query_one("#said", Static).content)
        assert "would read “--exec=harm” as an option" in said
        assert app.app.screen._question.lines == []


async def test_after_two_dashes_any_value_is_an_argument(sluice, command, titled):
    titled('"--exec=harm"')
    command(ECHO, "--", "{title}")
    async with sluice() as app:
        await app.press("g", "ctrl+y")
        assert given(app)[0] == ["--", "--exec=harm"]


async def test_a_source_without_the_value_is_refused_by_name(sluice, command, write):
    write(0, "Aaa", url="internal")
    command(ECHO, "{url}", output="toast")
    async with sluice() as app:
        await app.press("g", "ctrl+y")
        assert app.toast == "Fetch it was not run: “Aaa” has no url."


async def test_it_runs_in_the_vault_with_the_source_in_its_environment(sluice, command, vault):
    command(
        "import os; print(os.getcwd(), os.environ['SLUICE_ID'], os.environ['SLUICE_VAULT'])",
        output="toast",
    )
    async with sluice() as app:
        await app.press("ctrl+y")
        assert app.toast == f"Fetch it: {vault} SOURCE-20260101-001 {vault}"


async def test_a_shell_runs_only_what_asks_for_it(sluice, command, titled):
    titled('"a; echo harm"')
    command("", run='printf %s "$SLUICE_TITLE" | tr a-z A-Z', shell=True, output="toast")
    async with sluice() as app:
        await app.press("g", "ctrl+y")
        assert app.toast == "Fetch it: A; ECHO HARM"


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("import sys; print('no such page', file=sys.stderr); sys.exit(3)",
         "Fetch it exited with code 3: no such page."),
        ("import sys; sys.exit(4)", "Fetch it exited with code 4."),
        ("import os; os.kill(os.getpid(), 9)", "Fetch it was killed by signal 9."),
        ("print('\\x1b[31mfine\\x1b[0m')", "Fetch it: fine"),
        ("pass", "Fetch it: done"),
    ],
)  # fmt: skip
async def test_how_it_ended_is_reported_in_a_sentence(sluice, command, program, sentence):
    command(program, output="toast")
    async with sluice() as app:
        await app.press("ctrl+y")
        assert app.toast == sentence


async def test_a_program_that_is_not_there_is_named(sluice, command):
    command("", run=["no-such-program", "{path}"])
    async with sluice() as app:
        await app.press("ctrl+y")
        picture = " ".join(app.picture.split())
        assert "Fetch it was not run: there is no program no-such-program;" in picture


async def test_nothing_is_said_of_a_silent_command_unless_it_fails(sluice, command):
    path = command("print('words')", output="none")
    async with sluice() as app:
        await app.press("ctrl+y")
        assert app.toast == ""
        path.write_text("import sys; sys.exit(2)")
        await app.press("ctrl+y")
        assert app.toast == "Fetch it exited with code 2."


async def test_a_program_that_takes_too_long_is_ended(sluice, command):
    command("import time; time.sleep(600)", timeout=0.2, output="toast")
    async with sluice() as app:
        await app.press("ctrl+y")
        assert app.toast == "Fetch it took longer than 0.2 s and was stopped."


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
        await app.press("escape")
        assert files.lines(NAME) == [
            "- key_insights: []",
            "+ key_insights:",
            '+   - "The first: yes"',
            '+   - "Third and last"',
        ]
        assert app.toast == "key_insights += 2 items"
        await app.press("u")
    assert (vault / NAME).read_bytes() == before


async def test_insights_that_are_there_are_not_offered_again(sluice, command, write):
    write(0, "Aaa", key_insights="[The second, x]")
    command(DRAFTS, output="insights")
    async with sluice() as app:
        await app.press("g", "ctrl+y")
        assert "insight 1 of 2" in app.picture


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


async def test_a_failed_program_offers_no_insights(sluice, command):
    command("print('half'); raise SystemExit('broken')", output="insights")
    async with sluice() as app:
        await app.press("ctrl+y")
        assert isinstance(app.app.screen, OutputBox)
        assert "exited with code 1: broken." in app.picture


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


async def test_own_commands_stand_in_help_palette_and_key_bar(sluice, command):
    command("pass", name="Fetch the whole transcript")
    async with sluice() as app:
        assert "ctrl+y Fetch the who" in app.picture
        for key in ("question_mark", "ctrl+p"):
            await app.press(key)
            assert any(
                line.startswith("ctrl+y") and "Fetch the whole transcript" in line and "own" in line
                for line in app.picker
            )
            await app.press("escape")


async def test_the_keys_setting_can_give_an_own_command_another_key(sluice, config):
    run = shlex.join([sys.executable, "-c", "print(7)"])
    config(
        f'keys: {{own.fetch_it: "ctrl+t"}}\n'
        f"commands: [{{name: Fetch it, shell: true, run: {json.dumps(run)}, output: toast}}]"
    )
    async with sluice() as app:
        await app.press("ctrl+t")
        assert app.toast == "Fetch it: 7"


async def test_for_marked_runs_once_for_all_marked_sources(sluice, command, vault):
    command(ECHO, "--in", "{path}", **{"for": "marked"})
    async with sluice() as app:
        await app.press("j", "x", "x", "ctrl+y")
        assert "Fetch it · 2 sources" in app.picture
        arguments, records = given(app)
    names = ["SOURCE-002-bridges.md", "SOURCE-003-clocks.md"]
    assert arguments == ["--in", *(str(vault / name) for name in names)]
    assert [Path(record["path"]).name for record in records] == names


async def test_for_each_runs_one_after_the_other_and_counts_what_failed(sluice, command):
    program = "import sys; print(sys.argv[1]); sys.exit('Clocks' in sys.argv[1])"
    command(program, "{title}", **{"for": "each"})
    async with sluice() as app:
        await app.press("*", "ctrl+y")
        lines = app.app.screen._question.lines
        assert lines[:3] == ["── Apples in autumn", "Apples in autumn", ""]
        assert "Fetch it: 3 of 4 done; one exited with code 1." in app.picture


async def test_without_for_a_command_is_about_the_cursor_whatever_is_marked(sluice, command):
    command(ECHO, "{title}")
    async with sluice() as app:
        await app.press("x", "ctrl+y")
        assert given(app)[0] == ["Bridges over water"]


async def test_insights_of_each_go_to_their_own_source_and_marks_take_none(sluice, command, files):
    program = "import sys; print('About', sys.argv[1])"
    command(program, "{title}", output="insights", **{"for": "each"})
    async with sluice() as app:
        await app.press("x", "x", "g", "ctrl+y")
        assert "insight 1 of 1 · Apples in autumn" in app.picture
        await app.press("enter")
        assert "insight 1 of 1 · Bridges over water" in app.picture
        await app.press("enter")
    added = {
        name: [line for line in lines if line.startswith("+") and "About" in line]
        for name, lines in files.changes.items()
    }
    assert {name: len(lines) for name, lines in added.items()} == {NAME: 1, SECOND: 1}
    assert "Apples" in added[NAME][0]
    assert "Bridges" in added[SECOND][0]


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
