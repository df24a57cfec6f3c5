"""Killed at any time while it changes, undoes and redoes, sluice leaves every file whole."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tests.safety.small import BIG, build, check_undo, check_whole
from tests.safety.workers import change_without_end, start

KILLS = 300 if BIG else 24

pytestmark = pytest.mark.timeout(900)


def test_killed_at_random_times_every_file_is_whole(tmp_path: Path) -> None:
    pick = random.Random(3)
    root, state = build(tmp_path)
    for _ in range(KILLS):
        talk, process = start(change_without_end, root, state)
        assert talk.recv() == "begun"
        # Not a wait for something, but the moment of the kill.
        time.sleep(pick.uniform(0, 0.06))
        process.kill()
        process.join()
        check_whole(root, state, turned=True)
    check_undo(root, state)
