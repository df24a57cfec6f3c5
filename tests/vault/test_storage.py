"""Bytes written in one move, or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.vault.conftest import Write
from tui.errors import Conflict, StorageError
from tui.vault.disk import storage, swap
from tui.vault.disk.contents import stamp_of
from tui.vault.disk.storage import read_snapshot, replace


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_the_bytes_are_replaced_and_nothing_else_is_left(root: Path, write: Write) -> None:
    path = write("a.md", b"old\xff")
    stamp = replace(read_snapshot(root, path.name), b"new\xfe")
    assert path.read_bytes() == b"new\xfe"
    assert names(root) == ["a.md"]
    assert stamp == stamp_of(path.stat())


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o664, 0o755, 0o444])
def test_the_mode_is_kept(root: Path, write: Write, mode: int) -> None:
    path = write("a.md")
    path.chmod(mode)
    replace(read_snapshot(root, path.name), b"new")
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_the_owner_is_kept(root: Path, write: Write) -> None:
    path = write("a.md")
    os.chown(path, 1234, 2345)
    replace(read_snapshot(root, path.name), b"new")
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 2345)


def test_a_link_stays_and_its_target_inside_the_vault_is_written(root: Path, write: Write) -> None:
    target = write("deep/real.md")
    link = root / "link.md"
    link.symlink_to("deep/real.md")
    replace(read_snapshot(root, link.name), b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert names(root / "deep") == ["real.md"]


def test_a_link_out_of_the_vault_is_refused(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_bytes(b"mine")
    (root / "link.md").symlink_to(outside)
    with pytest.raises(StorageError, match=r"A link leads out of the vault: link\.md"):
        read_snapshot(root, "link.md")


def test_a_vault_moved_away_with_a_link_left_in_its_place_is_still_itself(
    root: Path, write: Write, tmp_path: Path
) -> None:
    write("a.md", "old")
    write("sub/b.md", "old")
    root.rename(tmp_path / "moved")
    root.symlink_to(tmp_path / "moved")
    for name in ("a.md", "sub/b.md"):
        replace(read_snapshot(root, name), b"new")
        assert (tmp_path / "moved" / name).read_text() == "new"


def test_a_folder_whose_name_begins_like_the_vault_is_outside(root: Path, tmp_path: Path) -> None:
    twin = tmp_path / "vault-old"
    twin.mkdir()
    (twin / "a.md").write_bytes(b"mine")
    (root / "a.md").symlink_to(twin / "a.md")
    with pytest.raises(StorageError, match="out of the vault"):
        read_snapshot(root, "a.md")


def test_a_link_that_loops_is_refused(root: Path) -> None:
    (root / "a.md").symlink_to("b.md")
    (root / "b.md").symlink_to("a.md")
    with pytest.raises(StorageError, match=r"Cannot read a\.md"):
        read_snapshot(root, "a.md")


def test_a_file_with_two_names_is_refused(root: Path, write: Write) -> None:
    path = write("a.md", b"old")
    os.link(path, root / "twin.md")
    with pytest.raises(StorageError, match=r"hard link between a\.md and another"):
        replace(read_snapshot(root, path.name), b"new")
    assert path.read_bytes() == b"old"
    assert names(root) == ["a.md", "twin.md"]


def test_a_file_that_changed_since_it_was_read_is_left_alone(root: Path, write: Write) -> None:
    path = write("a.md", b"old")
    snapshot = read_snapshot(root, path.name)
    write("a.md", b"theirs")
    with pytest.raises(Conflict, match=r"Another program just changed a\.md"):
        replace(snapshot, b"ours")
    assert path.read_bytes() == b"theirs"
    assert names(root) == ["a.md"]


def test_a_file_swapped_for_another_of_its_size_and_time_is_noticed(
    root: Path, write: Write
) -> None:
    path = write("a.md", b"old")
    snapshot = read_snapshot(root, path.name)
    other = write("b.md", b"own")
    status = path.stat()
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(path)
    with pytest.raises(Conflict):
        replace(snapshot, b"new")


def test_a_file_only_touched_is_written(root: Path, write: Write) -> None:
    path = write("a.md", b"old")
    snapshot = read_snapshot(root, path.name)
    os.utime(path, ns=(1, 1))
    replace(snapshot, b"new")
    assert path.read_bytes() == b"new"


def test_a_file_that_is_gone_is_reported(root: Path, write: Write) -> None:
    path = write("a.md")
    snapshot = read_snapshot(root, path.name)
    path.unlink()
    with pytest.raises(StorageError, match=r"File not found: a\.md"):
        replace(snapshot, b"new")
    with pytest.raises(StorageError, match=r"File not found: a\.md"):
        read_snapshot(root, path.name)
    assert names(root) == []


@pytest.mark.timeout(10)
def test_a_pipe_in_a_files_place_is_refused_and_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "a.md")
    with pytest.raises(StorageError, match=r"Not a regular file: a\.md"):
        read_snapshot(root, "a.md")


def test_a_folder_in_a_files_place_is_refused(root: Path) -> None:
    (root / "a.md").mkdir()
    with pytest.raises(StorageError, match=r"a\.md"):
        read_snapshot(root, "a.md")


@pytest.mark.parametrize("step", ["fsync", "write", "rename"])
def test_a_write_that_fails_leaves_the_file_and_no_other(
    root: Path, write: Write, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = write("a.md", b"old")
    snapshot = read_snapshot(root, path.name)

    def full(*_args: Any, **_kwargs: Any) -> Any:
        raise OSError(28, "No space left on device")

    if step == "fsync":
        monkeypatch.setattr(storage.os, "fsync", full)
    elif step == "write":
        monkeypatch.setattr(storage.os, "write", full)
    else:
        monkeypatch.setattr(swap, "_exchange", full)
    with pytest.raises(StorageError, match=r"no space left on device.*nothing was changed"):
        replace(snapshot, b"new")
    assert path.read_bytes() == b"old"
    assert names(root) == ["a.md"]


def test_a_written_file_is_not_denied_when_its_folder_cannot_be_synced(
    root: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("a.md", b"old")
    snapshot = read_snapshot(root, path.name)
    synced = os.fsync

    def refuse(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise PermissionError(13, "Permission denied")
        synced(descriptor)

    monkeypatch.setattr(storage.os, "fsync", refuse)
    replace(snapshot, b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_file_in_a_folder_that_may_be_written_but_not_listed_is_written(
    root: Path, write: Write
) -> None:
    path = write("sub/a.md", b"old")
    path.parent.chmod(0o300)
    try:
        replace(read_snapshot(root, "sub/a.md"), b"new")
        assert path.read_bytes() == b"new"
    finally:
        path.parent.chmod(0o700)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_nobody_may_write_to_is_reported(root: Path, write: Write) -> None:
    path = write("a.md", b"old")
    snapshot = read_snapshot(root, path.name)
    root.chmod(0o500)
    try:
        with pytest.raises(StorageError, match="permission denied"):
            replace(snapshot, b"new")
    finally:
        root.chmod(0o700)
    assert path.read_bytes() == b"old"


def test_a_name_of_255_bytes_can_be_written(root: Path, write: Write) -> None:
    path = write("é" * 126 + ".md", b"old")
    replace(read_snapshot(root, path.name), b"new")
    assert path.read_bytes() == b"new"
    assert len(names(root)) == 1
