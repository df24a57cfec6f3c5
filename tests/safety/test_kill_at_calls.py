"""Killed at any system call, a change is whole or not at all, and nothing is left behind."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.safety.act import BEGINS, ENDS
from tests.safety.small import (
    ADDED,
    BIG,
    build,
    check_added,
    check_undo,
    check_whole,
    commit_all,
    text,
)
from tui.vault.vault import NewFile, Vault

ROOT = Path(__file__).parent.parent.parent
CALLS = (
    *("openat", "read", "write", "fsync", "ftruncate", "rename", "renameat2"),
    *("unlink", "mkdir", "flock", "fcntl", "fchmod", "close"),
    *("renameat", "linkat", "unlinkat", "mkdirat"),
)
WRITING = (
    *("write", "fsync", "rename", "renameat2", "unlink", "ftruncate"),
    *("renameat", "linkat", "unlinkat"),
)
"""The calls that are all tried, also when only some of the others are."""
SAMPLE = 5

pytestmark = [
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not on this machine"),
    pytest.mark.timeout(1_200),
]


def traced(root: Path, state: Path, act: str, *options: str) -> int:
    """The exit code of an act under strace; 137 when it was killed."""
    command = [
        sys.executable,
        "-m",
        "tests.safety.act",
        str(root),
        str(state),
        act.partition(" ")[0],
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
    return subprocess.run(
        ["strace", "-f", "-qq", *options, *command],
        env=environment | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
    ).returncode


def prepare(folder: Path, act: str) -> tuple[Path, Path]:
    """A vault in which the act can be done."""
    root, state = build(folder)
    vault = Vault(root, state)
    vault.load()
    if act.endswith(" add"):
        vault.create("add", lambda: NewFile(ADDED, text("new")))
    elif act in ("undo", "redo"):
        commit_all(vault, "new")
    if act.startswith("redo"):
        vault.undo()
    return root, state


def kill_points(folder: Path, act: str) -> list[tuple[str, int]]:
    """Each system call of the act's main thread, as its name and which of that name it is.

    Each thread is counted by itself. The other one only calls fsync, while this one does.
    """
    log = folder / "log"
    root, state = prepare(folder, act)
    assert traced(root, state, act, "-o", str(log), "-e", f"trace={','.join(CALLS)}") == 0
    counts: dict[str, int] = {}
    points, inside = [], False
    lines = log.read_text(errors="replace").splitlines()
    main = lines[0].split()[0]
    for line in lines:
        match = re.match(rf"{main}\s+(\w+)\(", line)
        if match is None:
            continue
        call = match[1]
        counts[call] = counts.get(call, 0) + 1
        if inside:
            points.append((call, counts[call]))
        if BEGINS in line:
            inside = True
        if ENDS in line:
            inside = False
    return points


def chosen(points: list[tuple[str, int]], act: str) -> list[tuple[str, int]]:
    """All of them, or some of each kind."""
    if BIG:
        return points
    pick = random.Random(act)
    writing = [point for point in points if point[0] in WRITING]
    others = [point for point in points if point[0] not in WRITING]
    return pick.sample(writing, min(SAMPLE, len(writing))) + pick.sample(others, SAMPLE // 2)


@pytest.mark.parametrize("act", ["change", "undo", "redo", "draft"])
def test_killed_at_any_call_every_file_is_old_or_new(tmp_path: Path, act: str) -> None:
    points = kill_points(tmp_path / "counted", act)
    assert {"write", "rename" if act == "draft" else "renameat2"} <= {call for call, _ in points}
    killed = 0
    for number, (call, which) in enumerate(chosen(points, act)):
        root, state = prepare(tmp_path / str(number), act)
        inject = f"inject={call}:signal=SIGKILL:when={which}"
        code = traced(root, state, act, "-o", os.devnull, "-e", f"trace={call}", "-e", inject)
        killed += code in (137, -9)
        check_whole(root, state, turned=act in ("undo", "redo"))
        check_undo(root, state)
        shutil.rmtree(tmp_path / str(number))
    assert killed == number + 1
    sys.stdout.write(f"{act}: killed at {killed} of {len(points)} system calls\n")


@pytest.mark.parametrize("act", ["add", "undo add", "redo add"])
def test_killed_at_any_call_an_added_source_is_whole_or_not_there(tmp_path: Path, act: str) -> None:
    points = kill_points(tmp_path / "counted", act)
    assert ("renameat" if act == "undo add" else "linkat") in {call for call, _ in points}
    for number, (call, which) in enumerate(chosen(points, act)):
        root, state = prepare(tmp_path / str(number), act)
        inject = f"inject={call}:signal=SIGKILL:when={which}"
        code = traced(root, state, act, "-o", os.devnull, "-e", f"trace={call}", "-e", inject)
        assert code in (137, -9)
        check_added(root, state)
        shutil.rmtree(tmp_path / str(number))
