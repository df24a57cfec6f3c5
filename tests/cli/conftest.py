"""The command line, run in this process or in a real terminal."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tui.cli.main import main

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Outcome:
    """What a command left behind for the shell."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Run = Callable[..., Outcome]

SOURCES = {
    "SOURCE-20260101-alpha.md": """\
---
id: SOURCE-20260101-001
title: Alpha and the agents
status: raw
signal_tier: tactical
notebooklm_category: claude-code
url: https://example.com/alpha
date_published: 2026-01-01
aliases:
  - First letter
key_insights: []
has_transcript: no
---
# Alpha

Body of alpha.
""",
    "SOURCE-20260102-beta.md": """\
---
id: SOURCE-20260102-002
title: "Beta: a \\"quoted\\" 日本 title"
status: triaged
signal_tier: paradigm
notebooklm_category: general
url: https://example.com/beta
date_published: 2026-01-02
aliases: []
key_insights: ["one", "two"] # kept
---
Body of beta.
""",
    "inbox/SOURCE-20260103-gamma.md": """\
---
id: SOURCE-20260103-003
title: ""Gamma" is broken"
status: raw
url: internal
---
Body of gamma.
""",
}
"""One source as the pipeline leaves it, one half done and in flow style, one broken."""


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small vault that is the current folder."""
    root = tmp_path / "small"
    for name, text in SOURCES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command with its output going to a pipe."""

    # Help is laid out for the terminal's width, and nobody knows that of the one pytest runs in.
    monkeypatch.setenv("COLUMNS", "80")

    def run_here(*arguments: str, stdin: str = "") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capfd.readouterr()
        try:
            code = main(list(arguments))
        except SystemExit as stopped:
            code = stopped.code if isinstance(stopped.code, int) else 1
        written = capfd.readouterr()
        return Outcome(code, written.out, written.err)

    return run_here


@pytest.fixture
def run_in_terminal() -> Run:
    """Run a command in a terminal of its own; stderr comes out with stdout, as people see it."""

    def run_there(
        *arguments: str,
        columns: int = 100,
        environment: Mapping[str, str] | None = None,
        keys: bytes = b"",
        after: bytes = b"",
    ) -> Outcome:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))
        process = subprocess.Popen(
            [sys.executable, "-m", "tui", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=os.environ
            | {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLUMNS": str(columns)}
            | (environment or {}),
        )
        os.close(theirs)
        shown = _converse(ours, keys, after)
        os.close(ours)
        return Outcome(process.wait(), shown.decode().replace("\r\n", "\n"), "")

    return run_there


def _converse(terminal: int, keys: bytes, after: bytes) -> bytes:
    """All that is shown until the command ends; the keys are pressed when it shows ``after``."""
    shown = b""
    while True:
        # A second without output: the keys may have come before anybody listened for them.
        idle = not select.select([terminal], [], [], 1)[0]
        if idle and keys and after in shown:
            os.write(terminal, keys)
        if idle:
            continue
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            return shown
        if not piece:
            return shown
        if keys and after in shown + piece and after not in shown:
            os.write(terminal, keys)
        shown += piece


@pytest.fixture
def run_process() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run a command in a process of its own, for its exact bytes and its exit."""

    def run_apart(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "tui", *arguments],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            check=False,
            **({"capture_output": True} | options),
        )

    return run_apart
