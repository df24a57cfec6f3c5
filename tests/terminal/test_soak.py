"""Long use: random keys, sizes and outside edits in a real terminal spoil nothing and leak nothing.

SLUICE_SWEEPS=1 makes it long: 1,100 keys on 2,000 sources.
"""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

import pytest

from tests.samples import write_source
from tui.vault.disk.contents import decode
from tui.vault.reading.one_file import body_of, read_header

LONG = bool(os.environ.get("SLUICE_SWEEPS"))
KEYS, SOURCES = (1_100, 2_000) if LONG else (150, 300)
WARM = KEYS // 3
"""Keys after which what is kept for speed has been made."""
MARGIN = 24 * 1024
"""KiB that the memory may still grow by after those keys."""
SIZES = [(120, 36), (80, 24), (45, 20), (200, 50), (30, 10)]
ESC = "\x1b"
ESCAPE = 0.3
"""Seconds after an escape in which a key would be taken for one with alt."""
MOVES = [*"jkjkjkgGJK \t", "\x04", "\x15", f"{ESC}[A", f"{ESC}[B", f"{ESC}[6~", f"{ESC}[5~"]
DECISIONS = [*"12340cCpPat.uUuUI", "\x12"]
OTHERS = [
    *"/nNvsxX*[]yYAwdHbDrf=RFe?",
    "\x10",
    f"{ESC}[Z",
    "\r",
    "\r",
    "z",
    "é",
    "👍",
    "日",
    '"',
    ":",
]
TYPED = ["iA thought: “so” \r", "/title 12\r", "/tier:noise\r", f"ihalf a tho{ESC}", "Iejk\r"]
DECIDED = re.compile(
    r"(status|signal_tier|notebooklm_category|topics|key_insights|date_\w+|creator):( .*)?|\s*- .*"
)
"""The lines that a key or an outside edit of this test may have touched."""


class Others:
    """Another program that edits, adds, deletes and renames sources meanwhile."""

    def __init__(self, vault: Path, dice: random.Random) -> None:
        self._vault = vault
        self._dice = dice
        self.before = {path.name: path.read_text() for path in vault.iterdir()}
        """The text each source began with, under the name it has now."""

    def act(self) -> None:
        """Do one of them."""
        path = self._vault / self._dice.choice(sorted(self.before))
        self._dice.choice(
            [self._edit, self._edit, self._edit, self._add, self._delete, self._move]
        )(path)

    def _edit(self, path: Path) -> None:
        text = path.read_text()
        creator = f"creator: Editor {self._dice.randrange(1_000)}"
        other = path.with_suffix(".tmp")
        other.write_text(re.sub(r"(?m)^creator: .*$", creator, text, count=1))
        other.replace(path)

    def _add(self, _path: Path) -> None:
        added = write_source(self._vault, 5_000 + len(self.before), "Added meanwhile")
        self.before[added.name] = added.read_text()

    def _delete(self, path: Path) -> None:
        path.unlink()
        del self.before[path.name]

    def _move(self, path: Path) -> None:
        path.rename(path.with_name(f"{path.stem}x.md"))
        self.before[f"{path.stem}x.md"] = self.before.pop(path.name)


def memory(process: int) -> int:
    """KiB that a process has in memory."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1])


def harmed(before: str, after: str) -> list[str]:
    """The lines that differ and that nobody decided on."""
    old, new = before.splitlines(), after.splitlines()
    differing = [
        *(line for line in old if line not in new),
        *(line for line in new if line not in old),
    ]
    return [line for line in differing if not DECIDED.fullmatch(line)]


def press_one(terminal, dice: random.Random) -> None:
    """A key, or some that belong together; escape at times, so that no box holds all of them."""
    kind = dice.choice([MOVES, MOVES, MOVES, DECISIONS, DECISIONS, OTHERS, TYPED, [ESC]])
    terminal.press(dice.choice(kind))
    if kind[0] is ESC:
        terminal.rest(ESCAPE)
    elif dice.random() < 0.2:
        terminal.rest()


def leave(terminal) -> int:
    """Out of whatever is open, and out of sluice; its exit code."""
    for _ in range(200):
        for key in (ESC, "q"):
            terminal.rest(ESCAPE)
            if terminal.process.poll() is not None:
                return terminal.wait_for_end()
            terminal.press(key)
    raise AssertionError(f"there is no way out of this:\n{terminal.picture}")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
@pytest.mark.timeout(1_800 if LONG else 180)
@pytest.mark.parametrize("seed", [1, 2] if LONG else [1])
def test_long_use_spoils_no_file_leaks_nothing_and_shows_no_fault(
    open_terminal, tmp_path, home, seed
):
    dice = random.Random(seed)
    vault = tmp_path / "soak"
    vault.mkdir()
    for number in range(SOURCES):
        write_source(vault, number, f"title{number:04} about {dice.choice(['one', 'two'])}")
    others = Others(vault, dice)
    terminal = open_terminal(str(vault), EDITOR="true", BROWSER="true")
    terminal.wait_to_see(" left")
    warm = 0
    for count in range(KEYS):
        press_one(terminal, dice)
        if dice.random() < 0.1:
            terminal.rest()
            others.act()
        if dice.random() < 0.04:
            terminal.rest()
            terminal.resize(*dice.choice(SIZES))
        assert terminal.process.poll() is None, terminal.picture
        if count == WARM:
            terminal.rest()
            warm = memory(terminal.process.pid)
    terminal.rest()
    grown = memory(terminal.process.pid) - warm
    assert leave(terminal) == 0, terminal.picture
    assert b"Traceback" not in terminal.output
    assert not list(home.rglob("sluice.log*")), "a fault was noted"
    assert terminal.is_restored
    assert grown < MARGIN, f"{grown} KiB more than the {warm} after {WARM} keys"
    assert {path.name for path in vault.iterdir()} == set(others.before)
    spoilt = {}
    changed = 0
    for name, before in others.before.items():
        after = decode((vault / name).read_bytes())
        changed += after != before
        problem = read_header(after)[1]
        if problem or body_of(after) != body_of(before) or harmed(before, after):
            spoilt[name] = problem or harmed(before, after)
    assert spoilt == {}
    assert changed > KEYS // 20, "the keys decided something"
    print(f"{KEYS} keys, {changed} files changed, {warm} KiB, then {grown} more")  # noqa: T201
