"""y puts the URL where other programs can take it, and says nothing that is not so."""

import base64
import os
import shutil
import subprocess
import sys
import time
import uuid

import pytest

from tests.terminal.conftest import LIMIT

URL = "https://www.youtube.com/watch?v=SluiceDemo1"


def until(condition):
    """Until a condition holds that another program fulfils."""
    end = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < end, "waited in vain"


@pytest.fixture
def display():
    """A screen without a monitor; its number as programs are told it."""
    for program in ("Xvfb", "xclip"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


def test_the_copied_url_can_be_read_back_from_the_x_clipboard(open_terminal, display, vault_copy):
    terminal = open_terminal(str(vault_copy), DISPLAY=display)
    terminal.wait_to_see(" left")
    terminal.press("y")
    terminal.wait_to_see(f"Copied URL: {URL}")
    read_back = subprocess.run(
        ["xclip", "-selection", "clipboard", "-o"],
        env=os.environ | {"DISPLAY": display},
        capture_output=True,
        text=True,
        check=True,
    )
    assert read_back.stdout == URL
    terminal.press("q")
    assert terminal.wait_for_end() == 0


@pytest.fixture
def tmux(environment, vault_copy):
    """A tmux of its own with sluice in it; a function that gives it commands."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    socket = f"sluice-{uuid.uuid4().hex[:12]}"

    def run(*arguments):
        return subprocess.run(
            ["tmux", "-L", socket, "-f", "/dev/null", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        ).stdout

    run(
        "new-session", "-d", "-x", "120", "-y", "36",
        sys.executable, "-m", "tui", str(vault_copy),
    )  # fmt: skip
    yield run
    run("kill-server")


def test_inside_tmux_the_copied_url_is_in_its_buffer(tmux):
    until(lambda: " left" in tmux("capture-pane", "-p"))
    tmux("send-keys", "y")
    until(lambda: f"Copied URL: {URL}" in tmux("capture-pane", "-p"))
    assert tmux("show-buffer") == URL


def test_with_a_dead_display_the_terminal_is_asked_and_the_screen_stays_clean(
    open_terminal, vault_copy
):
    terminal = open_terminal(str(vault_copy), DISPLAY=":9876")
    terminal.wait_to_see(" left")
    terminal.press("y")
    terminal.wait_to_see("Sent URL to the terminal")
    sequence = b"\x1b]52;c;" + base64.b64encode(URL.encode()) + b"\x07"
    assert sequence in terminal.output
    assert b"open display" not in terminal.output
    assert "Copied" not in terminal.picture
    terminal.press("q")
    assert terminal.wait_for_end() == 0


def test_over_ssh_the_other_machines_clipboard_is_left_alone(open_terminal, display, vault_copy):
    terminal = open_terminal(str(vault_copy), DISPLAY=display, SSH_CONNECTION="a 1 b 2")
    terminal.wait_to_see(" left")
    terminal.press("y")
    terminal.wait_to_see("Sent URL to the terminal")
    assert base64.b64encode(URL.encode()) in terminal.output
    read_back = subprocess.run(
        ["xclip", "-selection", "clipboard", "-o"],
        env=os.environ | {"DISPLAY": display},
        capture_output=True,
        check=False,
    )
    assert read_back.stdout == b""
