"""sluice behind a web front, as textual-serve starts it: packets on pipes instead of a terminal."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator

import pyte
import pytest

from tests.terminal.test_real_terminal import FIRST, changed_lines

DRIVER = "textual.drivers.web_driver:WebDriver"


class Front:
    """The program that a browser talks to: it draws what sluice sends, and sends keys."""

    def __init__(self, vault: str, environment: dict[str, str], driver: str = DRIVER) -> None:
        self.screen = pyte.Screen(120, 36)
        self._stream = pyte.ByteStream(self.screen)
        self.last: object = None
        """What sluice last said about itself."""
        environment = {name: value for name, value in environment.items() if name != "TERM"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tui", vault],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment | {"TEXTUAL_DRIVER": driver, "COLUMNS": "120", "ROWS": "36"},
        )

    def read(self) -> bool:
        """Read the next packet and draw it; whether there was one."""
        kind, size = self._bytes(1), int.from_bytes(self._bytes(4), "big")
        payload = self._bytes(size)
        if kind == b"D":
            self._stream.feed(payload)
        elif kind == b"M":
            self.last = json.loads(payload)
        return bool(kind)

    def wait_to_see(self, text: str) -> None:
        """Until this is on the screen."""
        while text not in " ".join(" ".join(self.screen.display).split()):
            assert self.read(), f"it ended with this on the screen: {self.screen.display}"

    def press(self, keys: str) -> None:
        """Send keys."""
        self._send(b"D", keys.encode())

    def tell(self, **words: object) -> None:
        """Send a packet about the front itself."""
        self._send(b"M", json.dumps(words).encode())

    def end(self) -> int:
        """Until sluice ended; returns its exit code."""
        while self.read():
            pass
        return self.process.wait()

    def _send(self, kind: bytes, payload: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(kind + len(payload).to_bytes(4, "big") + payload)
        self.process.stdin.flush()

    def _bytes(self, count: int) -> bytes:
        assert self.process.stdout is not None
        return self.process.stdout.read(count)


@pytest.fixture
def open_front(environment, vault_copy) -> Iterator[Callable[..., Front]]:
    """Open the samples behind a web front, once its first line is read."""
    opened = []

    def open_one() -> Front:
        front = Front(str(vault_copy), environment)
        opened.append(front)
        assert front.process.stdout.readline() == b"__GANGLION__\n"
        return front

    yield open_one
    for front in opened:
        front.process.kill()
        front.process.communicate()


def test_a_tier_set_in_the_browser_is_on_disk_and_q_ends_it(open_front, vault_copy):
    front = open_front()
    front.wait_to_see(" left")
    front.press("1q")
    assert front.end() == 0
    assert front.last == {"type": "exit"}
    assert changed_lines(vault_copy / FIRST) == ["signal_tier: paradigm"]
    assert front.process.stderr.read() == b""


def test_closing_the_page_keeps_what_was_decided(open_front, vault_copy):
    front = open_front()
    front.wait_to_see(" left")
    front.press("1p")
    front.wait_to_see("1 today")
    front.tell(type="quit")
    assert front.end() == 0
    assert changed_lines(vault_copy / FIRST) == ["signal_tier: paradigm", "status: triaged"]


def test_what_needs_a_terminal_says_so_in_the_browser(open_front):
    front = open_front()
    front.wait_to_see(" left")
    front.press("\x1a")
    front.wait_to_see("No shell to return to.")
    front.press("e")
    front.wait_to_see("not a terminal")
    front.press("q")
    assert front.end() == 0


def test_the_window_of_the_browser_may_change_its_size(open_front):
    front = open_front()
    front.wait_to_see(" left")
    front.screen.resize(24, 50)
    front.tell(type="resize", width=50, height=24)
    front.wait_to_see("i insight ? help")
    front.press("q")
    assert front.end() == 0


@pytest.mark.parametrize("driver", ["nothing.here:No", "textual.app:App", ":", "os:getcwd", "os"])
def test_an_invalid_driver_is_refused_in_one_sentence(environment, vault_copy, driver):
    front = Front(str(vault_copy), environment, driver)
    out, err = front.process.communicate()
    assert (front.process.returncode, out) == (1, b"")
    assert err.decode() == (
        f"sluice: TEXTUAL_DRIVER is not the name of a driver: {driver}; "
        "unset it to use this terminal.\n"
    )
