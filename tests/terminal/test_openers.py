"""Programs that sluice starts, in a real terminal: none reaches the screen or the keyboard."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest

DRAWS = """#!/bin/sh
printf '\\033[2J\\033[HSTDOUT BOO'
printf '\\033[2J\\033[HSTDERR BOO' >&2
printf '\\033[2J\\033[HTTY BOO' > /dev/tty
if read key < /dev/tty; then echo "$key" > "$0.key"; fi
if read key; then echo "$key" > "$0.key"; fi
echo done > "$0.done"
exit CODE
"""


@pytest.fixture
def opener(tmp_path):
    """A program that tries to draw on the terminal and to read its keys."""

    def write(name: str, code: int) -> Path:
        path = tmp_path / "openers" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(DRAWS.replace("CODE", str(code)))
        path.chmod(0o755)
        return path

    return write


@pytest.mark.parametrize(
    ("name", "named", "code", "said"),
    [
        ("xdg-open", "", 0, "Opened https://"),
        ("xdg-open", "", 3, "xdg-open exited with code 3"),
        ("firefox", "", 0, "Opened https://"),
        ("mine", "{path}", 0, "Opened https://"),
        ("mine", "{path} '%s' &", 1, "mine exited with code 1"),
        ("mine", "sh {path}", 5, "sh exited with code 5"),
    ],
)
def test_no_browser_draws_on_the_screen_or_takes_a_key(
    open_terminal, vault_copy, opener, name, named, code, said
):
    path = opener(name, code)
    terminal = open_terminal(
        str(vault_copy),
        PATH=f"{path.parent}:/usr/bin:/bin",
        DISPLAY=":9876",
        BROWSER=named.format(path=path),
    )
    terminal.wait_to_see(" left")
    terminal.press("o")
    terminal.wait_to_see(said)
    # A browser may be said to be open while it still starts.
    terminal.wait_for(Path(f"{path}.done").exists)
    assert not Path(f"{path}.key").exists()
    assert ("Opened" in terminal.picture) == (code == 0)
    assert b"BOO" not in terminal.output
    terminal.press("q")
    assert terminal.wait_for_end() == 0


def test_no_command_of_ones_own_draws_on_the_screen_or_takes_a_key(
    open_terminal, vault_copy, opener, home
):
    path = opener("own", 0)
    config = home / "config" / "sluice" / "config.yaml"
    config.parent.mkdir(parents=True)
    own = {"name": "Mine", "key": "ctrl+t", "run": [str(path)], "output": "none"}
    shell = {"name": "Line", "key": "ctrl+g", "run": f"sh {path}", "shell": True, "output": "none"}
    config.write_text(json.dumps({"commands": [own, shell]}))
    terminal = open_terminal(str(vault_copy))
    terminal.wait_to_see(" left")
    for key in "\x14\x07":
        terminal.press(key)
        terminal.wait_for(Path(f"{path}.done").exists)
        Path(f"{path}.done").unlink()
    terminal.press("y")
    terminal.wait_to_see("URL")
    assert b"BOO" not in terminal.output
    # What it reads is the source, which it is given, and no key.
    assert Path(f"{path}.key").read_text().startswith("{")
    terminal.press("q")
    assert terminal.wait_for_end() == 0


def test_a_browser_outlives_the_app(open_terminal, vault_copy, tmp_path):
    pid = tmp_path / "pid"
    command = f"sh -c 'echo $$ > {pid}; exec sleep 60'"
    terminal = open_terminal(str(vault_copy), BROWSER=command)
    terminal.wait_to_see(" left")
    terminal.press("o")
    terminal.wait_for(lambda: pid.exists() and pid.read_text())
    terminal.press("q")
    assert terminal.wait_for_end() == 0
    terminal.hang_up()
    stat = Path(f"/proc/{pid.read_text().strip()}/stat")
    assert stat.read_text().rpartition(")")[2].split()[0] in "SR"
    os.kill(int(pid.read_text()), signal.SIGKILL)
