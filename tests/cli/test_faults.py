"""What happens when something goes wrong outside a command's own rules."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT
from tui.cli.commands import browse
from tui.vault.vault import Vault


def raising(error):
    def raise_it(*_):
        raise error

    return raise_it


def test_a_fault_is_one_sentence_and_its_details_are_in_a_file(vault, run, home, monkeypatch):
    monkeypatch.setattr(browse, "open_desk", raising(KeyError("surprise")))
    outcome = run("list")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.count("\n") == 1
    log = home / "state" / "sluice" / "sluice.log"
    assert str(log) in outcome.err
    assert "KeyError" in log.read_text()
    assert "tests/cli/test_faults.py:" in log.read_text()


def test_a_fault_is_reported_even_when_nothing_can_be_logged(vault, run, home, monkeypatch):
    (home / "state").write_text("a file where the folder should be")
    monkeypatch.setattr(browse, "open_desk", raising(KeyError("surprise")))
    outcome = run("list")
    assert outcome.code == 1
    assert outcome.err == "sluice: Internal error in sluice (KeyError: 'surprise').\n"


def test_ctrl_c_ends_with_130_and_no_traceback(vault, run, monkeypatch):
    monkeypatch.setattr(Vault, "load", raising(KeyboardInterrupt()))
    outcome = run("list")
    assert (outcome.code, outcome.out, outcome.err) == (130, "", "")


def test_a_reader_that_stops_reading_is_no_error(vault, run_process):
    reading, writing = os.pipe()
    os.close(reading)
    outcome = run_process("list", stdout=writing, stderr=subprocess.PIPE, capture_output=False)
    os.close(writing)
    assert (outcome.returncode, outcome.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's /dev/full")
def test_a_full_disk_under_stdout_is_one_sentence(vault, run_process):
    with Path("/dev/full").open("wb") as full:
        outcome = run_process("list", stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert outcome.returncode == 1
    assert outcome.stderr.decode() == (
        "sluice: Cannot write the output (no space left on device); send it somewhere else.\n"
    )


def test_any_encoding_of_the_locale_will_do(vault, run_process, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    rows = run_process("list")
    assert rows.returncode == 0
    assert b'Beta: a "quoted" ?? title' in rows.stdout
    as_json = run_process("list", "--json")
    assert b"\\u65e5\\u672c" in as_json.stdout


# A shell's background job ignores interrupts, and so would its children.
INTERRUPTIBLE = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "from tui.cli.main import main; sys.exit(main())"
)


def test_a_real_interrupt_while_reading_stdin_is_quiet(vault):
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, "find", "-"],
        env=os.environ | {"PYTHONPATH": str(browse.__file__).rpartition("/tui/")[0]},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    # The first answer shows that the command waits for the next query.
    process.stdin.write(b"alpha\n")
    process.stdin.flush()
    assert b"SOURCE-20260101-alpha.md" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    # With its input still open: an end of it would be another reason to end.
    process.wait(timeout=30)
    _, words = process.communicate()
    assert (process.returncode, words) == (130, b"")


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_closed_stream_is_no_fault_and_the_change_is_made(vault, closed):
    number = 1 if closed == "stdout" else 2
    name = "SOURCE-20260101-alpha.md"
    for command in ("list", f"set {name} tier=noise", "stats", "log", "show nothing"):
        ended = subprocess.run(
            ["sh", "-c", f"{sys.executable} -m tui {command} {number}>&-"],
            cwd=vault,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        lost = closed == "stdout" and not command.startswith("set")
        assert ended.returncode == (lost or command == "show nothing")
        assert "fault" not in ended.stderr
    assert "signal_tier: noise" in (vault / name).read_text()
