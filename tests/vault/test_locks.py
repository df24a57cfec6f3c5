"""Locks between sluices: one at a time, in one order, and none left by the dead."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tui.errors import JournalError, StorageError
from tui.vault.disk import locks
from tui.vault.disk.locks import FileLocks, locked


def test_a_lock_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    inside = 0

    def count(_: int) -> bool:
        nonlocal inside
        for _ in range(50):
            with locked(tmp_path / "lock"):
                inside += 1
                alone = inside == 1
                os.sched_yield()
                inside -= 1
            if not alone:
                return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(count, range(4)))


def test_files_wanted_in_opposite_orders_block_nobody_for_ever(tmp_path: Path) -> None:
    paths = [Path(f"/vault/{number}.md") for number in range(20)]

    def take(order: list[Path]) -> int:
        for _ in range(20):
            with FileLocks(tmp_path).held(order):
                pass
        return len(order)

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(take, (paths, paths[::-1]))) == [20, 20]


def test_a_lock_held_for_too_long_is_reported_and_not_waited_for(tmp_path: Path) -> None:
    with (
        locked(tmp_path / "lock"),
        pytest.raises(StorageError, match="Another sluice is still writing"),
        locked(tmp_path / "lock", patience=0),
    ):
        pass


def test_a_lock_file_of_a_program_that_died_locks_nothing(tmp_path: Path) -> None:
    child = os.fork()
    if not child:
        try:
            with locked(tmp_path / "lock"):
                os.kill(os.getpid(), 9)
        finally:
            os._exit(1)
    os.waitpid(child, 0)
    assert (tmp_path / "lock").exists()
    with locked(tmp_path / "lock", patience=0):
        pass


def test_a_lock_file_deleted_by_its_holders_neighbour_is_made_again(tmp_path: Path) -> None:
    with locked(tmp_path / "lock"):
        (tmp_path / "lock").unlink()
    with (
        locked(tmp_path / "lock"),
        pytest.raises(StorageError),
        locked(tmp_path / "lock", patience=0),
    ):
        pass


def test_a_state_folder_that_cannot_be_used_is_reported(tmp_path: Path) -> None:
    (tmp_path / "locks").write_text("in the way")
    with (
        pytest.raises(JournalError, match="so nothing was changed"),
        FileLocks(tmp_path).held([Path("/vault/a.md")]),
    ):
        pass


def test_all_locks_at_once_need_few_open_files(tmp_path: Path) -> None:
    ours = Path("/proc/self/fd")
    before = len(list(ours.iterdir())) if ours.exists() else 0
    with FileLocks(tmp_path).held(Path(f"/vault/{number}.md") for number in range(5_000)):
        assert len(list((tmp_path / "locks").iterdir())) == locks.SLOTS
        if before:
            assert len(list(ours.iterdir())) - before == locks.SLOTS
