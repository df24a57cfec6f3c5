"""The exit codes that help promises."""

import os
import signal
import subprocess
import sys

import pytest

from tests.cli.conftest import ROOT
from tests.cli.test_streams import shell
from tui.cli.catalogue import EXIT_CODES

ALPHA = "SOURCE-20260101-alpha.md"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("list", 0),
        ("list zzzzqqqq", 0),
        ("find zzzzqqqq", 0),
        ("list tier:x", 0),
        (f"set {ALPHA} tier=tactical", 0),
        ("help", 0),
        ("-V", 0),
        ("show nobody", 1),
        ("undo", 1),
        (f"promote {ALPHA} --to integrated", 1),
        ("check", 1),
        ("list --vault nowhere", 1),
        ("list nofield:x", 2),
        ("list --sort colour", 2),
        ("find", 2),
        ("lits", 2),
        ("-v", 2),
    ],
)
def test_each_is_what_help_says(vault, run, command, code):
    assert code in EXIT_CODES
    assert run(*command.split()).code == code


def test_ctrl_c_is_130_with_nothing_said(vault):
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "find", "-", "--json"],
        cwd=vault,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdin.write(b"alpha\n")
    process.stdin.flush()
    # The first answer says that it waits for the next query.
    assert process.stdout.readline().startswith(b'{"query": "alpha"')
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out, err) == (130, b"", b"")
    assert process.returncode in EXIT_CODES


def test_ctrl_c_while_sluice_is_loading_is_130_with_nothing_said(vault):
    code = (
        "import sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'tui.cli.output':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "from tui.__main__ import main\n"
        "sys.exit(main())\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, "list"],
        cwd=vault, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"")


def test_a_reader_that_stops_reading_is_0(vault):
    for number in range(600):
        (vault / f"SOURCE-{number}.md").write_text(f"---\nstatus: raw\ntitle: {'x' * 300}\n---\n")
    ended = shell("set -o pipefail; sluice list --json | head -1", vault)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.count("\n") == 1
