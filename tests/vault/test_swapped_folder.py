"""A folder that another program swaps for a link without end: what is outside stays as it was."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.safety.small import BIG
from tui.errors import SluiceError
from tui.vault.vault import Vault
from tui.vault.writing.plan import FieldEdit, NewFile
from tui.vault.writing.writer import Which

ROUNDS = 3_000 if BIG else 250
RAW = "---\nstatus: raw\na: 0\n---\nbody\n"
NAMES = [f"sub/SOURCE-{number}.md" for number in range(5)]
SWAP = """
import ctypes, os, sys, time
exchange = ctypes.CDLL(None).renameat2
one, other = map(os.fsencode, sys.argv[1:])
while os.getppid() > 1:
    exchange(-100, one, -100, other, 2)
    time.sleep(0.001)
"""

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two names"),
    pytest.mark.timeout(600),
]


def test_nothing_is_written_outside_while_a_folder_and_a_link_change_places(tmp_path: Path) -> None:
    root, outside, link = tmp_path / "vault", tmp_path / "outside", tmp_path / "link"
    for folder in (root / "sub", outside):
        folder.mkdir(parents=True)
        for name in NAMES:
            (folder / Path(name).name).write_text(RAW)
    link.symlink_to(outside)
    vault = Vault(root, tmp_path / "state")
    vault.load()
    number = done = 0
    swapping = subprocess.Popen([sys.executable, "-c", SWAP, str(root / "sub"), str(link)])
    try:
        # Until some were made as well, however the two programs happen to take turns.
        while number < ROUNDS or not done:
            number += 1
            source = vault.look(NAMES[number % len(NAMES)])
            with contextlib.suppress(SluiceError):
                if number % 10 == 0:
                    vault.create("add", lambda: NewFile(f"sub/new-{number}.md", RAW))  # noqa: B023
                elif number % 10 == 5:
                    vault.undo(Which(skip=True))
                elif source is not None:
                    vault.commit("change", [FieldEdit(source, "a", number)])
                    done += 1
    finally:
        swapping.kill()
        swapping.wait()
    assert {path.name: path.read_text() for path in outside.iterdir()} == {
        Path(name).name: RAW for name in NAMES
    }
    assert done
    sys.stdout.write(f"{done} of {number} changes were made, the others refused\n")
