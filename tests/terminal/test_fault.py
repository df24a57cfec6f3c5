"""A fault nobody foresaw ends the app with a sentence, and gives the terminal back."""

import pytest

SECRET = "The body of the one source"
RUNNER = f"""
import sys, threading
from tui.session.flow.decider import Decider
from tui.app.screens.triage import TriageScreen
from tui.cli.main import main

def fail(*_, **__):
    secret = {SECRET!r}
    raise KeyError(secret)

def fail_in_a_worker(self, *_, **__):
    self._ask._app.run_worker(fail, thread=True)

def fail_in_a_timer(self, *_, **__):
    self._ask._app.set_timer(0.01, fail)

def fail_in_a_thread(self, *_, **__):
    threading.Thread(target=fail).start()

def fail_beside_the_screen(self, *_, **__):
    self._saver._threads.run(fail, "test")

how = sys.argv.pop(1)
if how == "at_the_start":
    TriageScreen.compose = fail
else:
    Decider.decide = {{
        "at_a_key": fail, "in_a_worker": fail_in_a_worker, "in_a_timer": fail_in_a_timer,
        "in_a_thread": fail_in_a_thread, "beside_the_screen": fail_beside_the_screen,
    }}[how]
sys.exit(main())
"""


@pytest.fixture
def program(tmp_path):
    """sluice with a fault in it."""
    path = tmp_path / "faulty.py"
    path.write_text(RUNNER)
    return [str(path)]


@pytest.fixture
def vault(tmp_path):
    """One source."""
    root = tmp_path / "one"
    root.mkdir()
    (root / "SOURCE-1.md").write_text(f"---\nstatus: raw\ntitle: Only one\n---\n{SECRET}\n")
    return root


@pytest.fixture
def log(home):
    """What the log says, once it is there."""
    path = home / "state" / "sluice" / "sluice.log"
    return lambda: path.read_text() if path.exists() else ""


@pytest.mark.parametrize("how", ["at_the_start", "at_a_key", "in_a_worker", "in_a_timer"])
def test_a_fault_ends_the_app_with_one_sentence_and_a_whole_terminal(
    open_terminal, program, vault, log, home, how
):
    terminal = open_terminal(how, str(vault), program=program)
    if how != "at_the_start":
        terminal.wait_to_see("Only one")
        terminal.press("2")
    assert terminal.wait_for_end() == 1
    assert terminal.is_restored
    assert b"Traceback" not in terminal.output
    assert "RUNNER" not in terminal.picture
    said = " ".join(terminal.picture.split())
    assert "Internal error in sluice (KeyError" in said
    # The path may be broken where the terminal's line ends.
    assert str(home / "state/sluice/sluice.log") in "".join(terminal.picture.split())
    assert "KeyError" in log()
    assert "faulty.py:" in log()
    assert SECRET not in log()


def test_a_fault_in_a_thread_is_noted_and_leaves_the_screen_alone(
    open_terminal, program, vault, log
):
    terminal = open_terminal("in_a_thread", str(vault), program=program)
    terminal.wait_to_see("Only one")
    terminal.press("2")
    terminal.wait_for(log)
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert b"Traceback" not in terminal.output
    assert "KeyError" in log()
    assert SECRET not in log()


def test_failed_work_beside_the_screen_is_said_and_the_screen_goes_on(
    open_terminal, program, vault, log
):
    terminal = open_terminal("beside_the_screen", str(vault), program=program)
    terminal.wait_to_see("Only one")
    terminal.press("2")
    terminal.wait_to_see("Internal error in sluice")
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    assert terminal.is_restored
    assert "KeyError" in log()
