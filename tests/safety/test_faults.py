"""A disk that is full, broken, closed or gone: one sentence, and nothing lost."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.safety.small import NAMES, build, check_undo, check_whole, commit_all, text
from tui.errors import JournalError, SluiceError, StorageError
from tui.state.drafts import Drafts
from tui.vault.disk import storage
from tui.vault.vault import FieldEdit, Vault

root_only = pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0, reason="only root may mount a small disk"
)


def opened(root: Path, state: Path) -> Vault:
    vault = Vault(root, state)
    vault.load()
    return vault


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "sluice-test", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Take what is left of a disk."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (4_096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError as error:
                assert error.errno == errno.ENOSPC
    return filler


@root_only
def test_a_full_vault_refuses_and_takes_the_change_when_there_is_room(
    small_disk: Path, tmp_path: Path
) -> None:
    root, _ = build(small_disk)
    state = tmp_path / "elsewhere"
    vault = opened(root, state)
    filler = fill(small_disk)
    with pytest.raises(StorageError, match="no space left on device"):
        commit_all(vault, "new")
    filler.unlink()
    Drafts(state / "drafts").put("a.md", "")
    assert {(root / name).read_bytes() for name in NAMES} == {text("old").encode()}
    assert vault.log() == []
    commit_all(vault, "new")
    assert {(root / name).read_bytes() for name in NAMES} == {text("new").encode()}


@root_only
def test_a_full_state_folder_refuses_before_a_file_is_touched(
    small_disk: Path, tmp_path: Path
) -> None:
    root, _ = build(tmp_path)
    state = small_disk / "state"
    vault = opened(root, state)
    commit_all(vault, "new")
    journal = (state / "journal.jsonl").read_bytes()
    filler = fill(small_disk)
    # The last block of the journal may have room for a line or two.
    with pytest.raises(JournalError, match="no space left on device"):
        for number in range(100):
            commit_all(vault, f"new{number}")
    assert Drafts(state / "drafts").put("a.md", "typed " * 10_000) is False
    filler.unlink()
    assert (state / "journal.jsonl").read_bytes().startswith(journal)
    while any(not change.undone for change in vault.log()):
        vault.undo()
    assert {(root / name).read_bytes() for name in NAMES} == {text("old").encode()}


class Failing:
    """A call of the system that fails the ``when``-th time, and ever after if it ``lasts``."""

    def __init__(self, name: str, number: int, when: int, lasts: bool) -> None:
        self.call, self.number, self.lasts = getattr(os, name), number, lasts
        self.left = when

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        self.left -= 1
        if self.left == 0 or (self.lasts and self.left < 0):
            raise OSError(self.number, os.strerror(self.number))
        return self.call(*arguments, **options)


@pytest.mark.parametrize("lasts", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EACCES, errno.EROFS])
@pytest.mark.parametrize("name", ["write", "fsync", "open", "read", "fstat", "fchmod", "unlink"])
def test_a_call_that_fails_anywhere_leaves_every_file_old_or_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, number: int, lasts: bool
) -> None:
    for when in range(1, 9):
        root, state = build(tmp_path / str(when))
        vault = opened(root, state)
        with monkeypatch.context() as patched:
            patched.setattr(storage.os, name, Failing(name, number, when, lasts))
            try:
                commit_all(vault, "new")
            except SluiceError as error:
                assert "\n" not in str(error)
        check_whole(root, state)
        check_undo(root, state)


@pytest.mark.parametrize("name", ["write", "fsync", "open", "fstat"])
def test_an_undo_that_fails_anywhere_leaves_every_file_old_or_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for when in range(1, 9):
        root, state = build(tmp_path / str(when))
        vault = opened(root, state)
        commit_all(vault, "new")
        with monkeypatch.context() as patched:
            patched.setattr(storage.os, name, Failing(name, errno.EIO, when, True))
            try:
                vault.undo()
            except SluiceError as error:
                assert "\n" not in str(error)
        check_whole(root, state, turned=True)
        check_undo(root, state)


def test_a_vault_that_is_gone_is_reported_and_comes_back(tmp_path: Path) -> None:
    root, state = build(tmp_path)
    vault = opened(root, state)
    root.rename(tmp_path / "unplugged")
    with pytest.raises(StorageError, match=r"File not found: a\.md"):
        commit_all(vault, "new")
    with pytest.raises(SluiceError):
        vault.load()
    (tmp_path / "unplugged").rename(root)
    commit_all(vault, "new")
    assert set(check_whole(root, state).values()) == {"new"}


def test_a_file_replaced_by_a_folder_is_reported_and_the_others_can_be_changed(
    tmp_path: Path,
) -> None:
    root, state = build(tmp_path)
    vault = opened(root, state)
    (root / "a.md").unlink()
    (root / "a.md").mkdir()
    with pytest.raises(
        StorageError, match=r"Cannot read a\.md \(is a directory\); move away the folder"
    ):
        vault.commit("x", [FieldEdit(vault.get("a.md"), "tier", "new")])
    vault.commit("x", [FieldEdit(vault.get("deep/b.md"), "tier", "new")])
    assert "tier: new" in (root / "deep/b.md").read_text()
    assert (root / "a.md").is_dir()


def test_a_read_only_file_is_changed_and_stays_read_only(tmp_path: Path) -> None:
    root, state = build(tmp_path)
    (root / "a.md").chmod(0o444)
    commit_all(opened(root, state), "new")
    assert stat.S_IMODE((root / "a.md").stat().st_mode) == 0o444
    assert (root / "a.md").read_bytes() == text("new").encode()


@root_only
def test_what_the_system_forbids_for_a_folder_is_reported(tmp_path: Path) -> None:
    root, state = build(tmp_path)
    vault = opened(root, state)
    os.chown(tmp_path, 0, 0)
    child = os.fork()
    if not child:
        told = 1
        try:
            # Down to the last folder everybody may look, and only root write.
            for folder in (tmp_path, *tmp_path.parents):
                if folder.stat().st_mode & 0o5 != 0o5:
                    told = 2
            os.setuid(65534)
            commit_all(vault, "new")
        except JournalError as error:
            told = 0 if "permission denied" in str(error) else 1
        finally:
            os._exit(told)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code == 0
    assert set(check_whole(root, state).values()) == {"old"}


def test_a_state_folder_that_was_deleted_while_open_is_made_again(tmp_path: Path) -> None:
    root, state = build(tmp_path)
    vault = opened(root, state)
    commit_all(vault, "new")
    shutil.rmtree(state)
    vault.commit("x", [FieldEdit(vault.get("a.md"), "tier", "newer")])
    assert [change.label for change in vault.log()] == ["x"]
    vault.undo()
    assert (root / "a.md").read_bytes() == text("new").encode()
