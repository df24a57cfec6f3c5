"""Programs of the user's own, run by a key: what they are given, and what comes of their output."""

import json
import shlex
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.samples import configure_program
from tui.session.questions import AcceptDrafts, CommandEnded, ShowOutput

NAME, SECOND = "SOURCE-001-apples.md", "SOURCE-002-bridges.md"
ECHO = "import sys, json; print(json.dumps([sys.argv[1:], sys.stdin.read()]))"
DRAFTS = "print('- The first: yes'); print(); print('2. The second'); print('* Third'); print('x')"


@pytest.fixture
def command(config, tmp_path):
    """Configure one command that runs a Python program, with the arguments it gets."""
    return partial(configure_program, config, tmp_path)


@pytest.fixture
def titled(write):
    """Write a source with a title as YAML has it, above the others."""

    def write_titled(title):
        path = write(0, "Aaa")
        path.write_text(path.read_text().replace('title: "Aaa"', f"title: {title}"))

    return write_titled


def given(app):
    """The arguments and the input that the program was given."""
    arguments, stdin = json.loads("".join(app.box.question.lines))
    return arguments, [json.loads(line) for line in stdin.splitlines()]


def test_the_program_gets_arguments_and_the_source_as_json(sluice, command, vault):
    command(ECHO, "{path}", "{url}", "--id={id}", "{title}", "{{id}}")
    with sluice() as app:
        app.press("ctrl+y")
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


def test_what_a_title_says_is_never_a_command(sluice, command, titled, tmp_path):
    bad = tmp_path / "harm"
    titled(json.dumps(f"$(touch {bad}); `touch {bad}` | '\"{{path}} {{url}}"))
    command(ECHO, "{title}")
    with sluice() as app:
        app.press("g", "ctrl+y")
        (title,), _ = given(app)
    assert title == f"$(touch {bad}); `touch {bad}` | '\"{{path}} {{url}}"
    assert not bad.exists()


def test_a_value_that_would_be_an_option_is_refused(sluice, command, titled):
    titled('"--exec=harm"')
    command(ECHO, "{title}")
    with sluice() as app:
        app.press("g", "ctrl+y")
        assert "would read “--exec=harm” as an option" in app.box.latest(CommandEnded).sentence
        assert app.box.question.lines == []


def test_after_two_dashes_any_value_is_an_argument(sluice, command, titled):
    titled('"--exec=harm"')
    command(ECHO, "--", "{title}")
    with sluice() as app:
        app.press("g", "ctrl+y")
        assert given(app)[0] == ["--", "--exec=harm"]


def test_a_source_without_the_value_is_refused_by_name(sluice, command, write):
    write(0, "Aaa", url="internal")
    command(ECHO, "{url}", output="toast")
    with sluice() as app:
        app.press("g", "ctrl+y")
        assert app.toast == "Fetch it was not run: “Aaa” has no url."


def test_it_runs_in_the_vault_with_the_source_in_its_environment(sluice, command, vault):
    command(
        "import os; print(os.getcwd(), os.environ['SLUICE_ID'], os.environ['SLUICE_VAULT'])",
        output="toast",
    )
    with sluice() as app:
        app.press("ctrl+y")
        assert app.toast == f"Fetch it: {vault} SOURCE-20260101-001 {vault}"


def test_a_shell_runs_only_what_asks_for_it(sluice, command, titled):
    titled('"a; echo harm"')
    command("", run='printf %s "$SLUICE_TITLE" | tr a-z A-Z', shell=True, output="toast")
    with sluice() as app:
        app.press("g", "ctrl+y")
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
def test_how_it_ended_is_reported_in_a_sentence(sluice, command, program, sentence):
    command(program, output="toast")
    with sluice() as app:
        app.press("ctrl+y")
        assert app.toast == sentence


def test_a_program_that_is_not_there_is_named(sluice, command):
    command("", run=["no-such-program", "{path}"])
    with sluice() as app:
        app.press("ctrl+y")
        said = app.box.latest(CommandEnded).sentence
        assert "Fetch it was not run: there is no program no-such-program;" in said


def test_nothing_is_said_of_a_silent_command_unless_it_fails(sluice, command):
    path = command("print('words')", output="none")
    with sluice() as app:
        app.press("ctrl+y")
        assert app.toast == ""
        path.write_text("import sys; sys.exit(2)")
        app.press("ctrl+y")
        assert app.toast == "Fetch it exited with code 2."


def test_a_program_that_takes_too_long_is_ended(sluice, command):
    command("import time; time.sleep(600)", timeout=0.2, output="toast")
    with sluice() as app:
        app.press("ctrl+y")
        assert app.toast == "Fetch it took longer than 0.2 s and was stopped."


def test_insights_that_are_there_are_not_offered_again(sluice, command, write):
    write(0, "Aaa", key_insights="[The second, x]")
    command(DRAFTS, output="insights")
    with sluice() as app:
        app.press("g", "ctrl+y")
        assert app.box.question == AcceptDrafts("Aaa", ["The first: yes", "Third"])


def test_a_failed_program_offers_no_insights(sluice, command):
    command("print('half'); raise SystemExit('broken')", output="insights")
    with sluice() as app:
        app.press("ctrl+y")
        assert isinstance(app.box.question, ShowOutput)
        assert "exited with code 1: broken." in app.box.latest(CommandEnded).sentence


def test_own_commands_stand_in_help_palette_and_key_bar(sluice, command):
    command("pass", name="Fetch the whole transcript")
    with sluice() as app:
        assert "ctrl+y Fetch the who…" in app.keys
        for key in ("question_mark", "ctrl+p"):
            app.press(key)
            [option] = [one for one in app.box.options if one.label == "Fetch the whole transcript"]
            assert (option.lead, option.id) == ("ctrl+y", "own.fetch_the_whole_transcript")
            app.press("escape")


def test_the_keys_setting_can_give_an_own_command_another_key(sluice, config):
    run = shlex.join([sys.executable, "-c", "print(7)"])
    config(
        f'keys: {{own.fetch_it: "ctrl+t"}}\n'
        f"commands: [{{name: Fetch it, shell: true, run: {json.dumps(run)}, output: toast}}]"
    )
    with sluice() as app:
        app.press("ctrl+t")
        assert app.toast == "Fetch it: 7"


def test_for_marked_runs_once_for_all_marked_sources(sluice, command, vault):
    command(ECHO, "--in", "{path}", **{"for": "marked"})
    with sluice() as app:
        app.press("j", "x", "x", "ctrl+y")
        assert app.box.question.title == "Fetch it · 2 sources"
        arguments, records = given(app)
    names = ["SOURCE-002-bridges.md", "SOURCE-003-clocks.md"]
    assert arguments == ["--in", *(str(vault / name) for name in names)]
    assert [Path(record["path"]).name for record in records] == names


def test_for_each_runs_one_after_the_other_and_counts_what_failed(sluice, command):
    program = "import sys; print(sys.argv[1]); sys.exit('Clocks' in sys.argv[1])"
    command(program, "{title}", **{"for": "each"})
    with sluice() as app:
        app.press("*", "ctrl+y")
        lines = app.box.question.lines
        assert lines[:3] == ["── Apples in autumn", "Apples in autumn", ""]
        said = app.box.latest(CommandEnded).sentence
        assert said == "Fetch it: 3 of 4 done; one exited with code 1."


def test_without_for_a_command_is_about_the_cursor_whatever_is_marked(sluice, command):
    command(ECHO, "{title}")
    with sluice() as app:
        app.press("x", "ctrl+y")
        assert given(app)[0] == ["Bridges over water"]


def test_insights_of_each_go_to_their_own_source_and_marks_take_none(sluice, command, files):
    program = "import sys; print('About', sys.argv[1])"
    command(program, "{title}", output="insights", **{"for": "each"})
    with sluice() as app:
        app.press("x", "x", "g", "ctrl+y")
        for title in ("Apples in autumn", "Bridges over water"):
            assert app.box.question == AcceptDrafts(title, [f"About {title}"])
            app.box.close([f"About {title}"])
            app.settled()
    added = {
        name: [line for line in lines if line.startswith("+") and "About" in line]
        for name, lines in files.changes.items()
    }
    assert {name: len(lines) for name, lines in added.items()} == {NAME: 1, SECOND: 1}
    assert "Apples" in added[NAME][0]
    assert "Bridges" in added[SECOND][0]
