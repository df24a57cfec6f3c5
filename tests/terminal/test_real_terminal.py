"""sluice in a real terminal: real keys in, files on disk out, and the terminal given back."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.terminal.conftest import ROOT

FIRST = "SOURCE-20251104-youtube-lecture-the_quiet_stack-why_agents_need_a_boring_middle.md"
ESC = "\x1b"


def changed_lines(path):
    """The lines of a sample's copy that are not as they were.

    The screen shows a change before it is on disk: a test waits for the file.
    """
    before = (ROOT / "seeds" / path.name).read_text().splitlines()
    after = path.read_text().splitlines()
    return [line for line in after if line not in before]


def insights(path):
    """The insights in a source's file."""
    header = path.read_text().split("\n---\n")[0].removeprefix("---\n")
    return yaml.safe_load(header)["key_insights"]


def drafts(home):
    return [json.loads(path.read_text())["text"] for path in home.rglob("drafts/*.json")]


def test_the_demo_opens_promotes_a_source_and_quits(open_terminal, tmp_path):
    terminal = open_terminal("demo")
    terminal.wait_to_see("Why Agents Need a Boring Middle")
    terminal.wait_to_see(" left")
    (copy,) = (tmp_path / "tmp").glob("sluice-demo-*/demo")
    terminal.press("p")
    terminal.wait_to_see("1 today")
    terminal.wait_for(lambda: changed_lines(copy / FIRST) == ["status: triaged"])
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert terminal.is_restored
    assert b"Traceback" not in terminal.output
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_whole_decision_by_keys_is_on_disk_and_found_again(open_terminal, vault_copy):
    terminal = open_terminal(str(vault_copy))
    terminal.wait_to_see(" left")
    terminal.press("/opnai bilds\r")
    terminal.wait_to_see("How OpenAI Builds")
    terminal.press("2c6i")
    terminal.wait_to_see("enter saves")
    terminal.press('“quoted” "so": 👍\r')
    terminal.wait_to_see("✎1")
    terminal.press("p")
    terminal.wait_to_see("1 today")
    terminal.press(f"{ESC}")
    terminal.wait_to_see("Why Agents Need")
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    (path,) = vault_copy.glob("*openai*")
    changed = changed_lines(path)
    assert {line for line in changed if "insight" not in line and "quoted" not in line} == {
        "status: triaged",
        "signal_tier: strategic",
        "notebooklm_category: claude-code",
    }
    assert insights(path) == ['“quoted” "so": 👍']
    again = open_terminal(str(vault_copy))
    again.wait_to_see("1 today")
    again.press("u")
    again.wait_to_see(" left")
    again.wait_for(lambda: "status: raw" in path.read_text())


def test_keys_of_one_write_find_their_places(open_terminal, vault_copy):
    terminal = open_terminal(str(vault_copy))
    terminal.wait_to_see(" left")
    terminal.press("/opnai bilds\r1ia thought, typed ahead\rp")
    terminal.wait_to_see("1 today")
    (path,) = vault_copy.glob("*openai*")
    terminal.wait_for(lambda: "status: triaged" in path.read_text())
    assert "a thought, typed ahead" in path.read_text()
    others = [p for p in vault_copy.iterdir() if p.name != path.name]
    assert all(p.read_bytes() == (ROOT / "seeds" / p.name).read_bytes() for p in others)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_with_the_draft_kept_and_the_terminal_given_back(
    open_terminal, vault_copy, home, number
):
    terminal = open_terminal(str(vault_copy))
    terminal.wait_to_see(" left")
    terminal.press("ihalf a thought")
    terminal.wait_to_see("half a thought")
    terminal.process.send_signal(number)
    terminal.wait_for_end()
    assert terminal.is_restored
    assert b"Traceback" not in terminal.output
    assert drafts(home) == ["half a thought"]
    again = open_terminal(str(vault_copy))
    again.wait_to_see(" left")
    again.press("i")
    again.wait_to_see("half a thought")


def test_a_closed_window_ends_it_with_the_draft_kept(open_terminal, vault_copy, home):
    terminal = open_terminal(str(vault_copy))
    terminal.wait_to_see(" left")
    terminal.press("ihalf a thought")
    terminal.wait_to_see("half a thought")
    terminal.hang_up()
    terminal.process.wait(timeout=60)
    assert drafts(home) == ["half a thought"]


def test_a_closed_window_that_the_system_tells_to_go_on_ends_it_too(open_terminal, vault_copy):
    terminal = open_terminal(str(vault_copy))
    terminal.wait_to_see(" left")
    terminal.press("jjj")
    terminal.hang_up()
    # What the kernel sends to a stopped or orphaned group after the hang-up.
    for _ in range(3):
        terminal.process.send_signal(signal.SIGCONT)
    assert terminal.process.wait(timeout=60) in (128 + signal.SIGHUP, -signal.SIGHUP)


def test_a_kill_loses_no_letter_of_the_draft(open_terminal, vault_copy, home):
    terminal = open_terminal(str(vault_copy))
    terminal.wait_to_see(" left")
    terminal.press("ihalf a thought")
    terminal.wait_to_see("half a thought")
    terminal.process.kill()
    terminal.process.wait()
    assert drafts(home) == ["half a thought"]


def test_ctrl_c_twice_quits(open_terminal, vault_copy):
    terminal = open_terminal(str(vault_copy))
    terminal.wait_to_see(" left")
    terminal.press("\x03")
    terminal.wait_to_see("Press ctrl+c again")
    terminal.press("\x03")
    assert terminal.wait_for_end() == 0
    assert terminal.is_restored


def test_a_bracketed_paste_is_one_insight_and_presses_no_keys(open_terminal, vault_copy):
    terminal = open_terminal(str(vault_copy))
    terminal.wait_to_see(" left")
    terminal.press(f"{ESC}[200~paj1\n{ESC}[201~")
    terminal.wait_to_see("press / to search")
    terminal.press(f"i{ESC}[200~two\r\nlines{ESC}[201~")
    terminal.wait_to_see("two lines")
    terminal.press("\r")
    terminal.wait_to_see("✎1")
    terminal.wait_for(lambda: insights(vault_copy / FIRST) == ["two lines"])


def test_the_editor_gets_the_terminal_and_gives_it_back(open_terminal, vault_copy, tmp_path):
    script = tmp_path / "edit.sh"
    script.write_text(
        '#!/bin/sh\necho "the editor is here"\nread answer\n'
        'sed -i "s/^creator:.*/creator: $answer/" "$2"\n'
    )
    script.chmod(0o755)
    terminal = open_terminal(str(vault_copy), EDITOR=f"{script} --wait")
    terminal.wait_to_see(" left")
    terminal.press("e")
    terminal.wait_to_see("the editor is here")
    terminal.press("Somebody Else\n")
    # What is typed is echoed before the editor has written it: only the file tells.
    terminal.wait_for(lambda: changed_lines(vault_copy / FIRST) == ["creator: Somebody Else"])
    terminal.wait_to_see("─ Somebody Else · ")
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert terminal.is_restored


SLOW_DISK = """
import os, sys, time
sync = os.fsync
os.fsync = lambda descriptor: (time.sleep(0.01), sync(descriptor))
from tui.cli.main import main
sys.exit(main())
"""


def test_quitting_a_long_change_tells_how_far_it_is_and_ctrl_c_stops_it(
    open_terminal, tmp_path, environment
):
    program, vault = tmp_path / "slow.py", tmp_path / "many"
    program.write_text(SLOW_DISK)
    vault.mkdir()
    for number in range(400):
        text = f"---\nid: S-{number}\ntitle: Title {number}\nstatus: raw\n---\nbody\n"
        (vault / f"SOURCE-{number:04}.md").write_text(text)
    terminal = open_terminal(str(vault), program=[str(program)])
    terminal.wait_to_see("400 left")
    terminal.press("*1")
    terminal.wait_to_see("enter")
    terminal.press("\rq")
    terminal.wait_for(
        lambda: re.search(r"Saving: [\d,]+ of 400 sources… ctrl\+c stops", terminal.picture)
    )
    terminal.press("\x03")
    assert terminal.wait_for_end() == 1
    [written] = re.findall(r"Stopped after ([\d,]+) of 400 sources", terminal.picture)
    assert "`sluice undo` undoes them" in " ".join(terminal.picture.split())
    assert "Saving" not in terminal.picture
    changed = [path for path in vault.iterdir() if "signal_tier" in path.read_text()]
    assert len(changed) == int(written) > 0
    subprocess.run(
        [sys.executable, "-m", "tui", "undo", "--vault", str(vault)], env=environment, check=True
    )
    assert not any("signal_tier" in path.read_text() for path in vault.iterdir())


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("/nonexistent/editor", "Cannot start the editor"),
        ("false", "exited with code 1"),
        # Ctrl+c while it is there is the editor's own.
        ("sh -c 'kill -INT $PPID; exit 3'", "exited with code 3"),
    ],
)
def test_an_editor_that_fails_gives_the_screen_back_and_says_so(
    open_terminal, vault_copy, editor, said
):
    terminal = open_terminal(str(vault_copy), EDITOR=editor)
    terminal.wait_to_see(" left")
    terminal.press("e")
    terminal.wait_to_see(said)
    terminal.press("1")
    terminal.wait_for(lambda: changed_lines(vault_copy / FIRST) != [])
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert terminal.is_restored


def test_started_without_a_terminal_it_refuses_in_one_sentence(environment):
    ended = subprocess.run(
        [sys.executable, "-m", "tui", "demo"],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.count("\n") == 1
    assert "needs a terminal" in ended.stderr
    assert ESC not in ended.stderr


def test_no_color_sends_no_colours(open_terminal, vault_copy):
    terminal = open_terminal(str(vault_copy), NO_COLOR="1")
    terminal.wait_to_see(" left")
    terminal.press("q")
    terminal.wait_for_end()
    assert b"\x1b[38;" not in terminal.output
    assert b";38;" not in terminal.output


def test_a_vault_below_a_folder_without_rights_is_shown_and_refuses_to_be_written(
    open_terminal, vault_copy
):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    vault_copy.chmod(0o500)
    terminal = open_terminal(str(vault_copy))
    terminal.wait_to_see(" left")
    terminal.press("p")
    terminal.wait_to_see("Cannot write")
    vault_copy.chmod(0o700)


def test_the_corpus_opens_from_the_command_line(open_terminal, corpus, tmp_path):
    terminal = open_terminal(str(Path(corpus)))
    terminal.wait_to_see(" left")
    terminal.press("q")
    assert terminal.wait_for_end() == 0
