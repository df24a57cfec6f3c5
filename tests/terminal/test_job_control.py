"""ctrl+z, SIGTSTP, SIGSTOP and SIGCONT under a shell, and the screen drawn anew."""

import os
import re
import signal
import threading
import time

import pytest

from tests.terminal.test_real_terminal import FIRST, changed_lines
from tui.app.terminal import job

SHELL = """
import os, signal, sys, termios
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
modes = termios.tcgetattr(0)
job = os.fork()
if job == 0:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.execv(sys.executable, [sys.executable, "-P", "-m", "tui", *sys.argv[1:]])
while True:
    status = os.waitpid(job, os.WUNTRACED)[1]
    if not os.WIFSTOPPED(status):
        sys.exit(os.waitstatus_to_exitcode(status))
    os.tcsetpgrp(0, os.getpgrp())
    termios.tcsetattr(0, termios.TCSADRAIN, modes)
    print(f"job {job} stopped", flush=True)
    if sys.stdin.readline() == "fg\\n":
        os.tcsetpgrp(0, job)
    os.killpg(job, signal.SIGCONT)
"""
"""As little of a shell as job control needs."""


@pytest.fixture
def shell(open_terminal, vault_copy, tmp_path):
    """A shell in a terminal with sluice as its job, and an editor that stops itself."""
    program, editor = tmp_path / "shell.py", tmp_path / "editor.sh"
    program.write_text(SHELL)
    editor.write_text("#!/bin/sh\nkill -TSTP 0\necho back in the editor\nread answer\n")
    editor.chmod(0o755)
    terminal = open_terminal(str(vault_copy), program=[str(program)], EDITOR=str(editor))
    terminal.wait_to_see(" left")
    return terminal


def job_of(terminal):
    """The process id the shell told."""
    return int(terminal.picture.split("job ")[-1].split()[0])


def stops(terminal):
    terminal.wait_to_see("stopped")
    terminal.rest()
    assert terminal.is_restored


def goes_on(terminal):
    """Say fg; the terminal of the tests keeps what stands on it until it is drawn over."""
    terminal.press("fg\n")
    terminal.wait_for(lambda: "stopped" not in terminal.picture)
    terminal.rest()


def test_ctrl_z_goes_to_the_shell_and_fg_draws_the_screen_again(shell, vault_copy):
    shell.press("\x1a")
    stops(shell)
    shell.press("p1a\n")
    stops(shell)
    goes_on(shell)
    shell.wait_to_see(" left")
    assert changed_lines(vault_copy / FIRST) == []
    shell.press("p")
    shell.wait_to_see("1 today")
    shell.wait_for(lambda: changed_lines(vault_copy / FIRST) == ["status: triaged"])
    shell.press("q")
    assert shell.wait_for_end() == 0


def test_a_draft_is_still_there_after_ctrl_z_in_its_field(shell):
    shell.press("ihalf a thought")
    shell.wait_to_see("half a thought")
    shell.press("\x1a")
    stops(shell)
    goes_on(shell)
    shell.wait_to_see("half a thought")
    shell.press(" more")
    shell.wait_to_see("half a thought more")


def test_a_signal_to_go_on_that_comes_late_to_a_busy_machine_is_not_missed(monkeypatch):
    continued = []

    def stop_for_a_while(*_):
        time.sleep(0.2)
        threading.Timer(0.01, continued.append, [signal.SIGCONT]).start()

    monkeypatch.setattr(job.os, "killpg", stop_for_a_while)
    assert job._stop(continued)


@pytest.mark.parametrize("number", [signal.SIGTSTP, signal.SIGSTOP])
def test_a_signal_stops_it_and_fg_draws_the_screen_again(shell, vault_copy, number):
    shell.press("\x1a")
    stops(shell)
    job = job_of(shell)
    goes_on(shell)
    for _ in range(2):
        os.kill(job, number)
        shell.wait_to_see(f"job {job} stopped")
        goes_on(shell)
    shell.press("p")
    shell.wait_to_see("1 today")
    shell.wait_for(lambda: changed_lines(vault_copy / FIRST) == ["status: triaged"])
    shell.press("q")
    assert shell.wait_for_end() == 0


def test_an_editor_that_stops_gives_the_shell_back_and_goes_on(shell, vault_copy):
    shell.press("e")
    stops(shell)
    shell.press("fg\n")
    shell.wait_to_see("back in the editor")
    shell.press("\n")
    shell.wait_for(lambda: "editor" not in shell.picture)
    shell.press("p")
    shell.wait_to_see("1 today")
    shell.wait_for(lambda: changed_lines(vault_copy / FIRST) == ["status: triaged"])


def test_a_signal_to_go_on_that_nothing_stopped_leaves_keys_and_screen(open_terminal, vault_copy):
    terminal = open_terminal(str(vault_copy))
    terminal.wait_to_see(" left")
    for _ in range(3):
        terminal.process.send_signal(signal.SIGCONT)
    terminal.rest(0.5)
    terminal.press("p")
    terminal.wait_to_see("1 today")
    terminal.wait_for(lambda: changed_lines(vault_copy / FIRST) == ["status: triaged"])
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert terminal.is_restored


def test_without_a_shell_ctrl_z_says_so_and_goes_on(open_terminal, vault_copy):
    terminal = open_terminal(str(vault_copy))
    terminal.wait_to_see(" left")
    terminal.press("\x1a")
    terminal.wait_to_see("No shell to return to.")
    terminal.press("p")
    terminal.wait_to_see("1 today")
    terminal.wait_for(lambda: changed_lines(vault_copy / FIRST) == ["status: triaged"])


@pytest.mark.parametrize(
    ("before", "seen"),
    [
        ("", "1-4 tier"),
        ("i", "enter saves"),
        ("/", "enter"),
        ("c", "CATEGORY"),
        ("?", "HERE: queue"),
    ],
)
def test_ctrl_l_draws_what_something_else_wrote_over(open_terminal, vault_copy, before, seen):
    terminal = open_terminal(str(vault_copy))
    terminal.wait_to_see(" left")
    # What is learnt comes last: how many look wrong, and what is suggested in a row.
    terminal.wait_for(lambda: re.search(r"looks wrong \d", terminal.picture))
    terminal.wait_to_see("≈   general")
    terminal.press(before)
    terminal.wait_to_see(seen)
    terminal.rest(0.3)
    whole = terminal.picture
    terminal.scribble()
    assert terminal.picture != whole
    terminal.press("\x0c")
    terminal.wait_for(lambda: terminal.picture == whole)
