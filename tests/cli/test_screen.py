"""``sluice [VAULT]`` and ``sluice demo``: the way to the app."""

import sys
from pathlib import Path

import pytest

from tui.cli.commands import screen


@pytest.fixture
def opened(monkeypatch):
    """The folders the app was asked to open, with what was in them; the app itself stays shut."""
    folders = []

    class App:
        @staticmethod
        def run_app(root):
            folders.append((root, sorted(path.name for path in root.iterdir())))
            return 0

    monkeypatch.setitem(sys.modules, "tui.app.main", App)
    monkeypatch.setattr("tui.app.main", App, raising=False)
    monkeypatch.setattr(screen, "_require_terminal", lambda: None)
    return folders


def test_a_folder_is_opened(vault, run, opened, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("small").code == 0
    assert opened[0][0] == vault


def test_without_a_folder_the_variable_then_the_current_one_is_opened(
    vault, run, opened, monkeypatch
):
    assert run().code == 0
    monkeypatch.setenv("SLUICE_VAULT", str(vault / "inbox"))
    assert run().code == 0
    assert [root for root, _ in opened] == [vault, vault / "inbox"]


def test_demo_opens_a_copy_of_the_samples_that_is_gone_afterwards(run, opened, home):
    assert run("demo").code == 0
    ((root, names),) = opened
    samples = Path(__file__).parent.parent.parent / "seeds"
    assert names == sorted(path.name for path in samples.glob("SOURCE-*.md"))
    assert root != samples
    assert not root.exists()
    assert not list(home.rglob("*demo*"))


def test_demo_opens_in_a_real_terminal_and_q_quits_it(run_in_terminal, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    outcome = run_in_terminal("demo", columns=120, keys=b"q", after=b"Boring Middle")
    assert outcome.code == 0
    assert "Why Agents Need a Boring Middle" in outcome.out
    assert "Traceback" not in outcome.out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["demo"], ["."], []])
def test_without_a_terminal_the_app_is_refused_in_one_line(vault, run, arguments):
    outcome = run(*arguments)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.count("\n") == 1
    assert "sluice list" in outcome.err


def test_a_dumb_terminal_is_refused_too(vault, run_in_terminal):
    outcome = run_in_terminal("demo", environment={"TERM": "dumb"})
    assert outcome.code == 1
    assert outcome.out.count("\n") == 1
    assert "sluice list" in outcome.out


def test_what_is_neither_command_nor_folder_is_a_usage_error_with_a_hint(vault, run):
    outcome = run("lits")
    assert (outcome.code, outcome.out) == (2, "")
    assert "did you mean `sluice list`?" in outcome.err


def test_a_file_is_not_a_vault(vault, run):
    outcome = run("SOURCE-20260101-alpha.md")
    assert (outcome.code, outcome.out) == (1, "")
    assert "SOURCE-20260101-alpha.md is not a folder" in outcome.err


def test_the_home_of_an_unknown_user_is_not_a_folder_and_no_fault(vault, run):
    outcome = run("~nobody-of-that-name/sources")
    assert (outcome.code, outcome.out) == (2, "")
    assert "neither a command nor a folder" in outcome.err
